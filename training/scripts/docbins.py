"""Write examples as spaCy's binary training files, for the fast pipeline.

Usage: docbins.py DATA GAZETTEERS OUT [--teacher MODEL]

Label sets that a corpus leaves open are settled by a teacher pipeline where one is given (which also parses the texts
that carry names only), else by the first type of the set; what stays open is masked.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import augment
import corpus
import gazetteers
import spacy
from corpus import Example
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from kgbuild.annotate import load_model

_CHUNK = 80


def pieces(example: Example, rng: random.Random) -> Iterator[Example]:
    """Cut an example into runs of whole sentences of some 15 to 80 words."""
    sent = example.layers.get("sent") or ["1"] + ["0"] * (len(example.words) - 1)
    starts = [n for n, s in enumerate(sent) if s == "1"] + [len(sent)]
    begin, size = 0, rng.randint(15, _CHUNK)
    for at in starts[1:]:
        if at - begin >= size or at == len(sent):
            yield corpus.cut(example, begin, at)
            begin, size = at, rng.randint(15, _CHUNK)


def to_doc(example: Example, nlp: Language, taught: Doc | None) -> Doc:
    """Make a Doc of an example; syntax from its own layers or from the teacher's."""
    layers = example.layers
    if "head" in layers:
        doc = Doc(
            nlp.vocab,
            words=example.words,
            spaces=example.spaces,
            pos=[str(x or "") for x in layers["upos"]],
            tags=[str(x or "") for x in layers["xpos"]],
            morphs=["" if x in (None, "_") else str(x) for x in layers["feats"]],
            lemmas=[str(x or "") for x in layers["lemma"]],
            heads=[n if h == -1 else int(h) for n, h in enumerate(layers["head"])],
            deps=["ROOT" if d == "root" else str(d) for d in layers["dep"]],
        )
    elif taught is not None:
        doc = Doc(
            nlp.vocab,
            words=example.words,
            spaces=example.spaces,
            pos=[t.pos_ for t in taught],
            tags=[t.tag_ for t in taught],
            morphs=[str(t.morph) for t in taught],
            lemmas=[t.lemma_ for t in taught],
            heads=[t.head.i for t in taught],
            deps=[t.dep_ for t in taught],
        )
    else:
        doc = Doc(nlp.vocab, words=example.words, spaces=example.spaces)
    _set_names(doc, example, taught)
    return doc


def _set_names(doc: Doc, example: Example, taught: Doc | None) -> None:
    """Write the names: sure ones, the teacher's choice where a set is open, masked otherwise."""
    spans: list[Span] = []
    missing: list[Span] = []
    labels = [str(x or "*") for x in example.layers.get("names", ["*"] * len(doc))]
    said = (
        ["O" if t.ent_iob_ in {"O", ""} else f"{t.ent_iob_}-{t.ent_type_}" for t in taught]
        if taught is not None
        else None
    )
    chosen = [_choose(label, said[n] if said else None) for n, label in enumerate(labels)]
    for n, label in enumerate(chosen):
        if label == "-":
            missing.append(doc[n : n + 1])
        elif label.startswith("B-") or (
            label.startswith("I-") and not (spans and spans[-1].end == n and spans[-1].label_ == label[2:])
        ):
            spans.append(Span(doc, n, n + 1, label[2:]))
        elif label.startswith("I-"):
            spans[-1] = Span(doc, spans[-1].start, n + 1, label[2:])
    doc.set_ents(spans, missing=missing, default="outside")


def _choose(label: str, said: str | None) -> str:
    """Choose one label of a set, its first (`O` where that is in it) if nobody says; `-` for unknown."""
    options = label.split("/")
    if label != "*" and len(options) == 1:
        return label
    if said is not None and (label == "*" or said in options):
        return said
    return "-" if label == "*" else options[0]


def main() -> None:
    """Read the command line and write train.spacy and dev.spacy."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("data", "gazetteers", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--teacher", type=Path)
    args = parser.parse_args()
    rng = random.Random(5)
    nlp = spacy.blank("en")
    teacher = load_model(str(args.teacher)) if args.teacher else None
    lists = augment.load_lists(Path(__file__).parent.parent / "data", gazetteers.load(args.gazetteers))
    examples = [
        p
        for name in ("ud_train", "names", "silver")
        for e in corpus.read(args.data / f"{name}.jsonl")
        if name != "silver" or teacher
        for p in pieces(e, rng)
    ]
    changed = [augment.augment(e, rng, lists) for e in examples]
    args.out.mkdir(parents=True, exist_ok=True)
    for part, chosen in (
        ("train", examples + changed),
        ("dev", [p for e in list(corpus.read(args.data / "ud_dev.jsonl"))[::4] for p in pieces(e, rng)]),
    ):
        store = DocBin(store_user_data=False)
        taught = teach(teacher, chosen) if teacher and part == "train" else [None] * len(chosen)
        for example, one in zip(chosen, taught, strict=True):
            store.add(to_doc(example, nlp, one))
        store.to_disk(args.out / f"{part}.spacy")
        print(part, len(store))


def teach(teacher: Language, examples: list[Example]) -> Iterator[Doc]:
    """Let the teacher read the examples' own words."""
    docs = (Doc(teacher.vocab, words=e.words, spaces=e.spaces) for e in examples)
    yield from teacher.pipe(docs)


if __name__ == "__main__":
    main()
