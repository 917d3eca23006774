"""Processes that work on shards, watched from outside: one that dies or hangs costs its shard a second attempt.

Each worker has a pipe of its own and shares nothing with the others, no lock and no queue, so there is nothing that a
killed one could leave locked. (The pools of the standard library break when a worker is killed, and cannot end one that
hangs; Pebble can, but tasks of it get lost in a race, noxdafox/pebble#153.) Workers are spawned: forking a process with
threads in it is not safe.
"""

import contextlib
import gc
import multiprocessing
import signal
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from kgbuild.errors import KgbuildError

_RARELY = (50_000, 20, 50)
"""When workers look for cycles: an article makes many objects and hardly a cycle, so that Python looks too often."""
Task = Callable[[str], None]
"""Do what a name stands for; whatever comes of it lies on the disk."""


@dataclass(frozen=True, slots=True)
class Ended:
    """Say how the work on a name ended.

    Attributes:
        name: the name.
        how: `alive` (it has not ended, but gets on), `done`, `died` (its process was killed or ended by itself),
            `hung`, `failed` (for a reason that the user can mend) or `crashed` (our own code raised).
        error: what was raised, when it failed.
        trace: the traceback, when it crashed.
    """

    name: str
    how: str
    error: KgbuildError | None = None
    trace: str = ""


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    name: str
    heard: float


class Pool:
    """Keep processes that work on names, for as long as there is something to do.

    Args:
        task: does what a name stands for; must be possible to pickle. It may call `alive` to show that it gets on.
        jobs: how many processes.
        patience_seconds: a process that shows no sign of life for so long is ended.
    """

    def __init__(self, task: Task, jobs: int, patience_seconds: float) -> None:
        self._task = task
        self._jobs = jobs
        self._patience = patience_seconds
        self._workers: list[_Worker] = []
        self._idle: deque[tuple[BaseProcess, Connection]] = deque()

    def run(self, names: Iterable[str]) -> Iterator[Ended]:
        """Work on names, taken one by one as processes become free.

        Yields:
            how the work on each name ended, as it ends, and signs of life. A name whose process died is not tried
            again.
        """
        waiting = iter(names)
        try:
            while self._fill(waiting) or self._workers:
                yield from self._heard()
                yield from self._hanging()
        finally:  # whoever asks no more wants nothing of what is under way
            for worker in self._workers:
                _end(worker.process, worker.pipe)
            self._workers.clear()

    def _heard(self) -> Iterator[Ended]:
        """Wait until workers say something, and pass it on."""
        for worker in self._ready():
            message = _hear(worker)
            if message == _ALIVE:
                worker.heard = time.monotonic()
                yield Ended(worker.name, "alive")
                continue
            self._workers.remove(worker)
            if message is None:
                _end(worker.process, worker.pipe)
            else:
                self._idle.append((worker.process, worker.pipe))
            yield _outcome(worker.name, message)

    def _hanging(self) -> Iterator[Ended]:
        """End workers that have said nothing for too long."""
        for worker in [one for one in self._workers if time.monotonic() - one.heard > self._patience]:
            self._workers.remove(worker)
            _end(worker.process, worker.pipe)
            yield Ended(worker.name, "hung")

    def _fill(self, waiting: Iterator[str]) -> bool:
        """Give every free process something to do; tell whether there was something left."""
        found = False
        while len(self._workers) < self._jobs and (name := next(waiting, None)) is not None:
            found = True
            process, pipe = self._idle.popleft() if self._idle else _start(self._task)
            worker = _Worker(process, pipe, name, time.monotonic())
            self._workers.append(worker)
            with contextlib.suppress(OSError):  # it died while it was idle: its silence will tell
                pipe.send(name)
        return found

    def _ready(self) -> list[_Worker]:
        by_pipe = {worker.pipe: worker for worker in self._workers}
        soonest = min(worker.heard for worker in self._workers) + self._patience - time.monotonic()
        return [by_pipe[pipe] for pipe in wait(list(by_pipe), max(0.0, soonest)) if isinstance(pipe, Connection)]

    def close(self) -> None:
        """End all processes."""
        while self._idle:
            _end(*self._idle.popleft())


_ALIVE, _DONE = "alive", "done"


def _outcome(name: str, message: object) -> Ended:
    if message is None:
        return Ended(name, "died")
    if isinstance(message, KgbuildError):
        return Ended(name, "failed", message)
    return Ended(name, "done") if message == _DONE else Ended(name, "crashed", trace=str(message))


def _hear(worker: _Worker) -> object:
    """Take what a worker says; None when it will never say anything again."""
    try:
        return worker.pipe.recv()
    except (EOFError, OSError):
        return None


def _start(task: Task) -> tuple[BaseProcess, Connection]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(task, theirs), daemon=True)
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
        _Parent.pipe.send(_ALIVE)


def _serve(task: Task, pipe: Connection) -> None:
    """Work on the names that come in, until nobody is there any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it decides when it ends
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _Parent.pipe = pipe
    gc.set_threshold(*_RARELY)
    try:
        while True:
            name = pipe.recv()
            try:
                task(name)
            except KgbuildError as error:
                pipe.send(KgbuildError(error.message, error.remedy))
            except Exception:  # noqa: BLE001 - it goes home, where it is raised
                pipe.send(traceback.format_exc())
            else:
                pipe.send(_DONE)
    except (EOFError, OSError):
        return
