"""The trained network as data: an ONNX graph, its tokenizer, its labels, and how to run it the same way every time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kgbuild.annotate.windows import Encoded

_STATES = frozenset({"states", "layers"})
Outputs = dict[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Head:
    """What one head says: `kind` is `token` (one label a word), `names` (BIO labels) or `tree`."""

    name: str
    kind: str
    labels: tuple[str, ...]


class Network:
    """Runs the graph on one window at a time, on one thread.

    Args:
        graph: The ONNX graph, serialised.
        tokenizer: The subword tokenizer, as `tokenizers` writes it to JSON.
        heads: The heads, as `heads.json` has them.
        layers: A piece of a graph that adds the output `layers`, serialised; none adds nothing.
    """

    layers: bytes = b""

    def __init__(self, graph: bytes, tokenizer: str, heads: str, layers: bytes = b"") -> None:
        self.graph, self.tokenizer_json, self.heads_json, self.layers = graph, tokenizer, heads, layers
        self.tokenizer = Tokenizer.from_str(tokenizer)
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.frame = (self.tokenizer.token_to_id("[CLS]") or 0, self.tokenizer.token_to_id("[SEP]") or 0)
        self.heads = {n: Head(n, h["kind"], tuple(h["labels"])) for n, h in _heads(heads).items()}
        self._session = _session(graph + layers)  # protobuf: what stands behind one another is added up
        self._outputs = [o.name for o in self._session.get_outputs()]

    def run(self, window: Encoded, states: bool = False) -> Outputs:
        """Score one window.

        Args:
            window: Its arrays.
            states: Whether to give the words' states too.

        Returns:
            For each output of the graph its scores, words first; `states` is (words, hidden), `layers` (where the
            network gives it) the states of several layers side by side.
        """
        names = [n for n in self._outputs if states or n not in _STATES]
        inputs = {
            name: getattr(window, name)[None]
            for name in ("pieces", "piece_shapes", "first", "last", "shapes", "suffixes")
        }
        return {n: v[0] for n, v in zip(names, self._session.run(names, inputs), strict=True)}

    def __reduce__(self) -> tuple[type[Network], tuple[bytes, str, str, bytes]]:
        return Network, (self.graph, self.tokenizer_json, self.heads_json, self.layers)


def _heads(text: str) -> Mapping[str, Any]:
    """Read `heads.json`."""
    heads: Mapping[str, Any] = json.loads(text)
    return heads


def _session(graph: bytes) -> Any:  # noqa: ANN401 - onnxruntime has no types
    """Open the graph on the CPU: one thread, one node after another."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.use_deterministic_compute = True
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
