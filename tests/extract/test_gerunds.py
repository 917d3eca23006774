"""Who does what a gerund or an infinitive says, and where a clause begins."""

import pytest

from tests.extract.test_clauses import frames_of, sides

ACCUSED = """
Hemedti Hemedti PROPN 2 nsubj
accused accuse VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
the the DET 4 det
army army NOUN 2 obj
of of SCONJ 6 mark
bombing bomb VERB 4 acl VerbForm=Ger
markets market NOUN 6 obj
, , PUNCT 9 punct
killing kill VERB 2 advcl VerbForm=Ger
ten ten NUM 9 obj
"""


@pytest.mark.parametrize("hangs", ["4 acl", "2 advcl"])
def test_who_is_accused_does_what_the_gerunds_behind_say(hangs: str):
    text, frames = frames_of(ACCUSED.replace("bombing bomb VERB 4 acl", f"bombing bomb VERB {hangs}"))
    assert ("of", "bombing") in sides(text, frames["accused"])
    assert ("subject", "army") in sides(text, frames["bombing"])
    assert ("subject", "army") in sides(text, frames["killing"])
    plain = ACCUSED.replace("accused accuse", "left leave")
    text, frames = frames_of(plain)
    assert ("subject", "Hemedti") in sides(text, frames["killing"])


@pytest.mark.parametrize(("verb", "wanted"), [("ordered order", "army"), ("left leave", "Ruto")])
def test_who_is_asked_does_it_though_the_parse_takes_it_for_an_aim(verb: str, wanted: str):
    text, frames = frames_of(
        f"""
        Ruto Ruto PROPN 2 nsubj
        {verb} VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
        the the DET 4 det
        army army NOUN 2 obj
        to to PART 6 mark
        help help VERB 2 advcl VerbForm=Inf
        """
    )
    assert ("subject", wanted) in sides(text, frames["help"])


def test_a_clause_begins_with_its_first_word_and_not_with_what_introduces_it():
    text, frames = frames_of(
        """
        said say VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
        that that SCONJ 6 mark
        all all DET 4 det
        trucks truck NOUN 6 nsubj
        would would AUX 6 aux VerbForm=Fin
        leave leave VERB 1 ccomp VerbForm=Inf
        """
    )
    assert frames["leave"].begin == text.index("all")
    assert frames["trucks"].begin is None
