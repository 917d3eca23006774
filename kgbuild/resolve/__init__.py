"""Who is who over all articles: from chains of articles to entities with one IRI each.

A chain that the gazetteer or the table of institutions knows has a key, and one key is one thing. Other named chains
are joined by their folded name within one class; persons also by full name and, where only one person of the build
can be meant, by surname. What has no name is a thing of its own article. The result does not depend on the order of
the articles: every choice is made over sorted values.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kgbuild.knowledge import Knowledge
from kgbuild.knowledge.gazetteer import Gazetteer, fold
from kgbuild.knowledge.institutions import Institutions
from kgbuild.model import Chain, Entity, EntityType, Extraction, Mention, MentionKind, Resolution, mint, slug
from kgbuild.resolve.persons import People, PersonName, person_name, readable

__all__ = ["resolve"]


@dataclass(slots=True)
class _Gathered:
    """Hold what all chains of one thing say of it."""

    key: str
    types: Counter[EntityType] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    others: set[str] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)
    chains: list[tuple[str, int]] = field(default_factory=list)


def resolve(extractions: Sequence[Extraction], knowledge: Knowledge) -> Resolution:
    """Decide which chains of all articles are one thing.

    Args:
        extractions: one an article; their order does not matter.
        knowledge: gazetteer and institutions, which give the keys their names.

    Returns:
        An entity for every chain. No articles give no entities.
    """
    canonical = knowledge.gazetteer.canonical_part
    people = People(_person_names(extractions, canonical))
    gathered: dict[str, _Gathered] = {}
    for extraction in extractions:
        for number, chain in enumerate(extraction.chains):
            key, rule = _key(extraction, chain, people, canonical)
            thing = gathered.setdefault(key, _Gathered(key))
            _gather(thing, extraction, number, chain, rule)
    entities: dict[str, Entity] = {}
    entity_of: dict[tuple[str, int], str] = {}
    for key in sorted(gathered):
        entity = _entity(gathered[key], knowledge.gazetteer, knowledge.institutions)
        while entity.id in entities:  # two things whose readable names are alike
            entity = Entity(mint(*entity.id.split("/", 1), key), *_rest(entity))
        entities[entity.id] = entity
        entity_of.update(dict.fromkeys(gathered[key].chains, entity.id))
    return Resolution(entities, dict(sorted(entity_of.items())))


def _rest(entity: Entity) -> tuple[EntityType, str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    return entity.type, entity.label, entity.alt_labels, entity.same_as, entity.rules


def _person_names(extractions: Iterable[Extraction], canonical: Callable[[str], str]) -> Iterator[PersonName]:
    for extraction in extractions:
        for chain in extraction.chains:
            if chain.type is EntityType.PERSON and chain.named and not chain.key:
                yield person_name(chain.name, canonical)


def _key(extraction: Extraction, chain: Chain, people: People, canonical: Callable[[str], str]) -> tuple[str, str]:
    """Give the key under which a chain is gathered, and the rule that chose it."""
    if chain.key:
        return chain.key, "same-gazetteer-row"
    if not chain.named:
        first = extraction.mentions[chain.mentions[0]]
        return f"here:{extraction.document_id}:{first.where.begin}:{first.where.end}", "own-article"
    if chain.type is EntityType.PERSON:
        name = person_name(chain.name, canonical)
        full = people.full_name(name)
        if full is not None:
            return f"person:{full.key}", "same-full-name" if name.full else "only-bearer-of-surname"
        if people.ambiguous(name):
            return f"here:{extraction.document_id}:{name.key}", "surname-of-several"
        return f"person:{name.key}", "same-surname"
    family = "place" if chain.type in {EntityType.PLACE, EntityType.REGION} else chain.type.value.lower()
    return f"{family}:{fold(chain.name)}", "same-name"


def _gather(thing: _Gathered, extraction: Extraction, number: int, chain: Chain, rule: str) -> None:
    thing.chains.append((extraction.document_id, number))
    thing.types[chain.type] += len(chain.mentions)
    thing.rules |= {rule, *chain.rules}
    for index in chain.mentions:
        mention = extraction.mentions[index]
        if mention.hidden or mention.kind is MentionKind.PRONOUN:
            continue
        if mention.kind is MentionKind.NAME:
            thing.names[_flat(mention)] += 1
        else:
            thing.others.add(_flat(mention))
    if not thing.names and not thing.others:
        thing.names[chain.name] += 1


def _flat(mention: Mention) -> str:
    return " ".join(mention.text.split())


def _entity(thing: _Gathered, gazetteer: Gazetteer, institutions: Institutions) -> Entity:
    row = gazetteer.thing(thing.key)
    kind = min(thing.types, key=lambda t: (-thing.types[t], t.value))
    same_as: tuple[str, ...] = ()
    if row is not None:
        kind, label, same_as = row.type, row.name, row.same_as
    elif thing.key.startswith("institution:"):
        _, class_, country_key = thing.key.split(":", 2)
        institution = institutions.by_class[class_]
        kind, label = institution.type, _institution_label(institution.label, country_key, gazetteer)
    elif thing.names:
        label = readable(thing.names)
    else:
        label = min(thing.others, key=lambda n: (-len(n), n))
    others = sorted(set(thing.names) - {label})
    return Entity(
        id=_id(thing, kind, label),
        type=kind,
        label=label,
        alt_labels=tuple(others),
        same_as=tuple(sorted(same_as)),
        rules=tuple(sorted(thing.rules)),
    )


def _institution_label(pattern: str, country_key: str, gazetteer: Gazetteer) -> str:
    country = gazetteer.thing(country_key)
    name = country.name if country is not None else country_key
    return pattern.replace("{country}", name).replace("{adjective}", gazetteer.adjective(country_key) or name)


def _id(thing: _Gathered, kind: EntityType, label: str) -> str:
    """Mint the local name: readable for what has a name, tied to its article for what has none."""
    room = kind.value[0].lower() + kind.value[1:]
    if thing.key.startswith("here:"):
        return mint(room, label, thing.key)
    if thing.key.startswith("person:"):
        return f"{room}/{slug('_'.join(part.capitalize() for part in thing.key.removeprefix('person:').split()))}"
    return mint(room, fold_label(label))


def fold_label(label: str) -> str:
    """Bring a label to the spelling that all its variants share, so that an IRI does not hang on the variant seen.

    >>> fold_label("Çırağan Palace")
    'Ciragan Palace'
    """
    from anyascii import anyascii

    return anyascii(label)
