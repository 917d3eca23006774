"""Score a pipeline on raw text.

Usage: evaluate.py MODEL CORPORA [--json OUT]

Syntax is scored as the CoNLL 2018 shared task does: words are matched by their characters; a head is right if it is the
matching word; `LAS` ignores subtypes of relations, `LAS+` does not. GUM and EWT are read a paragraph at a time, PUD a
document (it marks no paragraphs). Names on PUD are scored by exact span and type; `normalise` says what is evened out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import spacy
import ud
from gazetteers import TITLES, Gazetteers, load
from names import spans_of
from prepare import uner_tags
from spacy.tokens import Doc

import kgbuild.annotate  # noqa: F401 - registers the components

_RENAMED = {
    "obl:npmod": "obl:unmarked",
    "obl:tmod": "obl:unmarked",
    "nmod:npmod": "nmod:unmarked",
    "nmod:tmod": "nmod:unmarked",
}
_PLACES = {"GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "PERSON": "PER", "ORG": "ORG"}


@dataclass(slots=True)
class Count:
    """Right, said and gold things of one measure."""

    right: int = 0
    said: int = 0
    gold: int = 0

    def f(self) -> float:
        """F1 in per cent, one decimal more than is meaningful."""
        return round(200 * self.right / max(1, self.said + self.gold), 2)


@dataclass(slots=True)
class Scores:
    """Counts by measure."""

    counts: dict[str, Count] = field(default_factory=dict)

    def add(self, name: str, right: int, said: int, gold: int) -> None:
        """Add to a measure."""
        count = self.counts.setdefault(name, Count())
        count.right += right
        count.said += said
        count.gold += gold

    def table(self) -> dict[str, float]:
        """Give F1 by measure."""
        return {name: count.f() for name, count in self.counts.items()}


def gold_layout(group: list[ud.Sentence]) -> tuple[str, list[tuple[int, int]]]:
    """Give the raw text of some sentences and the characters of each word in it."""
    text, spans = "", []
    for sentence in group:
        for row, space in zip(sentence.rows, sentence.spaces, strict=True):
            spans.append((len(text), len(text) + len(row[1])))
            text += row[1] + " " * space
        if not text.endswith(" "):
            text += " "
    return text.rstrip(), spans


def score_syntax(group: list[ud.Sentence], doc: Doc, spans: list[tuple[int, int]], scores: Scores) -> None:
    """Compare a Doc with gold sentences of the same text."""
    rows = [(row, shift) for shift, sentence in _with_shift(group) for row in sentence.rows]
    said = {(t.idx, t.idx + len(t)): t for t in doc if not t.is_space}
    at = {span: n for n, span in enumerate(spans)}
    both = [(n, said[span]) for span, n in at.items() if span in said]
    sizes = (len(said), len(spans))
    scores.add("tokens", len(both), *sizes)
    for name, right in (
        ("UPOS", lambda r, t: t.pos_ == r[3]),
        ("XPOS", lambda r, t: t.tag_ == r[4]),
        ("feats", lambda r, t: str(t.morph) == r[5].replace("_", "") or (r[5] == "_" and not str(t.morph))),
        ("lemma", lambda r, t: t.lemma_ == r[2]),
    ):
        scores.add(name, sum(right(rows[n][0], t) for n, t in both), *sizes)
    uas = las = exact = 0
    for n, token in both:
        row, shift = rows[n]
        gold_head = None if row[6] == "0" else spans[shift + int(row[6]) - 1]
        said_head = None if token.head.i == token.i else (token.head.idx, token.head.idx + len(token.head))
        if gold_head != said_head:
            continue
        uas += 1
        gold_dep, dep = _RENAMED.get(row[7], row[7]), token.dep_.replace("ROOT", "root")
        good = gold_dep.split(":")[0] == dep.split(":")[0]
        las += good
        exact += gold_dep == dep
        scores.add(f"rel {gold_dep}", gold_dep == dep, 0, 0)
    for name, value in (("UAS", uas), ("LAS", las), ("LAS+", exact)):
        scores.add(name, value, *sizes)
    for row, _ in rows:
        scores.add(f"rel {_RENAMED.get(row[7], row[7])}", 0, 0, 1)
    for token in said.values():
        scores.add(f"rel {token.dep_.replace('ROOT', 'root')}", 0, 1, 0)
    _score_sentences(group, doc, spans, scores)


def _score_sentences(group: list[ud.Sentence], doc: Doc, spans: list[tuple[int, int]], scores: Scores) -> None:
    """Compare sentence spans."""
    gold = set()
    for shift, sentence in _with_shift(group):
        gold.add((spans[shift][0], spans[shift + len(sentence.rows) - 1][1]))
    said = set()
    for sent in doc.sents:
        words = [t for t in sent if not t.is_space]
        if words:
            said.add((words[0].idx, words[-1].idx + len(words[-1])))
    scores.add("sentences", len(gold & said), len(said), len(gold))


def _with_shift(group: list[ud.Sentence]) -> Iterable[tuple[int, ud.Sentence]]:
    """Pair each sentence with the number of words before it."""
    shift = 0
    for sentence in group:
        yield shift, sentence
        shift += len(sentence.rows)


def score_treebank(nlp: spacy.Language, groups: list[list[ud.Sentence]]) -> dict[str, float]:
    """Score a pipeline on paragraphs."""
    scores = Scores()
    layouts = [gold_layout(group) for group in groups]
    for group, (_, spans), doc in zip(groups, layouts, nlp.pipe(text for text, _ in layouts), strict=True):
        score_syntax(group, doc, spans, scores)
    return {k: v for k, v in scores.table().items() if not k.startswith("rel ") or scores.counts[k].gold >= 20}


def normalise(spans: set[tuple[int, int, str]], words: list[str], places: Gazetteers) -> set[tuple[int, int, str]]:
    """Even out what the annotation schemes do differently, on both sides alike.

    Places of all kinds are LOC; an article at the start, a possessive at the end and titles before a person's name are
    dropped; `City, State` in one span becomes two; an ORG that is the name of a country (metonymy) becomes LOC, by the
    list of countries alone.
    """
    out = set()
    for begin, end, kind in spans:
        while begin < end and words[begin].lower() in {"the", "a", "an"}:
            begin += 1
        while begin < end and words[end - 1].lower() in {"'s", "’s", "'", "’"}:
            end -= 1
        while kind == "PER" and begin < end - 1 and words[begin].lower() in TITLES:
            begin += 1
        if kind == "LOC" and "," in words[begin + 1 : end - 1]:
            at = words.index(",", begin + 1)
            out |= {(begin, at, kind), (at + 1, end, kind)}
        elif begin < end:
            out.add((begin, end, "LOC" if kind == "ORG" and places.is_country(words[begin:end]) else kind))
    return out


def score_pud_names(nlp: spacy.Language, corpora: Path, places: Gazetteers) -> dict[str, dict[str, float]]:
    """Score names on UNER PUD: raw and normalised, news (ids n...) and Wikipedia (w...)."""
    tags = uner_tags(corpora / "uner_english_pud_TEST/en_pud-ud-test.iob2")
    scores: dict[str, Scores] = {}
    sents = list(ud.sentences(corpora / "ud_english_pud_TEST/en_pud-ud-test.conllu"))
    by_text = {" ".join(w): t for w, t in tags.values()}
    layouts = [gold_layout([s]) for s in sents]
    for sentence, (_, spans), doc in zip(sents, layouts, nlp.pipe(text for text, _ in layouts), strict=True):
        words = [row[1] for row in sentence.rows]
        gold_tags = by_text.get(" ".join(words))
        if gold_tags is None:
            continue
        genre = "news" if sentence.comments["sent_id"].startswith("n") else "wiki"
        gold = {s for s in spans_of(gold_tags) if s[2] in {"PER", "ORG", "LOC"}}
        said = set()
        for ent in doc.ents:
            if ent.label_ in _PLACES:
                inside = [n for n, (b, e) in enumerate(spans) if b < ent.end_char and e > ent.start_char]
                said.add((inside[0], inside[-1] + 1, _PLACES[ent.label_]))
        for kind, g, s in (
            ("raw", gold, said),
            ("normalised", normalise(gold, words, places), normalise(said, words, places)),
        ):
            table = scores.setdefault(f"{genre} {kind}", Scores())
            for label in ("PER", "ORG", "LOC"):
                g1, s1 = {x for x in g if x[2] == label}, {x for x in s if x[2] == label}
                table.add(label, len(g1 & s1), len(s1), len(g1))
                table.add("all", len(g1 & s1), len(s1), len(g1))
    return {name: s.table() for name, s in scores.items()}


def groups_of(paths: list[Path]) -> list[list[ud.Sentence]]:
    """Read the paragraphs of some files."""
    return [group for path in paths for _, group in ud.paragraphs(path, split_long=10_000)]


def test_sets(corpora: Path) -> dict[str, list[list[ud.Sentence]]]:
    """Give the test sets by name."""
    pud = groups_of([corpora / "ud_english_pud_TEST/en_pud-ud-test.conllu"])
    gum = [p for part in ("dev", "test") for p in ud.files_of(corpora / "ud_english_gum_open", part)]
    genres = sorted({p.stem.split("_")[1] for p in gum})
    sets = {"PUD": pud, "PUD news": [g for g in pud if g[0].comments["sent_id"].startswith("n")]}
    sets["GUM dev+test"] = groups_of(gum)
    sets |= {f"GUM {genre} dev+test": groups_of([p for p in gum if p.stem.split("_")[1] == genre]) for genre in genres}
    sets["EWT test"] = groups_of(ud.files_of(corpora / "ud_english_ewt", "test"))
    sets["EWT dev"] = groups_of(ud.files_of(corpora / "ud_english_ewt", "dev"))
    return sets


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    nlp = spacy.load(args.model)
    report: dict[str, Any] = {}
    for name, groups in test_sets(args.corpora).items():
        if args.only in name:
            report[name] = score_treebank(nlp, groups)
            print(name, {k: v for k, v in report[name].items() if not k.startswith("rel ")}, flush=True)
    print("PUD relations", {k[4:]: v for k, v in report.get("PUD", {}).items() if k.startswith("rel ")})
    report["names PUD"] = score_pud_names(nlp, args.corpora, load(args.corpora / "gazetteers"))
    for name, table in report["names PUD"].items():
        print("names PUD", name, table)
    if args.json:
        args.json.write_text(json.dumps(report, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
