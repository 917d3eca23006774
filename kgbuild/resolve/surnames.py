"""Surnames that stand alone in their article: whom each must mean, if there is one.

A surname alone is joined with a full name only where one person of the build can be meant: by the article, by the
office that the article gives him or her, or by being the only bearer. One that nobody bears in full is one person over
all articles, unless many are called so.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial

from kgbuild.resolve.blocks import Blocks
from kgbuild.resolve.persons import PersonName
from kgbuild.resolve.roster import Roster, is_person
from kgbuild.resolve.things import Thing, numbers, together

_MANY = 16
"""Of more bearers than this, those who are in an article or have an office are looked up and not tried one by one."""


def join_surnames(roster: Roster) -> frozenset[str]:
    """Give each surname that stands alone in its article the person whom it must mean, if there is one.

    Returns:
        The keys of surnames whose bearer no article names in full, and who must be one person in all articles.
    """
    return _Surnames(roster).join()


class _Surnames:
    """Join surnames; what is said of those who bear one is what was said before the first surname was joined."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._root = roster.joins.root
        self._joined = roster.joins.joined(roster.keys)
        self._bearers = Blocks()
        for key in roster.full:
            for surname in roster.name(key).surnames(roster.identity.first):
                self._bearers.add(surname, self._root(key))
        self._crowds = self._crowded()
        self._crowds_of: dict[str, list[str]] = defaultdict(list)
        for surname, crowd in self._crowds.items():
            for root in crowd.roots:
                self._crowds_of[root].append(surname)
        self._known: set[str] = set()

    def join(self) -> frozenset[str]:
        """Run the rules, in the order of the keys."""
        nobody: dict[str, list[str]] = defaultdict(list)
        for key in self._roster.keys:
            name = self._roster.name(key)
            alone = name.alone()
            if name.full and alone not in self._bearers:
                continue
            crowd = self._crowd(key, name, alone)
            found = sorted({self._root(k) for k in self._bearers.of(alone)} - {self._root(key)}) if not crowd else ()
            if not (crowd or found or name.full):
                nobody[alone].append(key)
            meant, rule = self._meant(key, name, crowd or _Few(self, found))
            if meant and (not name.full or rule == "only-bearer-of-surname"):
                self._join(meant, key, rule)
        for keys in nobody.values():
            self._join_strangers(keys)
        return frozenset(self._known)

    def _meant(self, key: str, name: PersonName, bearers: "_Few | _Crowd") -> tuple[str, str]:
        """Choose among those who bear a surname; "" if it could be two, or nobody for sure."""
        own = self._roster.things[key]
        fits = partial(self._fits, key, own, name)
        if here := _only(filter(fits, bearers.in_articles_of(own))):
            return here, "surname-in-article"
        if officer := _only(filter(fits, bearers.in_office_of(own))):
            return officer, "surname-and-office"
        if (name.initial or not self._roster.vague(name)) and (one := _only(filter(fits, bearers.roots))):
            return one, "initial-and-surname" if name.initial else "only-bearer-of-surname"
        return "", ""

    def _fits(self, key: str, own: Thing, name: PersonName, one: str) -> bool:
        """Tell whether nothing speaks against the bearer *one*: a ruling, the initial, the gender."""
        if not self._roster.joins.allowed(one, key):
            return False
        if name.initial and not self._begins(one, name.initial):
            return False
        return len(own.genders) != 1 or not _contradict(
            own.genders, {gender for thing in self.said(one) for gender in thing.genders}
        )

    def _begins(self, root: str, initial: str) -> bool:
        person = root if is_person(root, self._roster.things[root]) else self._joined[root][0]
        return self._roster.name(person).parts[0].startswith(initial)

    def said(self, root: str) -> Iterator[Thing]:
        """Give what was said of a person, key by key."""
        things = self._roster.things
        if is_person(root, things[root]):
            yield things[root]
        yield from (things[key] for key in self._joined.get(root, ()))

    def _crowded(self) -> "dict[str, _Crowd]":
        """Look ahead for surnames that many bear: who of them is in an article where it stands alone?"""
        asked: dict[str, set[int]] = defaultdict(set)
        for key in self._roster.keys:
            name = self._roster.name(key)
            if not name.full and len(self._bearers.of(alone := name.alone())) > _MANY:
                asked[alone].update(numbers(self._roster.things[key]))
        return {alone: _Crowd(self, sorted(set(self._bearers.of(alone))), some) for alone, some in asked.items()}

    def _crowd(self, key: str, name: PersonName, alone: str) -> "_Crowd | None":
        """Give the crowd that bears a surname, if there is one and *key* is not among it."""
        crowd = self._crowds.get(alone)
        return None if crowd is None or name.full or self._root(key) in crowd.roots else crowd

    def _join(self, one: str, other: str, rule: str) -> None:
        """Join two keys; a crowd in which somebody else's key now stands for one is tried one by one from here on."""
        before = {self._root(one), self._root(other)}
        self._roster.join(one, other, rule)
        for gone in before - {self._root(one), self._root(other)}:
            for surname in self._crowds_of.get(gone, ()):
                self._crowds.pop(surname, None)

    def _join_strangers(self, keys: list[str]) -> None:
        """Take a surname whose bearer no article names in full for one person, unless many bear it.

        Where one article says `he` and another `she`, each means somebody of its own.
        """
        by_sign: dict[str, list[str]] = defaultdict(list)
        for key in keys:
            by_sign[self._roster.name(key).initial].append(key)
        for initial, group in by_sign.items():
            if self._roster.vague(self._roster.name(group[0])) and not initial:
                continue
            genders = {gender for key in group for gender in self._roster.things[key].genders}
            if len(genders) > 1 and len({self._root(key) for key in group}) > 1:
                continue
            self._known.update(group)
            for other in group[1:]:
                self._roster.join(group[0], other, "same-surname")


class _Few:
    """Try the few who bear a surname one by one."""

    def __init__(self, surnames: _Surnames, roots: Sequence[str]) -> None:
        self._surnames = surnames
        self.roots = roots

    def in_articles_of(self, own: Thing) -> Iterator[str]:
        """Give those whom an article names that names *own* as well."""
        said = self._surnames.said
        return (one for one in self.roots if any(together(thing, own) for thing in said(one)))

    def in_office_of(self, own: Thing) -> Iterator[str]:
        """Give those who have an office that *own* has."""
        said = self._surnames.said
        return (one for one in self.roots if any(thing.offices & own.offices for thing in said(one)))


class _Crowd:
    """Look up those of many who bear a surname."""

    def __init__(self, surnames: _Surnames, roots: Sequence[str], asked: Collection[int]) -> None:
        self.roots = dict.fromkeys(roots)
        self._by_article: dict[int, list[str]] = {}
        self._by_office: dict[str, list[str]] = {}
        for root in roots:
            for thing in surnames.said(root):
                for number in numbers(thing):
                    if number in asked:
                        self._by_article.setdefault(number, []).append(root)
                for office in thing.offices:
                    self._by_office.setdefault(office, []).append(root)

    def in_articles_of(self, own: Thing) -> Iterable[str]:
        """Give those whom an article names that names *own* as well."""
        return dict.fromkeys(root for number in numbers(own) for root in self._by_article.get(number, ()))

    def in_office_of(self, own: Thing) -> Iterable[str]:
        """Give those who have an office that *own* has."""
        return dict.fromkeys(root for office in own.offices for root in self._by_office.get(office, ()))


def _only(found: Iterator[str]) -> str:
    """Give the only one, or "" for none or several."""
    one = next(found, "")
    return "" if next(found, "") else one


def _contradict(one: Collection[str], other: Collection[str]) -> bool:
    """Tell whether two persons cannot be one by their gender; a person of whom both are said tells nothing."""
    return len(one) == len(other) == 1 and set(one) != set(other)
