"""All persons of a build with their names: what the rules about persons share."""

from collections.abc import Mapping

from kgbuild.knowledge.gazetteer import Gazetteer
from kgbuild.knowledge.identity import Identity
from kgbuild.model import EntityType, Join
from kgbuild.resolve.joins import Joins
from kgbuild.resolve.linking import ROWS
from kgbuild.resolve.persons import PersonName, person_name
from kgbuild.resolve.things import Thing, together

_BY_NAME = ("person:", "person@")
_PERSONS = (*_BY_NAME, *sorted(f"{family}:" for family in ROWS))
"""What keys of persons begin with: names, and rows of gazetteers, which articles may take for a person.

Not institutions: `a Croatian official` is one of Croatia's officials and has no name that could be joined.
"""


class Roster:
    """Look up persons and their names; a name that its key tells is read off the key each time, and not held.

    Attributes:
        things: what is said under each key, of persons and of others.
        joins: which keys are one.
        identity: family names and what else tells names apart.
        keys: the keys of persons, sorted.
        full: those of them that name a person in full, sorted.
    """

    def __init__(self, things: Mapping[str, Thing], joins: Joins, identity: Identity, gazetteer: Gazetteer) -> None:
        self.things = things
        self.joins = joins
        self.identity = identity
        self._gazetteer = gazetteer
        self.keys = [key for key in sorted(things) if is_person(key, things[key])]
        self._read = {
            key: person_name(things[key].label, gazetteer.canonical_part)
            for key in self.keys
            if not key.startswith(_BY_NAME)
        }
        self.full = [key for key in self.keys if self.name(key).full]
        self._called: dict[str, str] = {}
        for key in self.full:
            name = self.name(key).key
            if key != f"person:{name}":
                self._called.setdefault(name, key)

    def name(self, key: str) -> PersonName:
        """Give the name: of a row of the gazetteer, that in the fullest form that the articles use."""
        known = self._read.get(key)
        return known if known is not None else PersonName(tuple(key.rpartition(":")[2].split()) or ("?",))

    def public(self, key: str) -> str:
        """Give the key that names a person over all articles by the name that *key* has in one."""
        return f"person:{self.name(key).key}"

    def called(self, name: str) -> str | None:
        """Give the first of those who are called so in full, by the parts of the name as one string."""
        key = f"person:{name}"
        known = self._called.get(name)
        if key not in self.things or self.name(key).key != name:
            return known
        return key if known is None else min(key, known)

    def gender(self, given_name: str) -> str:
        """Tell the likely gender of a given name, "" when it does not tell."""
        return self._gazetteer.gender(given_name)

    def vague(self, name: PersonName) -> bool:
        """Tell whether many are called so: a family name that very many bear, or one that is a given name as well."""
        only_given = len(name.parts) == 1 and bool(self.gender(name.parts[0]))
        return only_given or name.parts[-1] in self.identity.many

    def side_by_side(self, one: str, other: str) -> bool:
        """Tell whether an article names both."""
        return together(self.things[one], self.things[other])

    def share_office(self, one: str, other: str) -> bool:
        """Tell whether both have been given one office."""
        return bool(self.things[one].offices & self.things[other].offices)

    def join(self, one: str, other: str, rule: str) -> None:
        """Join two keys by *rule*, unless they are kept apart."""
        labels = sorted(self.things[key].label for key in (one, other))
        self.joins.join(one, other, Join(labels[0], labels[1], rule))


def may_be_person(key: str) -> bool:
    """Tell whether a key may be a person's; what a ruling takes out of the rest is joined by rulings alone."""
    return key.startswith(_PERSONS) and "#" not in key


def is_person(key: str, thing: Thing) -> bool:
    """Tell whether the rules about persons are about a thing."""
    return thing.kind is EntityType.PERSON and may_be_person(key)
