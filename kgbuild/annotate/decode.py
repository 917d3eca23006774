"""From the network's scores to annotations of the words of one window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kgbuild.annotate.lemmas import apply_script
from kgbuild.annotate.network import Head, Outputs
from kgbuild.annotate.spans import best_labels
from kgbuild.annotate.trees import best_tree


@dataclass(slots=True)
class Words:
    """Annotations of a run of words, a value a word in each list.

    `heads` are indices into the run (a root is its own head); `labels` holds what every other head of the network says.
    """

    starts: list[bool] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    labels: dict[str, list[str]] = field(default_factory=dict)

    def extend(self, other: Words) -> None:
        """Append the words of the next window."""
        shift = len(self.starts)
        self.starts += other.starts
        self.heads += [h + shift for h in other.heads]
        self.relations += other.relations
        self.lemmas += other.lemmas
        for name, values in other.labels.items():
            self.labels.setdefault(name, []).extend(values)


def decode(words: Sequence[str], scores: Outputs, heads: Mapping[str, Head]) -> Words:
    """Read the best well-formed annotation out of a window's scores.

    Args:
        words: The window's words, at least one.
        scores: What the network said.
        heads: The network's heads; `sent`, `tree` and `lemma` have a meaning of their own here.

    Returns:
        The annotation: sentences, one tree a sentence, names that do not cross sentences.
    """
    found = Words(starts=sentence_starts(scores["sent"], heads["sent"].labels))
    found.heads, found.relations = trees(scores, heads["tree"].labels, found.starts)
    for name, head in heads.items():
        if head.kind == "names":
            found.labels[name] = best_labels(scores[name], head.labels, found.starts)
        elif head.kind == "token" and name not in {"sent", "lemma"}:
            found.labels[name] = [head.labels[n] for n in scores[name].argmax(axis=1)]
    scripts = heads["lemma"].labels
    found.lemmas = [_lemma(w, scripts[n]) for w, n in zip(words, scores["lemma"].argmax(axis=1), strict=True)]
    return found


_lemma = lru_cache(maxsize=50_000)(apply_script)


def sentence_starts(scores: NDArray[np.floating], labels: Sequence[str]) -> list[bool]:
    """Say which words start a sentence; the first always does."""
    starts: list[bool] = (scores.argmax(axis=1) == list(labels).index("1")).tolist()
    starts[0] = True
    return starts


def trees(scores: Outputs, labels: Sequence[str], starts: Sequence[bool]) -> tuple[list[int], list[str]]:
    """Find the tree of each sentence.

    Args:
        scores: With `tree` (words, 1 + words), `tree_dep` (words, labels, size) and `tree_head` (1 + words, size).
        labels: The relations.
        starts: Whether each word starts a sentence.

    Returns:
        For each word the index of its head (its own for a root) and its relation (`root` for a root and for no other).
    """
    arcs = scores["tree"]
    columns = np.zeros(len(arcs), dtype=np.int64)
    bounds = [n for n, start in enumerate(starts) if start] + [len(arcs)]
    for begin, end in pairwise(bounds):
        own = np.concatenate([arcs[begin:end, :1], arcs[begin:end, begin + 1 : end + 1]], axis=1)
        chosen = best_tree(own)
        columns[begin:end] = np.where(chosen > 0, chosen + begin, 0)
    relations = np.einsum("wld,wd->wl", scores["tree_dep"], scores["tree_head"][columns])
    root = list(labels).index("root")
    is_root = columns == 0
    relations[~is_root, root] = -np.inf
    best = relations.argmax(axis=1)
    best[is_root] = root
    heads = np.where(is_root, np.arange(len(arcs)), columns - 1)
    return heads.tolist(), [labels[n] for n in best]
