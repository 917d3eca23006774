"""Annotated texts as rows of states with headings: what the event tagger learns from.

A row is a content word (verb, noun, adjective, name) of the pipeline's own parse; its label is the heading of the event
whose trigger it lies in, or none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kgbuild.annotate import Reader, annotate, load_model
from kgbuild.annotate.events import CONTENT
from kgbuild.model import Document
from kgbuild.read import read
from kgbuild.score.classes import HEADING
from kgbuild.score.gold import Gold, read_gold

LABELS = ("", *sorted(set(HEADING.values())))


@dataclass(frozen=True, slots=True)
class Read:
    """An article with its parse (states in `doc.tensor`) and the gold of its file, None where it has none."""

    document: Document
    docs: list[Doc]
    gold: Gold | None


@dataclass(frozen=True, slots=True)
class Rows:
    """States and labels of many words, and the number of the file that each comes from."""

    states: NDArray[np.float32]
    labels: NDArray[np.int64]
    files: NDArray[np.int64]


def read_articles(model: Path, texts: Path, gold: Path) -> list[Read]:
    """Read texts with a pipeline whose reader keeps its states.

    Args:
        model: A folder with `kgbuild_reader/layers.onnx`; a tagger in it is left out.
        texts: A folder of `NAME.txt`.
        gold: A folder of `NAME.json`.

    Returns:
        The articles, by file name.
    """
    nlp = load_model(model)
    if "kgbuild_events" in nlp.pipe_names:
        nlp.remove_pipe("kgbuild_events")
    reader = nlp.get_pipe("kgbuild_reader")
    assert isinstance(reader, Reader)
    reader.keep_states = True
    known = {one.name: one for one in read_gold(gold, texts)}
    documents = read([texts]).documents
    return [
        Read(document, docs, known.get(document.source_file))
        for document, docs in zip(documents, annotate(documents, nlp), strict=True)
    ]


def files_of(articles: Sequence[Read]) -> dict[str, int]:
    """Number the annotated files, by name; a fold takes every fifth."""
    return {name: n for n, name in enumerate(sorted({a.document.source_file for a in articles if a.gold}))}


def rows_of(articles: Sequence[Read]) -> Rows:
    """Gather the content words of the annotated stretches."""
    files = files_of(articles)
    states, labels, places = [], [], []
    for article in articles:
        if article.gold is None:
            continue
        for paragraph, doc in zip(article.document.paragraphs, article.docs, strict=True):
            words = [t.i for t in doc if t.pos_ in CONTENT]
            if not words:
                continue
            states.append(np.asarray(doc.tensor, dtype=np.float32)[words])
            for word in words:
                begin = paragraph.begin + doc[word].idx
                labels.append(LABELS.index(_heading(article.gold, begin, begin + len(doc[word].text))))
                places.append(files[article.document.source_file])
    return Rows(np.concatenate(states), np.array(labels), np.array(places))


def _heading(gold: Gold, begin: int, end: int) -> str:
    """Find the heading of the event whose trigger overlaps a word, "" if none."""
    for event in gold.events:
        if any(begin < e and b < end for b, e in event.spans):
            return HEADING[event.event_class]
    return ""
