"""Who is the same in one article, on hand-built parses."""

import pytest

from kgbuild import knowledge
from kgbuild.extract import extract
from tests.parses import doc_of, document_of

QUAKE = """
An a DET 2 det
earthquake earthquake NOUN 3 nsubj Number=Sing
strikes strike VERB 0 root Tense=Pres
Turkey Turkey PROPN 3 obj Number=Sing B-GPE
, , PUNCT 6 punct
killing kill VERB 3 advcl
{number} {number} NUM 8 nummod
people^ people NOUN 6 obj Number=Plur
. . PUNCT 3 punct
"""

CHURCH = """
Anna Anna PROPN 2 nsubj Number=Sing B-PERSON
joined join VERB 0 root Tense=Past
the the DET 4 det
Church Church PROPN 2 obj Number=Sing B-ORG
of of ADP 6 case
Scientology^ Scientology PROPN 4 nmod Number=Sing I-ORG
. . PUNCT 2 punct
The the DET 9 det
church church NOUN 10 nsubj Number=Sing
grew^ grow VERB 0 root Tense=Past
. . PUNCT 10 punct
"""

MINISTERS = """
The the DET 3 det
Foreign foreign PROPN 3 compound
Secretary secretary PROPN 4 nsubj Number=Sing
met meet VERB 0 root Tense=Past
the the DET 7 det
prime prime ADJ 7 amod
minister^ minister NOUN 4 obj Number=Sing
. . PUNCT 4 punct
The the DET 11 det
Foreign foreign PROPN 11 compound
Secretary secretary PROPN 12 nsubj Number=Sing
left^ leave VERB 0 root Tense=Past
. . PUNCT 12 punct
"""


@pytest.fixture(scope="module")
def known() -> knowledge.Knowledge:
    return knowledge.load()


def joined(known: knowledge.Knowledge, *tables: str) -> set[tuple[str, ...]]:
    """Give the texts of every chain of more than one mention."""
    docs = [doc_of(table) for table in tables]
    extraction = extract(document_of(*docs), docs, known)
    chains = [tuple(extraction.mentions[i].text for i in chain.mentions) for chain in extraction.chains]
    return {texts for texts in chains if len(texts) > 1}


def test_a_sentence_told_again_with_newer_numbers_speaks_of_the_same(known):
    updates = (QUAKE.format(number="100"), QUAKE.format(number="300"))
    assert ("100 people", "300 people") in joined(known, *updates)
    elsewhere = QUAKE.format(number="300").replace("Turkey", "Chile")
    assert joined(known, updates[0], elsewhere) == set()


MISSILES = """
Seoul Seoul PROPN 2 nsubj Number=Sing B-GPE
fired fire VERB 0 root Tense=Past
{number} {number} {pos} 4 {dep}
missile{s}^ missile NOUN 2 obj Number={form}
. . PUNCT 2 punct
"""


@pytest.mark.parametrize(
    ("number", "pos", "dep", "s", "form", "same"),
    [("four", "NUM", "nummod", "s", "Plur", False), ("the", "DET", "det", "", "Sing", True)],
)
def test_a_headline_is_taken_up_by_as_many(known, number: str, pos: str, dep: str, s: str, form: str, same: bool):
    one = doc_of(MISSILES.format(number="a", pos="DET", dep="det", s="", form="Sing"))
    more = doc_of(MISSILES.format(number=number, pos=pos, dep=dep, s=s, form=form))
    extraction = extract(document_of(one, more, headings=frozenset({0})), [one, more], known)
    told = [[extraction.mentions[m].lemma for m in chain.mentions] for chain in extraction.chains]
    assert (["missile", "missile"] in told) is same


def test_a_noun_takes_up_the_name_that_holds_it(known):
    assert ("Church of Scientology", "church") in joined(known, CHURCH)
    assert joined(known, CHURCH.replace("The the DET 9", "A a DET 9")) == set()


def test_an_office_named_again_is_the_same_person_and_another_office_is_not(known):
    assert joined(known, MINISTERS) == {("Foreign Secretary", "Foreign Secretary")}


TERRORISTS = """
Hamas Hamas PROPN 2 nsubj Number=Sing B-ORG
met meet VERB 0 root Tense=Past
envoys^ envoy NOUN 2 obj Number=Plur
. . PUNCT 2 punct
The the DET 7 det
militant militant ADJ 7 amod
group group NOUN 8 nsubj Number=Sing
left^ leave VERB 0 root Tense=Past
. . PUNCT 8 punct
"""

CAPTIVES = """
Prisoners prisoner NOUN 2 nsubj Number=Plur
slept^ sleep VERB 0 root Tense=Past
. . PUNCT 2 punct
The the DET 5 det
captives captive NOUN 6 nsubj Number=Plur
ate^ eat VERB 0 root Tense=Past
. . PUNCT 6 punct
"""

ACRONYM = """
Vermont Vermont PROPN 4 compound Number=Sing B-ORG
Air Air PROPN 4 compound Number=Sing I-ORG
National National PROPN 4 compound Number=Sing I-ORG
Guard Guard PROPN 5 nsubj Number=Sing I-ORG
left^ leave VERB 0 root Tense=Past
. . PUNCT 5 punct
Vermont Vermont PROPN 8 compound Number=Sing B-ORG
ANG ANG PROPN 9 nsubj Number=Sing I-ORG
arrived^ arrive VERB 0 root Tense=Past
. . PUNCT 9 punct
"""

BOY = """
Ahmed Ahmed PROPN 3 nsubj Number=Sing B-PERSON
Mohamed Mohamed PROPN 1 flat Number=Sing I-PERSON
slept^ sleep VERB 0 root Tense=Past
. . PUNCT 3 punct
The the DET 6 det
boy boy NOUN 7 nsubj Number=Sing
woke^ wake VERB 0 root Tense=Past
. . PUNCT 7 punct
"""


@pytest.mark.parametrize(
    ("table", "chain"),
    [
        (TERRORISTS, ("Hamas", "militant group")),
        (CAPTIVES, ("Prisoners", "captives")),
        (ACRONYM, ("Vermont Air National Guard", "Vermont ANG")),
        (BOY, ("Ahmed Mohamed", "boy")),
    ],
)
def test_other_words_for_the_same(known, table, chain):
    assert chain in joined(known, table)


def test_a_group_of_other_people_takes_up_no_name(known):
    other = TERRORISTS.replace("The the DET 7 det", "A a DET 7 det")
    assert joined(known, other) == set()


OWN = """
Peru Peru PROPN 2 nsubj Number=Sing B-GPE
waited wait VERB 0 root Tense=Past
. . PUNCT 2 punct
{origin} {origin} ADJ 5 amod Degree=Pos {label}
leader leader NOUN 6 compound Number=Sing
Ada Ada PROPN 8 nsubj Number=Sing B-PERSON
Lind Lind PROPN 6 flat Number=Sing I-PERSON
said say VERB 0 root Tense=Past
her her PRON 10 nmod:poss Gender=Fem|Number=Sing|Person=3|Poss=Yes|PronType=Prs
country country NOUN 12 nsubj Number=Sing
would would AUX 12 aux
wait^ wait VERB 8 ccomp VerbForm=Inf
. . PUNCT 8 punct
"""


@pytest.mark.parametrize(
    ("origin", "label", "country"),
    [("Chilean", "B-NORP", ("Chilean", "country")), ("old", "", None)],
)
def test_her_country_is_the_one_that_she_is_of_and_not_the_one_named_last(known, origin, label, country):
    chains = joined(known, OWN.format(origin=origin, label=label))
    assert [texts for texts in chains if "country" in texts] == ([country] if country else [])
