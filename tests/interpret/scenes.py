"""Hand-made extractions: a text with its mentions and frames named by their words, no parser and no model."""

import re
from dataclasses import dataclass, field
from datetime import date

from kgbuild.interpret import interpret
from kgbuild.knowledge import Knowledge, load
from kgbuild.model import (
    Chain,
    Document,
    EntityType,
    Event,
    Extraction,
    Filler,
    Frame,
    Interpretation,
    Link,
    Mention,
    MentionKind,
    Section,
    SectionKind,
    TimeMention,
    Where,
)
from kgbuild.resolve import resolve

KNOWLEDGE: Knowledge = load()


@dataclass
class Scene:
    """Gather what the text side would have found in a text of sentences that end in a full stop.

    Each line is a paragraph, in capitals a headline."""

    text: str
    mentions: list[Mention] = field(default_factory=list)
    chains: list[Chain] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    times: list[TimeMention] = field(default_factory=list)
    number_of: dict[str, int] = field(default_factory=dict)

    def at(self, word: str) -> Where:
        """Find a word; `war#2` is its second occurrence."""
        plain, _, nth = word.partition("#")
        begin = -1
        for _ in range(int(nth or 1)):
            begin = self.text.index(plain, begin + 1)
        return Where(begin, begin + len(plain))

    def sentence(self, where: Where) -> Where:
        line = self.text.rfind("\n", 0, where.begin) + 1
        begin = max(line, self.text.rfind(". ", 0, where.begin) + 2 if ". " in self.text[: where.begin] else 0)
        ends = [end for end in (self.text.find(".", where.end) + 1, self.text.find("\n", where.end)) if end > 0]
        return Where(begin, min(ends, default=len(self.text)))

    def thing(self, type_: EntityType, *words: str, named: bool = True) -> "Scene":
        """Add a chain of mentions, one a word."""
        numbers = []
        for word in words:
            where = self.at(word)
            kind = MentionKind.NAME if named else MentionKind.NOMINAL
            self.mentions.append(
                Mention(where, where.of(self.text), kind, type_, where, words[0].lower(), self.sentence(where))
            )
            numbers.append(len(self.mentions) - 1)
        self.chains.append(Chain(tuple(numbers), type_, words[0], named))
        return self

    def frame(
        self, trigger: str, lemma: str, pos: str = "verb", sides: tuple[tuple[str, str], ...] = (), **known: object
    ) -> "Scene":
        """Add a frame; a side's word may be a mention's or an earlier frame's trigger."""
        where = self.at(trigger)
        fillers = []
        for side, word in sides:
            place = self.at(word)
            mention = next((n for n, m in enumerate(self.mentions) if m.head == place), None)
            fillers.append(Filler(side, place, mention, self.number_of.get(word)))
        self.frames.append(
            Frame(where, lemma, pos, self.sentence(where), tuple(fillers), **known)  # type: ignore[arg-type]
        )
        self.number_of[trigger] = len(self.frames) - 1
        return self

    def link(self, kind: str, head: str, dependent: str, lemma: str = "") -> "Scene":
        """Join two mentions, each named by its word."""
        one, other = (
            next(n for n, m in enumerate(self.mentions) if m.head == self.at(word)) for word in (head, dependent)
        )
        self.links.append(Link(kind, one, other, self.at(dependent), lemma))
        return self

    def time(self, word: str, value: str | None) -> "Scene":
        """Add an expression of time."""
        where = self.at(word)
        self.times.append(TimeMention(where, value, self.sentence(where)))
        return self

    def read(self) -> Interpretation:
        whole = Where(0, len(self.text))
        lines = [Where(line.start(), line.end()) for line in re.finditer(r"[^\n]+", self.text)]
        document = Document(
            id="article/scene",
            source_file="scene.txt",
            text=self.text,
            content_hash="0" * 64,
            sections=(Section(whole, SectionKind.ARTICLE),),
            paragraphs=tuple(lines),
            headings=frozenset(where for where in lines if where.of(self.text).isupper()),
            published=date(2025, 6, 2),
        )
        sentences = tuple(sorted({self.sentence(frame.trigger) for frame in self.frames}))
        extraction = Extraction(
            document_id=document.id,
            sentences=sentences,
            mentions=tuple(self.mentions),
            chains=tuple(self.chains),
            frames=tuple(self.frames),
            links=tuple(self.links),
            times=tuple(self.times),
        )
        return interpret(document, extraction, resolve([extraction], KNOWLEDGE), KNOWLEDGE)


def event(said: Interpretation, trigger: str) -> Event:
    """Give the event that one of the triggers names."""
    found = [e for e in said.events if any(w.of(said.document.text) == trigger for w in e.evidence.where)]
    assert len(found) == 1, (trigger, said.events)
    return found[0]


def names(ids: tuple[str, ...]) -> list[str]:
    """Give the readable part of ids."""
    return [name.split("/", 1)[1].rsplit("-", 1)[0] if "-" in name else name.split("/", 1)[1] for name in ids]
