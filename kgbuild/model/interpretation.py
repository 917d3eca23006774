"""What an article says, in the terms of the ontology; every fact with the evidence for it.

Ids are local names of IRIs, minted from content. A role holds ids of entities, or of events where the ontology
allows one, in text order.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from kgbuild.model.document import Document
from kgbuild.model.extraction import Extraction
from kgbuild.model.text import Where


class Polarity(StrEnum):
    """Tell whether something is said to have happened or not to have happened."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Modality(StrEnum):
    """Tell in which way an event is told: as a fact, a plan, a demand, an offer, a chance or a condition."""

    ACTUAL = "actual"
    FUTURE = "future"
    REQUESTED = "requested"
    PROPOSED = "proposed"
    POSSIBLE = "possible"
    CONDITIONAL = "conditional"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Say where a fact stands, which rules made it and how sure they are (`score` in [0, 1])."""

    where: tuple[Where, ...]
    rules: tuple[str, ...] = ()
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Event:
    """Hold one event of one article; `event_class` is the narrowest class (`Meet`), `time` the id of a Time."""

    id: str
    event_class: str
    evidence: Evidence
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    time: str | None = None
    polarity: Polarity = Polarity.POSITIVE
    modality: Modality = Modality.ACTUAL


@dataclass(frozen=True, slots=True)
class Relation:
    """Hold one binary relation; `asserted` only when the article says it in its own voice."""

    id: str
    subject: str
    predicate: str
    object: str
    evidence: Evidence
    asserted: bool = True


@dataclass(frozen=True, slots=True)
class Position:
    """Hold an office of a person: `title` as written, `of` a country or organisation, `former` if it is over."""

    id: str
    holder: str
    title: str
    evidence: Evidence
    of: tuple[str, ...] = ()
    former: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """Hold what somebody says: `content` are ids of events, relations and positions; evidence is the cue.

    `medium` is the id of an entity or a plain string; `quotations` are the quoted stretches.
    """

    id: str
    evidence: Evidence
    speaker: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    medium: str | None = None
    quotations: tuple[Where, ...] = ()
    text: Where | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """Hold a number: exact `value` or bounds, `unit` an IRI or words, `of` the id of what it measures."""

    id: str
    evidence: Evidence
    value: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    modifier: str = ""
    unit: str = ""
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """Hold a time; `value` is ISO 8601 as the guidelines write it, None when it can't be resolved."""

    id: str
    evidence: Evidence
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Interpretation:
    """Hold everything that one article says, ready to become triples."""

    document: Document
    extraction: Extraction
    events: tuple[Event, ...] = field(default=())
    relations: tuple[Relation, ...] = field(default=())
    positions: tuple[Position, ...] = field(default=())
    claims: tuple[Claim, ...] = field(default=())
    quantities: tuple[Quantity, ...] = field(default=())
    times: tuple[Time, ...] = field(default=())
