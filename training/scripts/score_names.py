"""Score names against prepared examples, by type.

Usage: score_names.py EXAMPLES.jsonl MODEL [MODEL ...] [--json OUT]

With one model all examples are read. With N models the documents are dealt out as in stage two of the training, and
model n reads those of fold n, which it did not see. Spans count by exact boundaries; a gold span whose type is open
counts for whichever of its types is said; a said span that lies on words left open does not count at all.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy
from corpus import Example, read
from evaluate import Scores
from spacy.language import Language
from spacy.tokens import Doc
from train_default import fold_of

_PLACES = {"GPE", "LOC", "FAC"}


def gold_spans(labels: list[str]) -> list[tuple[int, int, frozenset[str]]]:
    """Read spans with their possible types."""
    spans: list[tuple[int, int, frozenset[str]]] = []
    for n, label in enumerate(labels):
        options = label.split("/")
        types = frozenset(o[2:] for o in options)
        if options[0].startswith("B-"):
            spans.append((n, n + 1, types))
        elif options[0].startswith("I-") and spans and spans[-1][1] == n and spans[-1][2] == types:
            spans[-1] = (spans[-1][0], n + 1, types)
    return spans


def score_example(doc: Doc, example: Example, scores: Scores) -> None:
    """Compare one Doc with its example."""
    labels = [str(x) for x in example.layers["names"]]
    gold = {(b, e): types for b, e, types in gold_spans(labels)}
    said = {(s.start, s.end): s.label_ for s in doc.ents}
    for span, types in gold.items():
        name = said[span] if said.get(span) in types else sorted(types)[0]
        scores.add(name, 0, 0, 1)
        scores.add("all", 0, 0, 1)
        scores.add("boundaries", 0, 0, 1)
    for span, label in said.items():
        open_words = all(labels[n] == "*" or label in {x[2:] for x in labels[n].split("/")} for n in range(*span))
        if span not in gold and open_words:
            continue
        right = span in gold and label in gold[span]
        scores.add(label, right, 1, 0)
        scores.add("all", right, 1, 0)
        scores.add("boundaries", span in gold, 1, 0)


def docs_for(nlp: Language, examples: list[Example]) -> Iterator[Doc]:
    """Read the examples' words."""
    return nlp.pipe(Doc(nlp.vocab, words=e.words, spaces=e.spaces) for e in examples)


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("examples", type=Path)
    parser.add_argument("models", nargs="+", type=Path)
    parser.add_argument("--corpus", default="")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    examples = [e for e in read(args.examples) if "names" in e.layers and args.corpus in e.corpus and e.words]
    docs = sorted({e.doc for e in examples})
    scores = Scores()
    for n, model in enumerate(args.models):
        chosen = set(docs) if len(args.models) == 1 else set(fold_of(docs, n, len(args.models)))
        own = [e for e in examples if e.doc in chosen]
        for doc, example in zip(docs_for(spacy.load(model), own), own, strict=True):
            score_example(doc, example, scores)
    table: dict[str, Any] = {k: {"f": c.f(), "gold": c.gold, "said": c.said} for k, c in sorted(scores.counts.items())}
    print(args.examples.stem, args.corpus, len(args.models), "models", table)
    if args.json:
        args.json.write_text(json.dumps(table, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
