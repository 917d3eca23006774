"""Write the trained convolutional pipeline as it ships: averaged weights, its name and licence, no training settings.

Usage: finish_fast.py TRAINED OUT
"""

from __future__ import annotations

import sys
from pathlib import Path

import spacy
import spacy_code

assert spacy_code


def main(trained: Path, out: Path) -> None:
    """Copy the pipeline."""
    nlp = spacy.load(trained)
    nlp.config["paths"] = {"train": None, "dev": None, "vectors": None, "init_tok2vec": None}
    nlp.config["initialize"]["before_init"] = None
    nlp.meta.update(
        name="kgbuild_fast",
        spacy_version=">=3.8.7,<3.9.0",
        version="1.0.0",
        license="CC BY-SA 4.0",
        performance={},
        description="Small convolutional pipeline for news: tags, morphology, lemmas, UD trees, sentences, names.",
    )
    nlp.to_disk(out)
    spacy.load(out)


if __name__ == "__main__":
    main(*(Path(a) for a in sys.argv[1:3]))
