"""What a pipeline says of an article as bytes, so that it can be kept and need not be said again.

Words, tags, trees, names and groups of spans with their attributes are kept; what a component hides elsewhere is not,
and nothing after annotation asks for it. spaCy's own DocBin takes eight times as long for paragraphs with spans, since
it looks through all installed packages for each group.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import spacy
from spacy.attrs import DEP, ENT_ID, ENT_IOB, ENT_KB_ID, ENT_TYPE, HEAD, LEMMA, MORPH, ORTH, POS, SPACY, TAG
from spacy.tokens import Doc, Span, SpanGroup
from spacy.vocab import Vocab

_ATTRIBUTES = [TAG, POS, MORPH, LEMMA, HEAD, DEP, ENT_IOB, ENT_TYPE, ENT_KB_ID, ENT_ID]
_COLUMNS = [ORTH, SPACY, *_ATTRIBUTES]


def docs_to_bytes(docs: Sequence[Doc]) -> bytes:
    """Turn the annotated paragraphs of one article into bytes."""
    rows = [np.asarray(doc.to_array(_COLUMNS), dtype=np.uint64).reshape(len(doc), len(_COLUMNS)) for doc in docs]
    whole = np.concatenate(rows) if rows else np.zeros((0, len(_COLUMNS)), dtype=np.uint64)
    values, cells = np.unique(whole, return_inverse=True)
    groups = [[_told(key, group) for key, group in doc.spans.items()] for doc in docs]
    named = {hash_ for doc in groups for group in doc for span in group["spans"] for hash_ in span[2:]}
    strings = docs[0].vocab.strings if docs else ()
    head = {
        "lengths": [len(doc) for doc in docs],
        "unspaced": [n for n, doc in enumerate(docs) if doc.has_unknown_spaces],
        "values": [int(value) for value in values],
        "strings": [strings[value] for value in sorted({*values.tolist(), *named}) if value in strings],
        "spans": groups,
    }
    return json.dumps(head).encode() + b"\n" + cells.astype("<u4").tobytes()


def _told(key: str, group: SpanGroup) -> dict[str, Any]:
    """Write down a group of spans; strings stand by their numbers."""
    spans = [[span.start, span.end, span.label, span.kb_id, span.id] for span in group]
    return {"key": key, "name": group.name, "attrs": group.attrs, "spans": spans}


def docs_from_bytes(data: bytes) -> list[Doc]:
    """Give back the paragraphs that `docs_to_bytes` was given; no pipeline has to be loaded for it."""
    begin = data.index(b"\n")
    head = json.loads(data[:begin])
    vocab = _vocab()
    for string in head["strings"]:
        vocab.strings.add(string)
    cells = np.frombuffer(data, dtype="<u4", offset=begin + 1).reshape(-1, len(_COLUMNS))
    whole = np.asarray(head["values"], dtype=np.uint64)[cells]
    ends = np.cumsum(head["lengths"], dtype=int)
    parts = np.split(whole, ends[:-1]) if len(ends) else []
    unspaced = set(head["unspaced"])
    return [
        _doc(vocab, rows, groups, spaced=n not in unspaced)
        for n, (rows, groups) in enumerate(zip(parts, head["spans"], strict=True))
    ]


def _doc(vocab: Vocab, rows: Any, groups: Sequence[dict[str, Any]], *, spaced: bool) -> Doc:  # noqa: ANN401 - an array
    """Put one paragraph together again."""
    words = [vocab.strings[value] for value in rows[:, 0].tolist()]
    doc = Doc(vocab, words=words, spaces=rows[:, 1].astype(bool).tolist() if spaced else None)
    if words:
        doc = doc.from_array(_ATTRIBUTES, np.ascontiguousarray(rows[:, 2:]))  # type: ignore[arg-type]  # as in `reader`
    for told in groups:
        spans = [
            Span(doc, begin, end, label, kb_id=knowledge, span_id=name)
            for begin, end, label, knowledge, name in told["spans"]
        ]
        doc.spans[told["key"]] = SpanGroup(doc, name=told["name"], attrs=told["attrs"], spans=spans)
    return doc


@cache
def _vocab() -> Vocab:
    """Make a vocabulary with the lexical attributes of English, which every pipeline of ours has."""
    return spacy.blank("en").vocab
