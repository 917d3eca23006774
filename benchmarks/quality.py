"""Score builds of annotated news against the annotations, and print the table of docs/quality.md.

Usage: python benchmarks/quality.py NAME=GOLD:TEXTS [NAME=GOLD:TEXTS ...] [--model NAME ...] [--sources SOURCES.tsv]

GOLD holds NAME.json, TEXTS the NAME.txt that they annotate, and a sources.toml if the texts have dates. Where dates
stand in a table with the columns `name` and `published` instead, --sources names it. One column a collection and
model: every figure of `kgbuild score`, then words a second of the whole build and of the language pipeline alone, and
the peak memory of the process so far.
"""

import argparse
import csv
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from kgbuild.annotate import annotate, load_model
from kgbuild.export import export
from kgbuild.pipeline import build
from kgbuild.read import read
from kgbuild.score import score

_SHOWN = tuple("names typed_names entities events events_strict roles claims relations quantities times facts".split())


def main() -> None:
    """Build and score each collection with each model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collections", nargs="+", help="NAME=GOLD:TEXTS")
    parser.add_argument("--model", action="append", default=[], help="default, fast, or a path; may be repeated")
    parser.add_argument("--sources", type=Path, help="table with the columns name and published")
    options = parser.parse_args()
    columns: dict[str, dict[str, str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for collection in options.collections:
            name, _, places = collection.partition("=")
            gold, _, texts = places.partition(":")
            prepared = _with_dates(Path(texts), options.sources, Path(folder) / name)
            for model in options.model or ["default"]:
                columns[f"{name}, {model}"] = _column(Path(gold), prepared, model, Path(folder))
    rows = list(next(iter(columns.values())))
    print("| figure | " + " | ".join(columns) + " |")
    print("|---|" + "---|" * len(columns))
    for row in rows:
        print(f"| {row} | " + " | ".join(column[row] for column in columns.values()) + " |")


def _with_dates(texts: Path, sources: Path | None, folder: Path) -> Path:
    """Copy texts beside a sources.toml made from a table, unless they have one of their own."""
    if sources is None or (texts / "sources.toml").exists():
        return texts
    folder.mkdir()
    lines: list[str] = []
    with sources.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            text = texts / f"{row['name']}.txt"
            if text.exists():
                shutil.copy(text, folder)
                lines += [f'["{text.name}"]', *([f"published = {row['published']}"] if row["published"] else []), ""]
    (folder / "sources.toml").write_text("\n".join(lines), encoding="utf-8")
    return folder


def _column(gold: Path, texts: Path, model: str, folder: Path) -> dict[str, str]:
    """Build, score and time one collection with one model."""
    begin = time.process_time()
    built = build([texts], model=model)
    build_seconds = time.process_time() - begin
    graph = folder / "graph.ttl"
    graph.write_bytes(export(built.graph, "turtle"))
    figures = score(graph, gold, texts).figures()
    column = {}
    for name in _SHOWN:
        figure = figures[name]
        column[name] = f"{figure['f1']:.3f} ({figure['p']:.2f} / {figure['r']:.2f})"
    for name in ("polarity", "modality"):
        column[name] = f"{figures[name]['accuracy']:.3f}"
    words, language_seconds = _language(texts, model)
    column["held back by validation"] = str(built.counts.held_back)
    column["words/s, whole build"] = f"{words / build_seconds:,.0f}"
    column["words/s, language alone"] = f"{words / language_seconds:,.0f}"
    column["peak memory so far"] = f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB"
    return column


def _language(texts: Path, model: str) -> tuple[int, float]:
    """Count the words of a collection and time the language pipeline alone on them, in CPU seconds."""
    nlp = load_model(model)
    documents = read([texts]).documents
    begin = time.process_time()
    words = sum(not token.is_space for docs in annotate(documents, nlp) for doc in docs for token in doc)
    return words, time.process_time() - begin


if __name__ == "__main__":
    sys.exit(main())
