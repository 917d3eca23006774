"""Who is who over all articles of a build: one entity, one name of an IRI."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kgbuild.model.extraction import EntityType


@dataclass(frozen=True, slots=True, order=True)
class Join:
    """Say that two names were taken for one thing, and why.

    Attributes:
        one, other: the names as they were written, or what they are known by.
        rule: name of the rule that joined them, or the row of the user's file that says so.
    """

    one: str
    other: str
    rule: str


@dataclass(frozen=True, slots=True, order=True)
class GazetteerSource:
    """Name a gazetteer that a link was taken from: `title` and `version`, and the SHA-256 of what it was made of."""

    title: str
    version: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class Entity:
    """Hold one real-world thing.

    Attributes:
        id: local name of its IRI (`person/Rustem_Umerov`), independent of the order and number of files.
        type: its class.
        label: fullest form of its name.
        alt_labels: every other form seen, sorted.
        same_as: IRIs of the same thing elsewhere, sorted (`owl:sameAs`).
        rules: why its chains were joined, sorted.
        joins: which names of it were joined, and why, sorted; without those that are written alike.
        linked_by: the user's gazetteers that its links were taken from, sorted by title and version.
        known_in: id of the entity that a gazetteer, not an article, says it lies in; "" for none.
    """

    id: str
    type: EntityType
    label: str
    alt_labels: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    joins: tuple[Join, ...] = ()
    linked_by: tuple[GazetteerSource, ...] = ()
    known_in: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """Tell which entity each chain of each article stands for.

    Attributes:
        entities: by `Entity.id`, sorted.
        entity_of: (document id, index of the chain in its extraction) -> `Entity.id`; every chain has one.
    """

    entities: Mapping[str, Entity] = field(default_factory=dict)
    entity_of: Mapping[tuple[str, int], str] = field(default_factory=dict)
