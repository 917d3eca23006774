"""Sorts more numbers than fit into memory: they go to files by their highest bits, and each file is sorted alone.

What is compared over a collection is written as 64-bit numbers, the thing shared in the upper half (a run of words) and
who has it in the lower (the number of an article), so that sorting brings together all that share something.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint64]

SCRATCH = "comparing-"
"""So begin the names of folders of temporary files."""

LIMIT = 1_000_000
"""So many numbers are held before they go to files: 8 MB, and twice as much again while they are sorted."""

_HALF_BITS = 32
_BUCKET_BITS = 8


class Scratch:
    """Give names for temporary files, in a folder that is made when the first is asked for and goes at the end.

    Args:
        parent: where the folder is made; None for where the system keeps such.
        limit: how many numbers each of the `Postings` that write here holds in memory.
    """

    def __init__(self, parent: Path | None = None, limit: int = LIMIT) -> None:
        self.limit = limit
        self._parent = parent
        self._folder: Path | None = None
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stack.close()

    def path(self, name: str) -> Path:
        """Say where a file of this name lies."""
        if self._folder is None:
            made = TemporaryDirectory(prefix=SCRATCH, dir=self._parent)
            self._folder = Path(self._stack.enter_context(made))
        return self._folder / name


class Postings:
    """Take 64-bit numbers in any order and give them back sorted, a bucket at a time.

    A bucket that is itself too large is cut again, down to numbers of one upper half, which are never parted.

    Args:
        scratch: where numbers go that are too many to hold.
        name: a name for the files, of its own.
        bits: in how many of their lowest bits the numbers differ, more than 32.
    """

    def __init__(self, scratch: Scratch, name: str, bits: int) -> None:
        self._scratch = scratch
        self._name = name
        self._shift = max(_HALF_BITS, bits - _BUCKET_BITS)
        self._held: list[Numbers] = []
        self._count = 0
        self._buckets: Counter[int] = Counter()

    def add(self, numbers: Numbers) -> None:
        """Take numbers; the array is kept and must not change."""
        if not len(numbers):
            return
        self._held.append(numbers)
        self._count += len(numbers)
        if self._count > self._scratch.limit:
            self._spill()

    def sorted(self) -> Iterator[Numbers]:
        """Give back all numbers, bucket by bucket, each bucket sorted and above the one before; once only."""
        if not self._buckets:
            if self._count:
                yield self._taken()
            return
        self._spill()
        for bucket, count in sorted(self._buckets.items()):
            path = self._path(bucket)
            if count > self._scratch.limit // 2 and self._shift > _HALF_BITS:
                yield from self._cut(path, count).sorted()
            else:
                numbers = np.fromfile(path, dtype=np.uint64)
                path.unlink()
                numbers.sort()
                yield numbers

    def _cut(self, path: Path, count: int) -> "Postings":
        """Cut a bucket that is too large into smaller ones."""
        smaller = Postings(self._scratch, path.name, self._shift)
        piece = max(1, self._scratch.limit // 2)
        with path.open("rb") as file:
            for _ in range(0, count, piece):
                smaller.add(np.fromfile(file, np.uint64, piece))
        path.unlink()
        return smaller

    def _taken(self) -> Numbers:
        """Hand out what is held, sorted."""
        numbers = np.concatenate(self._held)
        self._held, self._count = [], 0
        numbers.sort()
        return numbers

    def _spill(self) -> None:
        """Write what is held to the files of its buckets."""
        if not self._count:
            return
        numbers = self._taken()
        of = numbers >> np.uint64(self._shift)
        ends = [*(np.flatnonzero(of[1:] != of[:-1]) + 1).tolist(), len(numbers)]
        for begin, end in pairwise([0, *ends]):
            bucket = int(of[begin])
            self._buckets[bucket] += end - begin
            with self._path(bucket).open("ab") as file:
                numbers[begin:end].tofile(file)

    def _path(self, bucket: int) -> Path:
        """Name the file of a bucket."""
        return self._scratch.path(f"{self._name}-{bucket:x}")
