"""Short news written for these tests, read with the pipeline that ships: who is who, who does what, who says so."""

from functools import cache
from pathlib import Path

import pytest

from kgbuild.model import Interpretation
from kgbuild.paths import models_dir
from kgbuild.resolve import resolve
from tests.interpret.test_examples import KNOWLEDGE, MODEL, read

pytestmark = pytest.mark.skipif(
    not Path(models_dir(), MODEL).is_dir(), reason="the trained pipeline is not in this checkout"
)

read_once = cache(lambda text: read(text, KNOWLEDGE))


def chains(text: str) -> set[frozenset[str]]:
    """Give the texts of each chain of the article."""
    extraction = read_once(text).extraction
    return {frozenset(extraction.mentions[m].text for m in chain.mentions) for chain in extraction.chains}


def labels(said: Interpretation, ids: tuple[str, ...]) -> set[str]:
    """Give the names of entities."""
    entities = resolve([said.extraction], KNOWLEDGE).entities
    return {entities[one].label for one in ids if one in entities}


def role(text: str, event_class: str, name: str) -> set[str]:
    """Give who has a role in the only event of a class."""
    said = read_once(text)
    (event,) = [one for one in said.events if one.event_class == event_class]
    return labels(said, getattr(event, name))


SUDAN = (
    "Sudan's army and the paramilitary Rapid Support Forces (RSF) resumed talks in Jeddah on Thursday. "
    "Both sides refused to withdraw their fighters. The RSF praised Qatar and Oman."
)


def test_an_acronym_is_what_the_article_calls_so():
    assert frozenset({"Rapid Support Forces", "RSF"}) <= next(one for one in chains(SUDAN) if "RSF" in one)
    elsewhere = resolve([read_once("RSF praised the court.").extraction], KNOWLEDGE).entities
    assert "Reporters Without Borders" in {one.label for one in elsewhere.values()}


def test_what_begins_with_a_country_is_not_what_the_country_is_short_for():
    text = "The US Senate voted on Monday. The US denied it."
    assert not any({"US", "US Senate"} <= chain for chain in chains(text))


def test_an_unnamed_person_is_met_again():
    text = "A suicide bomber killed ten people in Kabul. Guards had stopped the bomber at the gate."
    assert frozenset({"suicide bomber", "bomber"}) in chains(text)


def test_both_sides_are_those_named_side_by_side_shortly_before():
    assert role(SUDAN, "Refuse", "actor") == {"Sudanese Army", "Rapid Support Forces"}


def test_two_countries_are_not_a_pair_that_only_follows():
    text = (
        "Serbia recalled its ambassador to Kosovo on Monday. Kosovo condemned Serbia. NATO called on both countries "
        "to show restraint. Russia and China blocked a resolution."
    )
    assert role(text, "Appeal", "recipient") == {"Serbia", "Kosovo"}


def test_the_two_leaders_are_the_two_who_were_just_named():
    text = (
        "President Felix Tshisekedi met President Paul Kagame in Doha. The two leaders urged Belgium to send aid. "
        "They thanked Qatar."
    )
    assert role(text, "Appeal", "actor") == {"Felix Tshisekedi", "Paul Kagame"}


def test_a_name_is_joined_with_the_one_it_is_also_known_by():
    text = "Police arrested Joaquin Guzman, known as El Chapo, in Mexico. El Chapo escaped."
    assert frozenset({"Joaquin Guzman", "El Chapo"}) in chains(text)


def test_three_side_by_side_are_meant_together():
    text = "Hamas released ten hostages. Germany, Britain and Canada urged their citizens to leave Lebanon."
    said = read_once(text)
    owners = {labels(said, (one.object,)).pop() for one in said.relations if "citizens" in one.subject}
    assert "Hamas" not in owners


def test_a_pronoun_means_none_that_its_verb_has_for_subject():
    text = "Chinese ships rammed two Philippine boats and fired water cannons at them on Saturday."
    assert frozenset({"two Philippine boats", "them"}) in chains(text)


def test_negotiators_of_several_countries_are_none_of_them_alone():
    text = "Negotiators from Qatar, Egypt and the United States met in Rome."
    entities = resolve([read_once(text).extraction], KNOWLEDGE).entities.values()
    assert not any("delegation" in one.label for one in entities)


def test_a_body_is_known_without_its_place():
    text = "The International Criminal Court in The Hague ruled. The International Criminal Court convicted him."
    assert frozenset({"International Criminal Court"}) in chains(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Kosovo dismissed ethnic Albanian mayors on Monday.", "Albania"),
        ("Rebels fired rockets at the Israeli-occupied Golan Heights.", "Israel"),
        ("Kosovo closed Serb-majority municipalities.", "Serbia"),
    ],
)
def test_a_people_and_who_holds_a_place_own_nothing(text: str, wrong: str):
    said = read_once(text)
    assert not any(wrong in labels(said, (one.object,)) for one in said.relations)


def test_a_dateline_does_nothing():
    assert role("BELGRADE — Serbian authorities arrested three officers on Wednesday.", "Detain", "actor") == {
        "Serbian authorities"
    }


def test_who_is_accused_did_what_the_gerund_says_and_what_follows_from_it():
    text = "Hemedti accused the army of bombing a market in El Fasher on Tuesday, killing at least 32 people."
    assert role(text, "Attack", "actor") == role(text, "Kill", "actor") == {"army"}


def test_who_is_asked_is_to_do_it_and_who_stands_by_does_nothing():
    assert role("The president ordered the army to help the police.", "Aid", "actor") == {"army"}
    assert role("Iran vowed that Tehran would stand by Lebanon.", "Support", "actor") == {"Iran"}


def test_what_one_warns_of_may_have_happened():
    said = read_once("The agency warned that Sudan had blocked its convoys.")
    (event,) = [one for one in said.events if one.event_class == "Coerce"]
    assert event.modality.value == "actual"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Every truck matters, Samantha Reyes said.", "Every truck matters"),
        ('"There will be no truce," General Burhan told troops.', "There will be no truce"),
        ("The UN said more than 300 people had been killed.", "more than 300 people had been killed"),
    ],
)
def test_a_claim_begins_where_its_clause_does(text: str, wanted: str):
    (claim,) = read_once(text).claims
    assert claim.text is not None
    assert claim.text.of(text) == wanted


def test_a_source_is_cited_for_what_it_is_cited_for():
    text = "Serbia will recall its ambassador from Tirana, the broadcaster RTS reported, citing unnamed officials."
    said = read_once(text)
    (cited,) = [one for one in said.claims if "cite" in one.evidence.rules[0]]
    assert cited.text is not None
    assert cited.text.of(text).startswith("Serbia will recall its ambassador")


def test_a_source_behind_a_relative_clause_speaks_for_that_clause():
    text = (
        "The strike hit Gaza, where more than 39,000 people have been killed since the war began, "
        "according to health officials."
    )
    (claim,) = read_once(text).claims
    assert claim.text is not None
    assert claim.text.of(text).startswith("where more than 39,000 people have been killed")


def test_who_claims_an_island_claims_that_nothing_is_so():
    assert read_once("Vietnam and Malaysia also claim the island.").claims == ()
    assert read_once("Vietnam claims that the island is empty.").claims != ()


def test_a_noun_of_several_words_is_looked_up_as_one():
    said = read_once("State television reported that Mali had expelled the envoy.")
    (claim,) = said.claims
    assert labels(said, claim.speaker) == {"State television"}


def test_a_part_of_something_is_looked_through():
    assert {"Retreat", "Sanction"} == {
        one.event_class for one in read_once("The bloc lifted most of its sanctions in July.").events
    }


def test_a_relative_clause_in_the_plural_is_about_all_before_it():
    text = "China and Russia, which have blocked new sanctions, left the hall."
    assert role(text, "Coerce", "actor") == {"China", "Russia"}


def test_the_army_is_no_rebels_army():
    text = "The National Liberation Army abducted a footballer. The army blamed the rebels."
    assert not any({"National Liberation Army", "army"} <= chain for chain in chains(text))


def test_a_group_with_a_name_of_its_own_takes_up_no_other():
    text = "The Catholic Church praised the deal. Petro was a member of the M-19 group."
    assert not any("Catholic Church" in chain and len(chain) > 1 for chain in chains(text))


def test_the_words_of_one_event_are_not_two():
    events = read_once("Troops opened fire on protesters in Moura.").events
    assert [one.event_class for one in events] == ["Attack"]


def test_a_ship_acts_for_whose_it_is():
    text = "Chinese ships rammed two boats near the shoal on Saturday."
    assert role(text, "Attack", "actor") == {"China"}


def test_nobody_suffers_what_he_does_to_himself():
    assert role("A man blew himself up in Kabul.", "Attack", "recipient") == set()


def test_who_asks_is_not_asked():
    text = "The council met at the request of France."
    said = read_once(text)
    (request,) = [one for one in said.events if one.event_class == "Request"]
    assert "France" in labels(said, request.actor)
    assert request.recipient == ()


def test_witnesses_are_somebody():
    (claim,) = read_once("Witnesses said the bomber had been stopped.").claims
    assert labels(read_once("Witnesses said the bomber had been stopped."), claim.speaker) == {"Witnesses"}


def test_two_sentences_parted_by_a_semicolon_are_not_said_by_one_another():
    text = "Human rights groups fear abuses; Kenyan police have been criticised for shooting protesters."
    said = read_once(text)
    (accused,) = [one for one in said.events if one.event_class in {"Accuse", "Condemn"}]
    assert not any(accused.id in claim.content for claim in said.claims)


def test_a_title_with_a_body_in_it_belongs_to_the_body():
    said = read_once("UN Secretary-General António Guterres left.")
    (position,) = said.positions
    assert labels(said, position.of) == {"United Nations"}
