"""Organisations, buildings, places and other named things over articles: which names are one.

Names that are spelled alike have one key already. Here those are joined that differ by spaces, by letters between
which transliterations choose, or by one letter in a long word of a long name; those that the articles put into two
neighbouring classes (an armed group, an organisation); and a place that one article gives no hint about with the one
place of that name that the gazetteer knows.
"""

from collections.abc import Iterable, Iterator, Mapping

from kgbuild.knowledge.gazetteer import Gazetteer
from kgbuild.model import EntityType, Join
from kgbuild.resolve.blocks import Blocks
from kgbuild.resolve.joins import Joins
from kgbuild.resolve.likeness import LONG_TYPO, shortened, skeleton
from kgbuild.resolve.linking import ROWS
from kgbuild.resolve.things import Thing, together

_NEIGHBOURS = (("group", "organization"), ("facility", "organization"), ("city", "place"))
_LONGER_NEIGHBOURS = (("namedevent", "organization"), ("document", "organization"))
"""Classes that reading confuses as well, but whose names must have two words to be taken for one (`Operation X`)."""
_LONG_NAME = 15
_SQUASHED = 10
_LONG_WORD = 7
_PLACES = frozenset({EntityType.CITY, EntityType.REGION, EntityType.PLACE, EntityType.COUNTRY})


def join_bodies(things: Mapping[str, Thing], joins: Joins, gazetteer: Gazetteer) -> None:
    """Join the keys of what is named and no person."""
    keys = [key for key in sorted(things) if _own_name(key)]
    _join_neighbours(things, joins, keys)
    _join_spellings(things, joins, keys)
    _join_typos(things, joins, keys)
    _join_known_places(things, joins, gazetteer, keys)


def may_be_typo(key: str) -> bool:
    """Tell whether a key may be one of two that a typo parts, so that it counts in which articles it stands."""
    words = _words(key)
    letters = sum(map(len, words))
    return len(words) > 1 and letters >= _LONG_NAME - 1 and any(len(word) >= LONG_TYPO for word in words)


def _own_name(key: str) -> bool:
    """Tell whether a key is made of a class and a name; what a ruling takes out is joined by rulings alone."""
    if "#" in key:
        return False
    family = key.partition(":")[0]
    return family not in ROWS | {"here", "institution", "person"} and not family.startswith("person@")


def _words(key: str) -> tuple[str, ...]:
    return tuple(key.partition(":")[2].split())


def _family(key: str) -> str:
    return key.partition(":")[0]


def _join(things: Mapping[str, Thing], joins: Joins, one: str, other: str, rule: str) -> None:
    first, second = sorted(things[key].label for key in (one, other))
    joins.join(one, other, Join(first, second, rule))


def _join_neighbours(things: Mapping[str, Thing], joins: Joins, keys: Iterable[str]) -> None:
    """Join one name under two classes that reading confuses; a region and a city of one name stay two."""
    for key in keys:
        family, _, name = key.partition(":")
        for narrow, wide in (*_NEIGHBOURS, *(_LONGER_NEIGHBOURS if " " in name else ())):
            other = f"{wide}:{name}"
            if family == narrow and other in things and not things[other].has(EntityType.REGION):
                _join(things, joins, key, other, "same-name-other-class")


def _join_spellings(things: Mapping[str, Thing], joins: Joins, keys: Iterable[str]) -> None:
    """Join names with the same letters but for spaces and for what transliterations choose between."""
    alike = Blocks()
    for key in keys:
        words = _words(key)
        if len("".join(words)) >= _SQUASHED:
            sound = "".join(skeleton(word) if len(word) >= _LONG_WORD else word for word in words)
            alike.add(f"{_family(key)}:{sound}", key)
    for one, *others in alike.shared():
        for other in others:
            _join(things, joins, one, other, "spelling")


def _join_typos(things: Mapping[str, Thing], joins: Joins, keys: Iterable[str]) -> None:
    """Join long names of which one has a letter too many or too few inside a long word."""
    for key in keys:
        for slip in _slips(_words(key)):
            other = f"{_family(key)}:{' '.join(slip)}"
            if other in things and not together(things[key], things[other]):
                _join(things, joins, key, other, "one-letter-off")


def _slips(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if len(words) < 2 or len("".join(words)) < _LONG_NAME:
        return
    for place, word in enumerate(words):
        if len(word) > LONG_TYPO:
            for slip in shortened(word):
                yield (*words[:place], slip, *words[place + 1 :])


def _join_known_places(things: Mapping[str, Thing], joins: Joins, gazetteer: Gazetteer, keys: Iterable[str]) -> None:
    """Join a place that has no link with the linked one of its name, if no other place bears the name."""
    for key in keys:
        family, _, name = key.partition(":")
        if family not in {"city", "place"}:
            continue
        rows = {row.key for row in gazetteer.look_up(name.title()) if row.type in _PLACES}
        if len(rows) == 1 and (linked := next(iter(rows))) in things:
            _join(things, joins, linked, key, "only-place-of-its-name")
