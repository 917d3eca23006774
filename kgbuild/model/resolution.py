"""Who is who over all articles of a build: one entity, one name of an IRI."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kgbuild.model.extraction import EntityType


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
    """

    id: str
    type: EntityType
    label: str
    alt_labels: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """Tell which entity each chain of each article stands for.

    Attributes:
        entities: by `Entity.id`, sorted.
        entity_of: (document id, index of the chain in its extraction) -> `Entity.id`; every chain has one.
    """

    entities: Mapping[str, Entity] = field(default_factory=dict)
    entity_of: Mapping[tuple[str, int], str] = field(default_factory=dict)
