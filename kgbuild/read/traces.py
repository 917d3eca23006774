"""Makes of an article's text the little that comparing it with all others needs: its trace.

A trace is some four thousand bytes for an article of four hundred words, whatever collection it is in. All work that
grows with the text is done here, article by article, so that many processes can share it; the comparing itself, in
`compare.py`, sees traces only.

Source: Broder, On the resemblance and containment of documents (1997).
"""

import re
import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rensa import RMinHash

from kgbuild.read.repeats import fingerprint, plain_words

LEAST_WORDS = 40
"""Shorter texts are alike by chance; of them only equal words make a repeat."""

COPY_RUN = 3
RETELLING_RUN = 5
SKETCH_VALUES = 128
_SEED = 1
_QUOTED = re.compile(r"[\"“„«][^\"”»]{0,1500}[\"”»]")


@dataclass(frozen=True, slots=True)
class Trace:
    """Hold what comparing needs of one article: a digest of its words, and hashed runs of them.

    Attributes:
        fingerprint: digest of the words alone, as 32 hexadecimal digits; equal words, equal digest.
        words: how many words it has.
        runs: hashes of its runs of three words, sorted.
        told: hashes of its runs of five words outside quotation marks, sorted.
        sketch: the MinHash of `runs`, 128 numbers of four bytes as the machine writes them; empty for a text of fewer
            than `LEAST_WORDS` words.
    """

    fingerprint: str
    words: int
    runs: "array[int]" = field(repr=False)
    told: "array[int]" = field(repr=False)
    sketch: bytes = field(repr=False)


def trace_of(paragraphs: Sequence[str]) -> Trace:
    """Trace the paragraphs of an article.

    >>> trace_of(["The two sides met on Monday."]).words
    6
    """
    joined = " ".join(paragraphs)
    words = plain_words(joined)
    outside = [plain_words(part) for part in _QUOTED.split(joined)]
    told = {run for part in outside for run in _runs(part, RETELLING_RUN)}
    runs = sorted(_runs(words, COPY_RUN))
    return Trace(
        fingerprint=fingerprint([joined]),
        words=len(words),
        runs=array("I", runs),
        told=array("I", sorted(told)),
        sketch=_sketch(runs) if len(words) >= LEAST_WORDS else b"",
    )


def _runs(words: Sequence[str], size: int) -> set[int]:
    """Hash all runs of *size* words; equal on every machine."""
    coded = [word.encode() for word in words]
    return {zlib.crc32(b" ".join(coded[n : n + size])) for n in range(len(coded) - size + 1)}


def _sketch(runs: Iterable[int]) -> bytes:
    """Sketch a set of runs: two sets agree in as large a part of their sketches as they have in common."""
    sketch = RMinHash(num_perm=SKETCH_VALUES, seed=_SEED)
    sketch.update([str(run) for run in runs])
    return array("I", sketch.digest()).tobytes()
