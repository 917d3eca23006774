"""Measures how articles are held against one another: seconds and peak memory of `compare`, by size of the collection.

    python benchmarks/comparing.py TEXTS 2000 20000

TEXTS is a folder of news texts, one a file. Articles are put together of their sentences, a word in four of which is
another one, so that all share phrases with many, as the news of one year do; one in ten is an edited copy of a former
one. Traces are made first and lie in a file, as in a build; each size is compared in a process of its own, whose memory
before and at its peak is told. Everything is chosen by seeded generators.
"""

import argparse
import multiprocessing
import pickle
import random
import resource
import sys
import tempfile
import time
from array import array
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from kgbuild.read import Compared, Trace, compare
from kgbuild.read.traces import trace_of

CHANGED = 1 / 4
COPY_CHANGED = 0.03
COPIES = 0.1
DAYS = 365


def articles(folder: Path, count: int) -> Iterator[list[str]]:
    """Put articles together, as lists of sentences."""
    dice = random.Random(5)
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.txt")]
    sentences = sorted({line for text in texts for line in text.splitlines() if len(line.split()) > 8})
    words = [f"{dice.choice('bdfglmnprst')}{dice.choice('aeiou')}{number:x}" for number in range(50_000)]

    def edited(line: str, share: float) -> str:
        return " ".join(dice.choice(words) if dice.random() < share else word for word in line.split())

    recent: list[list[str]] = []
    for _ in range(count):
        if recent and dice.random() < COPIES:
            article = [edited(line, COPY_CHANGED) for line in dice.choice(recent)]
        else:
            article = [edited(line, CHANGED) for line in dice.sample(sentences, dice.randrange(4, 24))]
            recent = [*recent[-99:], article]
        yield article


def compare_file(path: Path, ends: "array[int]") -> None:
    """Compare the articles whose traces lie in a file, and print what it took."""

    def load(number: int) -> Trace:
        with path.open("rb") as file:
            file.seek(ends[number])
            trace: Trace = pickle.loads(file.read(ends[number + 1] - ends[number]))
            return trace

    def facts() -> Iterator[Compared]:
        for number in range(len(ends) - 1):
            day = date(2025, 1, 1) + timedelta(days=number % DAYS)
            yield Compared(f"article/a-long-enough-name-of-a-file-{number}", load(number).fingerprint, day)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin, wall = time.process_time(), time.perf_counter()
    verdicts = compare(facts(), load)
    seconds, waited = time.process_time() - begin, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{len(ends) - 1:>9,} articles: {seconds:7.1f} s of one core ({waited:.1f} s passed), {before / 1024:.0f} MB, "
        f"{peak / 1024:.0f} at the peak; {len(verdicts.duplicate_of):,} copies, {len(verdicts.first_of):,} retellings"
    )


def main() -> int:
    """Compare collections of the sizes that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("sizes", type=int, nargs="+")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path, ends = Path(folder) / "traces", array("Q", [0])
        with path.open("wb") as file:
            for sentences in articles(arguments.texts, max(arguments.sizes)):
                file.write(pickle.dumps(trace_of(sentences)))
                ends.append(file.tell())
        print(f"{max(arguments.sizes):,} traces of {ends[-1] / max(arguments.sizes):,.0f} bytes on average")
        for size in arguments.sizes:
            process = multiprocessing.get_context("spawn").Process(target=compare_file, args=(path, ends[: size + 1]))
            process.start()
            process.join()
    return 0


if __name__ == "__main__":
    sys.exit(main())
