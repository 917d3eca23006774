"""Mentions, links, offices and chains on hand-built parses."""

import pytest

from kgbuild import knowledge
from kgbuild.extract import extract
from kgbuild.model import Extraction, MentionKind
from tests.parses import doc_of, document_of

TITLE = """
Ukrainian Ukrainian ADJ 4 amod _ B-NORP
Deputy deputy PROPN 3 compound
Foreign foreign PROPN 4 compound
Minister minister PROPN 5 compound Number=Sing
Sergiy Sergiy PROPN 7 nsubj Number=Sing B-PERSON
Kyslytsya Kyslytsya PROPN 5 flat Number=Sing I-PERSON
told tell VERB 0 root Tense=Past
reporters reporter NOUN 7 iobj Number=Plur
that that SCONJ 11 mark
he he PRON 11 nsubj Number=Sing|Gender=Masc
left leave VERB 7 ccomp Tense=Past
.^ . PUNCT 7 punct
"""

APPOSITION = """
The the DET 2 det
head head NOUN 11 nsubj Number=Sing
of of ADP 6 case
the the DET 6 det
Russian Russian ADJ 6 amod _ B-NORP
delegation^ delegation NOUN 2 nmod Number=Sing
, , PUNCT 8 punct
Vladimir Vladimir PROPN 2 appos Number=Sing B-PERSON
Medinsky^ Medinsky PROPN 8 flat Number=Sing I-PERSON
, , PUNCT 8 punct
spoke speak VERB 0 root Tense=Past
in in ADP 14 case
Çırağan Çırağan PROPN 14 compound Number=Sing B-FAC
Palace Palace PROPN 11 obl Number=Sing I-FAC
in in ADP 16 case
Istanbul^ Istanbul PROPN 14 nmod Number=Sing B-GPE
, , PUNCT 18 punct
Turkey^ Turkey PROPN 16 appos Number=Sing B-GPE
. . PUNCT 11 punct
"""

CAPITALS = """
Kyiv Kyiv PROPN 2 nsubj Number=Sing B-GPE
accused accuse VERB 0 root Tense=Past
Moscow Moscow PROPN 2 obj Number=Sing B-GPE
of of ADP 6 case
an a DET 6 det
attack attack NOUN 2 obl Number=Sing
in in ADP 8 case
Kyiv^ Kyiv PROPN 6 nmod Number=Sing B-GPE
. . PUNCT 2 punct
"""

PARTIES = """
Russia Russia PROPN 4 nsubj Number=Sing B-GPE
and and CCONJ 3 cc
Ukraine Ukraine PROPN 1 conj Number=Sing B-GPE
met^ meet VERB 0 root Tense=Past
. . PUNCT 4 punct
Both both DET 7 det
sides side NOUN 8 nsubj Number=Plur
agreed^ agree VERB 0 root Tense=Past
. . PUNCT 8 punct
"""


@pytest.fixture(scope="module")
def known() -> knowledge.Knowledge:
    return knowledge.load()


def read(table: str, known: knowledge.Knowledge) -> Extraction:
    doc = doc_of(table)
    return extract(document_of(doc), [doc], known)


def chain_texts(extraction: Extraction) -> set[frozenset[str]]:
    return {frozenset(extraction.mentions[i].text for i in chain.mentions) for chain in extraction.chains}


def visible(extraction: Extraction, kind: MentionKind) -> set[tuple[str, str]]:
    return {(m.text, str(m.type)) for m in extraction.mentions if m.kind is kind and not m.hidden}


def test_a_title_is_no_part_of_the_name_and_makes_an_office(known):
    extraction = read(TITLE, known)
    assert visible(extraction, MentionKind.NAME) == {("Sergiy Kyslytsya", "Person")}
    assert visible(extraction, MentionKind.NOMINAL) == {("reporters", "Group")}
    (office,) = extraction.offices
    assert extraction.mentions[office.bearer].text == "Sergiy Kyslytsya"
    text = document_of(doc_of(TITLE)).text
    assert office.title.of(text) == "Deputy Foreign Minister"
    assert [extraction.mentions[o].text for o in office.of] == ["Ukrainian"]


def test_a_pronoun_takes_the_subject_that_agrees(known):
    assert frozenset({"Sergiy Kyslytsya", "he"}) in chain_texts(read(TITLE, known))


def test_an_apposition_is_the_same_person_and_the_group_is_not(known):
    extraction = read(APPOSITION, known)
    chains = chain_texts(extraction)
    assert frozenset({"head of the Russian delegation", "Vladimir Medinsky"}) in chains
    assert frozenset({"Russian delegation"}) in chains
    delegation = next(c for c in extraction.chains if c.name == "Russian delegation")
    assert delegation.key == "institution:delegation:iso:RU"


def test_places_are_linked_outward(known):
    extraction = read(APPOSITION, known)
    joined = {
        (link.kind, extraction.mentions[link.head].text, extraction.mentions[link.dependent].text)
        for link in extraction.links
    }
    assert ("preposition", "Çırağan Palace", "Istanbul") in joined
    assert ("comma", "Istanbul", "Turkey") in joined


def test_a_capital_that_acts_is_its_country_and_one_where_things_happen_is_a_city(known):
    extraction = read(CAPITALS, known)
    assert [(m.text, str(m.type)) for m in extraction.mentions if m.kind is MentionKind.NAME] == [
        ("Kyiv", "Country"),
        ("Moscow", "Country"),
        ("Kyiv", "City"),
    ]


def test_both_sides_is_a_mention_of_each(known):
    extraction = read(PARTIES, known)
    assert chain_texts(extraction) == {frozenset({"Russia", "sides"}), frozenset({"Ukraine", "sides"})}


def test_nothing_gives_nothing(known):
    assert extract(document_of(), [], known).mentions == ()
