"""Score the finders of quantities and times against gold annotations, without building a graph.

Usage: python benchmarks/measures.py SCORER GOLD TEXTS [--sources sources.toml] [--model NAME] [--errors KIND]

SCORER is the folder of the gold's own check.py, which places the anchors; GOLD and TEXTS hold NAME.json and NAME.txt.
Without --model the texts are only cut into tokens and sentences, which shows what the rules do without a parse.
Matching is the scorer's: spans that overlap and the same value, one to one, in the parts of a page that are annotated.
"""

import argparse
import json
import sys
import time
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import spacy
from spacy.language import Language

from kgbuild.annotate import load_model
from kgbuild.extract.passage import Passage
from kgbuild.extract.quantities import find_quantities
from kgbuild.extract.times import find_times
from kgbuild.knowledge.measures import Measures, load_measures
from kgbuild.paths import ontology_dir

Value = tuple[Any, ...]


class Anchors(Protocol):
    """Place an anchor of the gold in its text, as the class `Gold` of the scorer does."""

    def span(self, anchor: dict[str, Any], where: str) -> tuple[int, int] | None:
        """Give the characters of an anchor."""


class Item(NamedTuple):
    """Hold one quantity or time: where it stands and what it says."""

    begin: int
    end: int
    value: Value


class Article(NamedTuple):
    """Hold one annotated stretch of a page and what the gold says about it."""

    name: str
    text: str
    published: date | None
    lines: list[tuple[int, int]]
    gold: dict[str, list[Item]]


def articles(scorer: Path, gold_dir: Path, texts: Path, sources: Path | None) -> Iterator[Article]:
    """Read the gold; every section of a page that is annotated counts as an article of its own."""
    sys.path.insert(0, str(scorer))
    from check import Gold  # type: ignore[import-not-found]

    known = tomllib.loads(sources.read_text("utf-8")) if sources else {}
    for path in sorted(gold_dir.glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        text = (texts / f"{path.stem}.txt").read_text("utf-8")
        gold = Gold(data, text)
        told = known.get(f"{path.stem}.txt", {})
        sections = data.get("sections") or [{"from": 1, "to": len(gold.segs), "kind": "article"}]
        for kind, key in (("article", "published"), ("related", "related_published")):
            segments = [
                gold.segs[number - 1]
                for section in sections
                if section["kind"] == kind
                for number in range(section["from"], min(section["to"], len(gold.segs)) + 1)
            ]
            published = told.get(key) or (data.get("published") and date.fromisoformat(data["published"]))
            yield Article(path.stem, text, published or None, _lines(text, segments), _items(gold, data, segments))


def _lines(text: str, segments: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join segments that stand on one line of the text."""
    lines: list[tuple[int, int]] = []
    for begin, end in segments:
        if lines and "\n" not in text[lines[-1][1] : begin]:
            lines[-1] = (lines[-1][0], end)
        else:
            lines.append((begin, end))
    return lines


def _items(gold: Anchors, data: dict[str, Any], segments: list[tuple[int, int]]) -> dict[str, list[Item]]:
    """Place the gold's quantities, and its times that have a value."""
    items: dict[str, list[Item]] = {"quantities": [], "times": []}
    for kind, found in items.items():
        for entry in data.get(kind, []):
            span = gold.span(entry, entry["id"])
            if span is None or not any(span[0] < end and begin < span[1] for begin, end in segments):
                continue
            value = (
                tuple(entry.get(part) for part in ("value", "min", "max"))
                if kind == "quantities"
                else (entry["value"],)
            )
            if kind == "quantities" or entry["value"]:
                found.append(Item(*span, value))
    return items


def found_in(article: Article, nlp: Language, measures: Measures) -> dict[str, list[Item]]:
    """Run the finders over one article."""
    docs = nlp.pipe(article.text[begin:end] for begin, end in article.lines)
    passages = [Passage(doc, begin) for (begin, _), doc in zip(article.lines, docs, strict=True)]
    times = find_times(passages, article.published, measures)
    quantities = find_quantities(passages, times, measures)
    return {
        "times": [Item(each.where.begin, each.where.end, (each.value,)) for each in times if each.value],
        "quantities": [
            Item(each.where.begin, each.where.end, (each.value, each.minimum, each.maximum)) for each in quantities
        ],
    }


def same(one: Value, other: Value) -> bool:
    """Tell whether two values are one, as the scorer does: numbers may differ by a fiftieth."""
    if len(one) == 1:
        return one == other
    return all(
        (a is None) == (b is None) and (a is None or abs(float(a) - float(b)) <= max(0.02 * abs(float(b)), 1e-9))
        for a, b in zip(one, other, strict=True)
    )


def match(system: list[Item], gold: list[Item]) -> tuple[list[Item], list[Item]]:
    """Pair system with gold, one to one in text order; give what stays single on either side."""
    left, missed = list(system), []
    for item in gold:
        hit = next((s for s in left if s.begin < item.end and item.begin < s.end and same(s.value, item.value)), None)
        if hit:
            left.remove(hit)
        else:
            missed.append(item)
    return left, missed


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("scorer", "gold", "texts"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--sources", type=Path)
    parser.add_argument("--model")
    parser.add_argument("--errors", choices=("quantities", "times"))
    options = parser.parse_args()
    if options.model:
        nlp = load_model(options.model)
    else:
        nlp = spacy.blank("en")
        nlp.add_pipe("sentencizer")
    measures = load_measures(ontology_dir() / "cues")
    counts = {"quantities": [0, 0, 0], "times": [0, 0, 0]}
    began = time.perf_counter()
    for article in articles(options.scorer, options.gold, options.texts, options.sources):
        system = found_in(article, nlp, measures)
        for kind, count in counts.items():
            spurious, missed = match(system[kind], article.gold[kind])
            count[0] += len(system[kind]) - len(spurious)
            count[1] += len(system[kind])
            count[2] += len(article.gold[kind])
            if kind == options.errors:
                for sign, items in (("+", spurious), ("-", missed)):
                    for item in items:
                        around = (
                            article.text[max(0, item.begin - 40) : item.begin],
                            article.text[item.end : item.end + 40],
                        )
                        line = f"{around[0]}[[{article.text[item.begin : item.end]}]]{around[1]}".replace("\n", "|")
                        print(f"{sign} {article.name} {item.value} {line}")
    for kind, (right, system_count, gold_count) in counts.items():
        precision, recall = right / max(system_count, 1), right / max(gold_count, 1)
        f1 = 2 * right / max(system_count + gold_count, 1)
        counted = f"{right} of {system_count} found, {gold_count} gold"
        print(f"{kind:11} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}  ({counted})")
    print(f"{time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
