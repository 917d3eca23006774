"""The multi-task network: an uncased MiniLM encoder, casing and suffix features, and one small head a task."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from kgbuild.annotate.features import SHAPES, SUFFIX_BUCKETS


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of the network's parts."""

    hidden: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    vocabulary: int = 30522
    positions: int = 512
    arc: int = 320
    relation: int = 96
    token: int = 256
    dropout: float = 0.1
    head_dropout: float = 0.25


class Layer(nn.Module):
    """One BERT layer (post-norm)."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        h = sizes.hidden
        self.count, self.size = sizes.heads, h // sizes.heads
        self.query, self.key, self.value, self.out = nn.Linear(h, h), nn.Linear(h, h), nn.Linear(h, h), nn.Linear(h, h)
        self.up, self.down = nn.Linear(h, sizes.inner), nn.Linear(sizes.inner, h)
        self.norm1, self.norm2 = nn.LayerNorm(h, eps=1e-12), nn.LayerNorm(h, eps=1e-12)
        self.dropout = nn.Dropout(sizes.dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Attend and transform; `mask` is True where a position may be seen."""
        batch, length, _ = x.shape
        q, k, v = (
            f(x).view(batch, length, self.count, self.size).transpose(1, 2) for f in (self.query, self.key, self.value)
        )
        if mask is None:
            weights = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(self.size), -1)
            seen = weights @ v
        else:
            seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=0.1 if self.training else 0.0)
        x = self.norm1(x + self.dropout(self.out(seen.transpose(1, 2).reshape(batch, length, -1))))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class TokenHead(nn.Module):
    """A classifier over words: one hidden layer, then the labels."""

    def __init__(self, sizes: Sizes, labels: int) -> None:
        super().__init__()
        self.hidden = nn.Linear(sizes.hidden, sizes.token)
        self.dropout = nn.Dropout(sizes.head_dropout)
        self.out = nn.Linear(sizes.token, labels)

    def forward(self, words: Tensor) -> Tensor:
        """Score the labels of each word."""
        return self.out(self.dropout(F.gelu(self.hidden(words))))


class TreeHead(nn.Module):
    """Biaffine attention over heads (Dozat and Manning 2017); position 0 of the heads is the root."""

    def __init__(self, sizes: Sizes, labels: int) -> None:
        super().__init__()
        h = sizes.hidden
        self.dep_arc, self.head_arc = nn.Linear(h, sizes.arc), nn.Linear(h, sizes.arc)
        self.dep_rel, self.head_rel = nn.Linear(h, sizes.relation), nn.Linear(h, sizes.relation)
        self.arc = nn.Parameter(torch.zeros(sizes.arc, sizes.arc))
        self.arc_bias = nn.Parameter(torch.zeros(sizes.arc))
        self.rel = nn.Parameter(torch.zeros(sizes.relation + 1, labels * (sizes.relation + 1)))
        self.labels = labels
        self.dropout = nn.Dropout(sizes.head_dropout)
        nn.init.normal_(self.arc, std=0.02)
        nn.init.normal_(self.rel, std=0.02)

    def forward(self, words: Tensor, root: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Score arcs and prepare relations.

        Args:
            words: (batch, words, hidden).
            root: (batch, 1, hidden), the state that stands for the root.

        Returns:
            Arc scores (batch, words, 1 + words), the dependents' relation vectors (batch, words, labels, relation + 1)
            and the heads' ones (batch, 1 + words, relation + 1); a relation's score is their dot product.
        """
        heads = torch.cat([root, words], 1)
        dep = self.dropout(F.gelu(self.dep_arc(words)))
        head = self.dropout(F.gelu(self.head_arc(heads)))
        arcs = (dep @ self.arc + self.arc_bias) @ head.transpose(1, 2)
        dep_rel = self.dropout(F.gelu(self.dep_rel(words)))
        head_rel = self.dropout(F.gelu(self.head_rel(heads)))
        dep_rel = F.pad(dep_rel, (0, 1), value=1.0)
        head_rel = F.pad(head_rel, (0, 1), value=1.0)
        batch, length, size = dep_rel.shape
        return arcs, (dep_rel @ self.rel).view(batch, length, self.labels, size), head_rel


class Network(nn.Module):
    """Encoder, word states and heads.

    Args:
        heads: `{name: {"kind": "token" | "names" | "tree", "labels": [...]}}`.
        sizes: Sizes of the parts.
    """

    def __init__(self, heads: dict[str, dict[str, Any]], sizes: Sizes | None = None) -> None:
        super().__init__()
        sizes = sizes or Sizes()
        h = sizes.hidden
        self.sizes, self.kinds = sizes, {name: str(head["kind"]) for name, head in heads.items()}
        self.word_embedding = nn.Embedding(sizes.vocabulary, h)
        self.position_embedding = nn.Embedding(sizes.positions, h)
        self.type_embedding = nn.Parameter(torch.zeros(h))
        self.shape_embedding = nn.Embedding(len(SHAPES) * 2 + 1, h)
        self.norm = nn.LayerNorm(h, eps=1e-12)
        self.layers = nn.ModuleList(Layer(sizes) for _ in range(sizes.layers))
        self.last_piece = nn.Linear(h, h, bias=False)
        self.word_shape = nn.Embedding(len(SHAPES) * 2 + 1, h)
        self.suffix = nn.Embedding(SUFFIX_BUCKETS, h)
        self.word_norm = nn.LayerNorm(h)
        self.dropout = nn.Dropout(sizes.dropout)
        for embedding in (self.shape_embedding, self.word_shape, self.suffix):
            nn.init.normal_(embedding.weight, std=0.01)
        nn.init.normal_(self.last_piece.weight, std=0.01)
        self.heads = nn.ModuleDict(
            {
                n: (TreeHead if head["kind"] == "tree" else TokenHead)(sizes, len(head["labels"]))
                for n, head in heads.items()
            }
        )

    def forward(
        self,
        pieces: Tensor,
        piece_shapes: Tensor,
        first: Tensor,
        last: Tensor,
        shapes: Tensor,
        suffixes: Tensor,
        mask: Tensor | None = None,
    ) -> dict[str, Tensor]:
        """Run encoder and heads over windows.

        Args:
            pieces: Subword ids (batch, pieces), framed by [CLS] and [SEP].
            piece_shapes: Shape id of the word of each piece, the last id for frames.
            first: First piece of each word (batch, words).
            last: Last piece of each word.
            shapes: Shape id of each word, doubled when no space stands before it.
            suffixes: Suffix id of each word.
            mask: True where a piece is real; None when all are.

        Returns:
            `states` and, for each head, its scores; a tree head gives `NAME`, `NAME_dep` and `NAME_head`.
        """
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        x = (
            self.word_embedding(pieces)
            + self.position_embedding(positions)
            + self.type_embedding
            + self.shape_embedding(piece_shapes)
        )
        x = self.dropout(self.norm(x))
        seen = None if mask is None else mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, seen)
        rows = first.unsqueeze(-1).expand(-1, -1, x.shape[-1])
        ends = last.unsqueeze(-1).expand(-1, -1, x.shape[-1])
        words = torch.gather(x, 1, rows) + self.last_piece(torch.gather(x, 1, ends))
        words = self.dropout(self.word_norm(words + self.word_shape(shapes) + self.suffix(suffixes)))
        out = {"states": words}
        for name, head in self.heads.items():
            if self.kinds[name] == "tree":
                out[name], out[f"{name}_dep"], out[f"{name}_head"] = head(words, x[:, :1])
            else:
                out[name] = head(words)
        return out


def load_encoder(network: Network, folder: Path) -> None:
    """Copy the weights of a BERT checkpoint (`model.safetensors`, `config.json`) into the encoder."""
    from safetensors.torch import load_file

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    if config["hidden_size"] != network.sizes.hidden or config["num_hidden_layers"] != network.sizes.layers:
        raise ValueError(f"{folder}: an encoder of {config['num_hidden_layers']} x {config['hidden_size']}")
    weights = load_file(folder / "model.safetensors")
    emb = "embeddings."
    with torch.no_grad():
        network.word_embedding.weight.copy_(weights[emb + "word_embeddings.weight"])
        network.position_embedding.weight.copy_(weights[emb + "position_embeddings.weight"])
        network.type_embedding.copy_(weights[emb + "token_type_embeddings.weight"][0])
        _copy(network.norm, weights, emb + "LayerNorm")
        for n, layer in enumerate(network.layers):
            base = f"encoder.layer.{n}."
            for ours, theirs in (
                ("query", "attention.self.query"),
                ("key", "attention.self.key"),
                ("value", "attention.self.value"),
                ("out", "attention.output.dense"),
                ("norm1", "attention.output.LayerNorm"),
                ("up", "intermediate.dense"),
                ("down", "output.dense"),
                ("norm2", "output.LayerNorm"),
            ):
                _copy(getattr(layer, ours), weights, base + theirs)


def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    """Copy weight and bias of one layer."""
    module.weight.copy_(weights[f"{name}.weight"])  # type: ignore[operator,union-attr]
    module.bias.copy_(weights[f"{name}.bias"])  # type: ignore[operator,union-attr]
