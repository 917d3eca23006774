"""A small network over named traits: one hidden layer beside a plain sum, four scores a pair.

A pair has a set of traits; each trait is a row of weights, so that the hidden layer's input is a sum of rows. The rows
are stored as whole numbers from -127 to 127 with one scale a column. NumPy runs it; `training/` makes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Network:
    """Hold the weights.

    Attributes:
        rows: trait -> its row.
        weights: a row a trait: what it adds to each hidden unit, then what it adds to each score.
        bias: what the hidden units and scores start from, in the same order.
        outer: hidden units x scores.
    """

    rows: Mapping[str, int]
    weights: Array
    bias: Array
    outer: Array

    def scores(self, sums: Array) -> Array:
        """Give the log odds of every pair, one row each, from the sums of its traits' rows."""
        start = sums + self.bias
        hidden = np.maximum(start[:, : len(self.outer)], 0.0)
        found: Array = hidden @ self.outer + start[:, len(self.outer) :]
        return found


def read_network(path: Path) -> Network:
    """Read a network from a file of arrays: `names`, `weights` (int8), `scale`, `bias`, `outer`."""
    with np.load(path) as arrays:
        names = [str(name) for name in arrays["names"]]
        weights = arrays["weights"].astype(np.float32) * arrays["scale"]
        bias, outer = arrays["bias"].astype(np.float32), arrays["outer"].astype(np.float32)
    return Network({name: row for row, name in enumerate(names)}, weights.astype(np.float32), bias, outer)
