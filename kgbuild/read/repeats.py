"""Finds text that stands twice: word for word, or nearly so within one page.

Word for word is told by a digest of the words alone, so that quotation marks, case and spacing make no difference.
Nearly the same is told by shingles, runs of five words: one text repeats another when most of its shingles are there.
Comparing every pair is right for the handful of pieces that one page carries, and for no more than that.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from kgbuild.model import digest

SHINGLE_WORDS = 5
REPEAT_SHARE = 0.8
"""A piece is a repeat when so many of its shingles stand in another one."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")


def plain_words(text: str) -> list[str]:
    """Give the words of *text* alone, without case, punctuation, and differences of encoding.

    >>> plain_words("‘We AGREED,’ he said.")
    ['we', 'agreed', 'he', 'said']
    """
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold().replace("’", "'"))


def fingerprint(texts: Iterable[str]) -> str:
    """Digest the words of some paragraphs; equal for two texts just when their words are equal."""
    return digest(*(word for text in texts for word in plain_words(text)), length=32)


def shingles(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Collect the runs of words of some paragraphs; a shorter text is one shingle, an empty one has none."""
    words = [word for text in texts for word in plain_words(text)]
    if 0 < len(words) < SHINGLE_WORDS:
        return frozenset([tuple(words)])
    return frozenset(tuple(words[n : n + SHINGLE_WORDS]) for n in range(len(words) - SHINGLE_WORDS + 1))


def repeats_within(pieces: Sequence[Sequence[str]]) -> dict[int, int]:
    """Tell which pieces of a page repeat which: number of the repeat -> number of the piece it repeats.

    The first piece is the page's own article and never a repeat. Of two others the fuller one stays, and of equal ones
    the earlier.

    >>> repeats_within([["a b c d e f"], ["u v w x y z"], ["u v w x y z"]])
    {2: 1}
    """
    if len(pieces) < 2:
        return {}
    sets = [shingles(piece) for piece in pieces]
    repeats: dict[int, int] = {}
    for later in range(1, len(sets)):
        for earlier in range(later):
            if earlier in repeats or later in repeats:
                continue
            if _covered(sets[later], sets[earlier]):
                repeats[later] = earlier
            elif earlier and _covered(sets[earlier], sets[later]):
                repeats[earlier] = later
    return {repeat: _root(repeats, original) for repeat, original in sorted(repeats.items())}


def _covered(inner: frozenset[tuple[str, ...]], outer: frozenset[tuple[str, ...]]) -> bool:
    """Tell whether enough of *inner* stands in *outer*."""
    return bool(inner) and len(inner & outer) >= REPEAT_SHARE * len(inner)


def _root(repeats: dict[int, int], piece: int) -> int:
    """Follow repeats of repeats to the piece that stays."""
    while piece in repeats:
        piece = repeats[piece]
    return piece
