"""Train the judge's second opinion: a hidden layer over named traits beside a plain sum, all four roles at once.

Several networks that start differently are trained and then stood side by side: their mean is one wider network.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional as F  # noqa: N812

from kgbuild.interpret.network import Network

HIDDEN, STARTS, EPOCHS, BATCH, RATE, DECAY = 48, 3, 8, 256, 3e-3, 0.3
DROPOUT, TRAIT_DROPOUT, LEAST, SCORES = 0.3, 0.3, 5, 4
Traits = Sequence[str]


class _Layers(nn.Module):
    """Add up rows, bend the hidden part, and score."""

    def __init__(self, traits: int) -> None:
        super().__init__()
        self.inner = nn.EmbeddingBag(traits, HIDDEN, mode="sum")
        self.plain = nn.EmbeddingBag(traits, SCORES, mode="sum")
        nn.init.normal_(self.inner.weight, 0, 0.05)
        nn.init.zeros_(self.plain.weight)
        self.inner_bias = nn.Parameter(torch.zeros(HIDDEN))
        self.outer = nn.Linear(HIDDEN, SCORES)
        nn.init.constant_(self.outer.bias, -2.0)

    def forward(self, rows: torch.Tensor, starts: torch.Tensor, kept: torch.Tensor) -> torch.Tensor:
        hidden = torch.relu(self.inner(rows, starts, per_sample_weights=kept) + self.inner_bias)
        scores: torch.Tensor = self.outer(F.dropout(hidden, DROPOUT)) + self.plain(
            rows, starts, per_sample_weights=kept
        )
        return scores


def train(pairs: Sequence[Traits], roles: Sequence[Sequence[bool]], seed: int) -> Network:
    """Fit the network; traits seen less than five times are passed over.

    Args:
        pairs: The traits of every pair.
        roles: Which roles it has.
        seed: Start of the random numbers.

    Returns:
        What `kgbuild.interpret` runs, rounded as it is stored.
    """
    counts = Counter(trait for pair in pairs for trait in set(pair))
    names = sorted(trait for trait, count in counts.items() if count >= LEAST)
    column = {name: n for n, name in enumerate(names)}
    rows = [np.array(sorted({column[t] for t in pair if t in column}), dtype=np.int64) for pair in pairs]
    wanted = torch.tensor(np.array(roles, dtype=np.float32))
    layers = [_fit(rows, wanted, len(names), seed + start) for start in range(STARTS)]
    return _rounded(column, layers)


def _fit(rows: Sequence[NDArray[np.int64]], wanted: torch.Tensor, traits: int, seed: int) -> _Layers:
    """Train one of the networks."""
    torch.manual_seed(seed)
    random = torch.Generator().manual_seed(seed)
    layers = _Layers(traits)
    optimiser = torch.optim.AdamW(layers.parameters(), lr=RATE, weight_decay=DECAY)
    batches = [b for _ in range(EPOCHS) for b in torch.randperm(len(rows), generator=random).split(BATCH)]
    for step, batch in enumerate(batches):
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - step / len(batches))
        some = [rows[n] for n in batch.tolist()]
        flat = torch.tensor(np.concatenate(some))
        starts = torch.tensor(np.cumsum([0, *(len(one) for one in some[:-1])]))
        kept = (torch.rand(len(flat), generator=random) > TRAIT_DROPOUT).float() / (1 - TRAIT_DROPOUT)
        loss = F.binary_cross_entropy_with_logits(layers(flat, starts, kept), wanted[batch])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return layers


def _rounded(rows: dict[str, int], layers: Sequence[_Layers]) -> Network:
    """Stand networks side by side, each with its share of the score, and round the weights to whole steps."""
    parts = [{name: p.detach().numpy() for name, p in one.named_parameters()} for one in layers]
    share = 1 / len(parts)
    plain = sum(part["plain.weight"] for part in parts) * share
    weights = np.concatenate([*(part["inner.weight"] for part in parts), plain], 1)
    scale = np.abs(weights).max(0) / 127
    bias = np.concatenate([*(part["inner_bias"] for part in parts), sum(part["outer.bias"] for part in parts) * share])
    outer = np.concatenate([part["outer.weight"].T * share for part in parts])
    return Network(
        rows, (np.round(weights / scale) * scale).astype(np.float32), bias.astype(np.float32), outer.astype(np.float32)
    )


def write(network: Network, path: Path) -> None:
    """Write a network as `read_network` reads it; the bytes depend on nothing but the weights."""
    scale = (np.abs(network.weights).max(0) / 127).astype(np.float32)
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            names=np.array(sorted(network.rows, key=network.rows.__getitem__)),
            weights=np.round(network.weights / scale).astype(np.int8),
            scale=scale,
            bias=network.bias,
            outer=network.outer,
        )
