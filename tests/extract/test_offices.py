"""Titles of persons, and whose they are, on hand-built parses."""

import pytest

from kgbuild import knowledge
from kgbuild.extract import extract
from kgbuild.model import Extraction
from tests.parses import doc_of, document_of

LONG_TITLE = """
Minister minister NOUN 6 nmod:desc Number=Sing
for for ADP 5 case
the the DET 5 det
Middle Middle ADJ 5 amod _ B-LOC
East East PROPN 6 nmod Number=Sing I-LOC
Jane Jane PROPN 8 nsubj Number=Sing B-PERSON
Roe Roe PROPN 6 flat Number=Sing I-PERSON
spoke^ speak VERB 0 root Tense=Past
. . PUNCT 8 punct
"""

HUNG_ELSEWHERE = """
The the DET 2 det
director director NOUN 8 nsubj Number=Sing
of of ADP 5 case
the the DET 5 det
agency agency NOUN 2 nmod Number=Sing
Jane Jane PROPN 8 nsubj Number=Sing B-PERSON
Roe Roe PROPN 6 flat Number=Sing I-PERSON
spoke^ speak VERB 0 root Tense=Past
. . PUNCT 8 punct
"""

SUCCEEDS = """
Jane Jane PROPN 3 nsubj Number=Sing B-PERSON
Roe Roe PROPN 1 flat Number=Sing I-PERSON
succeeds succeed VERB 0 root Tense=Pres
John John PROPN 3 obj Number=Sing B-PERSON
Doe Doe PROPN 4 flat Number=Sing I-PERSON
as as ADP 7 case
president^ president NOUN 3 obl Number=Sing
. . PUNCT 3 punct
"""

ELECTS = SUCCEEDS.replace("succeeds succeed", "appoints appoint")

SECRETARY = """
The the DET 2 det
Secretary Secretary PROPN 5 nsubj Number=Sing
of of ADP 4 case
State State PROPN 2 nmod Number=Sing
left^ leave VERB 0 root Tense=Past
. . PUNCT 5 punct
"""

PROFESSION = """
The the DET 4 det
actor actor NOUN 3 nmod:desc Number=Sing
Jane Jane PROPN 5 nsubj Number=Sing B-PERSON
Roe Roe PROPN 3 flat Number=Sing I-PERSON
left^ leave VERB 0 root Tense=Past
. . PUNCT 5 punct
"""


@pytest.fixture(scope="module")
def known() -> knowledge.Knowledge:
    return knowledge.load()


def read(table: str, known: knowledge.Knowledge) -> tuple[Extraction, str]:
    doc = doc_of(table)
    return extract(document_of(doc), [doc], known), doc.text


def holders(table: str, known: knowledge.Knowledge) -> set[tuple[str, str]]:
    """Give the title and the name of each holder of an office whose chain has a name."""
    extraction, text = read(table, known)
    chains = {member: chain.name for chain in extraction.chains if chain.named for member in chain.mentions}
    return {(one.title.of(text), chains[one.bearer]) for one in extraction.offices if one.bearer in chains}


def test_a_title_may_have_a_complement_before_the_name(known):
    assert holders(LONG_TITLE, known) == {("Minister for the Middle East", "Jane Roe")}


def test_a_title_is_joined_with_the_name_right_behind_wherever_the_parse_hung_it(known):
    assert holders(HUNG_ELSEWHERE, known) == {("director", "Jane Roe")}


@pytest.mark.parametrize(("table", "holder"), [(SUCCEEDS, "Jane Roe"), (ELECTS, "John Doe")])
def test_as_describes_the_subject_of_some_verbs_and_the_object_of_others(known, table, holder):
    assert holders(table, known) == {("president", holder)}


def test_a_secretary_of_state_is_one_office(known):
    extraction, text = read(SECRETARY, known)
    assert [m.text for m in extraction.mentions] == ["Secretary of State"]
    assert [office.title.of(text) for office in extraction.offices] == ["Secretary of State"]


def test_a_profession_is_held_like_an_office(known):
    extraction, _ = read(PROFESSION, known)
    title = known.cues.title(extraction.offices[0].lemma)
    assert title is not None
    assert title.makes_position
    assert not known.cues.title("father").makes_position
