"""What is only said is not asserted, and is a content of the claim that says it."""

from dataclasses import replace

import pytest

from kgbuild.interpret.attribution import attribute, name_authors
from kgbuild.model import Claim, Entity, EntityType, Evidence, Position, Relation, Where

SENTENCE = Where(0, 50)
CLAUSE = Where(10, 40)


def relation(*places: Where) -> Relation:
    return Relation("statement/r", "city/A", "locatedIn", "country/B", Evidence(places))


def claim(text: Where | None, *quotations: Where) -> Claim:
    return Claim("claim/c", Evidence((Where(5, 9),)), content=("event/e",), quotations=quotations, text=text)


@pytest.mark.parametrize(
    ("places", "said", "asserted"),
    [
        ((Where(12, 20),), claim(CLAUSE), False),
        ((Where(42, 48),), claim(CLAUSE), True),
        ((Where(12, 20), Where(42, 48)), claim(CLAUSE), True),
        ((Where(42, 48),), claim(CLAUSE, Where(41, 50)), False),
        ((Where(12, 20),), claim(SENTENCE), True),
        ((Where(12, 20),), claim(None), True),
    ],
    ids=["inside", "outside", "both", "quoted", "whole-sentence", "no-words"],
)
def test_a_relation_is_asserted_where_the_article_says_it(places, said, asserted):
    (told,), (spoken,) = attribute([relation(*places)], [], [said], [SENTENCE])
    assert told.asserted is asserted
    assert spoken.content == (("event/e",) if asserted else ("event/e", "statement/r"))


def test_a_position_inside_a_claim_is_its_content():
    office = Position("position/p", "person/P", "minister", Evidence((Where(12, 20),)))
    _, (spoken,) = attribute([], [office], [claim(CLAUSE)], [SENTENCE])
    assert spoken.content == ("event/e", "position/p")


def test_nothing_gives_nothing():
    assert attribute([], [], [], []) == ((), ())


def test_those_speak_whose_paper_it_is():
    entities = {
        "document/D": Entity("document/D", EntityType.DOCUMENT, "memo"),
        "country/B": Entity("country/B", EntityType.COUNTRY, "B"),
    }
    owned = Relation("statement/r", "document/D", "affiliatedWith", "country/B", Evidence((CLAUSE,)))
    said = replace(claim(CLAUSE), speaker=("document/D",))
    assert [one.speaker for one in name_authors([said], [owned], entities)] == [("country/B",)]
    assert [one.speaker for one in name_authors([said], [], entities)] == [("document/D",)]
