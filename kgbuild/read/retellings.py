"""Groups the articles of a collection that retell one agency text, by the rare runs of words that they share.

Each run of five words outside quotation marks, with the number of the article that has it, is one posting; sorted, they
tell who shares what. Each pair of articles that shares a rare run is one posting again; sorted, they tell how many runs
each pair shares. Both go through files where they are many, so memory does not grow with the text.
"""

from array import array
from collections import Counter

import numpy as np
import numpy.typing as npt

from kgbuild.read.postings import Numbers, Postings, Scratch

RETELLING_RUNS = 20
RETELLING_SHARE = 0.05
RETELLING_DAYS = 3
COMMON_RUN = 20
"""A run of words in more articles than this is a set phrase, not a trace of an origin."""

_HALF = np.uint64(32)
_RUN_BITS = 64


class Retellings:
    """Find retellings among *count* articles, which are called by their number in the order of originals."""

    def __init__(self, count: int, scratch: Scratch) -> None:
        self._scratch = scratch
        self._runs = Postings(scratch, "runs", _RUN_BITS)
        self._sizes = np.zeros(count, np.uint32)

    def add(self, number: int, told: "array[int]") -> None:
        """Note the runs of one article."""
        self._sizes[number] = len(told)
        self._runs.add((np.asarray(told).astype(np.uint64) << _HALF) | np.uint64(number))

    def groups(self, passed_over: npt.NDArray[np.bool_], days: npt.NDArray[np.int32]) -> dict[int, int]:
        """Tell who retells what: number of an article -> number of the first of its group, for groups of two or more.

        Args:
            passed_over: which articles count for nothing, for being copies.
            days: the day on which each was published; 0 for none known.
        """
        pairs = Postings(self._scratch, "pairs", 32 + len(days).bit_length())
        for postings in self._runs.sorted():
            _pair(postings[~passed_over[_low(postings)]], pairs)
        first: dict[int, int] = {}
        for found in pairs.sorted():
            keys, shared = np.unique(found, return_counts=True)
            some = shared >= RETELLING_RUNS  # hardly any pair has so many
            keys, shared = keys[some], shared[some]
            for key in keys[self._retell(keys, shared, days)].tolist():
                a, b = _head(first, key >> 32), _head(first, key & 0xFFFFFFFF)
                first[max(a, b)] = min(a, b)
        heads = {number: _head(first, number) for number in sorted(first.keys() | first.values())}
        sizes = Counter(heads.values())
        return {number: head for number, head in heads.items() if sizes[head] > 1}

    def _retell(
        self, keys: Numbers, shared: npt.NDArray[np.intp], days: npt.NDArray[np.int32]
    ) -> npt.NDArray[np.bool_]:
        """Tell which pairs share enough runs, and are close enough in time."""
        a, b = (keys >> _HALF).astype(np.intp), _low(keys)
        least = np.maximum(RETELLING_RUNS, RETELLING_SHARE * np.minimum(self._sizes[a], self._sizes[b]))
        near = (days[a] == 0) | (days[b] == 0) | (np.abs(days[a] - days[b]) <= RETELLING_DAYS)
        enough: npt.NDArray[np.bool_] = near & (shared >= least)
        return enough


def _low(keys: Numbers) -> npt.NDArray[np.intp]:
    """Give the lower halves, as numbers of articles."""
    return (keys & np.uint64(0xFFFFFFFF)).astype(np.intp)


def _pair(postings: Numbers, pairs: Postings) -> None:
    """Note each pair of articles that shares a run, once for each; runs that too many have are passed over.

    The holders of a run stand next to one another, at most `COMMON_RUN` of them: so all pairs are found by holding the
    postings against themselves, moved on by one place, by two, and so forth.
    """
    runs = postings >> _HALF
    begins = np.flatnonzero(np.concatenate(([True], runs[1:] != runs[:-1]))[: len(runs)])
    sizes = np.diff(np.concatenate((begins, [len(runs)])))
    rare = np.repeat((sizes >= 2) & (sizes <= COMMON_RUN), sizes)
    postings, runs = postings[rare], runs[rare]
    numbers = postings & np.uint64(0xFFFFFFFF)
    for step in range(1, COMMON_RUN):
        same = runs[step:] == runs[:-step]
        pairs.add((numbers[:-step][same] << _HALF) | numbers[step:][same])


def _head(first: dict[int, int], number: int) -> int:
    """Follow a group to its first article, and make the way there shorter for the next who asks."""
    while (above := first.get(number, number)) != number:
        first[number] = first.get(above, above)
        number = above
    return number
