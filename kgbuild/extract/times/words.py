"""The calendar's words as pieces of patterns, and what a pattern and its reader are."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from kgbuild.knowledge.measures import Measures


class Reading(NamedTuple):
    """Hold the value of an expression, and how many characters at the match's beginning are no part of it."""

    value: str | None
    skip: int = 0


class View(Protocol):
    """Show a reader what surrounds its match.

    `years` remembers the days of the month that the article told with their year.
    """

    @property
    def text(self) -> str:
        """Give the paragraph."""

    @property
    def published(self) -> date | None:
        """Give the day of publication."""

    @property
    def years(self) -> dict[tuple[int, int], int]:
        """Give the years told so far, by month and day."""

    @property
    def ahead(self) -> bool | None:
        """Tell whether the text speaks of what is to come; None if it does not tell."""

    @property
    def sentence_years(self) -> tuple[int, ...]:
        """Give the years written out in the sentence, in order."""


Reader = Callable[["re.Match[str]", View], Reading | None]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Hold one shape of expression and the reader of its value; a reader gives None to refuse a match."""

    name: str
    regex: "re.Pattern[str]"
    read: Reader


def pattern(name: str, regex: str, reader: Reader) -> Pattern:
    """Make a pattern of the source of its regular expression."""
    return Pattern(name, re.compile(regex), reader)


class CalendarWords:
    """Spell the calendar's words as pieces of patterns, and read them back.

    Names of months and days must have a capital, as English gives them; seasons and parts of the day need none.
    """

    def __init__(self, measures: Measures) -> None:
        self.measures = measures
        self.months = {**measures.months, **measures.short_months}
        self.long_month = _either(_capitals(measures.months))
        self.month = rf"(?:{self.long_month}\b|{_either(_capitals(measures.short_months))}\b\.?)"
        self.weekday = rf"{_either(_capitals(measures.weekdays))}\b"
        self.daypart = rf"{_either(measures.dayparts)}\b"
        self.season = rf"{_either(_both(measures.seasons))}\b"
        self.holiday = rf"{_either(_titled(measures.holidays))}\b"
        self.vague = rf"{_either(_both(measures.vague))}\b"

    def month_of(self, text: str) -> int:
        """Read a month's name, abbreviated or not."""
        return self.months[text.lower().rstrip(".")]


def _either(words: Iterable[str]) -> str:
    """Join words into one alternation, longest first; blanks match any white space, quotes either kind."""
    spelled = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s").replace("'", "['’]") for word in spelled) + ")"


def _capitals(words: Iterable[str]) -> list[str]:
    """Spell names as texts do: with a capital, or in capitals."""
    return [form for word in words for form in (word.capitalize(), word.upper())]


def _both(words: Iterable[str]) -> list[str]:
    """Spell words small and with a capital."""
    return [form for word in words for form in (word, word.capitalize())]


def _titled(words: Iterable[str]) -> list[str]:
    """Spell the names of feasts with capitals."""
    return [" ".join(part.capitalize() for part in word.split()) for word in words]
