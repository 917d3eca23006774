"""From what was gathered of one thing to its entity: class, label, links, and a name for its IRI.

The local name of an IRI is made of the key alone, never of how often or where a spelling was seen. A further article
thus changes a thing's IRI only where it changes who is meant: it names in full whom others name by surname, or it
brings a second bearer of a surname.
"""

from collections.abc import Collection, Sequence

from anyascii import anyascii

from kgbuild.knowledge import Knowledge
from kgbuild.knowledge.gazetteer import Gazetteer
from kgbuild.model import Entity, EntityType, mint, slug
from kgbuild.resolve.linking import ROWS, row_of
from kgbuild.resolve.persons import readable
from kgbuild.resolve.things import Thing

_SMALL = frozenset("of the and for in on at to de la del du der von al".split())
_ACRONYM = 4
_LONGEST_SLUG = 60


def best_key(keys: Sequence[str]) -> str:
    """Choose the key that names a thing: a row of the gazetteer, an institution, the fullest name, the alphabet."""
    return min(keys, key=_rank)


def _rank(key: str) -> tuple[int, int, str]:
    family = key.partition(":")[0]
    if "#" in key or family == "here":
        return 4, 0, key
    if family in ROWS:
        return 0, 0, key
    if family == "institution":
        return 1, 0, key
    if family.startswith("person@"):
        return 3, 0, key
    return 2, -len(key.split()), key


def make_entity(key: str, thing: Thing, knowledge: Knowledge) -> Entity:
    """Describe what was gathered of a thing, under the name that its key has by itself.

    Args:
        key: the key that names it, see `best_key`.
        thing: what all its keys gathered.
        knowledge: gazetteer and institutions.
    """
    kind, label, same_as = _shown(key, thing, knowledge)
    return Entity(
        id=thing.id or own_id(key, knowledge, kind, label),
        type=kind,
        label=label,
        alt_labels=tuple(sorted(set(thing.spellings) - {label})),
        same_as=tuple(sorted(same_as)),
        rules=tuple(sorted(thing.rules | {join.rule for join in thing.joins})),
        joins=tuple(join for join in thing.joins if join.one != join.other),
    )


def id_of(key: str, thing: Thing, knowledge: Knowledge) -> str:
    """Mint the local name of the IRI of a thing from the key that names it."""
    kind, label, _ = _shown(key, thing, knowledge)
    return own_id(key, knowledge, kind, label)


def _shown(key: str, thing: Thing, knowledge: Knowledge) -> tuple[EntityType, str, Collection[str]]:
    """Give class, label and links of a thing: those of its row or institution, else what articles say."""
    plain = key.partition("#")[0]
    row = row_of(knowledge, plain)
    if row is not None:
        return row.type, row.name, row.same_as
    if plain.startswith("institution:"):
        _, class_, country = plain.split(":", 2)
        institution = knowledge.institutions.by_class[class_]
        return institution.type, _institution(institution.label, country, knowledge.gazetteer), ()
    spellings = thing.spellings
    return thing.kind, readable(spellings) if spellings else thing.other, ()


def own_id(key: str, knowledge: Knowledge, kind: EntityType | None = None, label: str = "") -> str:
    """Mint the local name of a thing's IRI from its key.

    Args:
        key: the key.
        knowledge: gazetteer and institutions, whose names stand for their keys.
        kind: the class, where the key does not tell it.
        label: what to show where the key holds no name.
    """
    plain, sign, article = key.partition("#")
    family, _, name = plain.partition(":")
    apart = (key,) if sign and article else ()
    row = row_of(knowledge, plain)
    if row is not None:
        first = next((other.key for other in knowledge.gazetteer.look_up(row.name) if other.type is row.type), plain)
        return mint(_room(row.type), anyascii(row.name), *(apart or (() if first == plain else (plain,))))
    if family == "institution":
        class_, country = name.split(":", 1)
        institution = knowledge.institutions.by_class[class_]
        title = anyascii(_institution(institution.label, country, knowledge.gazetteer))
        return mint(_room(institution.type), title, *apart)
    if family == "here" and kind is not None:
        return mint(_room(kind), label, key)
    if family.startswith("person"):
        return _person_id(family, name, key, apart)
    title = _title(name, family)
    long = (key,) if len(title) > _LONGEST_SLUG else ()
    return mint(_ROOMS.get(family, family), title, *(apart or long))


def _person_id(family: str, name: str, key: str, apart: tuple[str, ...]) -> str:
    """Name a person; whom only one article can tell, after that article as well."""
    title = slug("_".join(part.capitalize() for part in (name.rpartition(":")[2] or name).split()))
    return mint("person", title, *(apart or ((key,) if family != "person" else ())))


_ROOMS = {kind.value.lower(): kind.value[0].lower() + kind.value[1:] for kind in EntityType}


def _room(kind: EntityType) -> str:
    return kind.value[0].lower() + kind.value[1:]


def _title(name: str, family: str) -> str:
    """Write the words of a key with capitals; a short name of a body is taken for an acronym."""
    words = name.split()
    if len(words) == 1 and len(words[0]) <= _ACRONYM and family == "organization":
        return name.upper()
    return " ".join(w if n and w in _SMALL else w[:1].upper() + w[1:] for n, w in enumerate(words))


def _institution(pattern: str, country_key: str, gazetteer: Gazetteer) -> str:
    country = gazetteer.thing(country_key)
    name = country.name if country is not None else country_key
    return pattern.replace("{country}", name).replace("{adjective}", gazetteer.adjective(country_key) or name)
