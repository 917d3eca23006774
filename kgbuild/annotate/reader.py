"""The spaCy component that reads a Doc with the multi-task network and writes all its layers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import srsly
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.parts_of_speech import IDS as POS_IDS
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kgbuild.annotate.decode import Words, decode
from kgbuild.annotate.network import Network
from kgbuild.annotate.windows import cut_windows, encode, pieces_of

_ATTRIBUTES = [POS, TAG, MORPH, LEMMA, HEAD, DEP, ENT_IOB, ENT_TYPE]
_OWN_LAYERS = frozenset({"upos", "xpos", "feats", "names"})
_FILES = ("network.onnx", "tokenizer.json", "heads.json")
_LAYERS = "layers.onnx"
_IOB = {"I": 1, "O": 2, "B": 3}


class Reader:
    """Writes sentences, tags, morphology, lemmas, trees and names into a Doc, from one run of the network.

    Each Doc is read alone, window by window, so that it gets the same annotation in any batch. Heads of the network
    that are not known here (event triggers, say) are written to `doc.spans[HEAD]`.

    Args:
        vocab: The pipeline's vocabulary.
        name: The component's name in the pipeline.
        window: Most subwords that the network reads at once.
        keep_states: Whether to leave the words' states in `doc.tensor` (a row a token) for a later component; those of
            several layers where the network gives them.
    """

    def __init__(self, vocab: Vocab, name: str, window: int, keep_states: bool) -> None:
        self.vocab, self.name, self.window, self.keep_states = vocab, name, window, keep_states
        self.network: Network | None = None
        self._keys: dict[str, int] = {}
        self._morphs: dict[str, int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc in place."""
        if self.network is None:
            raise ValueError(f"{self.name}: no network was loaded")
        tokens = [t.i for t in doc if not t.is_space]
        words = [doc[i].text for i in tokens]
        spaced = [bool(i and (doc[i - 1].whitespace_ or doc[i - 1].is_space)) for i in tokens]
        found, states = self._read(words, spaced, self.network)
        _write(doc, tokens, found, self)
        for name, labels in found.labels.items():
            if name not in _OWN_LAYERS:
                doc.spans[name] = _spans(doc, tokens, labels)
        if self.keep_states:
            tensor = np.zeros((len(doc), states[0].shape[1] if states else 0), dtype=np.float32)
            if states:
                tensor[tokens] = np.concatenate(states)
            doc.tensor = tensor
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Annotate Docs one by one; the batch size changes nothing."""
        for doc in stream:
            yield self(doc)

    def _read(self, words: list[str], spaced: list[bool], network: Network) -> tuple[Words, list[Any]]:
        """Run the network over the windows of some words."""
        found, states = Words(), []
        pieces = pieces_of(words, network.tokenizer)
        for begin, end in cut_windows(words, [len(p) for p in pieces], self.window):
            part = words[begin:end]
            scores = network.run(encode(part, spaced[begin:end], pieces[begin:end], network.frame), self.keep_states)
            found.extend(decode(part, scores, network.heads))
            if self.keep_states:
                states.append(scores.get("layers", scores["states"]))
        return found, states

    def key(self, text: str) -> int:
        """Give a string's number in the vocabulary."""
        if text not in self._keys:
            self._keys[text] = self.vocab.strings.add(text)
        return self._keys[text]

    def morph(self, feats: str) -> int:
        """Give a feature bundle's number in the vocabulary; `_` is the empty bundle."""
        if feats not in self._morphs:
            self._morphs[feats] = self.vocab.morphology.add("" if feats == "_" else feats)
        return self._morphs[feats]

    def to_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> None:
        """Write graph, tokenizer and heads into a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        if self.network is not None:
            for name, data in zip(_FILES, self._parts(), strict=True):
                (folder / name).write_bytes(data)
            if self.network.layers:
                (folder / _LAYERS).write_bytes(self.network.layers)

    def from_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> Reader:
        """Read what `to_disk` wrote."""
        graph, tokenizer, heads = ((Path(path) / name).read_bytes() for name in _FILES)
        layers = Path(path) / _LAYERS
        self.network = Network(
            graph, tokenizer.decode(), heads.decode(), layers.read_bytes() if layers.is_file() else b""
        )
        return self

    def to_bytes(self, exclude: Iterable[str] = ()) -> bytes:
        """Serialise the network."""
        parts = dict(zip(_FILES, self._parts(), strict=True)) if self.network else {}
        if self.network is not None and self.network.layers:
            parts[_LAYERS] = self.network.layers
        data: bytes = srsly.msgpack_dumps(parts)
        return data

    def from_bytes(self, data: bytes, exclude: Iterable[str] = ()) -> Reader:
        """Read what `to_bytes` gave."""
        parts = srsly.msgpack_loads(data)
        if parts:
            graph, tokenizer, heads = (parts[name] for name in _FILES)
            self.network = Network(graph, tokenizer.decode(), heads.decode(), parts.get(_LAYERS, b""))
        return self

    def _parts(self) -> tuple[bytes, bytes, bytes]:
        """Give the contents of the component's files."""
        if self.network is None:
            return b"", b"", b""
        return self.network.graph, self.network.tokenizer_json.encode(), self.network.heads_json.encode()


@Language.factory(
    "kgbuild_reader",
    default_config={"window": 220, "keep_states": False},
    assigns=[
        "token.pos",
        "token.tag",
        "token.morph",
        "token.lemma",
        "token.head",
        "token.dep",
        "token.is_sent_start",
        "doc.sents",
        "doc.ents",
    ],
)
def make_reader(nlp: Language, name: str, window: int, keep_states: bool) -> Reader:
    """Make the component for a pipeline."""
    return Reader(nlp.vocab, name, window, keep_states)


def _write(doc: Doc, tokens: list[int], found: Words, reader: Reader) -> None:
    """Write the annotation of the words (and of the space between them) into the Doc."""
    rows = np.zeros((len(doc), len(_ATTRIBUTES)), dtype=np.uint64)
    heads = np.zeros(len(doc), dtype=np.int64)
    blank = found.labels or {name: [] for name in _OWN_LAYERS}
    for n, i in enumerate(tokens):
        label = blank["names"][n]
        rows[i] = (
            POS_IDS[blank["upos"][n]],
            reader.key(blank["xpos"][n]),
            reader.morph(blank["feats"][n]),
            reader.key(found.lemmas[n]),
            0,
            reader.key("ROOT" if found.relations[n] == "root" else found.relations[n]),
            _IOB[label[0]],
            reader.key(label[2:]) if label != "O" else 0,
        )
        heads[i] = tokens[found.heads[n]] - i
    words = set(tokens)
    for i in range(len(doc)):
        if i not in words:
            _write_space(rows, heads, doc, i, words, reader)
    rows[:, 4] = heads.astype(np.uint64)
    doc.from_array(_ATTRIBUTES, rows)  # type: ignore[arg-type]  # its stub knows no numpy arrays


def _write_space(rows: Any, heads: Any, doc: Doc, i: int, words: set[int], reader: Reader) -> None:  # noqa: ANN401 - numpy arrays
    """Write a token of white space: it hangs on a word beside it and stays in a name around it."""
    before = next((n for n in range(i - 1, -1, -1) if n in words), None)
    after = next((n for n in range(i + 1, len(doc)) if n in words), None)
    anchor = before if before is not None else after
    inside = before is not None and after is not None and rows[after, 6] == _IOB["I"]
    rows[i] = (
        POS_IDS["SPACE"],
        reader.key("_SP"),
        reader.morph("_"),
        reader.key(doc[i].text),
        0,
        reader.key("dep" if anchor is not None else "ROOT"),
        _IOB["I" if inside else "O"],
        rows[after, 7] if inside else 0,
    )
    heads[i] = anchor - i if anchor is not None else 0


def _spans(doc: Doc, tokens: list[int], labels: list[str]) -> list[Span]:
    """Turn a head's labels into spans: BIO labels as usual, others a span a word; `_` and `O` are nothing."""
    spans: list[tuple[int, int, str]] = []
    for n, label in enumerate(labels):
        if label.startswith("I-") and spans and spans[-1][1] == tokens[n - 1] + 1:
            spans[-1] = (spans[-1][0], tokens[n] + 1, spans[-1][2])
        elif label not in {"O", "_"}:
            spans.append((tokens[n], tokens[n] + 1, label.removeprefix("B-")))
    return [Span(doc, begin, end, label) for begin, end, label in spans]
