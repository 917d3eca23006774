"""Callbacks that spaCy's trainer looks up (`spacy train --code`)."""

from __future__ import annotations

from collections.abc import Callable

import spacy
from spacy.language import Language

from kgbuild.annotate.tokens import english_tokenizer


@spacy.registry.callbacks("kgbuild_tokenizer")  # type: ignore[untyped-decorator]
def use_tokenizer() -> Callable[[Language], None]:
    """Give a new pipeline our tokenizer."""

    def change(nlp: Language) -> None:
        nlp.tokenizer = english_tokenizer(nlp)

    return change
