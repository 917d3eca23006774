"""Trees out of scores: well-formed whatever the scores say, and the best of the well-formed ones."""

import itertools

import numpy as np
import pytest

from kgbuild.annotate.trees import best_tree, find_cycle


def is_tree(heads):
    return np.count_nonzero(heads == 0) == 1 and not find_cycle(heads)


def brute_force(scores):
    count = len(scores)
    best, found = -np.inf, None
    for heads in itertools.product(range(count + 1), repeat=count):
        array = np.array(heads)
        if any(h == n + 1 for n, h in enumerate(heads)) or not is_tree(array):
            continue
        total = sum(scores[n, h] for n, h in enumerate(heads))
        if total > best:
            best, found = total, array
    return best, found


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("seed", range(8))
def test_the_best_tree_with_one_root_is_found(count, seed):
    scores = np.random.default_rng(seed).normal(size=(count, count + 1)) * 3
    heads = best_tree(scores)
    best, _ = brute_force(scores)
    assert is_tree(heads)
    assert sum(scores[n, h] for n, h in enumerate(heads)) == pytest.approx(best)


@pytest.mark.parametrize("seed", range(20))
def test_long_random_scores_give_a_tree(seed):
    heads = best_tree(np.random.default_rng(seed).normal(size=(40, 41)).astype(np.float32))
    assert is_tree(heads)


def test_many_wished_roots_become_one():
    scores = np.zeros((4, 5))
    scores[:, 0] = [9, 10, 9, 9]
    heads = best_tree(scores)
    assert is_tree(heads)
    assert heads[1] == 0


def test_a_cycle_is_broken_at_its_cheapest_arc():
    scores = np.full((2, 3), -5.0)
    scores[0, 2] = scores[1, 1] = 5.0  # each wants the other
    scores[0, 0], scores[1, 0] = 1.0, 2.0
    assert best_tree(scores).tolist() == [2, 0]


def test_no_words_no_tree():
    assert best_tree(np.zeros((0, 1))).shape == (0,)


def test_find_cycle_names_its_words():
    assert sorted(find_cycle(np.array([2, 3, 1, 0]))) == [1, 2, 3]
    assert find_cycle(np.array([0, 1, 2])) == []
