"""The values that stages hand to one another: frozen, slotted, and made of the standard library alone."""

from kgbuild.model.document import Document, Section, SectionKind
from kgbuild.model.extraction import (
    Chain,
    EntityType,
    Extraction,
    Filler,
    Frame,
    Link,
    Mention,
    MentionKind,
    Office,
    QuantityMention,
    TimeMention,
)
from kgbuild.model.graph import Iri, KnowledgeGraph, Literal, Statement, Triple
from kgbuild.model.identity import digest, mint, slug
from kgbuild.model.interpretation import (
    Claim,
    Event,
    Evidence,
    Interpretation,
    Modality,
    Polarity,
    Position,
    Quantity,
    Relation,
    Time,
)
from kgbuild.model.resolution import Entity, GazetteerSource, Join, Resolution
from kgbuild.model.text import Where

__all__ = [
    "Chain",
    "Claim",
    "Document",
    "Entity",
    "EntityType",
    "Event",
    "Evidence",
    "Extraction",
    "Filler",
    "Frame",
    "GazetteerSource",
    "Interpretation",
    "Iri",
    "Join",
    "KnowledgeGraph",
    "Link",
    "Literal",
    "Mention",
    "MentionKind",
    "Modality",
    "Office",
    "Polarity",
    "Position",
    "Quantity",
    "QuantityMention",
    "Relation",
    "Resolution",
    "Section",
    "SectionKind",
    "Statement",
    "Time",
    "TimeMention",
    "Triple",
    "Where",
    "digest",
    "mint",
    "slug",
]
