"""Lemma scripts undo themselves and carry over to unseen words."""

import pytest

from kgbuild.annotate.lemmas import apply_script, script_for

PAIRS = [
    ("Soldiers", "soldier"),
    ("were", "be"),
    ("NATO", "NATO"),
    ("KYIV", "Kyiv"),
    ("agreed", "agree"),
    ("better", "good"),
    ("States", "State"),
    ("'s", "be"),
    ("n't", "not"),
    ("1,000", "1000"),
    ("“", '"'),
    ("an", "a"),
    ("İstanbul", "İstanbul"),
    ("ran", "run"),
]


@pytest.mark.parametrize(("word", "lemma"), PAIRS)
def test_a_script_gives_the_lemma_that_it_was_made_from(word, lemma):
    assert apply_script(word, script_for(word, lemma)) == lemma


def test_a_script_carries_over():
    assert apply_script("vetoed", script_for("agreed", "agree")) == "vetoe"
    assert apply_script("Drones", script_for("Soldiers", "soldier")) == "drone"


def test_a_script_too_long_for_its_word_still_gives_something():
    assert apply_script("Go", "l|5|") == "go"
    assert apply_script("Go", "l|5|be") == "be"
