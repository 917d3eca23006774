"""What a text must hold to hold an expression of time: to ask for that is far cheaper than to match the pattern.

Most paragraphs tell no century and no weekend. Their words are gathered once, and only the patterns are matched of
which some telling word, or the digits, are there.
"""

import re
from collections.abc import Iterable, Mapping

from kgbuild.knowledge.measures import Measures

_LETTERS = re.compile(r"[^\W\d_]+")
_DIGIT, _YEAR = "1", "1000"
"""The signs of a digit and of four digits in a row."""
_IS_DIGIT, _IS_YEAR = re.compile(r"\d"), re.compile(r"\d{4}")

Signs = frozenset[str]


def signs_of(text: str) -> Signs:
    """Give the words of a text in small letters, and signs of what digits there are.

    >>> sorted(signs_of("In mid-May 2025"))
    ['1', '1000', 'in', 'may', 'mid']
    """
    signs = _LETTERS.findall(text.casefold())
    if _IS_DIGIT.search(text):
        signs += [_DIGIT, _YEAR] if _IS_YEAR.search(text) else [_DIGIT]
    return frozenset(signs)


def signs_asked(measures: Measures) -> Mapping[str, tuple[Signs, ...]]:
    """Give, by name of the pattern, sets of signs of each of which a text must hold one; of phrases the longest word.

    A pattern that is not there asks for nothing.
    """
    months = {*measures.months, *measures.short_months}
    units = {"weekend", "week", "month", "quarter", "year", "decade", "century", *measures.seasons}
    year = {_YEAR}
    asked: dict[str, tuple[Iterable[str], ...]] = {
        "iso": (year,),
        "day-range": (months, {_DIGIT}),
        "day": (months, {_DIGIT}),
        "month-range": (months,),
        "month": (months,),
        "year-range": (year,),
        "decade": (year,),
        "bc": ({_DIGIT}, {"b", "bc", "bce"}),
        "ad": ({_DIGIT}, {"a", "ad", "c", "ce"}),
        "century": ({"century"},),
        "quarter": (year, {"quarter", "half", "q"}),
        "year": (year,),
        "weekday": (measures.weekdays,),
        "today": ({"today", "yesterday", "tomorrow", "tonight"},),
        "daypart": (measures.dayparts,),
        "unit": ({"this", "last", "next", "past", "previous", "coming"}, units),
        "year-end": ({"year", "end"},),
        "weekend": ({"weekend"},),
        "year-before": ({"year"},),
        "ago": ({"ago"},),
        "holiday": (measures.holidays,),
        "season": (measures.seasons,),
        "vague": (measures.vague,),
    }
    return {name: tuple(frozenset(map(_longest_word, words)) for words in sets) for name, sets in asked.items()}


def _longest_word(words: str) -> str:
    """Choose the word of a phrase that tells most."""
    return max(_LETTERS.findall(words), key=len, default=words)
