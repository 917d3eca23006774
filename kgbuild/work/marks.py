"""Counting different lines without holding them."""

from array import array
from hashlib import blake2b

import numpy as np

_MOST_NEW = 1 << 17


class Marks:
    """Count different lines by marks of eight bytes each; what is held grows with the different ones alone.

    Two of a billion lines have one mark with a probability of three in a hundred; the count would be one too low.
    """

    def __init__(self) -> None:
        self._known = np.zeros(0, dtype=np.uint64)
        self._new = array("Q")

    def add(self, line: bytes) -> None:
        """Take note of a line."""
        self._new.append(int.from_bytes(blake2b(line, digest_size=8).digest()))
        if len(self._new) >= _MOST_NEW:
            self._merge()

    def _merge(self) -> None:
        self._known = np.union1d(self._known, np.asarray(self._new, dtype=np.uint64))
        self._new = array("Q")

    def __len__(self) -> int:
        self._merge()
        return len(self._known)
