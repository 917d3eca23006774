"""Which body is meant in short news written for these tests, read with the pipeline that ships."""

from pathlib import Path

import pytest

from kgbuild.paths import models_dir
from tests.interpret.test_examples import MODEL
from tests.interpret.test_news import chains, labels, read_once
from tests.interpret.test_reports import said

pytestmark = pytest.mark.skipif(
    not Path(models_dir(), MODEL).is_dir(), reason="the trained pipeline is not in this checkout"
)


@pytest.mark.parametrize(
    "text",
    [
        "Russia's defence ministry said it had no comment.",
        "The Russian defence ministry said it had no comment.",
        "The defence ministry of Russia said it had no comment.",
    ],
)
def test_a_ministry_is_its_countrys_wherever_that_stands(text: str):
    assert said(text, "said")[0] == {"Ministry of Defence of Russia"}


def test_its_forces_are_those_of_whose_ministry_it_is():
    text = (
        "Ukraine said its forces held Pokrovsk. Special forces landed on Monday. The Russian defence ministry said its "
        "forces had captured the city of Kupiansk."
    )
    found = read_once(text)
    (seized,) = [one for one in found.events if one.event_class == "Seize"]
    assert labels(found, seized.actor) == {"Armed Forces of Russia"}


def test_ministries_of_two_countries_are_none_of_theirs():
    text = "Armenia and Azerbaijan met. The foreign ministries of the two countries said that they agreed."
    assert not any(label.endswith(" of") or "Affairs" in label for label in said(text, "said")[0])


@pytest.mark.parametrize(
    ("country", "party"), [("France", "Socialist Party"), ("Spain", "Spanish Socialist Workers' Party")]
)
def test_a_name_that_many_countries_have_is_known_by_the_country(country: str, party: str):
    text = f"The Socialist Party left the government of {country} on Monday. The Socialist Party said so."
    assert said(text, "said")[0] == {party}


def test_a_platform_is_nobody():
    text = "Greta and her friends are safe, Yuval Levi wrote on X, adding that they would leave Gaza."
    assert not any({"X", "they"} <= chain for chain in chains(text))


def test_who_is_called_something_did_not_do_it():
    found = read_once(
        'The Global Sumud Flotilla called the raid "a war crime". UN investigators called the attack genocidal.'
    )
    assert all(not one.actor for one in found.events if one.event_class == "Attack")


def test_a_capital_that_sanctions_are_put_on_is_its_country():
    found = read_once("Russia and China blocked new sanctions on Pyongyang.")
    (one,) = [event for event in found.events if event.event_class == "Sanction"]
    assert labels(found, one.recipient) == {"North Korea"}


def test_who_denies_something_besides_is_who_speaks():
    text = (
        "The general said that his troops were holding the city of Pokrovsk and denied Russian claims that it was lost."
    )
    found = read_once(text)
    (denied,) = [one for one in found.events if one.event_class == "Deny"]
    assert labels(found, denied.actor) == {"general"}
