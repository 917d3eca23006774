"""Train the head that hears events, and fold everything that is done to its input into its weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from events_corpus import LABELS, Rows
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional as F  # noqa: N812

from kgbuild.annotate.events import Layers

PROJECTED, HIDDEN = 384, 192
EPOCHS, BATCH, RATE, DECAY = 8, 256, 3e-3, 0.02
INPUT_DROPOUT, DROPOUT, SMOOTHING = 0.2, 0.4, 0.02


@dataclass(frozen=True, slots=True)
class Axes:
    """How states are standardised and projected: no label is looked at, so that all folds may share it."""

    mean: NDArray[np.float32]
    projection: NDArray[np.float32]


def axes_of(states: NDArray[np.float32]) -> Axes:
    """Find the directions in which standardised states differ most, scaled to a spread of about one.

    They are found by subspace iteration on the covariance of every third row, which is exact enough and fast.
    """
    mean, spread = states.mean(0), states.std(0) + 1e-3
    sample = (states[::3] - mean) / spread
    covariance = sample.T @ sample / len(sample)
    start = np.random.default_rng(0).standard_normal((len(covariance), PROJECTED)).astype(np.float32)
    axes, _ = np.linalg.qr(covariance @ start)
    for _ in range(3):
        axes, _ = np.linalg.qr(covariance @ axes)
    size = float((sample @ axes).std(0).mean())
    return Axes(mean, (axes / size / spread[:, None]).astype(np.float32))


def train(rows: Rows, axes: Axes, seed: int) -> Layers:
    """Train on rows of states: a projection, one hidden layer with dropout, AdamW with a rate that falls to nothing.

    Args:
        rows: What to learn from.
        axes: The projection, which stays as it is.
        seed: Start of the random numbers.

    Returns:
        The head as the component runs it, projection and hidden layer made one.
    """
    torch.manual_seed(seed)
    inner, outer = nn.Linear(PROJECTED, HIDDEN), nn.Linear(HIDDEN, len(LABELS))
    _fit(torch.tensor((rows.states - axes.mean) @ axes.projection), torch.tensor(rows.labels), inner, outer, seed)
    whole = axes.projection @ inner.weight.detach().numpy().T
    arrays = {
        "inner": whole,
        "inner_bias": inner.bias.detach().numpy() - axes.mean @ whole,
        "outer": outer.weight.detach().numpy().T,
        "outer_bias": outer.bias.detach().numpy(),
    }
    return Layers({name: np.ascontiguousarray(a, dtype=np.float32) for name, a in arrays.items()}, LABELS)


def _fit(states: torch.Tensor, labels: torch.Tensor, inner: nn.Linear, outer: nn.Linear, seed: int) -> None:
    """Adjust the two layers."""
    optimiser = torch.optim.AdamW([*inner.parameters(), *outer.parameters()], lr=RATE, weight_decay=DECAY)
    generator = torch.Generator().manual_seed(seed)
    batches = [b for _ in range(EPOCHS) for b in torch.randperm(len(states), generator=generator).split(BATCH)]
    for step, batch in enumerate(batches):
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - step / len(batches))
        hidden = F.gelu(inner(F.dropout(states[batch], INPUT_DROPOUT)), approximate="tanh")
        loss = F.cross_entropy(outer(F.dropout(hidden, DROPOUT)), labels[batch], label_smoothing=SMOOTHING)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
