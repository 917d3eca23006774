"""What the network sees of a word beside its subwords: casing, ending, spacing.

The encoder is uncased, so the shape of a word (capitalised, all capitals, digits ...) is given to it apart. The ids
below are part of the trained weights: changing them means training anew.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

SHAPES = (
    "lower",
    "Title",
    "UPPER",
    "U",
    "mixedCase",
    "Title-first",
    "dotted",
    "digits",
    "Upper+digits",
    "lower+digits",
    "number",
    "hyphen",
    "opening",
    "closing",
    "quote",
    "stop",
    "comma",
    "colon",
    "symbol",
    "Title-second",
)
SUFFIX_BUCKETS = 2048
_PUNCTUATION = {
    **dict.fromkeys("-–—‐‑", "hyphen"),
    **dict.fromkeys("([{", "opening"),
    **dict.fromkeys(")]}", "closing"),
    **dict.fromkeys("\"'“”‘’`«»", "quote"),
    **dict.fromkeys(".!?…", "stop"),
    ",": "comma",
    ":": "colon",
    ";": "colon",
}
_IDS = {name: n for n, name in enumerate(SHAPES)}


@lru_cache(maxsize=50_000)
def shape_of(word: str) -> str:
    """Name the casing class of a word, one of `SHAPES`.

    >>> [shape_of(w) for w in ("talks", "Kyiv", "NATO", "Tu-22", "1,000", "”", "A")]
    ['lower', 'Title', 'UPPER', 'Upper+digits', 'number', 'quote', 'U']
    """
    letters = [c for c in word if c.isalpha()]
    has_digit = any(c.isdigit() for c in word)
    if not letters:
        if has_digit:
            return "digits" if word.isdigit() else "number"
        return _PUNCTUATION.get(word[:1], "symbol")
    uppers = sum(c.isupper() for c in letters)
    if has_digit:
        return "Upper+digits" if uppers else "lower+digits"
    return _shape_of_letters(word, letters, uppers)


def _shape_of_letters(word: str, letters: list[str], uppers: int) -> str:
    """Name the casing class of a word of letters only (perhaps with inner marks)."""
    if uppers == 0:
        return "lower"
    if "." in word and len(word) > 1:
        return "dotted"
    if uppers == len(letters):
        return "U" if len(letters) == 1 else "UPPER"
    if word[0].isupper():
        return "Title" if uppers == 1 else "mixedCase"
    return "mixedCase"


def shape_ids(words: Sequence[str]) -> NDArray[np.int64]:
    """Give each word's casing class; a capitalised first word is told apart, since its capital says little.

    Args:
        words: The words of one window, in order.

    Returns:
        One id a word; empty for no words.
    """
    ids = np.array([_IDS[shape_of(w)] for w in words], dtype=np.int64)
    first = next((n for n, w in enumerate(words) if any(c.isalnum() for c in w)), None)
    if first is not None and ids[first] == _IDS["Title"]:
        ids[first] = _IDS["Title-first"]
    for n in range(1, len(ids)):
        if ids[n] == _IDS["Title"] and words[n - 1] in {".", "!", "?", "“", '"', ":"}:
            ids[n] = _IDS["Title-second"]
    return ids


def suffix_ids(words: Sequence[str]) -> NDArray[np.int64]:
    """Hash the last three characters of each word (case folded by `str.lower`) into `SUFFIX_BUCKETS` buckets."""
    return np.array([zlib.crc32(w.lower()[-3:].encode()) % SUFFIX_BUCKETS for w in words], dtype=np.int64)
