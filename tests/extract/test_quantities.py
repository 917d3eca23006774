"""Numbers with a meaning, read from plain tokens and, for the counted noun, from hand-built parses."""

from datetime import date

import pytest
import spacy
from spacy.language import Language

from kgbuild.extract.numbers import Kind, lexemes, read_number
from kgbuild.extract.passage import Passage
from kgbuild.extract.quantities import find_quantities
from kgbuild.extract.times import find_times
from kgbuild.knowledge import load
from kgbuild.knowledge.measures import Measures
from kgbuild.model import QuantityMention
from tests.parses import doc_of


@pytest.fixture(scope="module")
def nlp() -> Language:
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    return blank


@pytest.fixture(scope="module")
def measures() -> Measures:
    return load().measures


def found(text: str, nlp: Language, measures: Measures, *, heading: bool = False) -> list[QuantityMention]:
    passages = [Passage(nlp(text), 0, heading)]
    times = find_times(passages, date(2025, 6, 2), measures)
    return list(find_quantities(passages, times, measures))


NUMBERS = [
    ("1.3 million", 1_300_000, Kind.CARDINAL),
    ("two hundred and fifty", 250, Kind.CARDINAL),
    ("five thousand three hundred", 5300, Kind.CARDINAL),
    ("ninety-four", 94, Kind.CARDINAL),
    ("two and a half", 2.5, Kind.CARDINAL),
    ("one and a half million", 1_500_000, Kind.CARDINAL),
    ("half a million", 500_000, Kind.CARDINAL),
    ("a dozen", 12, Kind.CARDINAL),
    ("two dozen", 24, Kind.CARDINAL),
    ("a thousand", 1000, Kind.CARDINAL),
    ("24K", 24_000, Kind.CARDINAL),
    ("1½", 1.5, Kind.CARDINAL),
    ("17th", 17, Kind.ORDINAL),
    ("twenty-first", 21, Kind.ORDINAL),
    ("thirtieth", 30, Kind.ORDINAL),
    ("two-thirds", 2 / 3, Kind.FRACTION),
    ("three quarters", 0.75, Kind.FRACTION),
    ("one in three", 1 / 3, Kind.FRACTION),
    ("four out of five", 0.8, Kind.FRACTION),
    ("1/4", 0.25, Kind.FRACTION),
    ("hundreds of thousands", 100_000, Kind.VAGUE),
    ("tens of millions", 10_000_000, Kind.VAGUE),
    ("several hundred", 100, Kind.VAGUE),
    ("a few", 2, Kind.VAGUE),
    ("twice", 2, Kind.OCCASIONS),
]


@pytest.mark.parametrize(("text", "value", "kind"), NUMBERS)
def test_a_number_is_read_to_its_end(text: str, value: float, kind: Kind):
    words = lexemes(text)
    number = read_number(words, 0)
    assert number is not None
    assert number.value == pytest.approx(value)
    assert number.kind is kind
    assert number.after == len(words)


@pytest.mark.parametrize(
    "text", ["third-party", "a third round", "once upon a time", "half-hearted", "people", "first"]
)
def test_what_is_no_fraction_or_count_of_its_own(text: str):
    number = read_number(lexemes(text), 0)
    assert number is None or number.kind is Kind.ORDINAL


# text, span, value, minimum, maximum, unit
QUANTITIES = [
    ("the remains of about 6,000 soldiers", "about 6,000", 6000, None, None, "soldiers"),
    ("all captured fighters under 25.", "under 25", None, None, 25, "year of age"),
    ("soldiers aged 25 and under", "25 and under", None, None, 25, "year of age"),
    ("men between the ages of 18 and 25", "between the ages of 18 and 25", None, 18, 25, "year of age"),
    ("a 14-year-old boy", "14", 14, None, None, "year of age"),
    ("Thomas Sam, 42, of Sydney", "42", 42, None, None, "year of age"),
    ("at least 1,000 prisoners", "at least 1,000", None, 1000, None, "prisoners"),
    ("no fewer than ten ships", "no fewer than ten", None, 10, None, "ships"),
    ("the toll now exceeds 54,000, most", "exceeds 54,000", None, 54_000, None, ""),
    ("killing 107 or more and wounding some", "107 or more", None, 107, None, ""),
    ("the 60-plus nations", "60-plus", None, 60, None, "nations"),
    ("up to $1 billion in loans", "up to $1 billion", None, None, 1e9, "US dollar"),
    ("demanded the return of hundreds of children", "hundreds", None, 100, None, "children"),
    ("dozens of villages", "dozens", None, 24, None, "villages"),
    ("scores of civilians", "scores", None, 40, None, "civilians"),
    ("a ceasefire for two to three days", "two to three", None, 2, 3, "day"),
    ("a ceasefire for two-to-three days", "two-to-three", None, 2, 3, "day"),
    ("it would last between two and three days", "between two and three", None, 2, 3, "day"),
    ("between 4 and 5 million people", "between 4 and 5 million", None, 4e6, 5e6, "people"),
    ("worth $4-5bn", "$4-5bn", None, 4e9, 5e9, "US dollar"),
    ("a 30-day ceasefire", "30", 30, None, None, "day"),
    ("a 12-point memorandum", "12", 12, None, None, "point"),
    ("a 1,000-for-1,000 exchange", "1,000-for-1,000", 1000, None, None, "exchange"),
    ("after nearly two hours", "nearly two", None, None, 2, "hour"),
    ("slightly more than an hour", "slightly more than an", None, 1, None, "hour"),
    ("within 100 days", "within 100", None, None, 100, "day"),
    ("within twenty working days", "within twenty", None, None, 20, "day"),
    ("about a third of the carriers", "about a third", 1 / 3, None, None, "share of carriers"),
    ("roughly two-thirds of Kherson", "roughly two-thirds", 2 / 3, None, None, "share of Kherson"),
    ("nearly all of Luhansk", "nearly all", None, None, 1, "share of Luhansk"),
    ("15 to 20 percent of the city", "15 to 20 percent", None, 0.15, 0.20, "share of city"),
    ("just 10 per cent of requests", "just 10 per cent", 0.1, None, None, "share of requests"),
    ("one in three visits", "one in three", 1 / 3, None, None, "share of visits"),
    ("its 17th package of sanctions", "17th", 17, None, None, "ordinal"),
    ("the first round of talks", "first", 1, None, None, "ordinal"),
    ("the second-largest bank failure", "second", 2, None, None, "ordinal"),
    ("over £1.1bn in aid", "over £1.1bn", None, 1.1e9, None, "pound sterling"),
    ("over 9 billion euros", "over 9 billion", None, 9e9, None, "euro"),
    ("a grant of US$ 530,000", "US$ 530,000", 530_000, None, None, "US dollar"),
    ("a cost of NZ $ 26 million", "NZ $ 26 million", 26e6, None, None, "New Zealand dollar"),
    ("about 500 miles away", "about 500", 500, None, None, "mile"),
    ("700 square miles of land", "700", 700, None, None, "square mile"),
    ("rose by 2.5 percentage points", "2.5", 2.5, None, None, "percentage point"),
    ("They were twice denied visas", "twice", 2, None, None, "times"),
    ("some 12,000 people fled", "some 12,000", 12_000, None, None, "people"),
    ("10m people were fed", "10m", 10e6, None, None, "people"),
    ("a tower 100m high", "100", 100, None, None, "metre"),
    ("kept warming under 2C", "under 2", None, None, 2, "degree Celsius"),
    ("One person is killed", "One", 1, None, None, "person"),
]


@pytest.mark.parametrize(("text", "span", "value", "minimum", "maximum", "unit"), QUANTITIES)
def test_a_quantity_is_found_with_value_bounds_and_unit(
    nlp: Language,
    measures: Measures,
    text: str,
    span: str,
    value: float | None,
    minimum: float | None,
    maximum: float | None,
    unit: str,
):
    first = found(text, nlp, measures)[0]
    assert first.where.of(text) == span
    assert first.value == (None if value is None else pytest.approx(value))
    assert first.minimum == (None if minimum is None else pytest.approx(minimum))
    assert first.maximum == (None if maximum is None else pytest.approx(maximum))
    assert first.unit == unit
    assert first.rules[0].startswith("quantity:")


NONE = [
    "Tu-22 bombers and F-16 jets",
    "The G7 met after 9/11.",
    "on October 7, 2023, in 2022 and on June 2",
    "the two sides remain far apart",
    "both sides agreed",
    "for the first time, as a first step",
    "one of its largest attacks",
    "the last one broke down",
    "the new one would be unique",
    "one day they will return",
    "a two-state solution and one-sided talks",
    "Security Council Resolution 2254",
    "they hit police posts 542 and 543",
    "call 888-847-6596 now",
    "the polls closed at 22:30 and at 10 a.m. on Monday",
    "the 507th Air Refueling Wing and the U.S. 5th Fleet",
    "the presence of third countries",
    "crashed on board Precision Air Flight 494 into the lake",
    "Sweden won 3-0 on the day",
    "a zero-tolerance policy",
    "once again, several people and most of them",
    "more than anyone",
    "No. 3 in the list",
]


@pytest.mark.parametrize("text", NONE)
def test_numbers_without_a_meaning_are_left_out(nlp: Language, measures: Measures, text: str):
    assert [each.where.of(text) for each in found(text, nlp, measures)] == []


def test_a_change_is_two_numbers_and_no_range(nlp: Language, measures: Measures):
    text = "seats increased from 9 to 10"
    assert [each.value for each in found(text, nlp, measures)] == [9, 10]


def test_numbers_of_a_sum_stand_apart(nlp: Language, measures: Measures):
    text = "killing three and wounding 19, including two children"
    assert [(each.value, each.unit) for each in found(text, nlp, measures)] == [(3, ""), (19, ""), (2, "children")]


def test_a_part_counts_what_the_whole_counts(nlp: Language, measures: Measures):
    text = "killing 19 of the 43 people onboard"
    assert [(each.value, each.head.of(text)) for each in found(text, nlp, measures)] == [(19, "people"), (43, "people")]


def test_years_ago_are_a_duration_but_a_month_ago_is_only_a_time(nlp: Language, measures: Measures):
    assert [each.value for each in found("seventeen years ago this was new", nlp, measures)] == [17]
    assert found("talks were restarted a month ago", nlp, measures) == []


def test_a_headline_may_have_capitals_everywhere(nlp: Language, measures: Measures):
    text = "Russia Launches 472 Drones At Kyiv"
    assert [each.value for each in found(text, nlp, measures, heading=True)] == [472]


def test_offsets_count_from_the_beginning_of_the_file(nlp: Language, measures: Measures):
    passage = Passage(nlp("They freed 251 hostages."), 100)
    (quantity,) = find_quantities([passage], (), measures)
    assert (quantity.where.begin, quantity.where.end) == (111, 114)
    assert quantity.sentence.begin == 100


PARSED = """
It         it       PRON  2 nsubj
damaged    damage   VERB  0 root  Tense=Past|VerbForm=Fin
over       over     ADV   4 advmod
40         40       NUM   7 nummod
badly      badly    ADV   6 advmod
hit        hit      VERB  7 amod
warplanes^ warplane NOUN  2 obj
.          .        PUNCT 2 punct
"""


def test_the_counted_noun_is_the_one_that_the_parse_gives(measures: Measures):
    doc = doc_of(PARSED)
    (quantity,) = find_quantities([Passage(doc, 0)], (), measures)
    assert quantity.minimum == 40
    assert quantity.head.of(doc.text) == "warplanes"
    assert quantity.unit == "badly hit warplanes"


PRONOUN = """
One   one   PRON  2 nsubj
left^ leave VERB  0 root  Tense=Past|VerbForm=Fin
.     .     PUNCT 2 punct
"""


def test_one_as_pronoun_counts_nothing(measures: Measures):
    assert find_quantities([Passage(doc_of(PRONOUN), 0)], (), measures) == ()


def test_no_paragraphs_give_nothing(measures: Measures):
    assert find_quantities((), (), measures) == ()
