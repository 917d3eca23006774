"""Processes that work on jobs, watched from outside, so that one which dies or hangs costs the others nothing.

Each worker has a pipe of its own and shares nothing with the others, no lock and no queue, so there is nothing that a
killed one could leave locked. (The pools of the standard library break when a worker is killed, and cannot end one that
hangs; Pebble can, but tasks of it get lost in a race, noxdafox/pebble#153.) Workers are spawned: forking a process with
threads in it is not safe.
"""

import contextlib
import gc
import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from kgbuild.errors import KgbuildError

PATIENCE_SECONDS = 600.0
"""A worker that is on one article for so long is taken to hang."""
_RARELY = (50_000, 20, 50)
"""When workers look for cycles: an article makes many objects and hardly a cycle, so that Python looks too often."""
Job = TypeVar("Job")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Ended(Generic[Job, Result]):
    """Say how the work on a job ended.

    Attributes:
        job: the job.
        how: `alive` (it has not ended, but gets on), `done`, `died` (its process was killed or ended by itself),
            `hung`, `failed` (for a reason that the user can mend) or `crashed` (our own code raised).
        error: what was raised, when it failed.
        trace: the traceback, when it crashed.
        result: what came of it, when it is done.
    """

    job: Job
    how: str
    error: KgbuildError | None = None
    trace: str = ""
    result: Result | None = None


@dataclass(slots=True)
class _Worker(Generic[Job]):
    process: BaseProcess
    pipe: Connection
    job: Job
    heard: float


class Pool(Generic[Job, Result]):
    """Keep processes that work on jobs, for as long as there is something to do.

    Args:
        task: does a job; task, jobs and results must be possible to pickle. It may call `alive` to show that it gets
            on.
        jobs: how many processes.
        patience_seconds: a process that shows no sign of life for so long is ended.
    """

    def __init__(self, task: Callable[[Job], Result], jobs: int, patience_seconds: float) -> None:
        self._task = task
        self._jobs = jobs
        self._patience = patience_seconds
        self._workers: list[_Worker[Job]] = []
        self._idle: deque[tuple[BaseProcess, Connection]] = deque()

    def run(self, jobs: Iterable[Job]) -> Generator[Ended[Job, Result], None, None]:
        """Work on jobs, taken as processes become free, and one more, so that the next to be free need not wait for it.

        Yields:
            how the work on each ended, as it ends, and signs of life. A job whose process died is not tried again.
        """
        waiting = iter(jobs)
        ahead: deque[Job] = deque()
        try:
            while self._fill(waiting, ahead) or self._workers:
                if not ahead:
                    ahead.extend(islice(waiting, 1))
                yield from self._heard()
                yield from self._hanging()
        finally:  # whoever asks no more wants nothing of what is under way
            for worker in self._workers:
                _end(worker.process, worker.pipe)
            self._workers.clear()

    def _heard(self) -> Iterator[Ended[Job, Result]]:
        """Wait until workers say something, and pass it on."""
        for worker in self._ready():
            message = _hear(worker)
            if isinstance(message, _Alive):
                worker.heard = time.monotonic()
                yield Ended(worker.job, "alive")
                continue
            self._workers.remove(worker)
            if message is None:
                _end(worker.process, worker.pipe)
            else:
                self._idle.append((worker.process, worker.pipe))
            yield _outcome(worker.job, message)

    def _hanging(self) -> Iterator[Ended[Job, Result]]:
        """End workers that have said nothing for too long."""
        for worker in [one for one in self._workers if time.monotonic() - one.heard > self._patience]:
            self._workers.remove(worker)
            _end(worker.process, worker.pipe)
            yield Ended(worker.job, "hung")

    def _fill(self, waiting: Iterator[Job], ahead: deque[Job]) -> bool:
        """Give every free process something to do; tell whether there was something left."""
        found = False
        while len(self._workers) < self._jobs:
            job = ahead.popleft() if ahead else next(waiting, None)
            if job is None:
                break
            found = True
            process, pipe = self._idle.popleft() if self._idle else _start(self._task)
            worker = _Worker(process, pipe, job, time.monotonic())
            self._workers.append(worker)
            with contextlib.suppress(OSError):  # it died while it was idle: its silence will tell
                pipe.send(job)
        return found

    def _ready(self) -> list[_Worker[Job]]:
        by_pipe = {worker.pipe: worker for worker in self._workers}
        soonest = min(worker.heard for worker in self._workers) + self._patience - time.monotonic()
        return [by_pipe[pipe] for pipe in wait(list(by_pipe), max(0.0, soonest)) if isinstance(pipe, Connection)]

    def close(self) -> None:
        """End all processes."""
        while self._idle:
            _end(*self._idle.popleft())


@dataclass(frozen=True, slots=True)
class _Alive:
    """Say that a worker gets on."""


@dataclass(frozen=True, slots=True)
class _Done:
    """Bring home what came of a job."""

    result: Any


@dataclass(frozen=True, slots=True)
class _Crashed:
    """Bring home where our own code raised."""

    trace: str


def _outcome(job: Job, message: object) -> Ended[Job, Any]:
    if isinstance(message, _Done):
        return Ended(job, "done", result=message.result)
    if isinstance(message, _Crashed):
        return Ended(job, "crashed", trace=message.trace)
    return Ended(job, "failed", message) if isinstance(message, KgbuildError) else Ended(job, "died")


def _hear(worker: _Worker[Any]) -> object:
    """Take what a worker says; None when it will never say anything again."""
    try:
        return worker.pipe.recv()
    except (EOFError, OSError):
        return None


def _start(task: Callable[[Any], Any]) -> tuple[BaseProcess, Connection]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(task, theirs), daemon=True)
    resource_tracker.ensure_running()  # where it is not, starting a process would let interrupts in again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # its imports are not to be interrupted
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    theirs.close()
    return process, ours


def _end(process: BaseProcess, pipe: Connection) -> None:
    pipe.close()
    process.kill()
    process.join()


class _Parent:
    """Keep the way to the process that this one works for."""

    pipe: Connection | None = None


def is_worker() -> bool:
    """Tell whether this process was started to work for another one."""
    return _Parent.pipe is not None


def alive() -> None:
    """Show the process that started this one that the work gets on; in that process itself it does nothing."""
    if _Parent.pipe is not None:
        _Parent.pipe.send(_Alive())


def _end_with_parent() -> None:
    """End this process when the one that it works for is gone, though it be in the middle of a job or hang in it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _serve(task: Callable[[Any], Any], pipe: Connection) -> None:
    """Work on the jobs that come in, until nobody is there any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it decides when it ends
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _Parent.pipe = pipe
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.set_threshold(*_RARELY)
    try:
        while True:
            job = pipe.recv()
            try:
                result = task(job)
            except KgbuildError as error:
                pipe.send(KgbuildError(error.message, error.remedy))
            except Exception:  # noqa: BLE001 - it goes home, where it is raised
                pipe.send(_Crashed(traceback.format_exc()))
            else:
                pipe.send(_Done(result))
    except (EOFError, OSError):
        return
