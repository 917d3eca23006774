"""Finds expressions of time and works out which day, month or year they name, by the date of publication.

The characters of a paragraph are matched against patterns built from the words of the calendar, so that nothing
depends on how a tokeniser splits `mid-May` or `Dec.14th`. Where two patterns meet, the one that begins first wins,
then the longer one. A pattern's reader works the value out, or refuses the match (`May` the verb, `2254` the number
of a resolution). What can't be worked out keeps the value None: relative times without a date of publication, and
words like `recently`.

Dates without a year take the year of the same day of the month written out earlier in the article, else they are
placed beside the publication by the tense around them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from kgbuild.extract.passage import Passage
from kgbuild.extract.times.dates import date_patterns
from kgbuild.extract.times.relative import relative_patterns
from kgbuild.extract.times.signs import Signs, signs_asked, signs_of
from kgbuild.extract.times.tense import looks_ahead
from kgbuild.extract.times.words import CalendarWords, Pattern
from kgbuild.extract.words import Sentence
from kgbuild.knowledge.measures import Measures
from kgbuild.model import TimeMention, Where

_Asked = tuple[Pattern, tuple[Signs, ...]]


class _Found(NamedTuple):
    """Hold one match before overlaps are settled; ordered by where it begins, longest first."""

    begin: int
    minus_end: int
    rank: int
    match: "re.Match[str]"
    pattern: Pattern


def find_times(passages: Sequence[Passage], published: date | None, measures: Measures) -> tuple[TimeMention, ...]:
    """Find every expression of time of an article, in text order.

    Args:
        passages: the article's paragraphs; a parse is used if there is one, sentence boundaries are needed.
        published: the day of publication; None leaves what depends on it unresolved.
        measures: the words of the calendar.

    Returns:
        Mentions that do not overlap.
    """
    known = _patterns(measures)
    years: dict[tuple[int, int], int] = {}
    return tuple(mention for passage in passages for mention in _in_passage(passage, published, known, years))


@lru_cache(maxsize=4)
def _patterns(measures: Measures) -> tuple[_Asked, ...]:
    """Build all patterns of the words of the calendar, each with what a text must hold for it."""
    words, asked = CalendarWords(measures), signs_asked(measures)
    return tuple((one, asked.get(one.name, ())) for one in (*date_patterns(words), *relative_patterns(words)))


def _in_passage(
    passage: Passage, published: date | None, known: tuple[_Asked, ...], years: dict[tuple[int, int], int]
) -> Iterator[TimeMention]:
    """Find the times of one paragraph; *years* remembers which days were told with their year."""
    text = passage.text
    taken = 0
    for found in sorted(_matches(text, known), key=lambda each: each[:3]):
        begin, end = found.match.span()
        if begin < taken:
            continue
        sentence, first, last = _tokens(passage, begin, end)
        view = _View(passage, published, years, sentence, first, last)
        reading = found.pattern.read(found.match, view)
        if reading is None:
            continue
        begin += reading.skip
        taken = end
        where = Where(passage.begin + begin, passage.begin + end)
        yield TimeMention(where, reading.value, sentence.place, (f"time:{found.pattern.name}",))


def _matches(text: str, known: tuple[_Asked, ...]) -> Iterator[_Found]:
    """Match every pattern everywhere."""
    signs = signs_of(text)
    for rank, (pattern, asked) in enumerate(known):
        for one in asked:
            if one.isdisjoint(signs):
                break
        else:
            for match in pattern.regex.finditer(text):
                yield _Found(match.start(), -match.end(), rank, match, pattern)


def _tokens(passage: Passage, begin: int, end: int) -> tuple[Sentence, int, int]:
    """Find the sentence and the tokens under some characters of a paragraph."""
    first = passage.word_at(begin)
    last = passage.word_at(end - 1)
    return first.sent, first.i, last.i


@dataclass(slots=True)
class _View:
    """Show a reader what surrounds its match: publication, tense, and the years told so far."""

    passage: Passage
    published: date | None
    years: dict[tuple[int, int], int]
    sentence: Sentence
    first: int
    last: int
    _ahead: bool | None = field(default=None)
    _asked: bool = field(default=False)

    @property
    def text(self) -> str:
        """Give the paragraph."""
        return self.passage.text

    @property
    def ahead(self) -> bool | None:
        """Tell whether the text speaks of what is to come; None if it does not tell."""
        if not self._asked:
            inflected = self.passage.doc.has_annotation("MORPH")
            self._ahead = looks_ahead(self.sentence, self.first, self.last, inflected=inflected)
            self._asked = True
        return self._ahead

    @property
    def sentence_years(self) -> tuple[int, ...]:
        """Give the years written out in the sentence, in order."""
        return tuple(int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", self.sentence.text))
