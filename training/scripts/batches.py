"""Cut examples into windows, change some, and batch them as tensors."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import torch
from augment import Lists, augment
from corpus import ANY, NAME_LABELS, Example, cut
from tokenizers import Tokenizer
from torch import Tensor

from kgbuild.annotate.features import SHAPES
from kgbuild.annotate.lemmas import script_for
from kgbuild.annotate.windows import FRAME_SHAPE, encode, pieces_of

assert len(SHAPES) * 2 == FRAME_SHAPE
MASKED = -100


def label_sets(examples: Sequence[Example], heads: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Fill in each head's labels from its layer: all values seen at least `least` times, most frequent first."""
    filled = {}
    for name, head in heads.items():
        if head["kind"] == "names":
            labels = list(NAME_LABELS)
        else:
            counts = Counter(v for e in examples for v in layer_values(e, head) if v is not None)
            labels = [
                str(v) for v, c in sorted(counts.items(), key=lambda x: (-x[1], str(x[0]))) if c >= head.get("least", 1)
            ]
        filled[name] = {**head, "labels": labels}
    return filled


def layer_values(example: Example, head: dict[str, Any]) -> list[str | int | None]:
    """Give a head's target values for an example; empty when the example lacks the layer."""
    layer = example.layers.get("dep" if head["kind"] == "tree" else str(head["layer"]), [])
    if head.get("as") == "script":
        return [None if v is None else script_for(w, str(v)) for w, v in zip(example.words, layer, strict=False)]
    return layer


def windows(example: Example, limit: int, tokenizer: Tokenizer) -> Iterator[Example]:
    """Cut an example into windows of whole sentences of at most `limit` subwords (longer sentences are left out)."""
    sizes = [len(p) for p in pieces_of(example.words, tokenizer)]
    sent = example.layers.get("sent") or ["1"] + ["0"] * (len(sizes) - 1)
    starts = [n for n, s in enumerate(sent) if s == "1"] + [len(sizes)]
    begin = 0
    for left, right in pairwise(starts):
        if left > begin and sum(sizes[begin:right]) > limit:
            yield cut(example, begin, left)
            begin = left
        if sum(sizes[left:right]) > max(limit, 300):
            begin = right
    if begin < len(sizes):
        yield cut(example, begin, len(sizes))


@dataclass(slots=True)
class Batch:
    """Inputs and targets of some windows, padded."""

    inputs: dict[str, Tensor]
    targets: dict[str, Tensor]
    words: int


class Batcher:
    """Turns examples into batches of about the same number of subwords."""

    def __init__(self, heads: dict[str, dict[str, Any]], tokenizer: Tokenizer, lists: Lists | None, seed: int) -> None:
        self.heads, self.tokenizer, self.lists, self.rng = heads, tokenizer, lists, random.Random(seed)
        self.ids = {name: {label: n for n, label in enumerate(head["labels"])} for name, head in heads.items()}
        self.frame = (tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]"))
        self.cache: dict[str, list[float]] = {}

    def epoch(self, examples: Sequence[Example], size: int) -> Iterator[Batch]:
        """Go once through the examples in random order, newly cut and changed."""
        order = list(examples)
        self.rng.shuffle(order)
        for start in range(0, len(order), 1500):
            cuts = [
                w
                for e in order[start : start + 1500]
                for w in windows(e, self.rng.choice((40, 90, 140, 190)), self.tokenizer)
            ]
            if self.lists:
                cuts = [augment(w, self.rng, self.lists) for w in cuts]
            yield from self.batches(cuts, size)

    def batches(self, cuts: list[Example], size: int) -> Iterator[Batch]:
        """Batch windows of like length; batches come in random order."""
        encoded = [(e, pieces_of(e.words, self.tokenizer)) for e in cuts if e.words]
        lengths = [sum(map(len, p)) + 2 for _, p in encoded]
        order = sorted((n for n in range(len(encoded)) if lengths[n] <= 500), key=lambda n: lengths[n])
        groups: list[list[int]] = [[]]
        for n in order:
            if groups[-1] and lengths[n] * (len(groups[-1]) + 1) > size:
                groups.append([])
            groups[-1].append(n)
        self.rng.shuffle(groups)
        for group in groups:
            if group:
                yield self.batch([encoded[n] for n in group])

    def batch(self, group: list[tuple[Example, list[list[int]]]]) -> Batch:
        """Pad some windows into tensors."""
        arrays = [encode(e.words, [True, *e.spaces[:-1]], p, self.frame) for e, p in group]
        pieces, words = max(len(a.pieces) for a in arrays), max(len(a.first) for a in arrays)
        count = len(group)
        inputs = {
            "pieces": torch.zeros(count, pieces, dtype=torch.long),
            "piece_shapes": torch.full((count, pieces), FRAME_SHAPE),
            "first": torch.zeros(count, words, dtype=torch.long),
            "last": torch.zeros(count, words, dtype=torch.long),
            "shapes": torch.full((count, words), FRAME_SHAPE),
            "suffixes": torch.zeros(count, words, dtype=torch.long),
            "mask": torch.zeros(count, pieces, dtype=torch.bool),
        }
        for row, array in enumerate(arrays):
            for name in ("pieces", "piece_shapes", "first", "last", "shapes", "suffixes"):
                values = torch.from_numpy(getattr(array, name))
                inputs[name][row, : len(values)] = values
            inputs["mask"][row, : len(array.pieces)] = True
        targets: dict[str, Tensor] = {}
        for name, head in self.heads.items():
            self._targets(name, head, [e for e, _ in group], words, targets)
        return Batch(inputs, targets, sum(len(e.words) for e, _ in group))

    def _targets(
        self, name: str, head: dict[str, Any], examples: list[Example], words: int, targets: dict[str, Tensor]
    ) -> None:
        """Write one head's targets."""
        ids = self.ids[name]
        if head["kind"] == "names":
            allowed = torch.ones(len(examples), words, len(ids))
            for row, example in enumerate(examples):
                for n, value in enumerate(example.layers.get("names", [])):
                    allowed[row, n] = torch.tensor(self._allowed(str(value)))
            targets[name] = allowed
            return
        target = torch.full((len(examples), words), MASKED)
        heads = torch.full((len(examples), words), MASKED)
        for row, example in enumerate(examples):
            for n, value in enumerate(layer_values(example, head)):
                target[row, n] = ids.get(str(value), MASKED) if value is not None else MASKED
            if head["kind"] == "tree":
                for n, value in enumerate(example.layers.get("head", [])):
                    heads[row, n] = int(value) + 1 if isinstance(value, int) else MASKED
        targets[name] = target
        if head["kind"] == "tree":
            targets[f"{name}_arcs"] = heads

    def _allowed(self, value: str) -> list[float]:
        """Turn `B-GPE/B-LOC` into a 0/1 row over the labels; `*` allows all."""
        if value not in self.cache:
            names = set(NAME_LABELS) if value in {ANY, "None"} else set(value.split("/"))
            self.cache[value] = [float(label in names) for label in NAME_LABELS]
        return self.cache[value]
