"""What a pipeline says of an article as bytes, so that it can be kept and need not be said again.

Words, tags, trees, names and spans with their attributes are kept; what a component hides elsewhere is not, and nothing
after annotation asks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import spacy
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab


def docs_to_bytes(docs: Sequence[Doc]) -> bytes:
    """Turn the annotated paragraphs of one article into bytes."""
    return DocBin(docs=docs, store_user_data=False).to_bytes()


def docs_from_bytes(data: bytes) -> list[Doc]:
    """Give back the paragraphs that `docs_to_bytes` was given; no pipeline has to be loaded for it."""
    return list(DocBin().from_bytes(data).get_docs(_vocab()))


@cache
def _vocab() -> Vocab:
    """Make a vocabulary with the lexical attributes of English, which every pipeline of ours has."""
    return spacy.blank("en").vocab
