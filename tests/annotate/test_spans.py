"""Names out of scores: no I- without its beginning, none over a sentence's start."""

import numpy as np
import pytest

from kgbuild.annotate.spans import best_labels, follows

LABELS = ("O", "B-PERSON", "I-PERSON", "B-GPE", "I-GPE")


def scores_for(*best):
    scores = np.zeros((len(best), len(LABELS)))
    for n, label in enumerate(best):
        scores[n, LABELS.index(label)] = 2.0
    return scores


def is_sound(labels, starts):
    before = "O"
    for label, start in zip(labels, starts, strict=True):
        if label.startswith("I-") and (start or before[2:] != label[2:]):
            return False
        before = label
    return True


def test_a_sound_greedy_choice_stays():
    wanted = ["O", "B-PERSON", "I-PERSON", "O", "B-GPE", "B-GPE"]
    assert best_labels(scores_for(*wanted), LABELS, [True] + [False] * 5) == wanted


def test_an_inner_label_gets_its_beginning():
    scores = scores_for("O", "I-PERSON", "I-PERSON")
    scores[1, LABELS.index("B-PERSON")] = 1.9
    assert best_labels(scores, LABELS, [True, False, False]) == ["O", "B-PERSON", "I-PERSON"]


def test_no_name_goes_on_over_a_sentence_start():
    labels = best_labels(scores_for("B-GPE", "I-GPE"), LABELS, [True, True])
    assert labels[1] != "I-GPE"


def test_the_first_word_never_goes_on():
    assert best_labels(scores_for("I-GPE"), LABELS, [False]) != ["I-GPE"]


@pytest.mark.parametrize("seed", range(30))
def test_random_scores_give_sound_labels(seed):
    rng = np.random.default_rng(seed)
    starts = [True, *(rng.random(24) < 0.1).tolist()]
    labels = best_labels(rng.normal(size=(25, len(LABELS))).astype(np.float32), LABELS, starts)
    assert is_sound(labels, starts)


def test_nothing_gives_nothing():
    assert best_labels(np.zeros((0, len(LABELS))), LABELS, []) == []


def test_types_do_not_mix():
    allowed = follows(LABELS)
    assert allowed[LABELS.index("B-GPE"), LABELS.index("I-GPE")]
    assert not allowed[LABELS.index("B-GPE"), LABELS.index("I-PERSON")]
    assert not allowed[LABELS.index("O"), LABELS.index("I-PERSON")]
