"""What a build in a work folder took and gave, for programs and for whoever looks at one that is running.

`summary.json` tells of the last build that came to an end, `running.json` of the one that is at work: written once a
second at most, and gone when it ends. Nothing that a build gives depends on either.
"""

import dataclasses
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kgbuild.counts import Counts
from kgbuild.errors import CrashError, KgbuildError
from kgbuild.memory import peak_bytes
from kgbuild.store import Marker
from kgbuild.work.building import Made
from kgbuild.work.engines import Progress
from kgbuild.work.packs import write_json

_SUMMARY, _RUNNING = "summary.json", "running.json"
_PAUSE_SECONDS = 1.0


class Watch:
    """Write down how far a build is, and in the end what came of it."""

    def __init__(self, root: Path, progress: Progress) -> None:
        self._root = root
        self._tell = progress
        self._begin = time.time()
        self._written = 0.0

    def progress(self, stage: str, done: int, total: int, words: int) -> None:
        """Pass on how far the work is; write it down now and then."""
        self._tell(stage, done, total, words)
        now = time.time()
        if now - self._written >= _PAUSE_SECONDS:
            self._written = now
            told = {"stage": stage, "done": done, "total": total, "words": words}
            write_json(self._root / _RUNNING, told | {"seconds": round(now - self._begin, 1)})

    def end(
        self, made: Made, counts: Counts, failures: Sequence[KgbuildError | CrashError], marker: Marker
    ) -> Mapping[str, Any]:
        """Write down what came of the build."""
        stages = {
            stage: {
                "seconds": round(made.seconds.get(stage, 0.0), 3),
                "processor_seconds": {name: round(spent, 3) for name, spent in sorted(tally.seconds.items())},
                "shards": tally.shards,
                "shards_done_again": tally.retried,
                "peak_bytes_of_a_worker": tally.peak_bytes,
                **dict(sorted(tally.numbers.items())),
            }
            for stage, tally in made.tallies.items()
        }
        others = {
            stage: {"seconds": round(spent, 3), "peak_bytes_of_a_worker": made.peaks.get(stage, 0)}
            for stage, spent in made.seconds.items()
            if stage not in stages
        }
        summary = {
            "seconds": round(time.time() - self._begin, 3),
            "stages": stages | others,
            "peak_bytes": peak_bytes(),
            "triples": marker.triples,
            "counts": dataclasses.asdict(counts),
            "failures": [
                {"file": str(getattr(one, "path", getattr(one, "source_file", ""))), "reason": _reason(one)}
                for one in failures
            ],
        }
        write_json(self._root / _SUMMARY, summary)
        (self._root / _RUNNING).unlink(missing_ok=True)
        return summary


def _reason(error: KgbuildError | CrashError) -> str:
    return error.reason if isinstance(error, CrashError) else str(error)


def read_summary(root: Path) -> tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]:
    """Read what is known of the build that runs in a work folder, and of the last one that ended there."""
    return _read(root / _RUNNING), _read(root / _SUMMARY)


def _read(path: Path) -> Mapping[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
