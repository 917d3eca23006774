"""Links and offices become relations and positions, by the table of readings."""

import pytest

from kgbuild import knowledge
from kgbuild.extract import extract
from kgbuild.interpret.relations import interpret_relations
from kgbuild.resolve import resolve
from tests.extract.test_mentions import APPOSITION, TITLE
from tests.parses import doc_of, document_of

LIST = """
Russia Russia PROPN 2 nsubj Number=Sing B-GPE
annexed annex VERB 0 root Tense=Past
four four NUM 4 nummod
regions region NOUN 2 obj Number=Plur
— — PUNCT 6 punct
Luhansk^ Luhansk PROPN 4 appos Number=Sing B-GPE
, , PUNCT 8 punct
Donetsk Donetsk PROPN 6 conj Number=Sing B-GPE
and and CCONJ 10 cc
Kherson^ Kherson PROPN 6 conj Number=Sing B-GPE
. . PUNCT 2 punct
"""

QUOTED = """
“^ “ PUNCT 3 punct
The the DET 3 det
head head NOUN 12 nsubj Number=Sing
of of ADP 6 case
the the DET 6 det
delegation^ delegation NOUN 3 nmod Number=Sing
, , PUNCT 8 punct
Vladimir Vladimir PROPN 3 appos Number=Sing B-PERSON
Medinsky^ Medinsky PROPN 8 flat Number=Sing I-PERSON
, , PUNCT 8 punct
is be AUX 12 cop
here^ here ADV 0 root
” ” PUNCT 12 punct
"""

FORMER = """
former former ADJ 3 amod
Culture culture PROPN 3 compound
Minister minister PROPN 6 nsubj Number=Sing
Vladimir Vladimir PROPN 3 flat Number=Sing B-PERSON
Medinsky Medinsky PROPN 3 flat Number=Sing I-PERSON
left^ leave VERB 0 root
. . PUNCT 6 punct
"""


@pytest.fixture(scope="module")
def known() -> knowledge.Knowledge:
    return knowledge.load()


def read(table: str, known: knowledge.Knowledge):
    doc = doc_of(table)
    document = document_of(doc)
    extraction = extract(document, [doc], known)
    return interpret_relations(document, extraction, resolve([extraction], known), known)


def stated(table: str, known: knowledge.Knowledge) -> set[tuple[str, str, str]]:
    relations, _ = read(table, known)
    return {(r.subject.split("/")[1].split("-")[0], r.predicate, r.object.split("/")[1]) for r in relations}


def test_places_lead_outward_and_a_delegation_belongs_to_its_country(known):
    assert stated(APPOSITION, known) >= {
        ("Ciragan_Palace", "locatedIn", "Istanbul"),
        ("Istanbul", "locatedIn", "Turkey"),
        ("Russian_delegation", "affiliatedWith", "Russia"),
        ("Vladimir_Medinsky", "leads", "Russian_delegation"),
    }


def test_a_list_gives_members_and_annexing_its_country(known):
    found = stated(LIST, known)
    assert {o for _, p, o in found if p == "hasMember"} == {"Luhansk_Oblast", "Donetsk_Oblast", "Kherson_Oblast"}
    assert ("four_regions", "annexedBy", "Russia") in found
    assert not any(p == "locatedIn" for _, p, _ in found)


def test_a_title_gives_a_position_with_its_country(known):
    _, (position,) = read(TITLE, known)
    assert (position.holder, position.title, position.of) == (
        "person/Serhii_Kyslytsia",  # the spelling that all variants share
        "Deputy Foreign Minister",
        ("country/Ukraine",),
    )
    assert not position.former


def test_a_former_office_is_marked(known):
    _, (position,) = read(FORMER, known)
    assert position.former
    assert position.title == "former Culture Minister"  # as written


def test_what_stands_only_in_a_quotation_is_not_asserted(known):
    relations, _ = read(QUOTED, known)
    leads = [r for r in relations if r.predicate == "leads"]
    assert [r.asserted for r in leads] == [False]
    relations, _ = read(APPOSITION, known)
    assert all(r.asserted for r in relations)


def test_every_relation_says_where_and_by_which_row(known):
    relations, positions = read(APPOSITION, known)
    assert relations
    for fact in (*relations, *positions):
        assert fact.evidence.where
        assert fact.evidence.rules
