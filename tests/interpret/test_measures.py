"""Quantities and times of the graph, from hand-built extractions."""

from datetime import date

import pytest

from kgbuild.interpret.measures import interpret_measures, measured_events, quantity_id, time_id
from kgbuild.knowledge import Knowledge, load
from kgbuild.model import (
    Chain,
    EntityType,
    Extraction,
    Filler,
    Frame,
    Mention,
    MentionKind,
    QuantityMention,
    Resolution,
    TimeMention,
    Where,
)
from tests.parses import doc_of, document_of

TEXT = "Russia launched 472 drones on Monday"
WORDS = doc_of("\n".join(f"{word} {word.lower()} X 0 dep" for word in TEXT.split()))
DOCUMENT = document_of(WORDS, published=date(2025, 6, 2))
ALL = Where(0, len(TEXT))


def at(words: str) -> Where:
    begin = TEXT.index(words)
    return Where(begin, begin + len(words))


def quantity(words: str, head: str, unit: str = "drones", value: float = 472) -> QuantityMention:
    return QuantityMention(at(words), value, None, None, "", unit, at(head), ALL, ("quantity:cardinal",))


def extraction(*quantities: QuantityMention) -> Extraction:
    drones = Mention(at("472 drones"), "472 drones", MentionKind.NOMINAL, EntityType.WEAPON, at("drones"), "drone", ALL)
    launch = Frame(at("launched"), "launch", "verb", ALL, (Filler("object", at("drones"), mention=0, quantity=0),))
    return Extraction(
        DOCUMENT.id,
        (ALL,),
        mentions=(drones,),
        chains=(Chain((0,), EntityType.WEAPON, "472 drones", False),),
        frames=(launch,),
        quantities=quantities,
        times=(TimeMention(at("Monday"), "2025-06-02", ALL, ("time:weekday",)),),
    )


RESOLUTION = Resolution(entity_of={(DOCUMENT.id, 0): "weapon/drones"})


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def test_a_quantity_measures_the_entity_whose_head_it_counts(knowledge: Knowledge):
    found, _ = interpret_measures(DOCUMENT, extraction(quantity("472", "drones")), RESOLUTION, knowledge)
    assert [(each.value, each.unit, each.of) for each in found] == [(472, "drones", "weapon/drones")]
    assert found[0].evidence.where == (at("472"),)
    assert found[0].evidence.rules == ("quantity:cardinal",)


def test_an_event_that_the_caller_knows_goes_before_the_entity(knowledge: Knowledge):
    given = extraction(quantity("472", "drones"))
    events = measured_events(given, {0: "event/launch"})
    assert events == {0: "event/launch"}
    found, _ = interpret_measures(DOCUMENT, given, RESOLUTION, knowledge, events)
    assert found[0].of == "event/launch"


def test_a_number_on_a_trigger_measures_its_event():
    given = extraction(quantity("472", "launched"))
    bare = Frame(at("launched"), "launch", "verb", ALL)
    alone = Extraction(DOCUMENT.id, frames=(bare,), quantities=given.quantities)
    assert measured_events(alone, {0: "event/launch"}) == {0: "event/launch"}
    assert measured_events(alone, {}) == {}


def test_a_number_that_counts_no_mention_measures_nothing(knowledge: Knowledge):
    found, _ = interpret_measures(DOCUMENT, extraction(quantity("472", "472", "")), RESOLUTION, knowledge)
    assert found[0].of == "weapon/drones", "the nominal around the bare number is what it counts"
    found, _ = interpret_measures(DOCUMENT, extraction(quantity("Russia", "Russia", "")), RESOLUTION, knowledge)
    assert found[0].of is None


@pytest.mark.parametrize(
    ("unit", "iri"),
    [
        ("day", "http://qudt.org/vocab/unit/DAY"),
        ("kilometre", "http://qudt.org/vocab/unit/KiloM"),
        ("US dollar", "http://qudt.org/vocab/unit/CCY_USD"),
        ("soldiers' remains", "soldiers' remains"),
        ("ordinal", "ordinal"),
    ],
)
def test_a_unit_becomes_an_iri_where_there_is_one(knowledge: Knowledge, unit: str, iri: str):
    found, _ = interpret_measures(DOCUMENT, extraction(quantity("472", "drones", unit)), RESOLUTION, knowledge)
    assert found[0].unit == iri


def test_times_keep_value_and_place(knowledge: Knowledge):
    given = extraction()
    _, times = interpret_measures(DOCUMENT, given, RESOLUTION, knowledge)
    assert [(each.value, each.evidence.where) for each in times] == [("2025-06-02", (at("Monday"),))]
    assert times[0].id == time_id(DOCUMENT, given.times[0])


def test_ids_come_from_words_and_place():
    one, other = quantity("472", "drones"), quantity("drones", "drones")
    assert quantity_id(DOCUMENT, one).startswith("quantity/472-")
    assert quantity_id(DOCUMENT, one) != quantity_id(DOCUMENT, other)


def test_an_empty_extraction_gives_nothing(knowledge: Knowledge):
    assert interpret_measures(DOCUMENT, Extraction(DOCUMENT.id), Resolution(), knowledge) == ((), ())
