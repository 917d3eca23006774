"""Where names begin and end and what they name, on hand-built parses."""

import pytest

from kgbuild import knowledge
from kgbuild.extract import extract
from kgbuild.model import MentionKind
from tests.parses import doc_of, document_of

RULER = """
Villagers villager NOUN 2 nsubj Number=Plur
fled flee VERB 0 root Tense=Past
the the DET 5 det
Assad Assad PROPN 5 compound Number=Sing B-ORG
regime^ regime NOUN 2 obj Number=Sing
. . PUNCT 2 punct
"""

SHIP = """
HMS HMS PROPN 2 compound Number=Sing B-PERSON
Ocean Ocean PROPN 3 nsubj Number=Sing I-PERSON
left^ leave VERB 0 root Tense=Past
. . PUNCT 3 punct
"""

RESOLUTION = """
They they PRON 2 nsubj
praised praise VERB 0 root Tense=Past
UN UN PROPN 5 compound Number=Sing B-ORG
Security Security PROPN 5 compound Number=Sing I-ORG
Council Council PROPN 6 compound Number=Sing I-ORG
Resolution Resolution PROPN 2 obj Number=Sing
2254^ 2254 NUM 6 nummod
. . PUNCT 2 punct
"""

CUT = """
The the DET 2 det
Government Government PROPN 5 nsubj Number=Sing B-ORG
of of ADP 4 case
Iraq Iraq PROPN 2 nmod Number=Sing B-GPE
agreed^ agree VERB 0 root Tense=Past
. . PUNCT 5 punct
"""

HYPHENED = """
The the DET 3 det
counter-ISIL counter-ISIL ADJ 3 amod _ B-EVENT
coalition coalition NOUN 4 nsubj Number=Sing
met^ meet VERB 0 root Tense=Past
. . PUNCT 4 punct
"""

NO_EVENT = """
Homeopathy Homeopathy PROPN 4 nsubj Number=Sing B-EVENT
is be AUX 4 cop
no no DET 4 det
science^ science NOUN 0 root Number=Sing
. . PUNCT 4 punct
"""


@pytest.fixture(scope="module")
def known() -> knowledge.Knowledge:
    return knowledge.load()


@pytest.mark.parametrize(
    ("table", "names"),
    [
        (RULER, {("Assad", "Person")}),
        (SHIP, {("HMS Ocean", "Weapon")}),
        (RESOLUTION, {("UN Security Council Resolution 2254", "Document")}),
        (CUT, {("Government of Iraq", "Organization")}),
        (HYPHENED, {("ISIL", "Organization")}),
        (NO_EVENT, set()),
    ],
)
def test_names_are_cut_and_classed(known, table, names):
    doc = doc_of(table)
    document = document_of(doc)
    found = [m for m in extract(document, [doc], known).mentions if m.kind is MentionKind.NAME and not m.hidden]
    assert {(m.text, str(m.type)) for m in found} == names
    assert all(m.where.of(document.text) == m.text for m in found)
