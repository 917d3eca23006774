"""Adding up what marks stand for: once for all pairs, and to the last bit the same in whatever order they are met."""

from collections.abc import Iterator

import numpy as np

from kgbuild.interpret import sums
from kgbuild.interpret.sums import Sums, spell

ROWS = {"a=1": 0, "a=2": 1, "b=1": 2}
WEIGHTS = np.array([[0.1, 1.0], [0.2, 10.0], [0.3, 100.0]], dtype=np.float32)


def names(label: str, *facts: int) -> Iterator[str]:
    return (f"{label}={fact}" for fact in facts)


def test_a_mark_spells_its_names() -> None:
    assert spell([(names, "a", 1, 2), (names, "b", 1)]) == ["a=1", "a=2", "b=1"]


def test_a_mark_counts_each_of_its_names_once_and_unknown_ones_not() -> None:
    table = Sums(ROWS, WEIGHTS)
    found = table.totals([[table[names, "a", 1, 2, 1, 7]], [table[names, "c", 1]], [table[names, "b", 1]], []])
    assert found[:, 1].tolist() == [11.0, 0.0, 100.0, 0.0]
    assert found.dtype == np.float32


def test_bags_of_any_length_are_added_up() -> None:
    table = Sums(ROWS, WEIGHTS)
    one, other = table[names, "a", 1, 2], table[names, "b", 1]
    assert table.totals([[one, other], [other], [one]])[:, 1].tolist() == [111.0, 100.0, 11.0]
    assert table.totals([]).shape == (0, 2)


def test_what_a_mark_comes_to_does_not_depend_on_what_was_met_before() -> None:
    first, second = Sums(ROWS, WEIGHTS), Sums(ROWS, WEIGHTS)
    marks = [(names, "a", 1, 2), (names, "a", 2, 1), (names, "b", 1, 2)]
    bags = [[first[mark] for mark in marks]]
    again = [[second[mark] for mark in reversed(marks)][::-1]]
    assert first.totals(bags).tobytes() == second.totals(again).tobytes()


def test_there_is_room_for_any_number_of_marks() -> None:
    table = Sums(ROWS, WEIGHTS)
    many = range(3 * sums.ROOM)
    bags = [[table[names, "a", 1, 2, 10 + n]] for n in many]
    assert table.totals(bags)[:, 1].tolist() == [11.0 for _ in many]
    assert table[names, "a", 1, 2, 10] == bags[0][0]
