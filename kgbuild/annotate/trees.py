"""Make well-formed dependency trees out of scores.

A sentence's tree has exactly one root, no cycle, and the highest sum of arc scores among such trees. The greedy choice
is already a tree most of the time; otherwise Chu-Liu-Edmonds finds the best one. Source: McDonald et al. 2005,
"Non-projective dependency parsing using spanning tree algorithms"; one root by a penalty on all root arcs.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.floating]
Heads = NDArray[np.int64]


def best_tree(scores: Scores) -> Heads:
    """Find the best tree with one root.

    Args:
        scores: (words, 1 + words); column 0 scores the word as root, column 1 + h its attachment to word h.

    Returns:
        For each word the column of its head: 0 for the one root, 1 + h for word h. Empty for no words.
    """
    if scores.shape[0] == 0:
        return np.zeros(0, dtype=np.int64)
    scores = np.asarray(scores, dtype=np.float64).copy()
    scores[np.arange(len(scores)), np.arange(len(scores)) + 1] = -np.inf
    heads: Heads = scores.argmax(axis=1)
    if np.count_nonzero(heads == 0) == 1 and not find_cycle(heads):
        return heads
    finite = scores[np.isfinite(scores)]
    scores[:, 0] -= (finite.max() - finite.min() + 1.0) * (len(scores) + 1)
    square = np.full((len(scores) + 1, len(scores) + 1), -np.inf)
    square[1:] = scores
    return _chu_liu_edmonds(square)[1:]


def find_cycle(heads: Heads) -> list[int]:
    """Find one cycle among words whose heads are given as columns (0 is the root).

    Returns:
        The words of the cycle as columns, in order of their arcs; empty when there is none.
    """
    done = [False] * (len(heads) + 1)
    for start in range(1, len(heads) + 1):
        path: dict[int, int] = {}
        at = start
        while at and not done[at] and at not in path:
            path[at] = len(path)
            at = int(heads[at - 1])
        if at and at in path:
            return list(path)[path[at] :]
        for seen in path:
            done[seen] = True
    return []


def _chu_liu_edmonds(scores: Scores) -> Heads:
    """Find the best arborescence from node 0; `scores[d, h]` scores head h of node d."""
    count = len(scores)
    heads: Heads = np.zeros(count, dtype=np.int64)
    if count > 1:
        heads[1:] = scores[1:].argmax(axis=1)
    cycle = find_cycle(heads[1:])
    if not cycle:
        return heads
    inside = np.zeros(count, dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    loss = scores[cycle] - scores[cycle, heads[cycle]][:, None]
    small = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    enter = loss[:, outside]
    small[-1, :-1] = enter.max(axis=0)
    entered = enter.argmax(axis=0)
    leave = scores[np.ix_(outside, np.array(cycle))]
    small[:-1, -1] = leave.max(axis=1)
    left = leave.argmax(axis=1)
    small[-1, -1] = -np.inf
    contracted = _chu_liu_edmonds(small)
    for n in range(1, len(outside)):
        head = contracted[n]
        heads[outside[n]] = cycle[left[n]] if head == len(outside) else outside[head]
    head = contracted[-1]
    broken = cycle[entered[head]]
    heads[broken] = outside[head]
    return heads
