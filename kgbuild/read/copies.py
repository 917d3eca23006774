"""Finds the articles of a collection that repeat one another with small edits, block by block.

The rule goes through the articles in the order in which they are taken for originals. Each is held against those before
it that are no repeats and may be like it, and each such pair is counted exactly. May be alike: the sketches agree in a
band, two neighbouring values. Sixty-four bands find nine of ten pairs with a fifth of their runs in common.

An index into which each article is put after its turn, unless it is a repeat, would do; but it would hold all bands of
all articles. Here only the bands of one **block** are held. What stayed of former blocks lies in files, a file a band,
and is read past each block once. That gives the same pairs. Of former blocks, those in the files are those that were
put into the index. Those among them that became repeats since are passed over when their turn comes, here as there. Of
the block itself an index is kept. And the candidates of an article are taken in ascending order either way.

Most of these pairs agree in one band by chance. They are told by their whole sketches, one byte a value, before a text
is loaded. Of *a* and *b* runs, *a* the fewer, a copy has at least c = `COPY_SHARE` * a in common; then each value of
the sketches agrees with a chance of at least c / (a + b - c). Passed over are pairs that agree in so few of the 128
values that the chance of so few is at most `RISK` for a copy. Bytes that are equal where the values are not only add to
the count, so they only make more pairs be looked at. Where one text is far longer than the other, nothing is passed
over, since a copy within it may agree in as little as one band.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import comb

import numpy as np
import numpy.typing as npt

from kgbuild.read.postings import Numbers, Postings, Scratch
from kgbuild.read.traces import SKETCH_VALUES

COPY_SHARE = 0.6
"""So many of the runs of three words of an article stand in the one that it repeats."""

LEAST_BLOCK = 8_192
MOST_BLOCKS = 64
"""Of a large collection a block is as large as it takes to read the files no more often than this."""

RISK = 1e-9
"""The chance that a copy is passed over for its sketch."""

_BANDS = 64
_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_STEPS = 200
_SLICE = 1 << 19
_PAIRS = 1 << 15
_TABLE_BITS = 20
_LOW_BITS = 16
_LOW_MASK = np.uint32((1 << _LOW_BITS) - 1)

Places = npt.NDArray[np.intp]
RunsOf = Callable[[int], "array[int]"]


class Copies:
    """Find copies among articles, which are called by their number in the order of originals.

    Args:
        count: how many articles there are.
        runs_of: gives the runs of an article; asked only for those that are counted exactly.
        scratch: where bands go.
        least_block: how many articles are held at a time at least; the result does not depend on it.
    """

    def __init__(self, count: int, runs_of: RunsOf, scratch: Scratch, least_block: int = LEAST_BLOCK) -> None:
        self._original = np.full(count, -1, np.int32)
        self._sizes = np.zeros(count, np.uint32)
        self._bytes = np.zeros((count, SKETCH_VALUES), np.uint8)
        self._runs_of = runs_of
        self._scratch = scratch
        self._block = max(least_block, count // MOST_BLOCKS)
        self._waiting: list[tuple[int, bytes]] = []
        self._stayed = array("I")

    def add(self, number: int, size: int, sketch: bytes) -> None:
        """Take the next article, with the number of its runs; one without a sketch is no copy and has none."""
        if not sketch:
            return
        if len(self._waiting) == self._block:
            self._settle()
            self._keep()
        values = np.frombuffer(sketch, np.uint32)
        self._bytes[number] = values & np.uint32(0xFF)
        self._sizes[number] = size
        self._waiting.append((number, sketch))

    def found(self) -> dict[int, int]:
        """Tell which articles repeat which: number of the repeat -> number of one that repeats nothing itself."""
        self._settle()
        self._waiting = []
        repeats = np.flatnonzero(self._original >= 0).tolist()
        return {repeat: self._root(repeat) for repeat in repeats}

    def _root(self, number: int) -> int:
        """Follow repeats of repeats to the article that stays."""
        while (original := int(self._original[number])) >= 0:
            number = original
        return number

    def _settle(self) -> None:
        """Hold the articles of a block against those before, one after the other."""
        if not self._waiting:
            return
        numbers = np.array([number for number, _ in self._waiting], np.intp)
        bands = _bands([sketch for _, sketch in self._waiting])
        shared = _shared(bands)
        stayed: dict[int, list[int]] = defaultdict(list)
        former = self._former(numbers, bands)
        at, earlier = next(former, (-1, numbers[:0]))
        for place, number in enumerate(numbers.tolist()):
            groups = shared[place]
            beside = sorted({other for group in groups for other in stayed[group]})
            candidates = self._plausible(number, beside) if beside else []
            if at == place:
                candidates = earlier.tolist() + candidates
                at, earlier = next(former, (-1, numbers[:0]))
            self._compare(number, candidates)
            if self._original[number] < 0:
                for group in groups:
                    stayed[group].append(number)

    def _compare(self, number: int, candidates: Sequence[int]) -> None:
        """Note which of an article and its candidates before it repeats the other, if one does."""
        own: _Own | None = None
        for other in candidates:
            if self._original[number] >= 0:
                return
            if self._original[other] >= 0:
                continue
            own = _Own(self._runs_of(number)) if own is None else own
            runs = self._runs_of(other)
            common = own.common(runs, COPY_SHARE * min(own.count, len(runs)))
            if common >= COPY_SHARE * own.count:
                self._original[number] = other
            elif common >= COPY_SHARE * len(runs):
                self._original[other] = number

    def _plausible(self, number: int, others: Sequence[int]) -> list[int]:
        """Give those of *others* that an article may be like."""
        earlier = np.array(others, np.intp)
        found: list[int] = earlier[self._agree(earlier, np.full_like(earlier, number))].tolist()
        return found

    def _agree(self, earlier: Places, later: Places) -> npt.NDArray[np.bool_]:
        """Tell for which pairs a copy is not as good as ruled out by their sketches."""
        agreeing = np.count_nonzero(self._bytes[earlier] == self._bytes[later], axis=1)
        a, b = self._sizes[earlier].astype(float), self._sizes[later].astype(float)
        common = COPY_SHARE * np.minimum(a, b)
        step = (_STEPS * common / np.maximum(1.0, a + b - common)).astype(np.intp)
        enough: npt.NDArray[np.bool_] = (agreeing >= _least_agreeing()[step]) & (self._original[earlier] < 0)
        return enough

    def _keep(self) -> None:
        """Write the bands of those of a block that stay to the files, and forget the block."""
        stay = [pair for pair in self._waiting if self._original[pair[0]] < 0]
        self._waiting = []
        if not stay:
            return
        self._stayed.extend(number for number, _ in stay)
        bands = _bands([sketch for _, sketch in stay])
        for band in range(_BANDS):
            with self._scratch.path(f"band-{band}").open("ab") as file:
                np.ascontiguousarray(bands[:, band]).tofile(file)

    def _former(self, numbers: Places, bands: Numbers) -> Iterator[tuple[int, Places]]:
        """Give for places in a block the articles of former blocks that may be like it, all in ascending order."""
        if not self._stayed:
            return
        pairs = Postings(self._scratch, "candidates", 32 + len(numbers).bit_length())
        stayed = np.asarray(self._stayed).astype(np.intp)
        for band in range(_BANDS):
            own = np.ascontiguousarray(bands[:, band])
            with self._scratch.path(f"band-{band}").open("rb") as file:
                for begin in range(0, len(stayed), _SLICE):
                    keys = np.fromfile(file, np.uint64, min(_SLICE, len(stayed) - begin))
                    for at, place in _equal(keys, own):
                        earlier = stayed[begin + at]
                        agree = self._agree(earlier, numbers[place])
                        pairs.add((place[agree].astype(np.uint64) << _HALF) | earlier[agree].astype(np.uint64))
        for found in pairs.sorted():
            unique = np.unique(found)
            places = (unique >> _HALF).astype(np.intp)
            bounds = np.flatnonzero(places[1:] != places[:-1]).tolist()
            for first, end in pairwise([0, *(at + 1 for at in bounds), len(unique)]):
                yield int(places[first]), (unique[first:end] & _LOW).astype(np.intp)


class _Own:
    """Hold the runs of one article for counting which of many others it has too."""

    def __init__(self, runs: "array[int]") -> None:
        self.count = len(runs)
        self._runs = frozenset(runs)
        self._table = np.zeros(1 << _LOW_BITS, np.bool_)
        self._table[np.asarray(runs) & _LOW_MASK] = True

    def common(self, runs: "array[int]", least: float) -> int:
        """Count the runs that both have; 0 where they are fewer than *least*.

        Most are seen to be fewer by the lowest bits of the runs, which at least as many have in common.
        """
        if np.count_nonzero(self._table[np.asarray(runs) & _LOW_MASK]) < least:
            return 0
        return len(self._runs.intersection(runs))


def _bands(sketches: Sequence[bytes]) -> Numbers:
    """Lay sketches out as one row an article and one column a band."""
    return np.frombuffer(b"".join(sketches), np.uint64).reshape(len(sketches), _BANDS)


def _shared(bands: Numbers) -> list[list[int]]:
    """Number the bands that some articles of a block have in common, and tell for each article which it has."""
    shared: list[list[int]] = [[] for _ in bands]
    group = 0
    for band in range(bands.shape[1]):
        order = np.argsort(bands[:, band], kind="stable")
        keys = bands[order, band]
        begins = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
        ends = np.concatenate((begins[1:], [len(keys)]))
        several = ends - begins > 1
        for begin, end in zip(begins[several].tolist(), ends[several].tolist(), strict=True):
            for place in order[begin:end].tolist():
                shared[place].append(group)
            group += 1
    return shared


def _equal(keys: Numbers, own: Numbers) -> Iterator[tuple[Places, Places]]:
    """Give all pairs of places at which *keys* and *own* are equal, some at a time.

    Few are equal to any, and a table of their lowest bits tells most of the others.
    """
    order = np.argsort(own, kind="stable")
    ordered = own[order]
    mask = np.uint64((1 << _TABLE_BITS) - 1)
    table = np.zeros(1 << _TABLE_BITS, np.bool_)
    table[own & mask] = True
    maybe = np.flatnonzero(table[keys & mask])
    begin = np.searchsorted(ordered, keys[maybe], "left")
    counts = np.searchsorted(ordered, keys[maybe], "right") - begin
    maybe, begin, counts = maybe[counts > 0], begin[counts > 0], counts[counts > 0]
    so_far = np.cumsum(counts)
    cut = 0
    while cut < len(maybe):
        before = int(so_far[cut - 1]) if cut else 0
        end = max(cut + 1, int(np.searchsorted(so_far, before + _PAIRS, "right")))
        sizes = counts[cut:end]
        within = np.arange(so_far[end - 1] - before) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        yield np.repeat(maybe[cut:end], sizes), order[np.repeat(begin[cut:end], sizes) + within]
        cut = end


@lru_cache(maxsize=1)
def _least_agreeing() -> npt.NDArray[np.intp]:
    """Say for chances of 0, 1/200, 2/200, ... in how many values sketches agree at least, but for a risk of `RISK`."""
    least: list[int] = []
    for step in range(_STEPS + 1):
        chance, below, values = step / _STEPS, 0.0, 0
        while values < SKETCH_VALUES:
            below += comb(SKETCH_VALUES, values) * chance**values * (1 - chance) ** (SKETCH_VALUES - values)
            if below > RISK:
                break
            values += 1
        least.append(values)
    return np.array(least, np.intp)
