"""A graph that says exactly what people found, and ways to spoil it, so that the scorer itself can be tested."""

import json
import random
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kgbuild.assemble import assemble
from kgbuild.model import (
    Chain,
    Claim,
    Entity,
    EntityType,
    Event,
    Evidence,
    Extraction,
    Interpretation,
    Iri,
    KnowledgeGraph,
    Literal,
    Mention,
    MentionKind,
    Modality,
    Polarity,
    Position,
    Quantity,
    Relation,
    Resolution,
    Time,
    Triple,
    Where,
    mint,
)
from kgbuild.rdf import KG, NIF, RDF, TYPE, XSD, named_triples
from kgbuild.score.classes import HEADING
from kgbuild.score.gold import Gold, read_gold
from kgbuild.score.segments import segments
from tests.graphs import document_of


def perfect_graph(gold_dir: Path, text_dir: Path, only: Iterable[str] | None = None) -> KnowledgeGraph:
    """Assemble what people found in the texts of a folder, as a build would that finds the same."""
    interpretations, entities, entity_of = [], {}, {}
    for gold in read_gold(gold_dir, text_dir, only):
        data = json.loads((gold_dir / gold.name).with_suffix(".json").read_text(encoding="utf-8"))
        interpretation = _Reader(gold, data).interpretation()
        interpretations.append(interpretation)
        for index, entity in enumerate(gold.entities):
            id_ = mint("thing", entity.key, entity.key)
            entities.setdefault(id_, Entity(id_, EntityType(entity.type), entity.key))
            entity_of[interpretation.document.id, index] = id_
    return assemble(interpretations, Resolution(entities, entity_of))


class _Reader:
    """Turn the annotations of one text into the values that a build makes of it."""

    def __init__(self, gold: Gold, data: Mapping[str, Any]) -> None:
        self._gold = gold
        self._data = data
        self._tail = gold.name.removesuffix(".txt")
        self._segments = segments(gold.text)
        self._ids = {one.id: mint("thing", one.key, one.key) for one in gold.entities}
        for kind in ("events", "claims", "relations", "quantities", "times"):
            for one in data.get(kind, []):
                self._ids[one["id"]] = f"{kind}/{self._tail}_{one['id']}"

    def interpretation(self) -> Interpretation:
        document = document_of(self._gold.text, self._gold.name, url=None)
        relations = [one for one in self._data["relations"] if one["predicate"] not in ("share", "position")]
        offices = [one for one in self._data["relations"] if one["predicate"] == "position"]
        return Interpretation(
            document,
            self._extraction(document.id),
            events=tuple(self._event(one) for one in self._data["events"]),
            relations=tuple(
                Relation(
                    self._ids[one["id"]],
                    self._ids[one["subject"]],
                    one["predicate"],
                    self._ids[one["object"]],
                    self._evidence(one.get("anchor") or self._first(one["subject"])),
                )
                for one in relations
            ),
            positions=tuple(
                Position(
                    self._ids[one["id"]],
                    self._ids[one["subject"]],
                    one["object"],
                    self._evidence(one.get("anchor") or self._first(one["subject"])),
                    tuple(self._ids[of] for of in [one["of"]]) if one.get("of") else (),
                )
                for one in offices
            ),
            claims=tuple(self._claim(one) for one in self._data["claims"]),
            quantities=tuple(self._quantity(one) for one in self._data["quantities"]),
            times=tuple(
                Time(self._ids[one["id"]], self._evidence(one), one.get("value")) for one in self._data["times"]
            ),
        )

    def _extraction(self, document_id: str) -> Extraction:
        mentions: list[Mention] = []
        chains: list[Chain] = []
        for entity in self._gold.entities:
            first = len(mentions)
            for one in entity.mentions:
                where = Where(*one.span)
                words = where.of(self._gold.text)
                mentions.append(Mention(where, words, MentionKind(one.kind), None, where, words, where))
            chains.append(Chain(tuple(range(first, len(mentions))), EntityType(entity.type), entity.key, named=True))
        return Extraction(document_id, tuple(Where(*span) for span in self._segments), tuple(mentions), tuple(chains))

    def _evidence(self, *anchors: Mapping[str, Any]) -> Evidence:
        return Evidence(tuple(self._where(anchor) for anchor in anchors), ("gold",))

    def _where(self, anchor: Mapping[str, Any]) -> Where:
        begin, end = self._segments[anchor["seg"] - 1]
        at = begin - 1
        for _ in range(anchor.get("n", 1)):
            at = self._gold.text.index(anchor["text"], at + 1, end)
        return Where(at, at + len(anchor["text"]))

    def _first(self, entity: str) -> Mapping[str, Any]:
        return next(one["mentions"][0] for one in self._data["entities"] if one["id"] == entity)

    def _refer(self, ids: list[str] | None) -> tuple[str, ...]:
        return tuple(self._ids[id_] for id_ in ids or [])

    def _event(self, one: Mapping[str, Any]) -> Event:
        return Event(
            self._ids[one["id"]],
            one["class"],
            self._evidence(one["trigger"], *one.get("mentions", [])),
            *(self._refer(one.get(role)) for role in ("actor", "recipient", "theme", "place")),
            time=self._ids[one["time"]] if one.get("time") else None,
            polarity=Polarity(one["polarity"]),
            modality=Modality(one["modality"]),
        )

    def _claim(self, one: Mapping[str, Any]) -> Claim:
        return Claim(
            self._ids[one["id"]],
            self._evidence(one["cue"]),
            speaker=self._refer(one.get("speaker")),
            content=self._refer(one.get("content")),
            addressee=self._refer(one.get("addressee")),
            text=Where(*self._segments[one.get("content_segs", [one["cue"]["seg"]])[0] - 1]),
        )

    def _quantity(self, one: Mapping[str, Any]) -> Quantity:
        value, minimum, maximum = (None if one.get(key) is None else float(one[key]) for key in ("value", "min", "max"))
        of = self._ids[one["of"]] if one.get("of") else None
        return Quantity(
            self._ids[one["id"]],
            self._evidence(one),
            value,
            minimum,
            maximum,
            one.get("modifier") or "",
            one["unit"],
            of,
        )


def spoiled(graph: KnowledgeGraph, seed: int, share: float) -> list[Triple]:
    """Drop and alter some *share* of what *graph* says, always the same for one *seed*."""
    triples = sorted({triple for _, triple in named_triples(graph)}, key=str)
    things = sorted({triple.subject for triple in triples if triple.predicate == TYPE and _is_thing(triple.object)})
    left: list[Triple] = []
    for triple in triples:  # each by its own chance, so that what else is in the graph makes no difference
        chance = random.Random(f"{seed} {triple}")  # noqa: S311 - to spoil, not to hide
        left += [triple] if chance.random() >= share else _altered(triple, chance, things)
    return left


def _is_thing(class_: Iri | Literal) -> bool:
    return class_.value.removeprefix(KG.iri) in {type_.value for type_ in EntityType}


def _altered(triple: Triple, chance: random.Random, things: list[Iri]) -> list[Triple]:
    subject, predicate, value = triple
    if chance.random() < 0.3:
        return []
    if predicate in (NIF("beginIndex"), NIF("endIndex")):
        moved = max(0, int(value.value) + chance.choice([-9, -2, -1, 1, 2, 9]))
        return [Triple(subject, predicate, Literal(str(moved), XSD("integer").value))]
    if predicate == TYPE and value.value.startswith(KG.iri):
        name = value.value.removeprefix(KG.iri)
        others = [type_.value for type_ in EntityType] if name not in HEADING else list(HEADING)
        again = Triple(subject, predicate, KG(chance.choice(others)))
        return [again] if chance.random() < 0.7 else [triple, again]
    if predicate in (KG("polarity"), KG("modality")):
        return [Triple(subject, predicate, KG(chance.choice(["negative", "future", "possible"])))]
    if predicate in (KG("value"), KG("minimum"), KG("maximum")):
        factor = chance.choice([1.01, 1.03, 2])
        return [Triple(subject, predicate, Literal(str(float(value.value) * factor), XSD("decimal").value))]
    if predicate in (KG("timeValue"), KG("title")):
        return [Triple(subject, predicate, Literal(chance.choice(["2025-06", "President", "Minister of Defence"])))]
    if predicate == RDF("predicate"):
        return [Triple(subject, predicate, KG(chance.choice(["leads", "locatedIn", "kindOf"])))]
    if predicate == KG("mentionOf"):
        return [Triple(subject, predicate, chance.choice(things))]
    if isinstance(value, Iri):
        return [Triple(subject, predicate, chance.choice(things)), *([triple] if chance.random() < 0.3 else [])]
    return [triple]
