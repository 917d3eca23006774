"""The one form that all training corpora are brought into: words with whatever layers the corpus carries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

NAME_TYPES = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "MISC", "WEAPON")
NAME_LABELS = ("O", *(f"{p}-{t}" for t in NAME_TYPES for p in "BI"))
ANY = "*"


@dataclass(slots=True)
class Example:
    """A paragraph (or sentence) of a corpus.

    `layers` maps a layer's name to one value a word: `sent` ("1" starts a sentence), `upos`, `xpos`, `feats`, `lemma`,
    `head` (index of the head in this example, -1 for a root), `dep`, `names` (allowed labels joined by `/`, `*` for
    unknown), and whatever a later head needs. A layer that the corpus lacks is absent; `None` masks one word.
    """

    corpus: str
    doc: str
    words: list[str]
    spaces: list[bool]
    layers: dict[str, list[str | int | None]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The words with their spaces."""
        return "".join(w + " " * s for w, s in zip(self.words, self.spaces, strict=True))


def write(examples: Iterable[Example], path: Path) -> int:
    """Write examples, a JSON line each; returns how many."""
    count = 0
    with path.open("w", encoding="utf-8") as out:
        for example in examples:
            out.write(json.dumps(asdict(example), ensure_ascii=False) + "\n")
            count += 1
    return count


def read(path: Path) -> Iterator[Example]:
    """Read what `write` wrote."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield Example(**json.loads(line))


def cut(example: Example, begin: int, end: int) -> Example:
    """Cut out words [begin, end), which must be whole sentences; heads are renumbered."""
    layers = {k: v[begin:end] for k, v in example.layers.items()}
    if "head" in layers:
        layers["head"] = [h - begin if isinstance(h, int) and h >= 0 else h for h in layers["head"]]
    return Example(example.corpus, example.doc, example.words[begin:end], example.spaces[begin:end], layers)


def join(left: Example, right: Example) -> Example:
    """Put two examples of one corpus into one; layers that either lacks are dropped."""
    shift = len(left.words)
    layers = {k: left.layers[k] + right.layers[k] for k in left.layers if k in right.layers}
    if "head" in layers:
        moved = [h + shift if isinstance(h, int) and h >= 0 else h for h in right.layers["head"]]
        layers["head"] = left.layers["head"] + moved
    spaces = [*left.spaces[:-1], True, *right.spaces]
    return Example(left.corpus, left.doc, left.words + right.words, spaces, layers)
