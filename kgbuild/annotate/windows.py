"""How words become what the network reads: subwords, features, and windows that fit.

A window is a run of whole words, read alone: nothing is padded and nothing shares a batch, so that a text gets the same
annotation whatever is read beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kgbuild.annotate.features import SHAPES, shape_ids, suffix_ids

FRAME_SHAPE = len(SHAPES) * 2
_MAX_PIECES_A_WORD = 16
_CLOSERS = frozenset("\"'”’)]»")
_ENDS = frozenset((".", "!", "?", "…", "...", "?!", "!!", "!!!", "??"))


@dataclass(frozen=True, slots=True)
class Encoded:
    """One window as arrays: `pieces` and `piece_shapes` a subword (frames included), the rest a word."""

    pieces: NDArray[np.int64]
    piece_shapes: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    shapes: NDArray[np.int64]
    suffixes: NDArray[np.int64]


def pieces_of(words: Sequence[str], tokenizer: Tokenizer) -> list[list[int]]:
    """Cut each word into subword ids; a word that vanishes in normalisation becomes the unknown piece.

    Args:
        words: Words without surrounding space.
        tokenizer: A WordPiece tokenizer with `[UNK]`.

    Returns:
        At least one and at most 16 ids for each word.
    """
    unknown: int = tokenizer.token_to_id("[UNK]") or 0
    out: list[list[int]] = [[] for _ in words]
    if words:
        encoding = tokenizer.encode(list(words), is_pretokenized=True, add_special_tokens=False)
        for piece, word in zip(encoding.ids, encoding.word_ids, strict=True):
            if word is not None and len(out[word]) < _MAX_PIECES_A_WORD:
                out[word].append(piece)
    return [ids or [unknown] for ids in out]


def encode(
    words: Sequence[str], spaced: Sequence[bool], pieces: Sequence[Sequence[int]], frame: tuple[int, int]
) -> Encoded:
    """Build the arrays of one window.

    Args:
        words: The window's words.
        spaced: Whether a space stands before each word (the first one's is ignored).
        pieces: The subword ids of each word.
        frame: Ids of the opening and the closing frame, `[CLS]` and `[SEP]`.

    Returns:
        The arrays, without padding.
    """
    shapes = shape_ids(words) * 2
    for n in range(1, len(words)):
        shapes[n] += not spaced[n]
    lengths = np.array([len(p) for p in pieces], dtype=np.int64)
    last = np.cumsum(lengths)
    flat = [frame[0], *(i for p in pieces for i in p), frame[1]]
    piece_shapes = np.concatenate([[FRAME_SHAPE], np.repeat(shapes, lengths), [FRAME_SHAPE]]).astype(np.int64)
    return Encoded(np.array(flat, dtype=np.int64), piece_shapes, last - lengths + 1, last, shapes, suffix_ids(words))


def cut_windows(words: Sequence[str], lengths: Sequence[int], limit: int) -> list[tuple[int, int]]:
    """Cut a long run of words into windows at likely sentence ends.

    Args:
        words: The words of a paragraph.
        lengths: How many subwords each has.
        limit: Most subwords a window, frames not counted.

    Returns:
        Half-open word ranges that cover all words in order; empty for no words. A window ends after sentence-final
        punctuation where there is one in its second half, else after a colon or comma, else where it is full.
    """
    windows = []
    begin = 0
    while begin < len(words):
        end, size = begin, 0
        while end < len(words) and (end == begin or size + lengths[end] <= limit):
            size += lengths[end]
            end += 1
        if end < len(words):
            end = _best_cut(words, begin, end)
        windows.append((begin, end))
        begin = end
    return windows


def _best_cut(words: Sequence[str], begin: int, end: int) -> int:
    """Find the last good place to end a window that could reach `end`."""
    half = begin + max(1, (end - begin) // 2)
    for marks in (_ENDS, frozenset((";", ":", "—", "–")), frozenset((",",))):
        for n in range(end, half, -1):
            at = n - 1
            while at > begin and words[at] in _CLOSERS:
                at -= 1
            if words[at] in marks and (n == len(words) or words[n] not in _CLOSERS):
                return n
    return end
