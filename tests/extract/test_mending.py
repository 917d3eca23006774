"""Parses that parsers of news get wrong again and again, put right one construction at a time."""

import pytest

from kgbuild.extract.clauses import find_frames
from kgbuild.extract.passage import Passage
from tests.extract.test_clauses import sides
from tests.parses import doc_of

SAID = "Mood=Ind|Tense=Past|VerbForm=Fin"
REPORTING = frozenset({"say", "add", "tell", "announce", "allege", "comment", "accuse"})


def told(table: str, *, heading: bool = False) -> tuple[str, dict[str, frozenset[tuple[str, str]]]]:
    """Give the sides of each frame by its word, with verbs that report known."""
    passage = Passage(doc_of(table), 0, heading)
    frames = find_frames((passage,), (), {"reporting": REPORTING, "verb": frozenset(), "noun": frozenset()})
    found = {frame.trigger.of(passage.text): frozenset(sides(passage.text, frame)) for frame in frames}
    return passage.text, found


def test_who_stands_before_a_report_at_the_end_says_it():
    _, found = told(
        f"""
        Drones drone NOUN 2 nsubj
        hit hit VERB 11 ccomp {SAID}
        a a DET 4 det
        depot depot NOUN 2 obj
        , , PUNCT 6 punct
        wounding wound VERB 2 advcl VerbForm=Ger
        34 34 NUM 6 obj
        , , PUNCT 6 punct
        governor governor NOUN 6 nsubj
        Syniehubov Syniehubov PROPN 9 flat
        said say VERB 0 root {SAID}
        """
    )
    assert ("subject", "governor") in found["said"]
    assert ("subject", "governor") not in found["wounding"]


def test_several_stand_before_a_report():
    _, found = told(
        f"""
        Rebels rebel NOUN 2 nsubj
        met meet VERB 0 root {SAID}
        resistance resistance NOUN 2 obj
        from from ADP 5 case
        troops troop NOUN 3 nmod
        , , PUNCT 7 punct
        residents resident NOUN 5 conj
        and and CCONJ 10 cc
        an an DET 10 det
        officer officer NOUN 5 conj
        said say VERB 2 parataxis {SAID}
        """
    )
    assert {("subject", "residents"), ("subject", "officer")} <= found["said"]
    assert ("from", "officer") not in found["resistance"]


@pytest.mark.parametrize(("before", "takes"), [("in in ADP", True), ("on on ADP", False)])
def test_a_statement_only_holds_what_is_said_and_reports_do_not(before: str, takes: bool):
    _, found = told(
        f"""
        Leaders leader NOUN 2 nsubj
        said say VERB 0 root {SAID}
        {before} 4 case
        statements statement NOUN 2 obl
        that that SCONJ 7 mark
        votes vote NOUN 7 nsubj
        counted count VERB 4 acl {SAID}
        """
    )
    assert (("clause", "counted") in found["said"]) == takes


def test_evidence_that_is_not_offered_is_not_what_tells():
    _, found = told(
        f"""
        Dodon Dodon PROPN 2 nsubj
        alleged allege VERB 0 root {SAID}
        without without SCONJ 4 mark
        offering offer VERB 2 advcl VerbForm=Ger
        evidence evidence NOUN 4 obj
        that that SCONJ 8 mark
        votes vote NOUN 8 nsubj
        vanished vanish VERB 5 acl {SAID}
        """
    )
    assert ("clause", "vanished") in found["alleged"]


@pytest.mark.parametrize(("comma", "holder"), [("now now ADV 5 advmod", "said"), (", , PUNCT 5 punct", "attacked")])
def test_what_stands_before_a_report_belongs_to_it_unless_a_comma_follows(comma: str, holder: str):
    _, found = told(
        f"""
        In in ADP 2 case
        July July PROPN 7 obl
        , , PUNCT 2 punct
        ministers minister NOUN 5 nsubj
        said say VERB 0 root {SAID}
        {comma}
        attacked attack VERB 5 ccomp {SAID}
        """
    )
    assert ("in", "July") in found[holder]


def test_what_is_added_is_added_to_the_report():
    _, found = told(
        f"""
        Jets jet NOUN 2 nsubj
        left leave VERB 0 root {SAID}
        , , PUNCT 6 punct
        the the DET 5 det
        ministry ministry NOUN 6 nsubj
        said say VERB 2 parataxis {SAID}
        , , PUNCT 8 punct
        adding add VERB 2 advcl VerbForm=Ger
        that that SCONJ 11 mark
        ships ship NOUN 11 nsubj
        stayed stay VERB 8 ccomp {SAID}
        """
    )
    assert ("subject", "ministry") in found["adding"]


def test_a_past_tense_is_not_coordinated_with_a_modal_below_a_report():
    _, found = told(
        f"""
        Lai Lai PROPN 2 nsubj
        said say VERB 0 root {SAID}
        peace peace NOUN 5 nsubj
        could could AUX 5 aux VerbForm=Fin
        wait wait VERB 2 ccomp VerbForm=Inf
        and and CCONJ 7 cc
        announced announce VERB 5 conj {SAID}
        that that SCONJ 10 mark
        spending spending NOUN 10 nsubj
        rose rise VERB 7 ccomp {SAID}
        """
    )
    assert ("subject", "Lai") in found["announced"]
    assert ("clause", "announced") not in found["said"]


def test_who_bars_somebody_accuses():
    _, found = told(
        f"""
        Judges judge NOUN 2 nsubj
        barred bar VERB 0 root {SAID}
        parties party NOUN 2 obj
        from from SCONJ 5 mark
        voting vote VERB 2 advcl VerbForm=Ger
        , , PUNCT 7 punct
        accusing accuse VERB 5 advcl VerbForm=Ger
        them they PRON 7 obj
        """
    )
    assert ("subject", "Judges") in found["accusing"]


def test_an_active_verb_is_no_passive():
    _, found = told(
        """
        Judges judge NOUN 2 nsubj:pass
        sentenced sentence VERB 0 root Tense=Past|VerbForm=Part|Voice=Pass
        the the DET 4 det
        mayor mayor NOUN 2 obl:agent
        to to ADP 6 case
        years year NOUN 2 obl
        """
    )
    assert {("subject", "Judges"), ("object", "mayor")} <= found["sentenced"]


def test_a_passive_may_lack_its_auxiliary():
    _, found = told(
        f"""
        Sites site NOUN 3 nsubj:pass
        were be AUX 3 aux:pass {SAID}
        hit hit VERB 0 root Tense=Past|VerbForm=Part|Voice=Pass
        and and CCONJ 6 cc
        people people NOUN 6 nsubj
        killed kill VERB 3 conj {SAID}
        """
    )
    assert ("object", "people") in found["killed"]
    assert ("subject", "people") not in found["killed"]


def test_a_bare_number_is_a_subject_of_its_own():
    _, found = told(
        f"""
        People people NOUN 2 nsubj
        died die VERB 0 root {SAID}
        and and CCONJ 7 cc
        over over ADV 5 advmod
        3,100 3,100 NUM 7 obl
        were be AUX 7 aux:pass {SAID}
        injured injure VERB 2 conj Tense=Past|VerbForm=Part|Voice=Pass
        """
    )
    assert ("object", "People") not in found["injured"]
    assert ("object", "3,100") in found["injured"]


def test_pending_is_a_preposition():
    _, found = told(
        f"""
        Mayor mayor NOUN 2 nsubj
        jailed jail VERB 0 root {SAID}
        pending pending ADJ 4 amod
        trial trial NOUN 2 obj
        """
    )
    assert ("object", "Mayor") in found["jailed"]
    assert ("pending", "trial") in found["jailed"]


def test_whom_one_speaks_with_hangs_on_the_verb():
    _, found = told(
        f"""
        Guterres Guterres PROPN 2 nsubj
        spoke speak VERB 0 root {SAID}
        by by ADP 4 case
        telephone telephone NOUN 2 obl
        with with ADP 6 case
        generals general NOUN 4 nmod
        """
    )
    assert ("with", "generals") in found["spoke"]


def test_who_is_suspected_does_what_he_is_suspected_of():
    _, found = told(
        f"""
        Police police NOUN 2 nsubj
        arrested arrest VERB 0 root {SAID}
        men man NOUN 2 obj
        suspected suspect VERB 3 acl Tense=Past|VerbForm=Part|Voice=Pass
        of of SCONJ 6 mark
        spying spy VERB 3 acl VerbForm=Ger
        """
    )
    assert ("subject", "men") in found["spying"]


def test_a_relative_pronoun_stands_for_the_whole_clause():
    _, found = told(
        f"""
        Zelensky Zelensky PROPN 9 nsubj
        , , PUNCT 5 punct
        who who PRON 7 nsubj PronType=Rel
        was be AUX 5 cop {SAID}
        due due ADJ 1 acl:relcl
        to to PART 7 mark
        meet meet VERB 5 advcl VerbForm=Inf
        Merz Merz PROPN 7 obj
        left leave VERB 0 root {SAID}
        """
    )
    assert ("subject", "Zelensky") in found["meet"]


def test_a_good_parse_is_left_alone():
    _, found = told(
        f"""
        Kyiv Kyiv PROPN 2 nsubj
        said say VERB 0 root {SAID}
        troops troop NOUN 4 nsubj
        left leave VERB 2 ccomp {SAID}
        """
    )
    assert found["said"] == {("subject", "Kyiv"), ("clause", "left")}
    assert found["left"] == {("subject", "troops")}


def test_what_is_said_of_somebody_hangs_on_who_says_it():
    _, found = told(
        f"""
        Russia Russia PROPN 2 nsubj
        freed free VERB 0 root {SAID}
        children child NOUN 2 obj
        whom whom PRON 8 nsubj:pass PronType=Rel
        Kyiv Kyiv PROPN 6 nsubj
        says say VERB 3 acl:relcl Mood=Ind|Tense=Pres|VerbForm=Fin
        were be AUX 8 aux:pass {SAID}
        abducted abduct VERB 3 acl:relcl Tense=Past|VerbForm=Part|Voice=Pass
        """
    )
    assert ("clause", "abducted") in found["says"]
    assert ("object", "children") in found["abducted"]


def test_a_report_at_the_end_is_no_adjunct():
    _, found = told(
        f"""
        Uribe Uribe PROPN 2 nsubj
        died die VERB 0 root {SAID}
        , , PUNCT 6 punct
        his his PRON 5 nmod:poss
        wife wife NOUN 6 nsubj
        announced announce VERB 2 advcl {SAID}
        """
    )
    assert {("subject", "wife"), ("clause", "died")} <= found["announced"]


def test_what_remains_so_is_told_of_what_remains():
    _, found = told(
        f"""
        Modi Modi PROPN 2 nsubj
        said say VERB 0 root {SAID}
        Delhi Delhi PROPN 4 nsubj
        remained remain VERB 2 ccomp {SAID}
        committed commit VERB 2 ccomp Tense=Past|VerbForm=Part
        to to ADP 7 case
        peace peace NOUN 5 obl
        """
    )
    assert ("clause", "committed") not in found["said"]


def test_a_number_behind_and_does_not_count_what_stands_before():
    _, found = told(
        f"""
        people people NOUN 3 nsubj:pass
        were be AUX 3 aux:pass {SAID}
        killed kill VERB 0 root Tense=Past|VerbForm=Part|Voice=Pass
        and and CCONJ 6 cc
        1,300 1,300 NUM 1 nummod
        injured injure VERB 3 conj Tense=Past|VerbForm=Part|Voice=Pass
        """
    )
    assert ("object", "1,300") in found["injured"]
    assert ("object", "people") not in found["injured"]


@pytest.mark.parametrize(("heading", "side"), [(True, "object"), (False, "subject")])
def test_a_headline_is_passive_without_saying_so(heading: bool, side: str):
    _, found = told(
        f"""
        men man NOUN 2 nsubj
        charged charge VERB 0 root {SAID}
        over over ADP 4 case
        heist heist NOUN 2 obl
        """,
        heading=heading,
    )
    assert (side, "men") in found["charged"]


@pytest.mark.parametrize(
    ("second", "named"),
    [("a a DET 5 det\nsetback setback NOUN 2 obj", True), ("in in ADP 5 case\nMay May PROPN 2 obl", False)],
)
def test_what_something_is_called_is_no_object(second: str, named: bool):
    _, found = told(
        f"""
        It it PRON 2 nsubj
        called call VERB 0 root {SAID}
        arrests arrest NOUN 2 obj
        {second}
        """
    )
    assert ("object", "arrests") in found["called"]
    assert (("complement", "setback") in found["called"]) is named
    assert ("object", "setback") not in found["called"]


@pytest.mark.parametrize(("urged", "lender"), [("it it PRON", False), ("donors donor NOUN", True)])
def test_nobody_urges_himself(urged: str, lender: bool):
    """Who is weak may urge donors, and does not urge itself: that is who said so."""
    _, found = told(
        f"""
        Kyiv Kyiv PROPN 2 nsubj
        said say VERB 0 root {SAID}
        Brussels Brussels PROPN 5 nsubj
        was be AUX 5 cop
        weak weak ADJ 2 ccomp
        and and CCONJ 7 cc
        urged urge VERB 5 conj {SAID}
        {urged} 7 obj
        """
    )
    assert (("subject", "Brussels") in found["urged"]) is lender
    assert (("subject", "Kyiv") in found["urged"]) is not lender
