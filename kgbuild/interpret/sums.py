"""Sums of rows of weights: what a pair's names come to, worked out once for all pairs of which the same is said.

A *mark* is a function that names things and what it names them by: `(distance, 0, 1)` stands for all that
`distance(0, 1)` names. Pairs of event and thing share most of their marks, within an article and across articles; so
the names of a mark are spelled, looked up and added up when it is first met, and from then on it is a number. No
two marks of one pair may share a name, for it would count twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

Mark = tuple[Any, ...]
"""A function that gives names, then its arguments."""
ROOM = 1000
"""For how many marks there is room before the table grows."""


def spell(marks: Iterable[Mark]) -> list[str]:
    """Name all that some marks stand for."""
    return [name for mark in marks for name in mark[0](*mark[1:])]


class Sums(dict[Mark, int]):
    """Number marks: `sums[mark]` is a row of a table, which holds the sum of what its names weigh.

    The table begins with a row of nothing and the weights themselves; behind them the sums of marks are added in the
    order in which they are met. What a mark comes to does not depend on that order, to the last bit.
    """

    def __init__(self, rows: Mapping[str, int], weights: NDArray[Any]) -> None:
        """Start with no marks.

        Args:
            rows: name -> its row of weights.
            weights: a row a name.
        """
        super().__init__()
        self._rows, self._used = {name: row + 1 for name, row in rows.items()}, len(weights) + 1
        self._table = np.zeros((self._used + ROOM, weights.shape[1]), weights.dtype)
        self._table[1 : self._used] = weights
        self._new: list[list[int]] = []
        self._lock = Lock()

    def __missing__(self, mark: Mark) -> int:
        """Number a mark that is met for the first time; it is added up when totals are next asked for."""
        known = list(dict.fromkeys(filter(None, map(self._rows.get, mark[0](*mark[1:])))))
        if len(known) < 2:
            number = known[0] if known else 0
        else:
            with self._lock:
                number = self._used + len(self._new)
                self._new.append(known)
        self[mark] = number
        return number

    def totals(self, bags: Sequence[Sequence[int]]) -> NDArray[Any]:
        """Add up the rows of each of some bags of numbers, a row a bag."""
        with self._lock:
            end = self._used + len(self._new)
            if end > len(self._table):
                more = np.zeros((end, self._table.shape[1]), self._table.dtype)
                self._table = np.concatenate([self._table, more])
            self._table[self._used : end] = self._add_up(self._new)
            self._used, self._new = end, []
        return self._add_up(bags)

    def _add_up(self, bags: Sequence[Sequence[int]]) -> NDArray[Any]:
        table = self._table
        total: NDArray[Any] = np.zeros((len(bags), table.shape[1]), table.dtype)
        for column in zip_longest(*bags, fillvalue=0):
            total += table.take(column, axis=0)
        return total
