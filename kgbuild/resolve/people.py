"""Persons over articles: which full names are one, and whom a surname alone can mean.

Full names are one person when they differ only by what transliteration and typing vary, or when one leaves out what
the other has in the middle and only one person can be meant. A surname alone is joined with a full name only where one
person of the build can be meant: by the article, by being the only bearer, or by the office that the article gives him
or her. Two full names that one article sets side by side are never taken for a typo of one another. Everything is
found through tables, so that the cost grows with the number of names and not with that of pairs.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import pairwise

from kgbuild.knowledge.identity import Identity
from kgbuild.model import EntityType, Join
from kgbuild.resolve.joins import Joins
from kgbuild.resolve.likeness import (
    LONG_TYPO,
    SHORTEST_SKELETON,
    SHORTEST_TYPO,
    blanked,
    shortened,
    skeleton,
    swapped,
)
from kgbuild.resolve.linking import ROWS
from kgbuild.resolve.persons import PersonName, abbreviates, leaves_out, person_name
from kgbuild.resolve.things import Thing, together

_CROWD = 40
"""More names than this with one given and one family name tell nothing about who leaves out what."""
_PERSONS = ("person:", "person@", *sorted(f"{family}:" for family in ROWS - {"iso", "geonames"}))
"""What keys of persons begin with: names, and rows of gazetteers that do not hold places alone."""


class People:
    """Join the keys of persons."""

    def __init__(
        self,
        things: Mapping[str, Thing],
        joins: Joins,
        identity: Identity,
        canonical: Callable[[str], str],
        gender: Callable[[str], str],
    ) -> None:
        self._things = things
        self._joins = joins
        self._identity = identity
        self._gender = gender
        self._names = {key: _name(key, things[key], canonical) for key in sorted(things) if _person(key, things[key])}
        self._full = [key for key, name in self._names.items() if name.full]
        self._known: set[str] = set()

    def join(self) -> None:
        """Run the rules, the surest first."""
        self._join_spellings()
        self._join_languages()
        self._join_middle_names()
        self._join_typos()
        self._join_surnames()

    def public(self, key: str) -> str:
        """Give the key that names a person: a surname alone names the one whom all articles with it must mean."""
        return f"person:{self._names[key].key}" if key in self._known else key

    def _join(self, one: str, other: str, rule: str) -> None:
        labels = sorted(self._things[key].label for key in (one, other))
        self._joins.join(one, other, Join(labels[0], labels[1], rule))

    def _join_spellings(self) -> None:
        """Join full names that sound alike; `Martina` and `Marina` are two names, and so nobody's spelling."""
        alike: dict[str, list[str]] = defaultdict(list)
        for key in self._full:
            alike[self._names[key].sound].append(key)
        for keys in alike.values():
            for number, other in enumerate(keys):
                for one in keys[:number]:
                    if self._rivals(one, other):
                        self._joins.forbid(one, other)
            for number, other in enumerate(keys):
                for one in keys[:number]:
                    same = self._names[one] == self._names[other]
                    self._join(one, other, "same-full-name" if same else "transliteration")

    def _join_languages(self) -> None:
        """Join full names whose given names are one in two languages, if the family name is long and rare.

        Rare means that it is none of those that very many bear.
        """
        alike: dict[tuple[str, str], list[str]] = defaultdict(list)
        for key in self._full:
            given, *rest = self._names[key].parts
            if given in self._identity.cognates and len(rest[-1]) >= SHORTEST_SKELETON:
                alike[self._identity.cognates[given], "".join(map(skeleton, rest))].append(key)
        for keys in alike.values():
            for other in keys[1:]:
                if not self._vague(self._names[other]) and not self._side_by_side(keys[0], other):
                    self._join(keys[0], other, "given-name-in-another-language")

    def _rivals(self, one: str, other: str) -> bool:
        a, b = self._names[one].parts[0], self._names[other].parts[0]
        return a != b and bool(self._gender(a)) and bool(self._gender(b))

    def _join_middle_names(self) -> None:
        """Join a full name with the only one that has more of it, or has in full what it abbreviates."""
        ends: dict[tuple[str, str], list[str]] = defaultdict(list)
        for key in self._full:
            parts = self._names[key].parts
            ends[parts[0], parts[-1]].append(key)
        for keys in ends.values():
            if not 1 < len(keys) <= _CROWD:
                continue
            for rule, fits in (("initial", abbreviates), ("middle-name-left-out", leaves_out)):
                for short in keys:
                    longer = [k for k in keys if fits(self._names[short].parts, self._names[k].parts)]
                    if len({self._joins.root(key) for key in longer}) == 1:
                        self._join(longer[0], short, rule)

    def _join_typos(self) -> None:
        """Join full names whose family names differ by a slip of the finger, and by nothing else."""
        known: dict[tuple[tuple[str, ...], str], str] = {}
        for key in self._full:
            parts = self._names[key].parts
            known.setdefault((parts[:-1], parts[-1]), key)
        for key in self._full:
            *given, family = self._names[key].parts
            for slip, rule, shortest in _slips(family):
                other = known.get((tuple(given), slip))
                if other is None or self._side_by_side(key, other):
                    continue
                if len(slip) >= shortest or (len(slip) >= SHORTEST_TYPO and self._share_office(key, other)):
                    self._join(key, other, rule)
        for one, other in self._one_letter_apart():
            if self._share_office(one, other) and not self._side_by_side(one, other):
                self._join(one, other, "one-letter-off")

    def _one_letter_apart(self) -> Iterator[tuple[str, str]]:
        """Give pairs of full names with an office whose long family names differ in one letter of the inside."""
        gaps: dict[tuple[tuple[str, ...], str], list[str]] = defaultdict(list)
        for key in self._full:
            parts = self._names[key].parts
            if len(parts[-1]) >= SHORTEST_TYPO and self._things[key].offices:
                for gap in blanked(parts[-1]):
                    gaps[parts[:-1], gap].append(key)
        for keys in gaps.values():
            yield from pairwise(keys)

    def _side_by_side(self, one: str, other: str) -> bool:
        return together(self._things[one], self._things[other])

    def _share_office(self, one: str, other: str) -> bool:
        return bool(self._things[one].offices & self._things[other].offices)

    def _join_surnames(self) -> None:
        """Give each surname that stands alone in its article the person whom it must mean, if there is one."""
        bearers: dict[str, set[str]] = defaultdict(set)
        for key in self._full:
            for surname in self._names[key].surnames(self._identity.first):
                bearers[surname].add(self._joins.root(key))
        crowd = self._gathered()
        nobody: dict[str, list[str]] = defaultdict(list)
        for key, name in self._names.items():
            if name.full and name.alone() not in bearers:
                continue
            found = sorted({self._joins.root(k) for k in bearers.get(name.alone(), ())} - {self._joins.root(key)})
            if not found and not name.full:
                nobody[name.alone()].append(key)
            meant, rule = self._meant(key, name, found, crowd)
            if meant and (not name.full or rule == "only-bearer-of-surname"):
                self._join(meant, key, rule)
        for keys in nobody.values():
            self._join_strangers(keys)

    def _gathered(self) -> dict[str, list[Thing]]:
        """Gather what is said of each person by now."""
        found: dict[str, list[Thing]] = {}
        for key in self._names:
            found.setdefault(self._joins.root(key), []).append(self._things[key])
        return found

    def _meant(
        self, key: str, name: PersonName, bearers: Iterable[str], crowd: Mapping[str, list[Thing]]
    ) -> tuple[str, str]:
        """Choose among those who bear a surname; "" if it could be two, or nobody for sure."""
        own = self._things[key]
        fit = [
            one
            for one in bearers
            if self._joins.allowed(one, key)
            and (not name.initial or self._begins(one, name.initial))
            and not _contradict(own.genders, {gender for thing in crowd[one] for gender in thing.genders})
        ]
        here = [one for one in fit if any(together(thing, own) for thing in crowd[one])]
        office = [one for one in fit if any(thing.offices & own.offices for thing in crowd[one])]
        if len(here) == 1:
            return here[0], "surname-in-article"
        if len(office) == 1:
            return office[0], "surname-and-office"
        if len(fit) == 1 and (name.initial or not self._vague(name)):
            return fit[0], "initial-and-surname" if name.initial else "only-bearer-of-surname"
        return "", ""

    def _vague(self, name: PersonName) -> bool:
        """Tell whether many are called so: a family name that very many bear, or one that is a given name as well."""
        return name.parts[-1] in self._identity.many or (len(name.parts) == 1 and bool(self._gender(name.parts[0])))

    def _begins(self, root: str, initial: str) -> bool:
        return self._names[root].parts[0].startswith(initial)

    def _join_strangers(self, keys: list[str]) -> None:
        """Take a surname whose bearer no article names in full for one person, unless many bear it."""
        by_sign: dict[str, list[str]] = defaultdict(list)
        for key in keys:
            by_sign[self._names[key].initial].append(key)
        for initial, group in by_sign.items():
            if self._vague(self._names[group[0]]) and not initial:
                continue
            self._known.update(group)
            genders = {gender for key in group for gender in self._things[key].genders}
            for other in group[1:]:
                if len(genders) < 2:
                    self._join(group[0], other, "same-surname")


def may_be_person(key: str) -> bool:
    """Tell whether a key may be a person's; what a ruling takes out of the rest is joined by rulings alone."""
    return key.startswith(_PERSONS) and "#" not in key


def _person(key: str, thing: Thing) -> bool:
    return thing.kind is EntityType.PERSON and may_be_person(key)


def _name(key: str, thing: Thing, canonical: Callable[[str], str]) -> PersonName:
    """Read the name off the key; of a row of the gazetteer, off the fullest form that the articles use."""
    if key.startswith(("person:", "person@")):
        return PersonName(tuple(key.rpartition(":")[2].split()) or ("?",))
    return person_name(thing.label, canonical)


def _slips(word: str) -> Iterator[tuple[str, str, int]]:
    """Give what a long word may be a slip of, with the rule and the length from which it needs no other sign."""
    if len(word) > SHORTEST_TYPO:
        for slip in shortened(word):
            yield slip, "one-letter-off", LONG_TYPO
    if len(word) >= SHORTEST_TYPO:
        for slip in swapped(word):
            yield slip, "letters-swapped", SHORTEST_TYPO


def _contradict(one: Collection[str], other: Collection[str]) -> bool:
    """Tell whether two persons cannot be one by their gender; a person of whom both are said tells nothing."""
    return len(one) == len(other) == 1 and set(one) != set(other)
