"""What an explanation shows: plain values that print well and turn into JSON."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SeenPlace:
    """Point at characters of an article, with the sentence around them for a person to read."""

    source_file: str
    begin: int
    end: int
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class SeenMention:
    """Show one mention: where it is, what it stands for, and by which rules; `hidden` inside a longer one."""

    place: SeenPlace
    kind: str
    stands_for: tuple[str, ...]
    rules: tuple[str, ...]
    score: float
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class SeenChain:
    """Show the mentions of one thing in one article, and why they were joined."""

    source_file: str
    stands_for: str
    type: str
    name: str
    mentions: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeenJoin:
    """Show two names that were taken for one thing over articles, and by which rule or ruling."""

    one: str
    other: str
    rule: str


@dataclass(frozen=True, slots=True)
class SeenFrame:
    """Show one clause as it was understood: its predicate, and who fills which side."""

    place: SeenPlace
    lemma: str
    pos: str
    sides: tuple[tuple[str, str], ...]
    traits: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeenFact:
    """Show one fact in words, with its IRI, its evidence and the rules that made it."""

    kind: str
    iri: str
    says: str
    evidence: tuple[SeenPlace, ...]
    rules: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Hold everything that is known about one sentence of one article, or about one IRI.

    Attributes:
        about: the sentence, or the IRI.
        source_file: the article's file; "" for an IRI.
        mentions: in text order.
        chains: of the things mentioned.
        joins: which names of the thing were joined over articles, and why; none for a sentence.
        frames: in text order.
        facts: events, relations, positions, claims, quantities and times that rest on it.
        triples: what the graph says, as lines of Turtle; without the triples of mentions.
    """

    about: str
    source_file: str = ""
    mentions: tuple[SeenMention, ...] = ()
    chains: tuple[SeenChain, ...] = ()
    joins: tuple[SeenJoin, ...] = ()
    frames: tuple[SeenFrame, ...] = ()
    facts: tuple[SeenFact, ...] = ()
    triples: tuple[str, ...] = ()
