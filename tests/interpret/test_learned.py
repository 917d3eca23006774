"""What the tagger adds to the lexicon's senses, and what the judge makes of roles, by hand-made numbers."""

import json
from pathlib import Path

import pytest

from kgbuild import knowledge
from kgbuild.interpret.article import Article, read_article
from kgbuild.interpret.events import find_events_by_rule
from kgbuild.interpret.features import ROLES
from kgbuild.interpret.judge import Judge, read_judge, settle_roles
from kgbuild.interpret.learned import ADD, weigh
from kgbuild.interpret.pairs import candidates
from kgbuild.interpret.scene import Scene
from kgbuild.interpret.senses import find_senses
from kgbuild.model import (
    Chain,
    Document,
    Entity,
    EntityType,
    Extraction,
    Filler,
    Frame,
    Mention,
    MentionKind,
    Resolution,
    Where,
)

TEXT = "Norland blorped Sudland. The Eastland army attacked Westland."
KNOWN = knowledge.load()
NEVER = (2.0,) * len(ROLES)


def place(words: str) -> Where:
    begin = TEXT.index(words)
    return Where(begin, begin + len(words))


def article(learned: tuple[tuple[str, float], ...] | None) -> Article:
    """Make an article with a word that nobody knows and one that the lexicon knows."""
    sentences = (Where(0, 24), Where(25, len(TEXT)))
    names = ["Norland", "Sudland", "Eastland", "Westland"]
    mentions = tuple(
        Mention(place(n), n, MentionKind.NAME, EntityType.COUNTRY, place(n), n.lower(), sentences[i // 2])
        for i, n in enumerate(names)
    )
    frames = (
        Frame(
            place("blorped"),
            "blorp",
            "verb",
            sentences[0],
            (Filler("subject", place("Norland"), 0), Filler("object", place("Sudland"), 1)),
            tense="past",
            learned=learned,
        ),
        Frame(
            place("attacked"),
            "attack",
            "verb",
            sentences[1],
            (Filler("subject", place("Eastland"), 2), Filler("object", place("Westland"), 3)),
            tense="past",
            learned=None if learned is None else (),
        ),
    )
    chains = tuple(Chain((i,), EntityType.COUNTRY, n, True) for i, n in enumerate(names))
    whole = Extraction("article/x", sentences, mentions, chains, frames=frames)
    document = Document("article/x", "x.txt", TEXT, "0" * 64, (), sentences)
    entities = {f"country/{n}": Entity(f"country/{n}", EntityType.COUNTRY, n) for n in names}
    entity_of = {("article/x", i): f"country/{n}" for i, n in enumerate(names)}
    return read_article(document, whole, Resolution(entities, entity_of), KNOWN)


@pytest.mark.parametrize(
    ("learned", "heard"),
    [
        (None, False),
        ((), False),
        ((("Assault", ADD - 0.1),), False),
        ((("Assault", ADD), ("Coerce", 0.1)), True),
        ((("Nonsense", 0.99),), False),
    ],
)
def test_a_word_that_the_lexicon_passes_over_is_an_event_where_the_tagger_is_sure(
    learned: tuple[tuple[str, float], ...] | None, heard: bool
) -> None:
    read = article(learned)
    senses = weigh(read, find_senses(read))
    assert (0 in senses) is heard
    assert senses[1].entry.event_class == "Attack"
    if heard:
        assert senses[0].entry.event_class == "Assault"
        assert (senses[0].entry.id, senses[0].heard) == ("assault", True)


def test_a_heard_event_takes_the_roles_of_its_heading() -> None:
    found = find_events_by_rule(article((("Assault", 0.9),)))
    first = found.events[0]
    assert (first.actor, first.recipient) == (("country/Norland",), ("country/Sudland",))


def test_without_tagger_or_judge_roles_stay_as_they_are() -> None:
    drop = Judge((-9.0,) * 4, {}, (0.5,) * 4, NEVER)
    for read, judge in ((article(None), drop), (article(()), None)):
        found = find_events_by_rule(read)
        assert settle_roles(read, found.events, found.id_of, judge) is found.events


def test_the_judge_drops_what_is_unlikely_and_says_so() -> None:
    read = article(())
    found = find_events_by_rule(read)
    judge = Judge((0.0,) * 4, {"r=recipient": (0.0, -9.0, 0.0, 0.0)}, (0.4,) * 4, NEVER)
    (event,) = settle_roles(read, found.events, found.id_of, judge)
    assert event.actor == ("country/Eastland",)
    assert event.recipient == ()
    assert "learned-roles" in event.evidence.rules


def test_the_judge_adds_what_is_likely() -> None:
    read = article(())
    found = find_events_by_rule(read)
    judge = Judge((-9.0,) * 4, {"gap=1": (9.5, 0.0, 0.0, 0.0)}, (0.0,) * 4, (0.6,) * 4)
    (event,) = settle_roles(read, found.events, found.id_of, judge)
    assert event.actor == ("country/Eastland", "country/Norland", "country/Sudland")


def test_the_judge_makes_nobody_both_doer_and_sufferer() -> None:
    read = article(())
    found = find_events_by_rule(read)
    judge = Judge((1.0, 3.0, -9.0, -9.0), {}, (0.0,) * 4, (0.6,) * 4)
    (event,) = settle_roles(read, found.events, found.id_of, judge)
    assert not set(event.actor) & set(event.recipient)
    assert "country/Sudland" in event.recipient


def test_features_tell_sides_distance_and_what_the_rules_said() -> None:
    read = article(())
    found = find_events_by_rule(read)
    scene = Scene(read, found.events, found.id_of)
    told = {thing.id: set(features) for thing, features in candidates(scene, found.events[0])}
    assert {"s=subject", "r=actor", "gap=0", "h=Assault"} <= told["country/Eastland"]
    assert {"s=object", "r=recipient"} <= told["country/Westland"]
    assert {"gap=1", "r=none"} <= told["country/Norland"]


def test_a_judge_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "roles.json"
    path.write_text(
        json.dumps({"bias": [0, 0, 0, 0], "keep": [0, 0, 0, 0], "add": [1, 1, 1, 1], "weights": {"a": [1, 0, 0, -1]}}),
        encoding="utf-8",
    )
    judge = read_judge(path)
    assert judge.weights == {"a": (1.0, 0.0, 0.0, -1.0)}
    assert judge.bias == judge.keep == (0.0,) * 4
    assert judge.add == (1.0,) * 4
    assert judge.network is None
