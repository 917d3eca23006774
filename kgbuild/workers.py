"""Reading many articles over several processes, and naming the one that brings a process down.

Two things can go wrong with an article here, and neither costs the others. Our own code can raise on it: the
traceback comes home with the article's name. The process that reads it can die (killed, out of memory) or hang: it is
read once more, and left out if that happens again.
"""

import traceback
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from kgbuild.errors import CrashError, DocumentError, KgbuildError
from kgbuild.model import Document, Extraction
from kgbuild.pool import PATIENCE_SECONDS, Ended, Pool

if TYPE_CHECKING:
    from kgbuild.stages import Reader

_DEATHS = 2
_WHY = {"died": "the process that read it died", "hung": "the process that read it hung"}
_Job = tuple[int, Document]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Carry home what became of one article: its extraction, or an error that can be pickled."""

    extraction: Extraction | None
    error: KgbuildError | CrashError | None = None


def read_all(
    documents: Sequence[Document], make_reader: Callable[[], "Reader"], jobs: int
) -> Generator[tuple[int, Outcome], None, None]:
    """Read every article, in this process or in *jobs* others.

    Args:
        documents: the articles.
        make_reader: loads what reading needs; called once in each process, so it must be possible to pickle it.
        jobs: how many processes read.

    Yields:
        each article's number and outcome, in the order in which they are done.

    Raises:
        KgbuildError: what *make_reader* needs is missing.
    """
    if len(documents) > 1 and jobs > 1:
        pool: Pool[_Job, Outcome] = Pool(partial(_work, make_reader), min(jobs, len(documents)), PATIENCE_SECONDS)
        with closing(pool):
            yield from _together(documents, pool)
    elif documents:
        reader = make_reader()
        for index, document in enumerate(documents):
            yield index, _attempt(reader, document)


def _together(documents: Sequence[Document], pool: Pool[_Job, Outcome]) -> Generator[tuple[int, Outcome], None, None]:
    """Read articles in all processes of a pool; those whose process ended are read again at last."""
    deaths: Counter[int] = Counter()
    waiting: Iterable[_Job] = enumerate(documents)
    while waiting:
        again: list[_Job] = []
        with closing(pool.run(waiting)) as found:
            for ended in found:
                index, _ = ended.job
                deaths[index] += ended.how in _WHY
                if ended.how in _WHY and deaths[index] < _DEATHS:
                    again.append(ended.job)
                else:
                    yield index, _outcome_of(ended)
        waiting = again


def _outcome_of(ended: Ended[_Job, Outcome]) -> Outcome:
    """Take an outcome home; a missing model rises."""
    if ended.error is not None:
        raise ended.error
    if ended.result is not None:
        return ended.result
    _, document = ended.job
    if ended.how in _WHY:
        remedy = "It may have run out of memory." if ended.how == "died" else "It is left out."
        return Outcome(None, DocumentError(document.source_file, _WHY[ended.how], remedy))
    return Outcome(None, CrashError(document.source_file, ended.trace))  # it raised before the article was read


def _attempt(reader: "Reader", document: Document) -> Outcome:
    """Read one article; what our own code raises comes back as a value that can be pickled."""
    try:
        return Outcome(reader(document))
    except Exception:  # noqa: BLE001 - whatever it is, the caller raises or counts it with the article's name
        return Outcome(None, CrashError(document.source_file, traceback.format_exc()))


def _work(make_reader: Callable[[], "Reader"], job: _Job) -> Outcome:
    """Read one article in a worker; the model is loaded with the first, so that its absence can be reported."""
    return _attempt(_reader(make_reader), job[1])


@lru_cache(maxsize=1)
def _reader(make_reader: Callable[[], "Reader"]) -> "Reader":
    return make_reader()
