"""Annotate documents: load a language pipeline, and give each paragraph its sentences, tags, trees and names.

Two pipelines ship with the program, `default` (reads better) and `fast`; any other spaCy pipeline can stand in for
them. Labels are those of Universal Dependencies; a pipeline that speaks another scheme is translated after reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kgbuild import paths
from kgbuild.annotate.events import EventTagger, make_event_tagger
from kgbuild.annotate.keeping import docs_from_bytes, docs_to_bytes
from kgbuild.annotate.reader import Reader, make_reader
from kgbuild.annotate.schemes import scheme_of, to_universal
from kgbuild.errors import ModelError
from kgbuild.model import Document, Where

SHIPPED = paths.SHIPPED_MODELS

__all__ = [
    "SHIPPED",
    "EventTagger",
    "Reader",
    "annotate",
    "docs_from_bytes",
    "docs_to_bytes",
    "load_model",
    "make_event_tagger",
    "make_reader",
]


def load_model(name: str | Path) -> Language:
    """Load a language pipeline.

    Args:
        name: `default` or `fast` (shipped), else a folder, else the name of an installed spaCy package.

    Returns:
        The pipeline, ready to read; the same name always reads the same text the same way.

    Raises:
        ModelError: It is not there, or spaCy can't load it; the line says what to do.
    """
    if str(name) in SHIPPED:
        folder = paths.models_dir() / str(name)
        if not (folder / "config.cfg").is_file():
            raise ModelError(
                f"the {name} language model is not in {folder.parent}",
                "Install kgbuild again, or train it (training/README.md).",
            )
        return _load(folder)
    folder = Path(name)
    if str(name) and folder.is_dir():
        if not (folder / "config.cfg").is_file():
            raise ModelError(
                f"{name}: no spaCy pipeline in this folder (config.cfg is missing)",
                "Name the folder that holds config.cfg.",
            )
        return _load(folder)
    if not _is_package(str(name)):
        known = ", ".join(SHIPPED)
        raise ModelError(
            f"no language model called {str(name)!r}",
            f"Use one of {known}, a pipeline's folder, or install the spaCy package of that name.",
        )
    return _load(str(name))


def _is_package(name: str) -> bool:
    """Whether a spaCy pipeline package of that name is installed."""
    return name.isidentifier() and spacy.util.is_package(name)


def _load(source: str | Path) -> Language:
    """Load from a folder or package, with spaCy's errors turned into one line."""
    try:
        return spacy.load(source)
    except (OSError, ValueError, ImportError, KeyError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ModelError(
            f"{source}: spaCy can't load this language model ({reason})",
            "Check that it fits the installed spaCy version.",
        ) from error


def annotate(documents: Iterable[Document], nlp: Language) -> Iterator[list[Doc]]:
    """Read documents with a pipeline.

    Args:
        documents: The documents; their paragraphs are read one by one, so that neighbours don't change an annotation.
        nlp: A pipeline from `load_model`.

    Returns:
        For each document, in order, one Doc a paragraph (none for a document without paragraphs). A token's `idx`
        counts from the paragraph's begin; the Doc has as many characters as the paragraph.
    """
    scheme = scheme_of(nlp)
    for document in documents:
        texts = [_texts(document, where) for where in document.paragraphs]
        read = (to_universal(doc, scheme) for doc in nlp.pipe(chain.from_iterable(texts)))
        yield [_joined(list(islice(read, len(parts)))) for parts in texts]


def _texts(document: Document, where: Where) -> list[str]:
    """Give a paragraph as it is read: a dateline and what it opens by themselves, since it is in no sentence."""
    words = document.words(where)
    line = document.dateline
    if line is None or not where.contains(line) or line.end >= where.end:
        return [words]
    return [words[: line.length], words[line.length :]]


def _joined(parts: list[Doc]) -> Doc:
    """Make one Doc of what was read by itself."""
    return parts[0] if len(parts) == 1 else Doc.from_docs(parts, ensure_whitespace=False)
