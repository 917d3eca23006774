"""What all articles say of each thing, gathered under one key, in as few bytes as it can be held.

Most things are named in one article, by one name, in one class. So a count of one value is a pair, and only one of
several a table; sets of words that many things have are held once; and articles are numbers.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import lru_cache

from kgbuild.model import EntityType, Join
from kgbuild.resolve.persons import readable
from kgbuild.resolve.summaries import Told, best_phrase

_Names = str | tuple[str, int] | dict[str, int] | None
_NOTHING: frozenset[str] = frozenset()
_SHARED = 65536
"""So many sets of words are held once for all things."""
_MANY = 100
"""Up to so many mentions a count is held once for all things."""


class Thing:
    """Hold what all chains with one key say.

    Attributes:
        key: the key; when all is decided, the one that names the thing.
        id: local name of its IRI, once that is decided.
        types: how many mentions have which class.
        names: names of it as written, with their counts; None for no name, and a name itself if it was seen once.
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
        self.names = _named(None, told.names)
        if isinstance(self.names, str) and key.startswith("person@"):
            self.names = _once(self.names)
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
        return self.names if isinstance(self.names, dict) else dict(_items(self.names))

    @property
    def label(self) -> str:
        """Give its fullest name, or its key."""
        if isinstance(self.names, dict):
            return readable(self.names)
        return self.key if self.names is None else self.names if isinstance(self.names, str) else self.names[0]

    def has(self, kind: EntityType) -> bool:
        """Tell whether a mention of it has this class."""
        return kind == self.types[0] if isinstance(self.types, tuple) else kind in self.types

    def hear(self, told: Told, folded: frozenset[str] = _NOTHING) -> None:
        """Add what an article tells of a chain with the same key."""
        self._count(told.type, told.mentions)
        self.names = _named(self.names, told.names)
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
        for kind, count in (other.types,) if isinstance(other.types, tuple) else other.types.items():
            self._count(kind, count)
        self.names = _named(self.names, _items(other.names))
        self.other = "" if self.names is not None else best_phrase((self.other, other.other))
        self._widen(other.rules, other.offices, other.genders, other.folded)

    def _count(self, kind: EntityType, mentions: int) -> None:
        if not isinstance(self.types, tuple):
            self.types[kind] = self.types.get(kind, 0) + mentions
        elif self.types[0] is kind:
            self.types = _pair(kind, self.types[1] + mentions)
        else:
            self.types = {self.types[0]: self.types[1], kind: mentions}

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
    few, many = sorted((numbers(one), numbers(other)), key=len)
    for number in few:
        place = bisect_left(many, number)
        if place < len(many) and many[place] == number:
            return True
    return False


def numbers(thing: Thing) -> "tuple[int, ...] | array[int]":
    """Give the numbers of the articles that speak of a thing, ascending, if any rule asks for them."""
    found = thing.documents
    if found is None:
        return ()
    return (found,) if isinstance(found, int) else found


def _named(known: _Names, more: Iterable[tuple[str, int]]) -> _Names:
    """Count names: only of several names a table is made."""
    for name, count in more:
        if known is None:
            known = name if count == 1 else (name, count)
        elif isinstance(known, dict):
            known[name] = known.get(name, 0) + count
        else:
            one, times = (known, 1) if isinstance(known, str) else known
            known = (one, times + count) if one == name else {one: times, name: count}
    return known


def _items(known: _Names) -> Iterable[tuple[str, int]]:
    if isinstance(known, dict):
        return known.items()
    return () if known is None else ((known, 1),) if isinstance(known, str) else (known,)


def _pair(kind: EntityType, mentions: int) -> tuple[EntityType, int]:
    """Give a count of one class; small ones, which most things have, are the same pair each time."""
    return _few(kind, mentions) if mentions <= _MANY else (kind, mentions)


@lru_cache(maxsize=_SHARED)
def _few(kind: EntityType, mentions: int) -> tuple[EntityType, int]:
    return kind, mentions


@lru_cache(maxsize=_SHARED)
def _once(name: str) -> str:
    """Give the name itself, the same characters each time: a surname alone is held for each of its articles."""
    return name


@lru_cache(maxsize=_SHARED)
def _set(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)


@lru_cache(maxsize=_SHARED)
def _union(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    return _set(tuple(sorted(one | other)))
