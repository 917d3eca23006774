"""Print how many words a second the shipped pipelines read on one core, both in one run.

Usage: python benchmarks/language.py [--models default fast] [--repeat N] TEXT...

Words are tokens other than space and punctuation. The texts' paragraphs go through `nlp.pipe`; the best of the
repetitions counts, in seconds of processor time, so that other work on the machine matters little.
"""

from __future__ import annotations

import argparse
import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[variable] = "1"

import resource  # noqa: E402 - the threads' number must be set before numpy is imported
import time  # noqa: E402
from pathlib import Path  # noqa: E402

from kgbuild.annotate import SHIPPED, load_model  # noqa: E402


def words_per_second(model: str, paragraphs: list[str], repeat: int) -> tuple[float, float, float]:
    """Measure one pipeline.

    Args:
        model: Its name.
        paragraphs: What to read.
        repeat: How often; one more pass before warms up.

    Returns:
        Seconds to load, words a second of processor time, and words a second of the clock (best pass of each).
    """
    began = time.perf_counter()
    nlp = load_model(model)
    load_seconds = time.perf_counter() - began
    words = sum(not (t.is_space or t.is_punct) for doc in nlp.pipe(paragraphs) for t in doc)
    processor, clock = [], []
    for _ in range(repeat):
        start, wall = time.process_time(), time.perf_counter()
        for _doc in nlp.pipe(paragraphs):
            pass
        processor.append(time.process_time() - start)
        clock.append(time.perf_counter() - wall)
    return load_seconds, words / min(processor), words / min(clock)


def main() -> None:
    """Measure and print a line a model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--models", nargs="+", default=list(SHIPPED))
    parser.add_argument("--repeat", type=int, default=3)
    args = parser.parse_args()
    paragraphs = [line for path in args.texts for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    print(f"{len(paragraphs)} paragraphs, best of {args.repeat}")
    for model in args.models:
        load_seconds, processor, clock = words_per_second(model, paragraphs, args.repeat)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{model}: {processor:,.0f} words/s of processor time ({clock:,.0f} by the clock), "
            f"loaded in {load_seconds:.2f} s, peak memory {peak:,.0f} MiB"
        )


if __name__ == "__main__":
    main()
