"""A stand-in for the language model, so that what comes after it can be tested in no time and without one."""

import re

from kgbuild.knowledge import load
from kgbuild.model import Chain, EntityType, Extraction, Mention, MentionKind, Where

KNOWLEDGE = load()

_NAME = re.compile(r"(Anna|Jón) [A-Z]\w+")


def find_names(document, docs, knowledge):
    """Stand in for extraction: each `Anna X` or `Jón X` is a person; the word `CRASH` is our own fault."""
    if "CRASH" in document.text:
        raise ValueError("cannot read this")
    assert docs == ["parse"] * len(document.paragraphs)
    mentions = []
    for paragraph in document.paragraphs:
        for match in _NAME.finditer(document.text, paragraph.begin, paragraph.end):
            where = Where(*match.span())
            name = match.group()
            mentions.append(Mention(where, name, MentionKind.NAME, EntityType.PERSON, where, name.lower(), paragraph))
    chains = tuple(Chain((n,), EntityType.PERSON, mention.text, named=True) for n, mention in enumerate(mentions))
    return Extraction(document.id, document.paragraphs, tuple(mentions), chains)
