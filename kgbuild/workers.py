"""Reading many articles over several processes, and naming the one that brings a process down.

Two things can go wrong with an article here, and neither costs the others. Our own code can raise on it: the
traceback comes home with the article's name. The process that reads it can die (killed, out of memory), which breaks
the whole pool: the articles that were under way are then read one at a time, so that the guilty one is known, and
the rest goes on in a fresh pool.
"""

import multiprocessing
import signal
import traceback
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgbuild.errors import CrashError, DocumentError, KgbuildError
from kgbuild.model import Document, Extraction

if TYPE_CHECKING:
    from kgbuild.stages import Reader


@dataclass(frozen=True, slots=True)
class Outcome:
    """Carry home what became of one article: its extraction, or an error that can be pickled."""

    extraction: Extraction | None
    error: KgbuildError | CrashError | None = None


def read_all(
    documents: Sequence[Document], make_reader: "Callable[[], Reader]", jobs: int
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
        yield from _Workers(min(jobs, len(documents)), make_reader).outcomes(documents)
    elif documents:
        reader = make_reader()
        for index, document in enumerate(documents):
            yield index, _attempt(reader, document)


def _attempt(reader: "Reader", document: Document) -> Outcome:
    """Read one article; what our own code raises comes back as a value that can be pickled."""
    try:
        return Outcome(reader(document))
    except Exception:  # noqa: BLE001 - whatever it is, the caller raises or counts it with the article's name
        return Outcome(None, CrashError(document.source_file, traceback.format_exc()))


class _Workers:
    """Read articles in several processes, and find the article to blame when one of them dies."""

    def __init__(self, jobs: int, make_reader: "Callable[[], Reader]") -> None:
        self.jobs = jobs
        self.make_reader = make_reader

    def outcomes(self, documents: Sequence[Document]) -> Iterator[tuple[int, Outcome]]:
        """Yield each article's number and outcome, in the order in which they are done.

        Articles are handed out in order, each process having one and the queue one more for each. When a process
        dies, the guilty article is therefore among the first of those that are not read yet.
        """
        unread = dict(enumerate(documents))
        while unread:
            for index, outcome in self._together(dict(unread)):
                del unread[index]
                yield index, outcome
            for index in list(unread)[: 2 * self.jobs + 1]:
                yield index, self._alone(unread.pop(index))

    def _together(self, unread: Mapping[int, Document]) -> Iterator[tuple[int, Outcome]]:
        """Read articles in all processes at once, until all are read or a process dies."""
        with self._pool(self.jobs) as pool:
            try:
                with _interrupts_wait():
                    futures = {pool.submit(_work, document): index for index, document in unread.items()}
                for future in as_completed(futures):
                    yield futures[future], _outcome_of(future)
            except BrokenProcessPool:
                return
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    def _alone(self, document: Document) -> Outcome:
        """Read one article in a process of its own, so that a death has one suspect."""
        try:
            with self._pool(1) as pool:
                with _interrupts_wait():
                    future = pool.submit(_work, document)
                return _outcome_of(future)
        except BrokenProcessPool:
            why = "the process that read it died"
            return Outcome(None, DocumentError(document.source_file, why, "It may have run out of memory."))

    def _pool(self, size: int) -> ProcessPoolExecutor:
        """Start *size* fresh processes; spawned, since forking a process with threads in it is not safe."""
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(size, context, initializer=_start_worker, initargs=(self.make_reader,))


@contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Let Ctrl-C wait while processes are started: they begin with it held back, as this one, and import in peace.

    Otherwise each of them, hit in the middle of its imports, would print a traceback. None is lost.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows has none
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _outcome_of(future: "Future[Outcome]") -> Outcome:
    """Take an outcome home; a missing model rises, and so does the death of the process."""
    outcome = future.result()
    if isinstance(outcome.error, KgbuildError):
        raise outcome.error
    return outcome


class _Worker:
    """Keep what a worker process needs for every article."""

    make_reader: "Callable[[], Reader]"
    reader: "Reader | None" = None


def _start_worker(make_reader: "Callable[[], Reader]") -> None:
    """Prepare a worker; it dies without a word when the person interrupts the build."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _Worker.make_reader = make_reader


def _work(document: Document) -> Outcome:
    """Read one article in a worker; the model is loaded with the first, so that its absence can be reported."""
    if _Worker.reader is None:
        try:
            _Worker.reader = _Worker.make_reader()
        except KgbuildError as error:
            return Outcome(None, KgbuildError(error.message, error.remedy))
    return _attempt(_Worker.reader, document)
