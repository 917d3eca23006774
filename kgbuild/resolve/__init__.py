"""Who is who over all articles: from chains of articles to entities with one IRI each.

    chains -keys-> things -rulings, people, bodies-> joined things -> entities

What the user has ruled comes first, then the rules, the surest first; every join carries its reason. The result does
not depend on the order of the articles: every choice is made over sorted values, and IRIs are minted from keys alone.
Nothing compares all pairs: `docs/identity.md` tells the rules, `benchmarks/identity.py` what they cost.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from kgbuild.knowledge import Knowledge
from kgbuild.model import Entity, Extraction, Resolution, mint
from kgbuild.resolve.bodies import join_bodies
from kgbuild.resolve.entities import best_key, make_entity, own_id
from kgbuild.resolve.joins import Joins
from kgbuild.resolve.linking import Linker
from kgbuild.resolve.people import People
from kgbuild.resolve.rulings import Rulings
from kgbuild.resolve.things import Thing, gather

__all__ = ["resolve"]


def resolve(extractions: Sequence[Extraction], knowledge: Knowledge) -> Resolution:
    """Decide which chains of all articles are one thing.

    Args:
        extractions: one an article; their order does not matter.
        knowledge: names, institutions, and what the user has ruled to be one thing or two.

    Returns:
        An entity for every chain. No articles give no entities.
    """
    gazetteer = knowledge.gazetteer
    rulings = Rulings(knowledge.identity, partial(_own_id, knowledge))
    linker = Linker(knowledge)
    things = gather(extractions, knowledge, linker.link, rulings.split)
    joins = Joins(things)
    rulings.apply(things, joins)
    people = People(things, joins, knowledge.identity, gazetteer.canonical_part, gazetteer.gender)
    people.join()
    join_bodies(things, joins, gazetteer)
    entities: dict[str, Entity] = {}
    entity_of: dict[tuple[str, int], str] = {}
    id_of: dict[str, str] = {}
    for root, keys in joins.groups().items():
        whole = Thing(root)
        for key in keys:
            whole.take(things[key])
        key = best_key([people.public(key) for key in keys])
        entity = linker.describe(key, make_entity(key, whole, knowledge, joins.reasons(root)))
        while entity.id in entities:  # two things whose readable names are alike
            entity = replace(entity, id=mint(*entity.id.split("/", 1), key))
        entities[entity.id] = entity
        id_of[key] = entity.id
        entity_of.update(dict.fromkeys(whole.chains, entity.id))
    key_of = {name: key for key, name in id_of.items()}
    placed = {name: linker.place(key_of[name], entities[name], id_of) for name in sorted(key_of)}
    return Resolution(placed, dict(sorted(entity_of.items())))


def _own_id(knowledge: Knowledge, key: str) -> str:
    return own_id(key, knowledge)
