"""Gold annotations of one text, with every anchor turned into characters.

An anchor names a segment and the characters in it (the n-th time that they occur there). One that can't be found
points nowhere: what it anchors is still counted as found by people, but nothing can match it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgbuild.errors import KgbuildError
from kgbuild.score.classes import HEADING, ROLES
from kgbuild.score.segments import Span, segments

_READ = ("article", "related")


@dataclass(frozen=True, slots=True)
class GoldMention:
    """Hold where an entity is mentioned, and whether by name, nominal or pronoun."""

    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """Hold an entity: `key` is the same in every document that mentions the same thing."""

    id: str
    key: str
    type: str
    mentions: tuple[GoldMention, ...]


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """Hold an event with the spans of its triggers (the first is the one it is called by) and its sides."""

    id: str
    event_class: str
    trigger: str
    spans: tuple[Span, ...]
    sides: Mapping[str, tuple[str, ...]]
    polarity: str
    modality: str


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """Hold who says something, and where the word stands that attributes it."""

    cue: str
    span: Span | None
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """Hold a binary relation; `object` is a title for a position and an id otherwise."""

    subject: str
    predicate: str
    object: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class GoldNumber:
    """Hold a quantity: its value and bounds as (value, minimum, maximum)."""

    id: str
    text: str
    span: Span | None
    numbers: tuple[float | None, float | None, float | None]


@dataclass(frozen=True, slots=True)
class GoldTime:
    """Hold a time that could be resolved."""

    text: str
    span: Span | None
    value: str


@dataclass(frozen=True, slots=True)
class Gold:
    """Hold what people found in one text.

    Attributes:
        name: file name of the text.
        text: its characters.
        segments: the segments that anchors count.
        live: the stretches that were annotated; the rest is boilerplate or repeats.
    """

    name: str
    text: str
    segments: tuple[Span, ...]
    live: tuple[Span, ...]
    entities: tuple[GoldEntity, ...]
    events: tuple[GoldEvent, ...]
    claims: tuple[GoldClaim, ...]
    relations: tuple[GoldRelation, ...]
    quantities: tuple[GoldNumber, ...]
    times: tuple[GoldTime, ...]

    def spans(self) -> dict[str, list[Span]]:
        """Give for each entity, event and quantity the places that name it."""
        places = {entity.id: [mention.span for mention in entity.mentions] for entity in self.entities}
        places |= {event.id: list(event.spans) for event in self.events}
        return places | {number.id: [number.span] if number.span else [] for number in self.quantities}

    def called(self, id_: str) -> str:
        """Give words for a thing: an entity's key, an event's trigger; anything else is given back as it is."""
        for entity in self.entities:
            if entity.id == id_:
                return entity.key
        for event in self.events:
            if event.id == id_:
                return event.trigger
        return id_

    def sentence(self, place: int) -> str:
        """Give the segment around a place; empty between segments."""
        return next((self.text[begin:end] for begin, end in self.segments if begin <= place < end), "")


def read_gold(gold_dir: Path, text_dir: Path, only: Iterable[str] | None = None) -> tuple[Gold, ...]:
    """Read the annotations of a folder, and the texts that they annotate, by name.

    Args:
        gold_dir: `NAME.json` files.
        text_dir: the `NAME.txt` of each.
        only: names to read; None reads all.

    Raises:
        KgbuildError: there is nothing to read, a text is missing, or a file is not what it should be.
    """
    chosen = None if only is None else set(only)
    paths = [path for path in sorted(gold_dir.glob("*.json")) if chosen is None or path.stem in chosen]
    if not paths:
        raise KgbuildError(f"{gold_dir}: no gold annotations", "It should hold NAME.json files.")
    return tuple(_read(path, text_dir / f"{path.stem}.txt") for path in paths)


def _read(path: Path, text_path: Path) -> Gold:
    text = _text_of(text_path)
    try:
        data = json.loads(_text_of(path))
    except json.JSONDecodeError as error:
        raise KgbuildError(f"{path}:{error.lineno}:{error.colno}: not valid JSON: {error.msg}") from error
    try:
        return _gold(data, text_path.name, text)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise KgbuildError(f"{path}: not a gold annotation ({type(error).__name__}: {error})") from error


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise KgbuildError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise KgbuildError(f"{path}: not UTF-8 (byte {error.start})") from error


def _gold(data: Mapping[str, Any], name: str, text: str) -> Gold:
    anchors = _Anchors(text)
    return Gold(
        name=name,
        text=text,
        segments=tuple(anchors.segments),
        live=tuple(anchors.live(data.get("sections") or [])),
        entities=tuple(_entity(one, anchors) for one in data.get("entities", [])),
        events=tuple(_event(one, anchors) for one in data.get("events", [])),
        claims=tuple(
            GoldClaim(one["cue"]["text"], anchors.span(one["cue"]), tuple(one.get("speaker") or ()))
            for one in data.get("claims", [])
        ),
        relations=tuple(
            GoldRelation(
                one["subject"],
                one["predicate"],
                one["object"],
                anchors.span(one["anchor"]) if one.get("anchor") else None,
            )
            for one in data.get("relations", [])
            if one["predicate"] != "share"
        ),
        quantities=tuple(_number(one, anchors) for one in data.get("quantities", [])),
        times=tuple(
            GoldTime(one["text"], anchors.span(one), one["value"]) for one in data.get("times", []) if one.get("value")
        ),
    )


def _entity(one: Mapping[str, Any], anchors: "_Anchors") -> GoldEntity:
    found = ((anchors.span(mention), mention["kind"]) for mention in one["mentions"])
    return GoldEntity(
        one["id"], one["key"], one["type"], tuple(GoldMention(span, kind) for span, kind in found if span)
    )


def _event(one: Mapping[str, Any], anchors: "_Anchors") -> GoldEvent:
    if one["class"] not in HEADING:
        raise ValueError(f"no class of events is called {one['class']!r}")
    spans = (anchors.span(anchor) for anchor in (one["trigger"], *one.get("mentions", [])))
    return GoldEvent(
        id=one["id"],
        event_class=one["class"],
        trigger=one["trigger"]["text"],
        spans=tuple(span for span in spans if span),
        sides={role: tuple(one.get(role) or ()) for role in ROLES},
        polarity=one["polarity"],
        modality=one["modality"],
    )


def _number(one: Mapping[str, Any], anchors: "_Anchors") -> GoldNumber:
    value, minimum, maximum = (None if one.get(key) is None else float(one[key]) for key in ("value", "min", "max"))
    return GoldNumber(one["id"], one["text"], anchors.span(one), (value, minimum, maximum))


class _Anchors:
    """Turn anchors into places of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.segments = segments(text)

    def span(self, anchor: Mapping[str, Any]) -> Span | None:
        """Find the characters that an anchor means, or None."""
        number = anchor.get("seg", 0)
        if not 1 <= number <= len(self.segments):
            return None
        begin, end = self.segments[number - 1]
        words, at = anchor["text"], begin - 1
        for _ in range(anchor.get("n", 1)):
            at = self._text.find(words, at + 1, end)
            if at < 0:
                return None
        return at, at + len(words)

    def live(self, sections: Iterable[Mapping[str, Any]]) -> Iterator[Span]:
        """Give the stretches that were annotated; a text without sections was annotated whole."""
        whole: list[Mapping[str, Any]] = [{"from": 1, "to": len(self.segments), "kind": "article"}]
        for section in list(sections) or whole:
            if section["kind"] in _READ:
                last = min(section["to"], len(self.segments))
                yield self.segments[section["from"] - 1][0], self.segments[last - 1][1]
