"""Knows the words of counting and of the calendar: units and their IRIs, bounds, months, feasts.

Four tables of `ontology/cues/` are read here: `units.tsv`, `bounds.tsv`, `counted.tsv` and `times.tsv`. What a
number or a date is made of (number words, the shape of `2 June 2025`) is grammar and stands in code; which words name
a unit, make a number vague or stand for a day of the year is data, and anybody who knows the words can add a row.

Error codes, besides those of `rows` (C001 to C005):
    C006 a word has two rows in one table
    C007 a cell holds a word that its column does not allow
    C008 a value is not what its kind of time asks for
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from kgbuild.errors import DataError
from kgbuild.knowledge.rows import Row, read_rows, values

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

UNIT_COLUMNS = ("unit", "kind", "forms", "iri")
BOUND_COLUMNS = ("words", "side", "effect")
TIME_COLUMNS = ("words", "kind", "value")
COUNTED_COLUMNS = ("words", "kind")

UNIT_KINDS = (
    "duration",
    "length",
    "area",
    "mass",
    "volume",
    "speed",
    "temperature",
    "power",
    "energy",
    "data",
    "share",
    "currency",
)
COUNTED_KINDS = ("series", "uncounted", "pair", "numbered")
EFFECTS = ("minimum", "maximum", "about", "exact")
_VALUES = {
    "weekday": re.compile(r"[1-7]"),
    "month": re.compile(r"[1-9]|1[0-2]"),
    "month_short": re.compile(r"[1-9]|1[0-2]"),
    "season": re.compile(r"(?:[1-9]|1[0-2])-(?:[1-9]|1[0-2])"),
    "daypart": re.compile(""),
    "holiday": re.compile(
        r"(?:[1-9]|1[0-2])-\d{1,2}|(?:[1-9]|1[0-2])-(?:mon|tue|wed|thu|fri|sat|sun)-[1-5]|easter[+-]\d+"
    ),
    "vague": re.compile(""),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """Hold a unit: the name the program keeps for it, its kind, and its IRI, "" if no vocabulary has it."""

    name: str
    kind: str
    iri: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """Answer what a word of counting or of the calendar means; all keys are in small letters.

    Two are equal when they are one and the same, so that what is made of one can be kept by it.

    Attributes:
        units: form -> unit; a form may have blanks (`square miles`).
        names: name of a unit -> unit.
        before, after: words beside a number -> `minimum`, `maximum`, `about` or `exact`.
        weekdays: name -> 1 for Monday to 7.
        months: full name -> 1 to 12.
        short_months: abbreviation without its stop -> 1 to 12.
        seasons: name -> first and last month.
        dayparts: `morning`, `night`, ...
        holidays: name -> how its day is found (`12-25`, `11-thu-4`, `easter-2`).
        vague: expressions of time from which no date follows.
        series: nouns that `first` puts in order (`round`).
        uncounted: nouns that an ordinal puts in no order (`third countries`).
        pairs: nouns after `the two` that only point back (`sides`).
        numbered: nouns that have a number for a name (`Resolution 2254`).
    """

    units: Mapping[str, Unit] = field(default_factory=dict)
    names: Mapping[str, Unit] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)
    weekdays: Mapping[str, int] = field(default_factory=dict)
    months: Mapping[str, int] = field(default_factory=dict)
    short_months: Mapping[str, int] = field(default_factory=dict)
    seasons: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    dayparts: frozenset[str] = frozenset()
    holidays: Mapping[str, str] = field(default_factory=dict)
    vague: frozenset[str] = frozenset()
    series: frozenset[str] = frozenset()
    uncounted: frozenset[str] = frozenset()
    pairs: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()

    def unit(self, form: str) -> Unit | None:
        """Find a unit as written (`Days`, `sq km`, `€`), or None."""
        return self.units.get(form.lower())

    def unit_iri(self, name: str) -> str:
        """Give the IRI of the unit that the program calls *name*, or "" if it has none."""
        unit = self.names.get(name)
        return unit.iri if unit else ""


def load_measures(cues_dir: Path) -> Measures:
    """Read the four tables.

    Args:
        cues_dir: the folder `ontology/cues`.

    Raises:
        DataError: a table is missing or a row of it is broken.
    """
    units, names = _units(cues_dir / "units.tsv")
    bounds = _bounds(cues_dir / "bounds.tsv")
    times = _times(cues_dir / "times.tsv")
    counted = _counted(cues_dir / "counted.tsv")
    seasons = {words: value.split("-") for words, value in times["season"].items()}
    return Measures(
        units=units,
        names=names,
        before=_frozen((words, effect) for (words, side), effect in bounds.items() if side == "before"),
        after=_frozen((words, effect) for (words, side), effect in bounds.items() if side == "after"),
        weekdays=_numbers(times["weekday"]),
        months=_numbers(times["month"]),
        short_months=_numbers(times["month_short"]),
        seasons=MappingProxyType({words: (int(first), int(last)) for words, (first, last) in seasons.items()}),
        dayparts=frozenset(times["daypart"]),
        holidays=_frozen(times["holiday"].items()),
        vague=frozenset(times["vague"]),
        series=counted["series"],
        uncounted=counted["uncounted"],
        pairs=counted["pair"],
        numbered=counted["numbered"],
    )


def _frozen(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Make a mapping that cannot be changed."""
    return MappingProxyType(dict(pairs))


def _numbers(words: Mapping[str, str]) -> Mapping[str, int]:
    """Read the values of days of the week or months."""
    return MappingProxyType({word: int(value) for word, value in words.items()})


def _units(path: Path) -> tuple[Mapping[str, Unit], Mapping[str, Unit]]:
    """Read the units, by form and by name."""
    by_form: dict[str, Unit] = {}
    by_name: dict[str, Unit] = {}
    for row in read_rows(path, UNIT_COLUMNS, "C", 3):
        name, kind, forms, iri = row.cells
        unit = Unit(name, _one_of(row, kind, UNIT_KINDS), iri)
        _put(by_name, name, unit, row)
        for form in values(forms):
            _put(by_form, form.lower(), unit, row)
    return MappingProxyType(by_form), MappingProxyType(by_name)


def _bounds(path: Path) -> dict[tuple[str, str], str]:
    """Read the words that bound numbers."""
    found: dict[tuple[str, str], str] = {}
    for row in read_rows(path, BOUND_COLUMNS, "C", 3):
        words, side, effect = row.cells
        key = (words.lower(), _one_of(row, side, ("before", "after")))
        _put(found, key, _one_of(row, effect, EFFECTS), row)
    return found


def _times(path: Path) -> dict[str, dict[str, str]]:
    """Read the words of the calendar, by kind."""
    found: dict[str, dict[str, str]] = {kind: {} for kind in _VALUES}
    for row in read_rows(path, TIME_COLUMNS, "C", 2):
        words, kind, value = row.cells
        _one_of(row, kind, tuple(_VALUES))
        if not _VALUES[kind].fullmatch(value):
            raise DataError("C008", row.path, row.line, f"`{value}` is no value for a {kind}")
        _put(found[kind], words.lower(), value, row)
    return found


def _counted(path: Path) -> dict[str, frozenset[str]]:
    """Read the nouns that tell whether a number counts, by kind."""
    found: dict[str, dict[str, str]] = {kind: {} for kind in COUNTED_KINDS}
    for row in read_rows(path, COUNTED_COLUMNS, "C", 2):
        words, kind = row.cells
        _put(found[_one_of(row, kind, COUNTED_KINDS)], words.lower(), kind, row)
    return {kind: frozenset(words) for kind, words in found.items()}


def _put(found: dict[_Key, _Value], key: _Key, value: _Value, row: Row) -> None:
    """Enter a word that must not have been entered before."""
    if key in found:
        raise DataError("C006", row.path, row.line, f"`{key}` has a row already", "Put both into one row.")
    found[key] = value


def _one_of(row: Row, cell: str, allowed: tuple[str, ...]) -> str:
    """Let a cell pass that holds one of the words which its column allows."""
    if cell not in allowed:
        raise DataError(
            "C007", row.path, row.line, f"`{cell}` is not allowed here", f"Use one of: {', '.join(allowed)}."
        )
    return cell
