"""Who says what in short news written for these tests, and who did it, read with the pipeline that ships."""

from pathlib import Path

import pytest

from kgbuild.model import Claim
from kgbuild.paths import models_dir
from tests.interpret.test_examples import MODEL
from tests.interpret.test_news import chains, labels, read_once, role

pytestmark = pytest.mark.skipif(
    not Path(models_dir(), MODEL).is_dir(), reason="the trained pipeline is not in this checkout"
)


def said(text: str, cue: str) -> tuple[set[str], str | None]:
    """Give who says it, and what, of the only claim of a cue."""
    found = read_once(text)
    (claim,) = [one for one in found.claims if one.evidence.where[0].of(found.document.text) == cue]
    return labels(found, claim.speaker), told(claim, found.document.text)


def told(claim: Claim, text: str) -> str | None:
    """Give what a claim tells."""
    return None if claim.text is None else claim.text.of(text)


@pytest.mark.parametrize(
    ("text", "speakers", "what"),
    [
        (
            "Russian drones struck a bus depot in Kharkiv overnight, killing five people and wounding 34, regional "
            "governor Oleh Syniehubov said on Tuesday.",
            {"Oleh Syniehubov"},
            None,
        ),
        (
            "Russia's Defence Ministry, in its daily briefing, said its forces had hit a depot.",
            {"Ministry of Defence of Russia"},
            "its forces had hit a depot",
        ),
        (
            "U.S. President Donald Trump, who in July imposed a tariff on Brazilian goods over what he called a witch "
            "hunt, said he was very unhappy with the verdict.",
            {"Donald Trump"},
            "he was very unhappy with the verdict",
        ),
        (
            "Rebels marched into Bukavu on Sunday, meeting little resistance from government forces, residents and a "
            "Congolese officer said.",
            {"residents", "Congolese officer"},
            None,
        ),
        (
            "French President Emmanuel Macron, German Chancellor Friedrich Merz and Polish Prime Minister Donald Tusk "
            "said in a joint statement that the election had been free.",
            {"Emmanuel Macron", "Friedrich Merz", "Donald Tusk"},
            "the election had been free",
        ),
        (
            "Looters ransacked a World Food Programme warehouse in Goma, the UN agency said.",
            {"UN agency"},
            "Looters ransacked a World Food Programme warehouse in Goma",
        ),
        (
            "China's coast guard said that a confrontation had taken place but made no mention of a collision.",
            {"Chinese Coast Guard"},
            "a confrontation had taken place",
        ),
    ],
)
def test_who_says_what(text: str, speakers: set[str], what: str | None):
    found, words = said(text, "said")
    assert found == speakers
    assert what in (None, words)


def test_what_is_said_begins_with_its_article_or_number():
    assert said("Air India said that 169 Indian nationals were on the flight.", "said")[1] == (
        "169 Indian nationals were on the flight"
    )
    assert said("Luis Arce said no one was above the law.", "said")[1] == "no one was above the law"


def test_who_makes_something_clear_says_it():
    text = "General Stephen Townsend made it clear that the coalition would strike."
    assert said(text, "made") == ({"Stephen Townsend"}, "the coalition would strike")


def test_a_claim_is_its_owners_and_not_of_who_disputes_it():
    text = (
        "However, Medinsky disputed Ukrainian claims that Russia was involved in the abduction of children, accusing "
        "Kyiv of trying to make a show out of the issue."
    )
    assert said(text, "claims") == ({"Ukraine"}, "Russia was involved in the abduction of children")


def test_he_is_whom_the_main_clause_goes_on_about():
    text = (
        "Ahmed al-Sharaa told Fox News that he had no links with al Qaeda. Asked about Israel, which has bombed Syria "
        "since Bashar al-Assad was toppled last December, he said talks were difficult."
    )
    assert said(text, "said")[0] == {"Ahmed al-Sharaa"}


def test_each_of_two_reports_has_its_own_words():
    text = (
        "Several jets left, the ministry said, adding that it had deployed missile systems. Speaking to cadets in "
        "Kaohsiung, Lai Ching-te said peace could only be secured through strength and announced that defence spending "
        "would rise."
    )
    assert said(text, "adding")[1] == "it had deployed missile systems"
    assert said(text, "announced") == ({"Lai Ching-te"}, "defence spending would rise")


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Soldiers struck a day before the results of the election were to be announced.", "announced"),
        ("It was not clear who was shooting or whether anybody had been hurt.", "clear"),
        ("The package adds 117 vessels of Moscow's shadow fleet to the list.", "adds"),
        ("Benjamin Netanyahu blamed Germany for inciting hatred, a charge France rejected as outrageous.", "rejected"),
        ('Nikol Pashinyan hailed the release as "a triumph of diplomacy" and thanked Donald Trump.', "thanked"),
        ("Gustavo Petro expressed his condolences to the family.", "expressed"),
        ("The loan underscores the support of the United States for Iraq.", "underscores"),
        ("Islamic State continues to kill civilians in Mosul.", "continues"),
    ],
)
def test_what_says_nothing(text: str, cue: str):
    found = read_once(text)
    assert not [one for one in found.claims if one.evidence.where[0].of(found.document.text) == cue]


def test_who_cites_a_reason_says_the_reason():
    text = "The United States has sanctioned two oil companies, citing Moscow's lack of commitment to peace."
    assert said(text, "citing") == ({"United States"}, "Moscow's lack of commitment to peace")


def test_what_follows_a_source_is_not_the_sources():
    text = "Iran has enough uranium, according to the International Atomic Energy Agency, but arrested two inspectors."
    found = read_once(text)
    (claim,) = [one for one in found.claims if "reporting:according to" in one.evidence.rules]
    assert not claim.content


@pytest.mark.parametrize(
    ("text", "event", "part", "who"),
    [
        ("Yerevan has long been cautious. Armenia rejected that demand.", "Demand", "actor", set()),
        ("Hamas blamed Israel for what it called a strike on Rafah.", "Attack", "actor", set()),
        (
            "Indian forces attacked Lahore in retaliation for a massacre that killed 26 tourists near Pahalgam.",
            "Kill",
            "actor",
            set(),
        ),
        ("A court ordered the arrest of two men. Ekrem Imamoglu saw his arrest as a plot.", "Detain", "actor", set()),
        ("Dias escaped arrest in Bissau on Sunday.", "Detain", "recipient", {"Dias"}),
        (
            "President Volodymyr Zelenskiy, who was due to meet German Chancellor Friedrich Merz in Berlin, left Kyiv.",
            "Meet",
            "actor",
            {"Volodymyr Zelenskiy", "Friedrich Merz"},
        ),
        ("Police arrested three Ukrainian men suspected of spying for Moscow.", "Detain", "actor", {"Police"}),
        (
            "The authorities barred two pro-Russian parties from taking part, accusing them of illegal financing.",
            "Accuse",
            "actor",
            {"authorities"},
        ),
        (
            "Bolsonaro had approved a plan to assassinate Lula, his running mate Geraldo Alckmin and Justice Alexandre "
            "de Moraes.",
            "Kill",
            "recipient",
            {"Lula", "Geraldo Alckmin", "Alexandre de Moraes"},
        ),
        ("The Russian embassy in Berlin rejected the allegations as absurd.", "Reject", "actor", {"Russian embassy"}),
        ("Israel freed ten men. Hamas handed over three hostages to Egypt.", "Release", "actor", {"Israel", "Hamas"}),
        ("The United Nations left, and Britain said it would send food to Kabul.", "Aid", "actor", {"United Kingdom"}),
    ],
)
def test_who_does_it(text: str, event: str, part: str, who: set[str]):
    found = read_once(text)
    done = [labels(found, getattr(one, part)) for one in found.events if one.event_class == event]
    assert set().union(*done) == who


def test_what_is_done_besides_is_another_event():
    text = "Nikol Pashinyan hailed the accord and thanked Donald Trump."
    assert len([one for one in read_once(text).events if one.event_class == "Praise"]) == 2


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("The rebels took Goma at the end of January.", "CeaseFire"),
        ("Elias Rodriguez could face the death penalty.", "Kill"),
        ("The route had been shared in advance.", "Assault"),
        ("China hits back at the United States with tariffs.", "Attack"),
    ],
)
def test_what_is_no_event(text: str, event: str):
    assert event not in {one.event_class for one in read_once(text).events}


def test_it_is_open_whether_what_is_not_clear_happened():
    found = read_once("It was not clear whether anybody had been wounded in the attack.")
    assert all(one.polarity.value == "positive" for one in found.events)


@pytest.mark.parametrize(
    ("text", "other", "one"),
    [
        ("Nippon Steel bought a mill. The mayor praised Nippon.", "Nippon", "Nippon Steel"),
        ("The Azov battalion left Kyiv.", "Azov battalion", "Azov"),
        (
            "The militant group Hamas left. It fled. Israel hid. Human Rights Watch spoke to victims. The group left.",
            "group",
            "Human Rights Watch",
        ),
        (
            "Israel attacked Gaza. Hamas attacked Israel. Hamas fled, Israel said. Egypt, Qatar and Jordan urged both "
            "sides to talk.",
            "sides",
            "Hamas",
        ),
    ],
)
def test_what_names_the_same(text: str, other: str, one: str):
    assert any({one, other} <= chain for chain in chains(text))


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("The World Food Programme sent aid. He called on the world to help.", "World Food Programme", "world"),
        ("ECOWAS condemned it. Dias is safe, his party said.", "ECOWAS", "party"),
        ("Russia and Moldova met. Judges barred two pro-Russian parties.", "Moldova", "two pro-Russian parties"),
        ("Yaron Levy and Sarah Milgrim were killed. The suspect fled.", "Sarah Milgrim", "suspect"),
    ],
)
def test_what_names_something_else(text: str, one: str, other: str):
    assert not any({one, other} <= chain for chain in chains(text))


def test_a_title_does_not_begin_inside_a_name():
    found = read_once("European Commission President Ursula von der Leyen congratulated Moldova.")
    (position,) = found.positions
    assert position.title == "President"
    assert labels(found, position.of) == {"European Commission"}


@pytest.mark.parametrize(
    "text",
    [
        "It was the first visit by a Syrian leader to the White House. Ahmed al-Sharaa, the Syrian leader, was glad.",
        "Volker Turk, the UN human rights chief, said the strikes violated the law.",
    ],
)
def test_who_leads_neither_the_white_house_nor_the_united_nations(text: str):
    found = read_once(text)
    led = {label for one in found.relations if one.predicate == "leads" for label in labels(found, (one.object,))}
    assert not led & {"White House", "United Nations"}


def test_a_particle_is_no_bound():
    found = read_once("Armenia handed over 23 servicemen. Over 30 people died in Goma.")
    values = {(one.value, one.minimum) for one in found.quantities}
    assert values == {(23, None), (None, 30)}


def test_two_of_a_kind_are_no_pair_of_countries():
    text = "Russia and Moldova met. The authorities barred two pro-Russian parties from voting."
    assert role(text, "Coerce", "recipient") == {"two pro-Russian parties"}


def test_an_indefinite_noun_takes_up_nothing():
    text = "The ruling coalition collapsed on Tuesday. Geert Wilders wants a coalition with farmers."
    assert frozenset({"ruling coalition"}) in chains(text)


def test_a_quotation_is_of_the_word_before_it_and_keeps_its_marks():
    text = 'His lawyers called the sentence "absurdly excessive" and said they would appeal.'
    found = read_once(text)
    assert [told(one, text) for one in found.claims] == ['the sentence "absurdly excessive"', "they would appeal"]
    assert not any(one.quotations for one in found.claims)


def test_a_doubt_about_something_that_is_no_event_keeps_its_words():
    text = "Fishermen rescued 458 people, and the navy reportedly saw 259 more."
    (claim,) = read_once(text).claims
    assert (claim.content, told(claim, text)) == ((), "the navy reportedly saw 259 more")


def test_no_event_is_about_itself_over_another():
    found = read_once("The bank announces its intention to acquire its competitor in a government-brokered deal.")
    about = {event.id: set(event.theme) & {other.id for other in found.events} for event in found.events}
    assert not [one for one, themes in about.items() if any(one in about[theme] for theme in themes)]
    assert any(about.values())
