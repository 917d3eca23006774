"""What all articles say of each thing, gathered under one key, in as few bytes as it can be held.

Most things are named in one article, by one name, in one class. So a count of one value is a pair, and only one of
several a table; sets of words that many things have are held once; and articles are numbers.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

from kgbuild.model import EntityType, Join
from kgbuild.resolve.persons import readable
from kgbuild.resolve.summaries import Told, best_phrase

_T = TypeVar("_T")
_NOTHING: frozenset[str] = frozenset()
_SHARED = 65536
"""So many sets of words are held once for all things."""


class Thing:
    """Hold what all chains with one key say.

    Attributes:
        key: the key; when all is decided, the one that names the thing.
        id: local name of its IRI, once that is decided.
        types: how many mentions have which class.
        names: names of it as written, with their counts; None for no name.
        other: of what has no name, the noun phrase that labels it.
        rules: why mentions were joined within articles, and why chains have this key.
        offices: lemmas of the titles that the articles give it.
        genders: genders that its mentions show.
        folded: those of its folded names that a ruling names.
        documents: numbers of the articles that speak of it, ascending; None where no rule asks for them.
        joins: why its keys were joined, once that is decided.
    """

    __slots__ = (
        *("key", "id", "types", "names", "other", "rules", "offices", "genders", "folded", "documents", "joins"),
    )

    def __init__(self, key: str, told: Told, folded: frozenset[str] = _NOTHING) -> None:
        self.key = key
        self.id = ""
        self.types: tuple[EntityType, int] | dict[EntityType, int] = _pair(told.type, told.mentions)
        self.names: tuple[str, int] | dict[str, int] | None = None
        if told.names:
            self.names = told.names[0] if len(told.names) == 1 else dict(told.names)
        self.other = told.other
        self.rules = _set(told.rules)
        self.offices = _set(told.offices)
        self.genders = _set(told.genders)
        self.folded = folded
        self.documents: int | array[int] | None = None
        self.joins: tuple[Join, ...] = ()

    @property
    def kind(self) -> EntityType:
        """Give the class that most mentions have."""
        if isinstance(self.types, tuple):
            return self.types[0]
        types = self.types
        return min(types, key=lambda kind: (-types[kind], kind.value))

    @property
    def spellings(self) -> Mapping[str, int]:
        """Give its names with their counts."""
        if self.names is None:
            return {}
        return dict((self.names,)) if isinstance(self.names, tuple) else self.names

    @property
    def label(self) -> str:
        """Give its fullest name, or its key."""
        if isinstance(self.names, tuple):
            return self.names[0]
        return readable(self.names) if self.names else self.key

    def has(self, kind: EntityType) -> bool:
        """Tell whether a mention of it has this class."""
        return kind == self.types[0] if isinstance(self.types, tuple) else kind in self.types

    def hear(self, told: Told, folded: frozenset[str] = _NOTHING) -> None:
        """Add what an article tells of a chain with the same key."""
        self.types = _counted(self.types, told.type, told.mentions)
        for name, count in told.names:
            self.names = _counted(self.names, name, count)
        self.other = "" if self.names is not None else best_phrase((self.other, told.other))
        self._widen(_set(told.rules), _set(told.offices), _set(told.genders), folded)

    def note(self, number: int) -> None:
        """Note that the article *number* speaks of it; numbers come in ascending order."""
        known = self.documents
        if known is None:
            self.documents = number
        elif isinstance(known, int):
            if known != number:
                self.documents = array("I", (known, number))
        elif known[-1] != number:
            known.append(number)

    def take(self, other: "Thing") -> None:
        """Add what *other* says, but for its articles."""
        for kind, count in _items(other.types):
            self.types = _counted(self.types, kind, count)
        for name, count in _items(other.names):
            self.names = _counted(self.names, name, count)
        self.other = "" if self.names is not None else best_phrase((self.other, other.other))
        self._widen(other.rules, other.offices, other.genders, other.folded)

    def forget(self) -> None:
        """Drop what only deciding needs."""
        self.offices = self.genders = self.folded = _NOTHING
        self.documents = None

    def _widen(
        self, rules: frozenset[str], offices: frozenset[str], genders: frozenset[str], folded: frozenset[str]
    ) -> None:
        self.rules = self.rules if rules <= self.rules else _union(self.rules, rules)
        self.offices = self.offices if offices <= self.offices else _union(self.offices, offices)
        self.genders = self.genders if genders <= self.genders else _union(self.genders, genders)
        self.folded = self.folded if folded <= self.folded else _union(self.folded, folded)


def together(one: Thing, other: Thing) -> bool:
    """Tell whether an article speaks of both things."""
    few, many = sorted((_numbers(one), _numbers(other)), key=len)
    for number in few:
        place = bisect_left(many, number)
        if place < len(many) and many[place] == number:
            return True
    return False


def _numbers(thing: Thing) -> "tuple[int, ...] | array[int]":
    found = thing.documents
    if found is None:
        return ()
    return (found,) if isinstance(found, int) else found


def _counted(known: tuple[_T, int] | dict[_T, int] | None, value: _T, count: int) -> tuple[_T, int] | dict[_T, int]:
    """Count *value*: a pair stays a pair as long as there is one value."""
    if known is None:
        return value, count
    if isinstance(known, tuple):
        if known[0] == value:
            return _pair(known[0], known[1] + count)
        return {known[0]: known[1], value: count}
    known[value] = known.get(value, 0) + count
    return known


def _items(known: tuple[_T, int] | dict[_T, int] | None) -> Iterable[tuple[_T, int]]:
    if known is None:
        return ()
    return (known,) if isinstance(known, tuple) else known.items()


@lru_cache(maxsize=_SHARED)
def _pair(value: _T, count: int) -> tuple[_T, int]:
    return value, count


@lru_cache(maxsize=_SHARED)
def _set(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)


@lru_cache(maxsize=_SHARED)
def _union(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    return _set(tuple(sorted(one | other)))
