"""Find names in scores over B-, I- and O labels, so that no I- stands without its beginning."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.floating]


@lru_cache(maxsize=16)
def follows(labels: tuple[str, ...]) -> NDArray[np.bool_]:
    """Say which label may follow which: `I-X` only `B-X` or `I-X`, everything else anything.

    Returns:
        (before, after), True where allowed.
    """
    allowed = np.ones((len(labels), len(labels)), dtype=bool)
    for after, label in enumerate(labels):
        if label.startswith("I-"):
            for before, other in enumerate(labels):
                allowed[before, after] = other[:2] in {"B-", "I-"} and other[2:] == label[2:]
    return allowed


def best_labels(scores: Scores, labels: Sequence[str], starts: Sequence[bool]) -> list[str]:
    """Choose the allowed label sequence with the highest sum of scores (Viterbi).

    Args:
        scores: (words, labels).
        labels: The labels, `O` among them.
        starts: Whether each word starts a sentence; no name goes on over such a start. The first word always does.

    Returns:
        One label a word; empty for no words.
    """
    if len(scores) == 0:
        return []
    allowed = follows(tuple(labels))
    greedy = scores.argmax(axis=1)
    inner = np.array([label.startswith("I-") for label in labels])
    fresh = np.asarray(starts, dtype=bool).copy()
    fresh[0] = True
    if not (inner[greedy] & fresh).any() and allowed[greedy[:-1], greedy[1:]].all():
        return [labels[n] for n in greedy]
    return [labels[n] for n in _viterbi(np.asarray(scores, dtype=np.float64), allowed, inner, fresh)]


def _viterbi(
    scores: Scores, allowed: NDArray[np.bool_], inner: NDArray[np.bool_], fresh: NDArray[np.bool_]
) -> list[int]:
    """Find the best path; an inner label may not stand at a fresh word."""
    bars = np.where(allowed, 0.0, -np.inf)
    open_bars = np.where(inner, -np.inf, 0.0)
    best = scores[0] + open_bars
    back = np.zeros(scores.shape, dtype=np.int64)
    for n in range(1, len(scores)):
        paths = best[:, None] + (open_bars[None, :] if fresh[n] else bars)
        back[n] = paths.argmax(axis=0)
        best = paths.max(axis=0) + scores[n]
    at = int(best.argmax())
    out = [at]
    for n in range(len(scores) - 1, 0, -1):
        at = int(back[n, at])
        out.append(at)
    return out[::-1]
