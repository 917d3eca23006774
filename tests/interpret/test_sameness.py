"""Which mentions tell one event."""

import pytest

from kgbuild.model import EntityType
from tests.interpret.scenes import Scene, event, names

COUNTRY, PERSON = EntityType.COUNTRY, EntityType.PERSON


def parties(text: str) -> Scene:
    """Begin a scene in which two countries are named twice."""
    return Scene(text).thing(COUNTRY, "Chile", "Chile#2").thing(COUNTRY, "Peru", "Peru#2")


@pytest.mark.parametrize(("headline", "told"), [("TRUCE", [2, 1]), ("Nothing", [1, 1])])
def test_what_its_headline_told_is_told_as_new_once(headline: str, told: list[int]):
    scene = parties(f"{headline}\nChile and Peru want a truce.\nChile and Peru may sign another truce.")
    if headline.isupper():
        scene.frame(headline, "truce", "noun", heading=True)
    for number in ("", "#2"):
        sides = (("between", f"Chile{number}"), ("between", f"Peru{number}"))
        scene.frame(f"truce{number}", "truce", "noun", sides=sides, rules=("indefinite",))
    assert [len(one.evidence.where) for one in scene.read().events] == told


@pytest.mark.parametrize(("between", "events"), [("and", 1), ("and may", 2)])
def test_two_verbs_side_by_side_tell_one_event(between: str, events: int):
    scene = Scene(f"Chile will degrade {between} defeat Peru.").thing(COUNTRY, "Chile").thing(COUNTRY, "Peru")
    scene.frame("degrade", "degrade", sides=(("subject", "Chile"), ("object", "Peru")), rules=("shared-object",))
    scene.frame("defeat", "defeat", sides=(("subject", "Chile"), ("object", "Peru")), rules=("shared-subject",))
    assert len(scene.read().events) == events


@pytest.mark.parametrize(("second", "events"), [("Peru#2", 1), ("Cuba", 2)])
def test_a_meeting_with_another_party_is_another_meeting(second: str, events: int):
    text = f"Anna met Peru. Anna met {second.partition('#')[0]}."
    scene = Scene(text).thing(PERSON, "Anna", "Anna#2")
    scene = (
        scene.thing(COUNTRY, "Peru", "Peru#2") if events == 1 else scene.thing(COUNTRY, "Peru").thing(COUNTRY, "Cuba")
    )
    scene.frame("met", "meet", sides=(("subject", "Anna"), ("object", "Peru")), tense="past")
    scene.frame("met#2", "meet", sides=(("subject", "Anna#2"), ("object", second)), tense="past")
    assert len(scene.read().events) == events


def test_a_meeting_and_what_is_discussed_there_are_one_event():
    scene = Scene("Anna met Peru and later discussed trade.").thing(PERSON, "Anna").thing(COUNTRY, "Peru")
    scene.frame("met", "meet", sides=(("subject", "Anna"), ("object", "Peru")), tense="past")
    scene.frame("discussed", "discuss", sides=(("subject", "Anna"),), tense="past", rules=("shared-subject",))
    assert len(scene.read().events) == 1


@pytest.mark.parametrize(("rules", "events"), [(("pointing",), 1), ((), 2)])
def test_a_noun_that_points_back_names_the_event_before(rules: tuple[str, ...], events: int):
    scene = Scene("Chile raided Peru. These strikes went on.").thing(COUNTRY, "Chile").thing(COUNTRY, "Peru")
    scene.frame("raided", "bombard", sides=(("subject", "Chile"), ("object", "Peru")), tense="past")
    scene.frame("strikes", "strike", "noun", rules=rules)
    assert len(scene.read().events) == events


@pytest.mark.parametrize(("verb", "lemma", "wanted"), [("confirmed", "confirm", []), ("won", "win", ["Anna"])])
def test_who_confirms_an_agreement_has_not_made_it(verb: str, lemma: str, wanted: list[str]):
    scene = Scene(f"Anna {verb} the agreement.").thing(PERSON, "Anna").frame("agreement", "agreement", "noun")
    scene.frame(verb, lemma, sides=(("subject", "Anna"), ("object", "agreement")), tense="past")
    assert names(event(scene.read(), "agreement").actor) == wanted


@pytest.mark.parametrize(("noun", "wanted"), [("war", []), ("attack", ["Anna"])])
def test_who_ends_a_war_does_not_fight_it(noun: str, wanted: list[str]):
    scene = Scene(f"Anna ended the {noun}.").thing(PERSON, "Anna").frame(noun, noun, "noun")
    scene.frame("ended", "end", sides=(("subject", "Anna"), ("object", noun)), tense="past")
    assert names(event(scene.read(), noun).actor) == wanted
