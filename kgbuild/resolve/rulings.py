"""What a person has ruled to be one thing or two: the rows of same.tsv and different.tsv, before and over every rule.

A ruling names things by a name as it is written or by an IRI, all over the build or in one article. What it names in
one article is taken out of the rest under a key of its own, which no rule joins again; then what is two is kept apart,
and what is one is joined.
A ruling about what no article mentions does nothing: one file serves many builds.
"""

from collections.abc import Callable, Collection, Iterable, Mapping

from kgbuild.knowledge.identity import Identity, Ruling, Selector
from kgbuild.model import EntityType, Join
from kgbuild.resolve.joins import Joins
from kgbuild.resolve.things import Thing

_PLACES = frozenset({EntityType.COUNTRY, EntityType.REGION, EntityType.CITY, EntityType.FACILITY, EntityType.PLACE})
Naming = Callable[[str], str]
"""Gives the local name of the IRI that a key has by itself."""


class Rulings:
    """Apply the rulings of *identity*; *named* gives each key's own IRI."""

    def __init__(self, identity: Identity, named: Naming) -> None:
        self._identity = identity
        self._named = named
        self._scoped: dict[str, list[Selector]] = {}
        selectors = [one for ruling in (*identity.same, *identity.different) for one in (ruling.one, ruling.other)]
        self._names = frozenset(selector.name for selector in selectors)
        for selector in selectors:
            if selector.article:
                self._scoped.setdefault(selector.article, []).append(selector)

    def named(self, folded: Iterable[str]) -> frozenset[str]:
        """Give those of the folded names of a thing that a ruling names."""
        return self._names.intersection(folded) if self._names else self._names

    def split(self, article: str, key: str, folded: Collection[str]) -> str:
        """Give a chain's key, its article's own if a ruling means the thing of that article."""
        for selector in self._scoped.get(article, ()):
            if selector.name in folded or (selector.iri and selector.iri == self._named(key)):
                return f"{key}#{article}"
        return key

    def apply(self, things: Mapping[str, Thing], joins: Joins) -> None:
        """Keep apart, then join; a person and a place are never joined, whatever the file says."""
        if not (self._identity.same or self._identity.different):
            return
        finder = _Finder(things, self._named, (*self._identity.same, *self._identity.different))
        for ruling in self._identity.different:
            for one, other in finder.pairs(ruling):
                joins.forbid(one, other)
        for ruling in self._identity.same:
            for one, other in finder.pairs(ruling):
                if not _person_and_place(things[one], things[other]):
                    names = sorted(things[key].label for key in (one, other))
                    reason = f"{ruling.source}: {ruling.reason}" if ruling.reason else ruling.source
                    joins.join(one, other, Join(names[0], names[1], reason))


class _Finder:
    """Find the keys that a ruling means."""

    def __init__(self, things: Mapping[str, Thing], named: Naming, rulings: Iterable[Ruling]) -> None:
        self._by_name: dict[str, list[str]] = {}
        self._by_iri: dict[str, list[str]] = {}
        asked = {one.iri for ruling in rulings for one in (ruling.one, ruling.other)} - {""}
        for key in sorted(things):
            for name in things[key].folded:
                self._by_name.setdefault(name, []).append(key)
            if asked and (iri := named(key.partition("#")[0])) in asked:
                self._by_iri.setdefault(iri, []).append(key)

    def pairs(self, ruling: Ruling) -> Iterable[tuple[str, str]]:
        """Give each pair of different keys that the two sides mean.

        What the other side means in its article is not meant by a side without one.
        """
        ones, others = self._keys(ruling.one), self._keys(ruling.other)
        if not ruling.one.article:
            ones = [key for key in ones if not (ruling.other.article and key in others)]
        if not ruling.other.article:
            others = [key for key in others if not (ruling.one.article and key in ones)]
        return [(one, other) for one in ones for other in others if one != other]

    def _keys(self, selector: Selector) -> list[str]:
        found = self._by_iri.get(selector.iri, []) if selector.iri else self._by_name.get(selector.name, [])
        if selector.article:
            return [key for key in found if key.endswith(f"#{selector.article}")]
        return found


def _person_and_place(one: Thing, other: Thing) -> bool:
    kinds = {one.kind, other.kind}
    return EntityType.PERSON in kinds and bool(kinds & _PLACES)
