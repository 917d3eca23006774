"""Shards on a Dask cluster: a job queue, Kubernetes or plain hosts, with storage that all of them share.

The scheduler sees names and nothing else; what a worker makes lies in the work folder, as everywhere. Dask hands a
shard of a worker that is gone to another one. That one finds the note of the article on which the shard ended and
leaves the shard alone, so that a death is counted at once and told like one of a local process, however often Dask
would try.
"""

import contextlib
import logging
import os
import re
import time
import traceback
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from kgbuild.errors import KgbuildError
from kgbuild.pool import Ended
from kgbuild.work.errands import Answer, Errand, make_shard
from kgbuild.work.packs import MANIFEST, read_manifest

_AHEAD = 2
"""So many shards a worker are handed out at a time: one that it works on, one that waits for it."""
_REACH_SECONDS = 30.0
_WORKERS_SECONDS = 120.0
_LOOK_SECONDS = 5.0
_SEEN_SECONDS = 30.0
_ADDRESS = re.compile(r"(?:(?:tcp|tls|ws|wss|ucx)://)?[^/\s]+:\d+")
_AGAIN = "What was finished is kept: run the same command again."


@dataclass(slots=True)
class Cluster:
    """Work on a Dask cluster, one shard a worker process at a time.

    Attributes:
        scheduler: its address, like `tcp://host:8786`.
        reach_seconds: how long to wait for the scheduler.
        workers_seconds: how long to wait for workers when there are none, at the start and later.
        patience_seconds: how long a worker may be on one article.
    """

    scheduler: str
    reach_seconds: float = _REACH_SECONDS
    workers_seconds: float = _WORKERS_SECONDS
    patience_seconds: float = 600.0
    _client: Any = field(default=None, init=False, repr=False)
    _seen: float = field(default=0.0, init=False, repr=False)

    def __post_init__(self) -> None:
        """Find out before any work whether the address can be one."""
        if not _ADDRESS.fullmatch(self.scheduler):
            raise KgbuildError(f"{self.scheduler}: not the address of a scheduler", "It looks like tcp://HOST:8786.")

    @property
    def width(self) -> int:
        """Give how many worker processes the cluster has.

        Raises:
            KgbuildError: the scheduler cannot be reached, or has no workers.
        """
        self._seen = time.monotonic()
        while not (count := self._workers()):
            time.sleep(0.2)
        return count

    def run(self, root: str, stage: str, names: Iterable[str]) -> Iterator[Ended[str, None]]:
        """Make the packs on the cluster.

        Raises:
            KgbuildError: the scheduler cannot be reached or is lost, there are no workers, or a worker does not see
                what it needs.
        """
        errand = Errand.to(root, stage, self.patience_seconds)
        ended: SimpleQueue[Any] = SimpleQueue()
        under_way: dict[str, tuple[str, Any]] = {}
        waiting = iter(names)
        most = _AHEAD * self.width
        try:
            while True:
                while len(under_way) < most and (name := next(waiting, None)) is not None:
                    with self._talking():
                        future = self._reached().submit(make_shard, errand, name, pure=False)
                        under_way[future.key] = name, future
                        future.add_done_callback(ended.put)
                if not under_way:
                    return
                future = self._next(ended)
                name, _ = under_way.pop(future.key)
                yield self._ended(errand, name, future)
                most = _AHEAD * max(1, self._workers())
        finally:
            self._let_go([future for _, future in under_way.values()])

    def _next(self, ended: "SimpleQueue[Any]") -> Any:  # noqa: ANN401 - Dask's futures
        """Wait for a shard to end; make sure now and then that there is somebody to wait for."""
        while True:
            try:
                return ended.get(timeout=_LOOK_SECONDS)
            except Empty:
                self._workers()

    def _workers(self) -> int:
        """Count the worker processes; complain when there were none for too long.

        Raises:
            KgbuildError: there are none, or the scheduler is gone.
        """
        with self._talking():
            count = len(self._reached().nthreads())
        if count:
            self._seen = time.monotonic()
        elif time.monotonic() - self._seen > self.workers_seconds:
            raise KgbuildError(
                f"{self.scheduler}: has had no workers for {self.workers_seconds:.0f} seconds",
                f"Start some: dask worker {self.scheduler} --nthreads 1. {_AGAIN}",
            )
        return count

    def _ended(self, errand: Errand, name: str, future: Any) -> Ended[str, None]:  # noqa: ANN401
        """Tell how the work on a shard ended."""
        from distributed import KilledWorker

        with self._talking():
            if future.status in ("lost", "cancelled"):
                raise ConnectionError(future.status)
            error = future.exception()
            if error is None:
                return _told(errand, name, future.result())
        if isinstance(error, KilledWorker):
            return Ended(name, "died")
        if isinstance(error, ImportError) or "deserializ" in str(error):
            raise KgbuildError(
                f"{self.scheduler}: scheduler or workers cannot load kgbuild ({_line(error)})",
                "Install the same kgbuild with the extra `cluster` on all hosts, then start them again.",
            ) from error
        return Ended(name, "crashed", trace="".join(traceback.format_exception(error)))

    @contextlib.contextmanager
    def _talking(self) -> Iterator[None]:
        """Talk to the scheduler.

        Raises:
            KgbuildError: it is gone.
        """
        try:
            yield
        except KgbuildError:
            raise
        except Exception as error:  # a connection breaks in many ways
            raise KgbuildError(
                f"{self.scheduler}: the scheduler is gone", f"Start it and its workers. {_AGAIN}"
            ) from error

    def _reached(self) -> Any:  # noqa: ANN401
        """Reach the scheduler, once for all stages.

        Raises:
            KgbuildError: Dask is not installed, or nobody answers.
        """
        if self._client is None:
            self._client = _client(self.scheduler, self.reach_seconds)
        return self._client

    def _let_go(self, futures: list[Any]) -> None:
        """Take back shards that nobody waits for any more."""
        if futures and self._client is not None and self._client.status == "running":
            with contextlib.suppress(OSError, TimeoutError, RuntimeError):
                self._client.cancel(futures)

    def close(self) -> None:
        """Leave the scheduler; it and its workers stay for others."""
        if self._client is not None:
            with contextlib.suppress(OSError, TimeoutError, RuntimeError):
                self._client.close(timeout=2)
            self._client = None


def _told(errand: Errand, name: str, answer: Answer) -> Ended[str, None]:
    """Understand what a worker said; what it made may take a moment to be seen from here."""
    how, message, remedy = answer
    if how == "failed":
        return Ended(name, how, KgbuildError(message, remedy))
    if how == "crashed":
        return Ended(name, how, trace=message)
    manifest = (Path(errand.root) / errand.stage / name).with_suffix(MANIFEST)
    until = time.monotonic() + _SEEN_SECONDS
    while how == "done" and time.monotonic() < until and read_manifest(manifest) is None:
        time.sleep(0.2)
    return Ended(name, how)


def _line(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]


def _client(scheduler: str, seconds: float) -> Any:  # noqa: ANN401
    """Reach a scheduler.

    Raises:
        KgbuildError: Dask is not installed, or nobody answers.
    """
    # what goes wrong is said once and in our words; versions are compared by the workers themselves
    os.environ.setdefault("DASK_LOGGING__DISTRIBUTED", "critical")
    try:
        from distributed import Client
    except ImportError as error:
        raise KgbuildError("Dask is not installed", "Run: pip install 'kgbuild[cluster]'") from error
    for logger in ("distributed", "distributed.client", "distributed.batched", "distributed.core"):
        logging.getLogger(logger).setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Client(scheduler, timeout=seconds, set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise KgbuildError(
            f"{scheduler}: no scheduler answers there, for {seconds:.0f} seconds",
            "Start one: dask scheduler.",
        ) from error
    except (ValueError, RuntimeError) as error:
        raise KgbuildError(f"{scheduler}: cannot be reached ({_line(error)})") from error
