"""Callbacks that spaCy's trainer looks up (`spacy train --code`)."""

from __future__ import annotations

from collections.abc import Callable

import spacy
from spacy.language import Language
from spacy.pipeline.edit_tree_lemmatizer import EditTreeLemmatizer

from kgbuild.annotate.tokens import english_tokenizer


@spacy.registry.callbacks("kgbuild_tokenizer")  # type: ignore[untyped-decorator]
def use_tokenizer() -> Callable[[Language], None]:
    """Give a new pipeline our tokenizer."""

    def change(nlp: Language) -> None:
        nlp.tokenizer = english_tokenizer(nlp)

    return change


@spacy.registry.callbacks("kgbuild_lemma_labels")  # type: ignore[untyped-decorator]
def restore_lemma_labels() -> Callable[[Language], None]:
    """Let a lemmatizer that was read from disk be trained on.

    spaCy does not store which label each edit tree has; without that map every word would be taught the first label.
    """

    def change(nlp: Language) -> None:
        pipe = nlp.get_pipe("trainable_lemmatizer")
        assert isinstance(pipe, EditTreeLemmatizer)
        pipe.tree2label = {tree: label for label, tree in enumerate(pipe.cfg["labels"])}

    return change
