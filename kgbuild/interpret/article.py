"""One article as its interpreter sees it: frames, who stands at their sides, and which frame hangs below which."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kgbuild.knowledge import Knowledge
from kgbuild.model import Document, EntityType, Extraction, Filler, Frame, Link, MentionKind, Resolution

BELOW = frozenset(
    {"clause", "complement", "object", "of", "to", "for", "on", "from", "such as", "including", "in", "about", "with"}
)
"""Sides on which a word that is no event itself may carry the event that is meant (`proposed holding a meeting`)."""
_DRIFTING = frozenset({"to", "from", "against", "with"})
_OWNING = frozenset({"adjective", "possessor", "compound"})
_ACTING = frozenset({EntityType.PERSON, EntityType.GROUP, EntityType.ORGANIZATION})
_PERSONS = frozenset({"i", "we", "you", "he", "she", "who", "us", "me", "everyone", "someone", "anyone", "those"})


@dataclass(frozen=True, slots=True)
class Article:
    """Hold one article's extraction with ways to ask about it.

    Attributes:
        document, extraction, resolution, knowledge: what the stages before have given.
        chains_of: mention -> the chains that it belongs to; a mention may name two things at once.
        parents: frame -> (frame above it, side that it fills there), in text order.
        links_of: mention -> the links that describe it.
        acts_for: chain -> the chains of countries and organisations that it acts for, by office or by description.
    """

    document: Document
    extraction: Extraction
    resolution: Resolution
    knowledge: Knowledge
    chains_of: dict[int, tuple[int, ...]] = field(default_factory=dict)
    parents: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    links_of: dict[int, tuple[Link, ...]] = field(default_factory=dict)
    acts_for: dict[int, frozenset[int]] = field(default_factory=dict)
    _at: dict[int, dict[str, list[Filler]]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def frames(self) -> tuple[Frame, ...]:
        """Give the article's frames."""
        return self.extraction.frames

    def text(self, filler: Filler) -> str:
        """Give the characters of a filler's head word, lower case."""
        return filler.where.of(self.document.text).lower()

    def lemma(self, filler: Filler) -> str:
        """Give the dictionary form of a filler's head word."""
        if filler.frame is not None:
            return self.frames[filler.frame].lemma
        if filler.mention is not None and self.extraction.mentions[filler.mention].where == filler.where:
            return self.extraction.mentions[filler.mention].lemma.lower()
        return self.text(filler)

    def type_of(self, filler: Filler) -> str | None:
        """Give the type of thing that a filler names: of its chain, its mention or, failing both, its noun."""
        if filler.mention is not None:
            chains = self.chains_of.get(filler.mention, ())
            if chains:
                return self.extraction.chains[chains[0]].type.value
            kind = self.extraction.mentions[filler.mention].type
            if kind is not None:
                return kind.value
        if self.text(filler) in _PERSONS:
            return "Person"
        if filler.frame is None or self.frames[filler.frame].pos != "noun":
            return None
        plural = self.text(filler) != self.lemma(filler)
        noun = self.knowledge.cues.noun_type(self.lemma(filler), plural=plural)
        return noun.value if noun is not None else None

    def entity(self, chain: int) -> str:
        """Give the id of the entity that a chain stands for."""
        return self.resolution.entity_of[self.document.id, chain]

    def chain_type(self, chain: int) -> EntityType:
        """Give the type of a chain."""
        return self.extraction.chains[chain].type

    def chains_at(self, filler: Filler) -> tuple[int, ...]:
        """Give the chains that a filler names; a plural before names gives those (`the agencies TASS and RIA`)."""
        if filler.mention is None:
            return ()
        mention = self.extraction.mentions[filler.mention]
        if mention.number == "plural" and mention.kind is MentionKind.NOMINAL:
            named = [
                chain
                for link in self.links_of.get(filler.mention, ())
                if link.kind in ("list", "apposition", "naming")
                and self.extraction.mentions[link.dependent].kind is MentionKind.NAME
                for chain in self.chains_of.get(link.dependent, ())
            ]
            if len(named) > 1:
                return tuple(named)
        return self.chains_of.get(filler.mention, ())

    def sides(self, number: int) -> tuple[Filler, ...]:
        """Give a frame's fillers, and those that a parser hangs on its object though the verb may mean them.

        `provided [weapons to the rebels]`: which word a preposition belongs to is what parsers know least.
        """
        frame = self.frames[number]
        if frame.pos != "verb":
            return frame.fillers
        had = {filler.side for filler in frame.fillers}
        objects = [filler.frame for filler in frame.fillers if filler.side == "object" and filler.frame is not None]
        lent = [
            below
            for one in objects
            for below in self.frames[one].fillers
            if below.side in _DRIFTING and below.side not in had
        ]
        return (*frame.fillers, *lent)

    def fillers(self, number: int, side: str) -> Sequence[Filler]:
        """List the fillers on one side of a frame."""
        at = self._at.get(number)
        if at is None:
            at = self._at[number] = {}
            for filler in self.sides(number):
                at.setdefault(filler.side, []).append(filler)
        return at.get(side, ())


def read_article(document: Document, extraction: Extraction, resolution: Resolution, knowledge: Knowledge) -> Article:
    """Prepare an article for interpretation."""
    chains_of: dict[int, tuple[int, ...]] = {}
    for number, chain in enumerate(extraction.chains):
        for mention in chain.mentions:
            chains_of[mention] = (*chains_of.get(mention, ()), number)
    parents: dict[int, list[tuple[int, str]]] = {}
    for number, frame in enumerate(extraction.frames):
        for filler in frame.fillers:
            if filler.frame is not None and filler.frame != number:
                parents.setdefault(filler.frame, []).append((number, filler.side))
    links_of: dict[int, tuple[Link, ...]] = {}
    for link in extraction.links:
        links_of[link.head] = (*links_of.get(link.head, ()), link)
    acts_for = _principals(extraction, chains_of)
    return Article(document, extraction, resolution, knowledge, chains_of, parents, links_of, acts_for)


def _principals(extraction: Extraction, chains_of: dict[int, tuple[int, ...]]) -> dict[int, frozenset[int]]:
    """Find for whom people and groups act: `Russian delegation`, `Ukraine's defence minister`."""
    pairs = [(office.bearer, owner) for office in extraction.offices for owner in office.of]
    pairs += [(link.head, link.dependent) for link in extraction.links if link.kind in _OWNING]
    found: dict[int, frozenset[int]] = {}
    for agent, owner in pairs:
        owners = [
            chain
            for chain in chains_of.get(owner, ())
            if extraction.chains[chain].type in (EntityType.COUNTRY, EntityType.ORGANIZATION)
        ]
        for chain in chains_of.get(agent, ()):
            if extraction.chains[chain].type in _ACTING:
                found[chain] = found.get(chain, frozenset()) | frozenset(owners)
    return found
