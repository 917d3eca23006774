"""Write a trained network as a spaCy pipeline that needs no torch.

Usage: export_default.py CHECKPOINT CONFIG OUT

The graph is ONNX; weights are stored as 16-bit floats and cast to 32-bit when it is opened, so that all computing is in
32-bit floats.
"""

from __future__ import annotations

import importlib
import io
import json
import sys
import tomllib
from pathlib import Path

import numpy as np
import onnx
import spacy
import torch
from network import Network
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from kgbuild.annotate.network import Network as Runner
from kgbuild.annotate.reader import Reader
from kgbuild.annotate.tokens import english_tokenizer

_INPUTS = ("pieces", "piece_shapes", "first", "last", "shapes", "suffixes")


class Flat(nn.Module):
    """The network with its outputs in a fixed order."""

    def __init__(self, network: Network, names: list[str]) -> None:
        super().__init__()
        self.network, self.names = network, names

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        """Run and give the outputs named."""
        out = self.network(*inputs)
        return tuple(out[n] for n in self.names)


def to_onnx(network: Network) -> bytes:
    """Trace the network into an ONNX graph with 16-bit weights."""
    network.eval()
    example = (
        torch.randint(1000, 20000, (1, 12)),
        torch.zeros(1, 12, dtype=torch.long),
        torch.arange(1, 11)[None],
        torch.arange(1, 11)[None],
        torch.zeros(1, 10, dtype=torch.long),
        torch.zeros(1, 10, dtype=torch.long),
    )
    with torch.no_grad():
        names = list(network(*example))
    axes: dict[str, dict[int, str]] = {n: {1: "pieces"} for n in _INPUTS[:2]} | {n: {1: "words"} for n in _INPUTS[2:]}
    axes |= {n: {1: "words_and_root" if n.endswith("_head") else "words"} for n in names}
    for name, kind in network.kinds.items():
        if kind == "tree":
            axes[name] = {1: "words", 2: "words_and_root"}
    buffer = io.BytesIO()
    torch.onnx.export(
        Flat(network, names),
        example,
        buffer,
        input_names=list(_INPUTS),
        output_names=names,
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    return halve(onnx.load_from_string(buffer.getvalue())).SerializeToString(deterministic=True)


def halve(model: onnx.ModelProto) -> onnx.ModelProto:
    """Store large weights as 16-bit floats, each followed by a cast."""
    graph = model.graph
    casts = []
    for tensor in list(graph.initializer):
        if tensor.data_type != TensorProto.FLOAT or np.prod(tensor.dims) < 256:
            continue
        values = numpy_helper.to_array(tensor).astype(np.float16)
        stored = numpy_helper.from_array(values, f"{tensor.name}_16")
        casts.append(helper.make_node("Cast", [stored.name], [tensor.name], to=TensorProto.FLOAT))
        graph.initializer.remove(tensor)
        graph.initializer.append(stored)
    nodes = list(graph.node)
    del graph.node[:]
    graph.node.extend(casts + nodes)
    return model


def main(checkpoint: Path, config: Path, out: Path) -> None:
    """Export."""
    saved = torch.load(checkpoint, weights_only=False)
    network = Network(saved["heads"])
    network.load_state_dict(saved["weights"])
    encoder = tomllib.loads(config.read_text(encoding="utf-8"))["encoder"]
    folder = Path(str(importlib.import_module(encoder["package"]).__file__)).parent / encoder["folder"]
    heads = {n: {"kind": h["kind"], "labels": h["labels"]} for n, h in saved["heads"].items()}
    nlp = spacy.blank("en")
    nlp.tokenizer = english_tokenizer(nlp)
    reader = nlp.add_pipe("kgbuild_reader")
    assert isinstance(reader, Reader)
    reader.network = Runner(
        to_onnx(network), (folder / "tokenizer.json").read_text(encoding="utf-8"), json.dumps(heads, ensure_ascii=False)
    )
    nlp.meta.update(
        lang="en",
        spacy_version=">=3.8.7,<3.9.0",
        name="kgbuild_default",
        version="1.0.0",
        license="CC BY-SA 4.0",
        description="MiniLM multi-task reader for news: tags, morphology, lemmas, UD trees, sentences, names.",
    )
    nlp.to_disk(out)


if __name__ == "__main__":
    main(*(Path(a) for a in sys.argv[1:4]))
