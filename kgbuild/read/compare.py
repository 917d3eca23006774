"""Holds all articles of a collection against one another in bounded memory: equal ones, near copies, retellings.

A **copy** is told by runs of three words: an article whose runs stand in another one, all but a fifth or so, repeats
it (`copies.py`). A **retelling** shares far less: agency text that was rewritten keeps some turns of phrase and changes
the rest. It is told by runs of five words that stand outside quotation marks in both articles and nearly nowhere else;
a quotation that two reporters both heard makes no common origin (`retellings.py`).

What is held of an article is its id, its sketch of 128 bytes and some numbers, less than 300 bytes in all; everything
that is longer goes through temporary files once a collection is large. In memory or through files, in blocks of any
size: the result is the same.
"""

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kgbuild.read.copies import LEAST_BLOCK, Copies
from kgbuild.read.postings import LIMIT, Scratch
from kgbuild.read.retellings import Retellings
from kgbuild.read.traces import Trace

_LOADED = 1024
_CODING = ("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class Compared:
    """Hold what must be known of an article before any is compared.

    Attributes:
        fingerprint: that of its `Trace`.
    """

    id: str
    fingerprint: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Hold what was found; an article of which nothing was found is in neither.

    Attributes:
        duplicate_of: id of a repeat -> id of the article that it repeats, which repeats nothing itself.
        first_of: id of an article that retells a text with others -> id of the first of these.
    """

    duplicate_of: dict[str, str] = field(default_factory=dict)
    first_of: dict[str, str] = field(default_factory=dict)


class _Names:
    """Hold many ids as bytes in a row, a third of what as many strings take."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])

    def append(self, name: str) -> None:
        """Add one."""
        self._bytes += name.encode(*_CODING)
        self._ends.append(len(self._bytes))

    def __getitem__(self, number: int) -> str:
        return self._bytes[self._ends[number] : self._ends[number + 1]].decode(*_CODING)


def compare(
    articles: Iterable[Compared],
    trace_of: Callable[[int], Trace],
    *,
    folder: Path | None = None,
    limit: int = LIMIT,
    least_block: int = LEAST_BLOCK,
) -> Verdicts:
    """Tell which articles repeat which, and which retell one text.

    Of two alike, the later in rank repeats the earlier, unless only the earlier stands whole in the later.

    Args:
        articles: those that repeat nothing on their own page, ordered by `collection.rank`; gone through once.
        trace_of: gives the trace of an article by its number among *articles*; asked once for each that has not the
            very words of another, and again for those that are like one.
        folder: where a folder for temporary files is made, some 4 kB for an article of 400 words; None for where the
            system keeps such. It is made only for a large collection, and gone afterwards.
        limit: how many postings are held in memory before they go to files.
        least_block: how many articles are held against one another without files.
    """
    names, published, originals = _gathered(articles)
    repeated = originals != np.arange(len(originals))
    left = np.flatnonzero(~repeated)
    trace_at = lru_cache(_LOADED)(lambda number: trace_of(int(left[number])))
    with Scratch(folder, limit) as scratch:
        copies = Copies(len(left), lambda number: trace_at(number).runs, scratch, least_block)
        retellings = Retellings(len(left), scratch)
        for number in range(len(left)):
            trace = trace_at(number)
            copies.add(number, len(trace.runs), trace.sketch)
            retellings.add(number, trace.told)
        near = {int(left[repeat]): int(left[original]) for repeat, original in copies.found().items()}
        groups = retellings.groups(np.isin(left, np.fromiter(near, np.intp, len(near))), published[left])
    # what repeats a copy repeats the original
    equal = {repeat: int(originals[repeat]) for repeat in np.flatnonzero(repeated).tolist()}
    repeats = {repeat: near.get(original, original) for repeat, original in equal.items()} | near
    return Verdicts(
        {names[repeat]: names[original] for repeat, original in sorted(repeats.items())},
        {names[int(left[number])]: names[int(left[first])] for number, first in groups.items()},
    )


def _gathered(articles: Iterable[Compared]) -> tuple[_Names, npt.NDArray[np.int32], npt.NDArray[np.intp]]:
    """Hold what is known of all articles: ids, days (0 for none), and number of the first that has the same words."""
    names, published, prints = _Names(), array("i"), bytearray()
    for article in articles:
        names.append(article.id)
        published.append(article.published.toordinal() if article.published else 0)
        prints += bytes.fromhex(article.fingerprint)
    return names, np.asarray(published), _originals(prints)


def _originals(prints: bytearray) -> npt.NDArray[np.intp]:
    """Give for each fingerprint the number of the first that is equal to it."""
    halves = np.frombuffer(prints, np.uint64).reshape(-1, 2)
    order = np.lexsort((halves[:, 1], halves[:, 0]))  # stable: of equal ones the first stays first
    ordered = halves[order]
    begins = np.concatenate(([True], (ordered[1:] != ordered[:-1]).any(axis=1)))[: len(order)]
    originals = np.empty(len(order), np.intp)
    originals[order] = order[np.maximum.accumulate(np.where(begins, np.arange(len(order)), 0))]
    return originals
