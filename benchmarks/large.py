"""Measure builds of large collections: one command, one run, every figure of docs/performance.md.

    python -m benchmarks.large all SCRATCH --texts TEXTS
    python -m benchmarks.large ratio SCRATCH --texts TEXTS [--articles 400] [--model default]
    python -m benchmarks.large workers SCRATCH --texts TEXTS [--articles 400]
    python -m benchmarks.large memory SCRATCH --texts TEXTS [--articles 10000] [--model fast]

`ratio` holds a whole build in a work folder against bare `nlp.pipe` of the same model over the same paragraphs, each in
processes of its own, and gives the share of each stage; processor time, so that a busy machine disturbs it little, and
by the clock. `nlp.pipe` runs before and after the build, since a shared machine is not equally fast at all times. The
paragraphs are those that the build reads; what `nlp.pipe` takes for the repeats, which a build does not read again, is
told beside it.
`workers` builds with one worker and with two, by the clock. `memory` builds a hundred articles and so many, and gives
the peak of every process, the bytes an article, and the seconds that one article takes from the command to its end.
`all` does the three one after the other. SCRATCH is made, and holds collections and work folders.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.collection import SEEDS, WORDS, write

_BARE = """
import json, sys, time
from pathlib import Path
from kgbuild.annotate import load_model
from kgbuild.read import read
documents = read([Path(sys.argv[1])]).documents
nlp = load_model(sys.argv[2])
told = []
for repeats in (False, True):
    chosen = [one for one in documents if (one.duplicate_of is not None) == repeats]
    if repeats:  # they have no paragraphs in a graph
        texts = [line for one in chosen for section in one.sections for line in one.words(section.where).splitlines()]
    else:
        texts = [one.words(where) for one in chosen for where in one.paragraphs]
    begin, clock = time.process_time(), time.perf_counter()
    words = sum(len(doc) for doc in nlp.pipe(texts))
    told.append([len(chosen), words, time.process_time() - begin, time.perf_counter() - clock])
print(json.dumps(told))
"""


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("all", "ratio", "workers", "memory"))
    parser.add_argument("scratch", type=Path)
    parser.add_argument("--texts", type=Path, default=SEEDS)
    parser.add_argument("--articles", type=int)
    parser.add_argument("--model")
    parser.add_argument("--words", type=int, default=WORDS, help="about how long an article is")
    options = parser.parse_args()
    options.scratch.mkdir(parents=True, exist_ok=True)
    chosen = _MEASURED if options.what == "all" else {options.what: _MEASURED[options.what]}
    for measure, articles, model in chosen.values():
        measure(options.scratch, options.texts, options.articles or articles, options.words, options.model or model)


def _collection(scratch: Path, texts: Path, articles: int, length: int) -> Path:
    folder = scratch / f"articles-{articles}-{length}"
    if not folder.exists():
        words = write(folder, articles, texts, length)
        print(f"{articles:,} articles of {words:,} words")
    return folder


def _build(collection: Path, work: Path, model: str, jobs: int) -> tuple[dict[str, Any], float, float]:
    """Build from nothing; give the summary, seconds by the clock and processor seconds of all processes."""
    shutil.rmtree(work, ignore_errors=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "kgbuild", "build", collection, "--work", work, "--model", model, "-j", str(jobs), "-q"],
        check=False,
        stderr=subprocess.DEVNULL,
    )
    clock = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return json.loads((work / "summary.json").read_text(encoding="utf-8")), clock, spent


def _bare(collection: Path, model: str) -> list[list[float]]:
    """Let `nlp.pipe` read the articles, then the repeats: how many, words, seconds of the processor, by the clock."""
    told = subprocess.run(
        [sys.executable, "-c", _BARE, str(collection), model],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    found: list[list[float]] = json.loads(told.stdout)
    return found


def ratio(scratch: Path, texts: Path, articles: int, length: int, model: str) -> None:
    """Hold a whole build against the language model alone, which is measured before it and after it."""
    collection = _collection(scratch, texts, articles, length)
    before = _bare(collection, model)
    summary, clocked, spent = _build(collection, scratch / "work", model, 1)
    after = _bare(collection, model)
    (read, words, *_), (repeats, more, *_) = before
    (seconds, clock), (further, _) = (
        [(one + other) / 2 for one, other in zip(first[2:], last[2:], strict=True)]
        for first, last in zip(before, after, strict=True)
    )
    print(f"Python {sys.version.split()[0]} ({sys.executable})")
    print(f"bare nlp.pipe: {before[0][2]:.1f} s before and {after[0][2]:.1f} s after the build for {words:,} words of")
    print(
        f"  {read:,} articles, {words / seconds:,.0f} words/s; the {repeats:,} repeats, {more:,} words: {further:.1f} s"
    )
    print(f"whole build: {spent:.1f} s of processors, {clocked:.1f} s by the clock, {words / spent:,.0f} words/s")
    print(f"ratio: {spent / seconds:.2f} by processor time, {clocked / clock:.2f} by the clock;")
    print(f"  to nlp.pipe over all articles, repeats too, {spent / (seconds + further):.2f} by processor time")
    parts: dict[str, float] = {}
    for stage in summary["stages"].values():
        for name, own in stage.get("processor_seconds", {}).items():
            parts[name] = parts.get(name, 0.0) + own
    parts["all else: starting, comparing, resolving, storing"] = spent - sum(parts.values())
    for name, own in parts.items():
        print(f"| {name} | {own:.1f} s | {own / spent:.1%} | {1e6 * own / words:.0f} s a million words |")


def workers(scratch: Path, texts: Path, articles: int, length: int, model: str) -> None:
    """Build with one worker and with two."""
    collection = _collection(scratch, texts, articles, length)
    _, one, _ = _build(collection, scratch / "work", model, 1)
    _, two, _ = _build(collection, scratch / "work", model, 2)
    print(f"1 worker {one:.1f} s, 2 workers {two:.1f} s by the clock: {one / two:.2f} times as fast")


def memory(scratch: Path, texts: Path, articles: int, length: int, model: str) -> None:
    """Build one article, a few and many, and hold the peaks of memory against one another."""
    _, clock, _ = _build(_collection(scratch, texts, 1, length), scratch / "work-1", model, 1)
    print(f"one article, from the command to its end: {clock:.1f} s")
    found = []
    for number in (100, articles):
        collection = _collection(scratch, texts, number, length)
        summary, clock, spent = _build(collection, scratch / f"work-{number}", model, 2)
        worker = max(stage.get("peak_bytes_of_a_worker", 0) for stage in summary["stages"].values())
        found.append((summary["peak_bytes"], worker))
        print(f"{number:,} articles, {summary['triples']:,} triples: {clock:.0f} s, {spent:.0f} s of processors")
        loading = summary["stages"]["store"].get("peak_bytes_of_a_worker", 0)
        print(f"  peak: the build's own process {summary['peak_bytes'] / 1e6:.0f} MB, a worker {worker / 1e6:.0f} MB")
        if loading:
            print(f"  peak of a process that loads the store: {loading / 1e6:.0f} MB")
        for name in ("read", "extract", "say", "store", "catalog.sqlite", "inputs.json"):
            size = _size(scratch / f"work-{number}" / name)
            print(f"  {name}: {size:,} bytes, {size / number:,.0f} an article")
        for stage, told in summary["stages"].items():
            print(f"  {stage}: {told['seconds']:.1f} s by the clock")
    (own, worker), (own_many, worker_many) = found
    print(f"{articles:,} against 100: own process {own_many / own:.2f}, worker {worker_many / worker:.2f}")


_MEASURED = {"ratio": (ratio, 400, "default"), "workers": (workers, 400, "default"), "memory": (memory, 10_000, "fast")}
"""What can be measured, with how many articles and which model if nobody says."""


def _size(path: Path) -> int:
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    return sum(one.stat().st_size for one in files)


if __name__ == "__main__":
    main()
