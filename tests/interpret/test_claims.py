from dataclasses import replace

import pytest

from kgbuild.model import Claim, EntityType, Interpretation, Where
from tests.interpret.scenes import Scene, event, names

PERSON, COUNTRY, CITY, GROUP = EntityType.PERSON, EntityType.COUNTRY, EntityType.CITY, EntityType.GROUP


def claim(said: Interpretation) -> Claim:
    assert len(said.claims) == 1, said.claims
    return said.claims[0]


def attack(text: str) -> Scene:
    """Begin a scene in which Chile attacks Lima."""
    scene = Scene(text).thing(COUNTRY, "Chile").thing(CITY, "Lima")
    return scene.frame("attacked", "attack", sides=(("subject", "Chile"), ("object", "Lima")), tense="past")


def test_an_indirect_report_has_speaker_hearer_content_and_text():
    scene = attack("Anna told reporters that Chile attacked Lima.").thing(PERSON, "Anna")
    scene.thing(GROUP, "reporters", named=False)
    sides = (("subject", "Anna"), ("indirect", "reporters"), ("clause", "attacked"))
    said = scene.frame("told", "tell", sides=sides, tense="past").read()
    found = claim(said)
    assert (names(found.speaker), names(found.addressee)) == (["Anna"], ["reporters"])
    assert found.content == (event(said, "attacked").id,)
    assert found.evidence.where == (scene.at("told"),)
    assert found.text is not None
    assert found.text.of(said.document.text) == "Chile attacked Lima"


def test_a_quotation_is_kept_and_its_events_are_the_content():
    scene = attack("“Chile attacked Lima,” Anna said.").thing(PERSON, "Anna")
    said = scene.frame("said", "say", sides=(("subject", "Anna"),), tense="past").read()
    found = claim(said)
    assert [where.of(said.document.text) for where in found.quotations] == ["Chile attacked Lima,"]
    assert found.content == (event(said, "attacked").id,)


def test_a_quotation_cut_off_from_its_cue_is_still_its_own():
    scene = attack("“Chile attacked Lima,” Anna told reporters.").thing(PERSON, "Anna")
    scene.frame("told", "tell", sides=(("subject", "Anna"),), tense="past")
    begin = scene.at("Anna").begin
    scene.frames[-1] = replace(scene.frames[-1], sentence=Where(begin, len(scene.text)))
    said = scene.read()
    found = claim(said)
    assert [where.of(said.document.text) for where in found.quotations] == ["Chile attacked Lima,"]
    assert found.content == (event(said, "attacked").id,)


def test_a_bare_report_keeps_the_sentence_in_which_somebody_speaks():
    scene = Scene("Anna told reporters.").thing(PERSON, "Anna")
    found = claim(scene.frame("told", "tell", sides=(("subject", "Anna"),), tense="past").read())
    assert found.content == found.quotations == ()
    assert found.text == Where(0, len("Anna told reporters."))


def test_a_quotation_that_runs_on_belongs_to_the_cue_before():
    scene = attack("“This is true,” Anna said. “Chile attacked Lima.”").thing(PERSON, "Anna")
    said = scene.frame("said", "say", sides=(("subject", "Anna"),), tense="past").read()
    assert len(claim(said).quotations) == 2
    assert claim(said).content == (event(said, "attacked").id,)


def test_according_to_needs_no_verb():
    scene = attack("Chile attacked Lima, according to the minister Anna.").thing(PERSON, "Anna")
    said = scene.read()
    assert names(claim(said).speaker) == ["Anna"]
    assert claim(said).content == (event(said, "attacked").id,)
    assert claim(said).evidence.where[0].of(said.document.text) == "according"


def test_allegedly_is_a_claim_of_nobody_named():
    scene = Scene("Chile allegedly attacked Lima.").thing(COUNTRY, "Chile").thing(CITY, "Lima")
    sides = (("subject", "Chile"), ("adverb", "allegedly"), ("object", "Lima"))
    said = scene.frame("attacked", "attack", sides=sides, tense="past").read()
    assert claim(said).speaker == ()
    assert claim(said).content == (event(said, "attacked").id,)


def test_a_verb_that_is_an_event_is_a_claim_only_with_a_clause():
    bare = Scene("Anna warned Chile.").thing(PERSON, "Anna").thing(COUNTRY, "Chile")
    bare.frame("warned", "warn", sides=(("subject", "Anna"), ("object", "Chile")), tense="past")
    assert bare.read().claims == ()
    scene = attack("Anna warned that Chile attacked Lima.").thing(PERSON, "Anna")
    scene.frame("warned", "warn", sides=(("subject", "Anna"), ("clause", "attacked")), tense="past")
    assert names(claim(scene.read()).speaker) == ["Anna"]


def test_going_on_with_a_deed_is_no_report():
    scene = Scene("Chile continued to shell Lima.").thing(COUNTRY, "Chile").thing(CITY, "Lima")
    scene.frame("shell", "shell", sides=(("subject", "Chile"), ("object", "Lima")), auxiliaries=("to",))
    said = scene.frame("continued", "continue", sides=(("subject", "Chile"), ("clause", "shell")), tense="past").read()
    assert said.claims == ()


def test_the_medium_is_kept():
    scene = attack("Anna wrote on Telegram that Chile attacked Lima.").thing(PERSON, "Anna")
    sides = (("subject", "Anna"), ("on", "Telegram"), ("clause", "attacked"))
    assert claim(scene.frame("wrote", "write", sides=sides, tense="past").read()).medium == "Telegram"


def test_a_speaker_that_the_parse_lost_is_read_from_its_place():
    scene = attack("“Chile attacked Lima,” said Anna.").thing(PERSON, "Anna")
    assert names(claim(scene.frame("said", "say", tense="past").read()).speaker) == ["Anna"]


def test_the_speaker_is_not_the_medium_behind_the_verb():
    scene = attack("Chile attacked Lima, an aide, Anna, said on Telegram.")
    scene.thing(PERSON, "Anna").thing(EntityType.ORGANIZATION, "Telegram")
    assert names(claim(scene.frame("said", "say", tense="past").read()).speaker) == ["Anna"]


def test_a_report_may_trail_what_it_reports():
    scene = attack("Chile attacked Lima on Monday and Tuesday morning, Interfax reported.")
    scene.thing(EntityType.ORGANIZATION, "Interfax")
    said = scene.frame("reported", "report", sides=(("subject", "Interfax"),), tense="past").read()
    assert names(claim(said).speaker) == ["Interfax"]


def test_what_a_speaker_says_to_hope_is_no_second_claim():
    scene = attack("Anna said she hoped that Chile attacked Lima.").thing(PERSON, "Anna").thing(PERSON, "she")
    scene.frame("hoped", "hope", sides=(("subject", "she"), ("clause", "attacked")), tense="past")
    said = scene.frame("said", "say", sides=(("subject", "Anna"), ("clause", "hoped")), tense="past").read()
    assert [found.evidence.where[0].of(said.document.text) for found in said.claims] == ["said"]


def test_an_order_is_no_report():
    scene = Scene("Lima was told to shell Chile.").thing(COUNTRY, "Chile").thing(CITY, "Lima")
    scene.frame("shell", "shell", sides=(("object", "Chile"),), auxiliaries=("to",))
    said = scene.frame("told", "tell", sides=(("object", "Lima"), ("clause", "shell")), tense="past").read()
    assert said.claims == ()


def before(text: str) -> Scene:
    """Begin a scene in which Anna says something, and what follows tells that Chile attacked Lima."""
    scene = attack(text).thing(PERSON, "Anna")
    return scene.frame("said", "say", sides=(("subject", "Anna"),), tense="past")


@pytest.mark.parametrize(
    ("following", "said"),
    [
        ("Chile attacked Lima. All fled.", "Chile attacked Lima. All fled."),
        ("All fled.\nWe saw that Chile attacked Lima.\nIt rained.", "All fled.\nWe saw that Chile attacked Lima."),
        ("- All fled.\n- Chile attacked Lima.\nIt rained.", "- All fled.\n- Chile attacked Lima."),
    ],
    ids=["the first paragraph", "up to the last that speaks of itself", "a list"],
)
def test_what_follows_a_colon_at_the_end_of_a_paragraph_is_said(following: str, said: str):
    told = before(f"Anna said:\n{following}").read()
    found = claim(told)
    assert found.content == (event(told, "attacked").id,)
    assert found.text is not None
    assert found.text.of(told.document.text) == said


@pytest.mark.parametrize(
    "following",
    ["All fled.\nChile attacked Lima.", "I fled.\nNEWS\nWe know that Chile attacked Lima."],
    ids=["what comes later", "what comes after a headline"],
)
def test_a_statement_has_an_end(following: str):
    assert claim(before(f"Anna said:\n{following}").read()).content == ()


def test_a_speaker_who_is_reported_again_has_ended_the_statement():
    scene = before("Anna said:\nI fled.\nAnna told us that Chile attacked Lima.").thing(PERSON, "Anna#2")
    scene.chains[-2:] = [replace(scene.chains[-2], mentions=(*scene.chains[-2].mentions, *scene.chains[-1].mentions))]
    sides = (("subject", "Anna#2"), ("clause", "attacked"))
    said = scene.frame("told", "tell", sides=sides, tense="past").read()
    first, second = said.claims
    assert first.content == ()
    assert second.content == (event(said, "attacked").id,)


def test_quotations_go_on_for_as_long_as_paragraphs_begin_with_a_mark():
    said = before("Anna said:\n“All fled.\n“Chile attacked Lima.”\nIt rained.").read()
    found = claim(said)
    assert [where.of(said.document.text) for where in found.quotations] == ["All fled.", "Chile attacked Lima."]
    assert found.content == (event(said, "attacked").id,)
    assert found.text is None


def test_who_released_the_following_statement_says_what_follows():
    scene = attack("Anna released the following statement:\nChile attacked Lima.").thing(PERSON, "Anna")
    scene.frame("statement", "statement", "noun", sides=(("modifier", "following"),))
    said = scene.frame("released", "release", sides=(("subject", "Anna"), ("object", "statement")), tense="past").read()
    found = claim(said)
    assert (names(found.speaker), found.content) == (["Anna"], (event(said, "attacked").id,))
    assert found.evidence.where == (scene.at("statement"),)


def test_who_did_not_say_it_makes_no_claim():
    scene = attack("Anna did not say whether Chile attacked Lima.").thing(PERSON, "Anna")
    sides = (("subject", "Anna"), ("clause", "attacked"))
    assert scene.frame("say", "say", sides=sides, negated=True, tense="past").read().claims == ()


def test_a_book_written_by_somebody_says_nothing():
    scene = Scene("The book written by Anna sold.").thing(PERSON, "Anna").frame("book", "book", "noun")
    sides = (("subject", "Anna"), ("object", "book"))
    assert scene.frame("written", "write", sides=sides, rules=("passive", "participle")).read().claims == ()


def test_a_reason_inside_what_is_said_is_said_too():
    scene = Scene("Anna said Chile attacked Lima since Lima condemned Chile.").thing(COUNTRY, "Chile")
    scene.thing(CITY, "Lima").thing(PERSON, "Anna")
    scene.frame("condemned", "condemn", sides=(("subject", "Lima"), ("object", "Chile")), tense="past")
    sides = (("subject", "Chile"), ("object", "Lima"), ("since", "condemned"))
    scene.frame("attacked", "attack", sides=sides, tense="past")
    said = scene.frame("said", "say", sides=(("subject", "Anna"), ("clause", "attacked")), tense="past").read()
    assert set(claim(said).content) == {event(said, "attacked").id, event(said, "condemned").id}


def test_an_adverb_takes_back_no_more_than_its_own_event():
    scene = attack("Chile allegedly condemned Lima after Chile attacked Lima.")
    sides = (("subject", "Chile"), ("object", "Lima"), ("adverb", "allegedly"), ("after", "attacked"))
    said = scene.frame("condemned", "condemn", sides=sides, tense="past").read()
    assert claim(said).content == (event(said, "condemned").id,)
