"""The spaCy component that hears which words tell events, and who may take part, from the reader's word states.

Two small networks look at the states that the reader leaves in `doc.tensor`: one gives every content word a heading of
events or none, the other gives every pair of such a word and a word near it a role or none. What they say is a
suggestion: it goes to `doc.spans`, and the stages behind weigh it against the lexicon and the clause.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import srsly
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span

Array = NDArray[np.float32]
CONTENT = frozenset({"VERB", "NOUN", "ADJ", "PROPN"})
"""Parts of speech of which a word can tell an event."""
SPANS = "events"
_FILE = "events.npz"
_LEAST = 0.05
_SHOWN = 3


class Layers:
    """Score rows of states: a projection with one hidden layer behind it.

    Args:
        arrays: `inner` (states, hidden), `inner_bias`, `outer` (hidden, labels), `outer_bias`.
        labels: What the columns of the scores are; the first is nothing.
    """

    def __init__(self, arrays: dict[str, Array], labels: tuple[str, ...]) -> None:
        self.arrays, self.labels = arrays, labels

    def probabilities(self, states: Array) -> Array:
        """Give each row a probability for every label; rows sum to one."""
        hidden = gelu(states @ self.arrays["inner"] + self.arrays["inner_bias"])
        scores = hidden @ self.arrays["outer"] + self.arrays["outer_bias"]
        scores -= scores.max(axis=1, keepdims=True)
        raised = np.exp(scores)
        found: Array = raised / raised.sum(axis=1, keepdims=True)
        return found


def gelu(x: Array) -> Array:
    """Bend a number smoothly (Hendrycks and Gimpel 2016), by the usual approximation with tanh."""
    bent: Array = (0.5 * x * (1.0 + np.tanh(0.7978845608 * (x + 0.044715 * x**3)))).astype(np.float32)
    return bent


def suggestions(shares: Array, labels: tuple[str, ...]) -> list[list[tuple[str, float]]]:
    """List for each row the headings worth a thought, the likeliest first.

    Args:
        shares: Probabilities, a row a word; the first column is nothing.
        labels: The columns' labels.

    Returns:
        At most three pairs of label and probability a row, rounded to four places so that bytes are the same on every
        machine; empty for a word that tells nothing.
    """
    found: list[list[tuple[float, int]]] = [[] for _ in shares]
    for row, column in np.argwhere(shares[:, 1:] >= _LEAST).tolist():
        found[row].append((-round(float(shares[row, column + 1]), 4), column + 1))
    return [[(labels[n], -share) for share, n in sorted(told)[:_SHOWN]] for told in found]


class EventTagger:
    """Writes suggestions of events into `doc.spans["events"]`: a span a word and heading, scores in its `attrs`.

    The states are taken away afterwards, since nobody behind needs them and they are heavy. A Doc without states (of
    a reader that keeps none) gets an empty list.

    Args:
        name: The component's name in the pipeline.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.layers: Layers | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc in place."""
        words = [t.i for t in doc if t.pos_ in CONTENT]
        states = np.asarray(doc.tensor, dtype=np.float32)
        spans: list[Span] = []
        scores: list[float] = []
        if self.layers is not None and words and states.ndim == 2 and len(states) == len(doc):
            shares = self.layers.probabilities(states[words])
            for word, told in zip(words, suggestions(shares, self.layers.labels), strict=True):
                spans += [Span(doc, word, word + 1, label) for label, _ in told]
                scores += [score for _, score in told]
        doc.spans[SPANS] = spans
        doc.spans[SPANS].attrs["scores"] = scores
        doc.tensor = np.zeros((0,), dtype=np.float32)
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Annotate Docs one by one; the batch size changes nothing."""
        for doc in stream:
            yield self(doc)

    def to_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> None:
        """Write the weights into a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _FILE).write_bytes(self._packed())

    def from_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> EventTagger:
        """Read what `to_disk` wrote."""
        return self._unpack((Path(path) / _FILE).read_bytes())

    def to_bytes(self, exclude: Iterable[str] = ()) -> bytes:
        """Serialise the weights."""
        data: bytes = srsly.msgpack_dumps({_FILE: self._packed()})
        return data

    def from_bytes(self, data: bytes, exclude: Iterable[str] = ()) -> EventTagger:
        """Read what `to_bytes` gave."""
        return self._unpack(srsly.msgpack_loads(data)[_FILE])

    def _packed(self) -> bytes:
        """Pack weights as 16-bit floats."""
        if self.layers is None:
            return b""
        buffer = io.BytesIO()
        arrays: dict[str, Any] = {name: array.astype(np.float16) for name, array in self.layers.arrays.items()}
        np.savez(buffer, labels=np.array(self.layers.labels), **arrays)
        return buffer.getvalue()

    def _unpack(self, data: bytes) -> EventTagger:
        """Unpack weights; computing is done in 32-bit floats."""
        if data:
            with np.load(io.BytesIO(data), allow_pickle=False) as stored:
                arrays = {name: stored[name].astype(np.float32) for name in stored.files if name != "labels"}
                self.layers = Layers(arrays, tuple(str(label) for label in stored["labels"]))
        return self


@Language.factory("kgbuild_events", assigns=["doc.spans"])
def make_event_tagger(nlp: Language, name: str) -> EventTagger:
    """Make the component for a pipeline."""
    return EventTagger(name)
