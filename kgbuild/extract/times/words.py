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
    """Hold one shape of expression and the reader of its value; a reader gives None to refuse a match.

    `asks` are sets of signs of which a text must hold one each to hold the expression, as `signs_of` tells them: to ask
    for them is far cheaper than to match.
    """

    name: str
    regex: "re.Pattern[str]"
    read: Reader
    asks: tuple[frozenset[str], ...]


DIGIT, YEAR = ("1",), ("1000",)
"""The signs of a digit and of four digits in a row."""
_LETTERS = re.compile(r"[^\W\d_]+")
_FOUR_DIGITS = re.compile(r"\d{4}")
_ONE_DIGIT = re.compile(r"\d")


def pattern(name: str, regex: str, reader: Reader, *asks: Iterable[str]) -> Pattern:
    """Make a pattern of the source of its regular expression; of what it asks for, first words are enough."""
    return Pattern(name, re.compile(regex), reader, tuple(frozenset(map(_first_word, words)) for words in asks))


def signs_of(text: str) -> frozenset[str]:
    """Give the words of a text in small letters, and the signs of what digits there are.

    >>> sorted(signs_of("In mid-May 2025"))
    ['1', '1000', 'in', 'may', 'mid']
    """
    signs = _LETTERS.findall(text.casefold())
    if _ONE_DIGIT.search(text):
        signs += YEAR + DIGIT if _FOUR_DIGITS.search(text) else DIGIT
    return frozenset(signs)


def _first_word(words: str) -> str:
    found = _LETTERS.search(words)
    return found.group() if found else words


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
