"""Members of plurals take part; nouns are placed and done where the verb around them is."""

from dataclasses import replace

import pytest

from kgbuild.model import EntityType
from tests.interpret.scenes import Scene, event, names

COUNTRY, GROUP = EntityType.COUNTRY, EntityType.GROUP


def attack(text: str) -> Scene:
    scene = Scene(text).thing(GROUP, "allies", named=False).thing(COUNTRY, "Norland").thing(COUNTRY, "Sudland")
    return scene.frame("attacked", "attack", "verb", (("subject", "allies"), ("object", "Sudland")), tense="past")


@pytest.mark.parametrize(
    ("kind", "lemma", "number", "joined"),
    [
        ("preposition", "including", "", True),
        ("preposition", "with", "plural", False),
        ("predicate", "", "plural", True),
        ("list", "", "singular", False),
    ],
)
def test_members_of_a_plural_take_part_where_it_does(kind: str, lemma: str, number: str, joined: bool) -> None:
    scene = attack("Their allies including Norland attacked Sudland.").link(kind, "allies", "Norland", lemma)
    scene.mentions[0] = replace(scene.mentions[0], number=number)
    found = event(scene.read(), "attacked")
    assert ("Norland" in names(found.actor)) is joined
    assert names(found.recipient) == ["Sudland"]


def test_who_is_joined_to_a_participle_by_a_hyphen_does_it() -> None:
    scene = Scene("They shelled Norland-held towns.").thing(COUNTRY, "Norland").thing(GROUP, "towns", named=False)
    scene.frame("held", "hold", "verb", (("object", "towns"),), tense="past", rules=("participle",))
    said = scene.read()
    assert all(names(one.actor) == ["Norland"] for one in said.events)


def test_a_noun_is_done_and_placed_by_the_verb_around_it() -> None:
    scene = Scene("Norland escalated its bombardment in Sudland.").thing(COUNTRY, "Norland").thing(COUNTRY, "Sudland")
    scene.frame("bombardment", "bombardment", "noun")
    scene.frame("escalated", "escalate", "verb", (("subject", "Norland"), ("object", "bombardment"), ("in", "Sudland")))
    found = event(scene.read(), "bombardment")
    assert names(found.actor) == ["Norland"]
    assert names(found.place) == ["Sudland"]


def test_people_suffer_where_they_stand() -> None:
    scene = Scene("Norland killed villagers in Sudland.").thing(COUNTRY, "Norland")
    scene.thing(GROUP, "villagers", named=False).thing(COUNTRY, "Sudland").link(
        "preposition", "villagers", "Sudland", "in"
    )
    scene.frame("killed", "kill", "verb", (("subject", "Norland"), ("object", "villagers")), tense="past")
    assert names(event(scene.read(), "killed").place) == ["Sudland"]


def test_a_country_elects() -> None:
    scene = Scene("They follow the Norland election.").thing(COUNTRY, "Norland")
    scene.frame("election", "election", "noun", (("modifier", "Norland"),))
    assert names(event(scene.read(), "election").actor) == ["Norland"]


@pytest.mark.parametrize(("told", "follows"), [(3, True), (2, False)])
def test_an_event_without_a_doer_follows_the_others_of_its_heading(told: int, follows: bool) -> None:
    lemmas = {"attacked": "attack", "bombed": "bomb", "shelled": "shell"}
    words, others = list(lemmas)[:told], ["Sudland", "Eastland", "Westland"][:told]
    text = " ".join(f"Norland {word} {other}." for word, other in zip(words, others, strict=True))
    scene = Scene(f"{text} A raid followed.").thing(COUNTRY, *(f"Norland#{n + 1}" for n in range(told)))
    for n, (word, other) in enumerate(zip(words, others, strict=True)):
        scene.thing(COUNTRY, other)
        sides = (("subject", f"Norland#{n + 1}"), ("object", other))
        scene.frame(word, lemmas[word], "verb", sides, tense="past")
    scene.frame("raid", "raid", "noun", rules=("indefinite",))
    found = event(scene.read(), "raid")
    assert names(found.actor) == (["Norland"] if follows else [])
    assert found.recipient == ()
