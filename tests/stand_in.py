"""A stand-in for the language model, so that what comes after it can be tested in no time and without one."""

import re
from pathlib import Path

from kgbuild.knowledge import load
from kgbuild.model import Chain, EntityType, Extraction, Mention, MentionKind, Where

KNOWLEDGE = load()
ANNOTATED = []
"""The articles that were annotated, by the names of their files; a test empties it first."""

_NAME = re.compile(r"(?P<Person>(Anna|Jón) [A-Z]\w+)|(?P<City>Tessaly)|(?P<Country>Ghana)")
_KEYS = {"Ghana": "iso:GH", "Tessaly": "own:Tessaly"}


def annotate(documents, nlp):
    """Stand in for the language model; what it was asked to read is written down."""
    for document in documents:
        ANNOTATED.append(document.source_file)
        yield ["parse"] * len(document.paragraphs)


def docs_to_bytes(docs):
    return "|".join(docs).encode()


def docs_from_bytes(data):
    return data.decode().split("|") if data else []


def knowledge_of(settings):
    """Stand in for loading the data files that a work folder names: those that ship are loaded already."""
    if settings.ontology or settings.shapes or settings.same or settings.different or settings.index:
        return load(
            Path(settings.ontology) if settings.ontology else None,
            Path(settings.shapes) if settings.shapes else None,
            same=[Path(one) for one in settings.same],
            different=[Path(one) for one in settings.different],
            index=Path(settings.index) if settings.index else None,
        )
    return KNOWLEDGE


def find_names(document, docs, knowledge):
    """Stand in for extraction: each `Anna X` or `Jón X` is a person; the word `CRASH` is our own fault."""
    if any("CRASH" in document.words(where) for where in document.paragraphs):
        raise ValueError("cannot read this")
    assert docs == ["parse"] * len(document.paragraphs)
    mentions = []
    for paragraph in document.paragraphs:
        for match in _NAME.finditer(document.text, paragraph.begin, paragraph.end):
            where = Where(*match.span())
            name = match.group()
            kind = EntityType(match.lastgroup)
            mentions.append(Mention(where, name, MentionKind.NAME, kind, where, name.lower(), paragraph))
    chains = tuple(
        Chain((n,), one.type, one.text, named=True, key=_KEYS.get(one.text, "")) for n, one in enumerate(mentions)
    )
    return Extraction(document.id, document.paragraphs, tuple(mentions), chains)
