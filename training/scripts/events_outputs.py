"""Let a shipped reader give the states of its lower layers too.

Usage: events_outputs.py MODEL

Writes `layers.onnx` beside `network.onnx`: two nodes a layer and one more output, as a piece of a graph. The format of
ONNX adds pieces up when their bytes stand behind one another, so the network itself stays as it is and no weight is
stored twice. The output `layers` holds for each word its last state, what it means before any context (first and last
subword) and what the second and fourth layer of the encoder make of it: the higher layers have turned to syntax.
"""

from __future__ import annotations

import sys
from pathlib import Path

import onnx
from onnx import TensorProto, helper

_WORDS = "/network/word_embedding/Gather_output_0"
_LAYER = "/network/layers.{}/norm2/LayerNormalization_output_0"
_PICKED = (
    ("first_piece", _WORDS, 0),
    ("last_piece", _WORDS, 1),
    ("second", _LAYER.format(1), 0),
    ("fourth", _LAYER.format(3), 0),
)


def piece_of(graph: onnx.GraphProto) -> onnx.ModelProto:
    """Build the piece for a graph.

    Args:
        graph: The reader's graph; it tells by which indices words pick their subwords.

    Returns:
        A model that holds nothing but the new nodes and their output.
    """
    indices = [n.input[1] for n in graph.node if n.op_type == "GatherElements"][:2]
    nodes = [
        helper.make_node("GatherElements", [source, indices[which]], [f"layers/{name}"], f"layers/{name}", axis=1)
        for name, source, which in _PICKED
    ]
    parts = ["states", *(f"layers/{name}" for name, _, _ in _PICKED)]
    nodes.append(helper.make_node("Concat", parts, ["layers"], "layers", axis=2))
    output = helper.make_tensor_value_info("layers", TensorProto.FLOAT, [1, "words", None])
    piece = onnx.ModelProto()
    piece.graph.node.extend(nodes)
    piece.graph.output.append(output)
    return piece


def main(folder: Path) -> None:
    """Write the piece."""
    network = folder / "kgbuild_reader" / "network.onnx"
    piece = piece_of(onnx.load(network).graph)
    network.with_name("layers.onnx").write_bytes(piece.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
