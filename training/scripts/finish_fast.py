"""Write the trained convolutional pipeline as it ships: averaged weights, its name and licence, no training settings.

Usage: finish_fast.py TRAINED OUT
"""

from __future__ import annotations

import sys
from pathlib import Path

import spacy
import spacy_code
import srsly
from spacy.language import Language

assert spacy_code


def trimmed(nlp: Language, folder: Path) -> Language:
    """Load a saved pipeline again without the words that its vocabulary collected from the corpora.

    Kept are the strings of labels, tokenizer and edit trees, which the components add or need.
    """
    lemmatizer = nlp.get_pipe("trainable_lemmatizer")
    small = spacy.util.load_model_from_config(spacy.util.load_config(folder / "config.cfg"), auto_fill=True)
    for tree in srsly.msgpack_loads(lemmatizer.trees.to_bytes())["trees"]:  # type: ignore[attr-defined]
        for part in ("orig", "subst"):
            if tree.get(part):
                small.vocab.strings.add(nlp.vocab.strings[tree[part]])
    for label in (label for _, pipe in nlp.pipeline for label in getattr(pipe, "labels", ())):
        small.vocab.strings.add(str(label))
        small.vocab.morphology.add("|".join(f for f in str(label).split("|") if "=" in f and not f.startswith("POS=")))
    small.from_disk(folder, exclude=["vocab"])
    small.meta.update(nlp.meta)
    return small


def main(trained: Path, out: Path) -> None:
    """Copy the pipeline."""
    nlp = spacy.load(trained)
    nlp.config["paths"] = {"train": None, "dev": None, "vectors": None, "init_tok2vec": None}
    nlp.config["initialize"].update(before_init=None, after_init=None)
    nlp.meta.update(
        name="kgbuild_fast",
        spacy_version=">=3.8.7,<3.9.0",
        version="1.0.0",
        license="CC BY-SA 4.0",
        performance={},
        description="Small convolutional pipeline for news: tags, morphology, lemmas, UD trees, sentences, names.",
    )
    nlp.to_disk(out)
    trimmed(nlp, out).to_disk(out)


if __name__ == "__main__":
    main(*(Path(a) for a in sys.argv[1:3]))
