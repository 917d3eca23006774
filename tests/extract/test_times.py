"""Expressions of time and the values that the date of publication gives them."""

from datetime import date

import pytest
import spacy
from spacy.language import Language

from kgbuild.extract import times
from kgbuild.extract.passage import Passage
from kgbuild.extract.times import calendar, find_times
from kgbuild.extract.times.signs import signs_asked, signs_of
from kgbuild.knowledge import load
from kgbuild.knowledge.measures import Measures
from kgbuild.model import TimeMention
from tests.parses import doc_of

MONDAY = date(2025, 6, 2)


@pytest.fixture(scope="module")
def nlp() -> Language:
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    return blank


@pytest.fixture(scope="module")
def measures() -> Measures:
    return load().measures


def found(
    text: str, nlp: Language, measures: Measures, published: date | None = MONDAY, begin: int = 0
) -> tuple[TimeMention, ...]:
    return find_times([Passage(nlp(text), begin)], published, measures)


# text, span, value; published on Monday, 2 June 2025
TIMES = [
    ("They met on Monday.", "Monday", "2025-06-02"),
    ("They met on Tuesday.", "Tuesday", "2025-05-27"),
    ("They will meet on Wednesday.", "Wednesday", "2025-06-04"),
    ("On Wednesday, the minister is to travel.", "Wednesday", "2025-06-04"),
    ("He said it will be signed next Friday.", "next Friday", "2025-06-06"),
    ("It broke out last Monday.", "last Monday", "2025-05-26"),
    ("Nobody had used it by Thursday night.", "Thursday night", "2025-05-29"),
    ("He told ZDF on Sunday that it would send arms.", "Sunday", "2025-06-01"),
    ("It was published today.", "today", "2025-06-02"),
    ("It fell yesterday afternoon.", "yesterday afternoon", "2025-06-01"),
    ("He arrives tomorrow.", "tomorrow", "2025-06-03"),
    ("Shells fell last night.", "last night", "2025-06-01"),
    ("Talks began earlier today.", "earlier today", "2025-06-02"),
    ("It is dated 2025-05-30.", "2025-05-30", "2025-05-30"),
    ("It was signed on 2 June 2024.", "2 June 2024", "2024-06-02"),
    ("on Thursday, May 7, 2015,", "Thursday, May 7, 2015", "2015-05-07"),
    ("in his Dec.14th conference he said", "Dec.14th", "2024-12-14"),
    ("It was set for June 20.", "June 20", "2025-06-20"),
    ("The vote will be held on September 14.", "September 14", "2025-09-14"),
    ("Troops attacked it on September 14.", "September 14", "2024-09-14"),
    ("He visited it from 5-6 April 2016.", "from 5-6 April 2016", "2016-04-05/2016-04-06"),
    ("storms from March 24 to April 1 killed", "from March 24 to April 1", "2025-03-24/2025-04-01"),
    ("starting at 10 a.m. Nov. 29, 2016", "10 a.m. Nov. 29, 2016", "2016-11-29T10:00"),
    ("In April, they confirmed it.", "April", "2025-04"),
    ("In September they confirmed it.", "September", "2024-09"),
    ("It will open in September.", "September", "2025-09"),
    ("It was vetoed in November 2024.", "November 2024", "2024-11"),
    ("the previous round in mid-May ended", "mid-May", "2025-05-11/2025-05-20"),
    ("proposed the end of June as the date", "the end of June", "2025-06-21/2025-06-30"),
    ("A meeting will follow later in June.", "later in June", "2025-06"),
    ("the coup attempt last July failed", "last July", "2024-07"),
    ("annexed since 2014", "2014", "2014"),
    ("the deadliest since the 1991 Hajj", "1991", "1991"),
    ("the period from 2004 to 2009", "from 2004 to 2009", "2004/2009"),
    ("in the 2015-16 season", "2015-16", "2015/2016"),
    ("in the late 1990s", "late 1990s", "1990/1999"),
    ("in the first quarter of 2025", "the first quarter of 2025", "2025-01/2025-03"),
    ("again in the summer of 2017", "summer of 2017", "2017-06/2017-08"),
    ("since the 16th century", "the 16th century", "1501/1600"),
    ("built in 575 B.C. by a king", "575 B.C.", "-0574"),
    ("attacked it last week", "last week", "2025-W22"),
    ("this week he flew", "this week", "2025-W23"),
    ("an agreement made last month", "last month", "2025-05"),
    ("early last month it began", "early last month", "2025-05-01/2025-05-10"),
    ("another meeting later this month", "later this month", "2025-06"),
    ("next year it takes place", "next year", "2026"),
    ("crossed it last year", "last year", "2024"),
    ("applied before last summer", "last summer", "2024-06/2024-08"),
    ("he spoke over the weekend", "the weekend", "2025-05-31/2025-06-01"),
    ("cleared by year end", "year end", "2025-12"),
    ("Over the last year it launched", "the last year", "P1Y"),
    ("restarted a month ago", "a month ago", "2025-05"),
    ("seventeen years ago it was not", "seventeen years ago", "2008"),
    ("posted just over 24 hours ago", "just over 24 hours ago", "2025-06-01"),
    ("He died on Christmas Eve.", "Christmas Eve", "2024-12-24"),
    ("It recently put a package into effect.", "recently", None),
]


@pytest.mark.parametrize(("text", "span", "value"), TIMES)
def test_a_time_is_found_and_resolved(nlp: Language, measures: Measures, text: str, span: str, value: str | None):
    times = found(text, nlp, measures)
    assert [(each.where.of(text), each.value) for each in times] == [(span, value)]
    assert times[0].rules[0].startswith("time:")


NONE = [
    "He may march to the front.",
    "UN Resolution 1701 was cited.",
    "Some 2000 soldiers and 1500 people came.",
    "Black Friday sales and the Sunday Times",
    "the world today",
    "comet C/2022 E3",
    "UK-France Summit 2016",
    "the polls closed at 22:30",
    "during the winter months",
    "a Mr Johnnie Christmas spoke",
]


@pytest.mark.parametrize("text", NONE)
def test_what_only_looks_like_a_time_is_left_out(nlp: Language, measures: Measures, text: str):
    assert [each.where.of(text) for each in found(text, nlp, measures)] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on Monday", None),
        ("yesterday", None),
        ("last month", None),
        ("on 13 November", None),
        ("three years ago", None),
        ("in November 2024", "2024-11"),
        ("since 2012", "2012"),
        ("on 4 April and from 5-6 April 2016", "2016-04-04"),
    ],
)
def test_without_a_date_of_publication_nothing_is_guessed(
    nlp: Language, measures: Measures, text: str, value: str | None
):
    assert found(text, nlp, measures, None)[0].value == value


def test_a_day_told_with_its_year_gives_the_year_to_its_repeats(nlp: Language, measures: Measures):
    paragraphs = [Passage(nlp("the attack of October 7, 2023."), 0), Passage(nlp("Since the October 7 attacks"), 40)]
    assert [each.value for each in find_times(paragraphs, MONDAY, measures)] == ["2023-10-07", "2023-10-07"]


def test_offsets_count_from_the_beginning_of_the_file(nlp: Language, measures: Measures):
    (time,) = found("They met on Monday.", nlp, measures, begin=50)
    assert (time.where.begin, time.where.end) == (62, 68)
    assert (time.sentence.begin, time.sentence.end) == (50, 69)


PARSED = """
Talks   talk   NOUN  2 nsubj
cut     cut    VERB  0 root  Tense=Past|VerbForm=Fin
short   short  ADJ   2 xcomp
on      on     ADP   5 case
Friday^ Friday PROPN 2 obl
.       .      PUNCT 2 punct
"""


def test_the_parse_tells_the_past(measures: Measures):
    (time,) = find_times([Passage(doc_of(PARSED), 0)], MONDAY, measures)
    assert time.value == "2025-05-30"


@pytest.mark.parametrize(
    ("year", "day"), [(2000, date(2000, 4, 23)), (2024, date(2024, 3, 31)), (2025, date(2025, 4, 20))]
)
def test_easter(year: int, day: date):
    assert calendar.holiday(year, "easter+0") == day


def test_a_leap_day_exists_only_in_leap_years():
    assert calendar.valid_day(2024, 2, 29) == date(2024, 2, 29)
    assert calendar.valid_day(2025, 2, 29) is None
    assert calendar.last_day(2024, 2) == 29


def test_winter_runs_into_the_next_year():
    assert calendar.season(2024, (12, 2)) == "2024-12/2025-02"


def test_no_paragraphs_give_nothing(measures: Measures):
    assert find_times((), MONDAY, measures) == ()


def test_what_a_text_is_asked_for_hides_no_match(measures: Measures):
    for text, *_ in TIMES:
        signs = signs_of(text)
        for pattern, asked in times._patterns(measures):
            if any(one.isdisjoint(signs) for one in asked):
                assert pattern.regex.search(text) is None


def test_signs_are_asked_of_every_pattern(measures: Measures):
    assert signs_asked(measures).keys() == {pattern.name for pattern, _ in times._patterns(measures)}
