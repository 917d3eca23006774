"""Shards on a Dask cluster: a job queue, Kubernetes or plain hosts, with storage that all of them share.

The scheduler sees names and nothing else; it repeats a shard whose worker is gone, and what a worker makes lies in the
work folder, as everywhere. The model is loaded by each worker with its first shard.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kgbuild.errors import KgbuildError
from kgbuild.work.pool import Ended
from kgbuild.work.units import run_unit

_AHEAD = 2
"""So many shards a thread of the cluster are handed out at a time."""
_WAIT_SECONDS = "30s"


@dataclass(frozen=True, slots=True)
class Cluster:
    """Work on a Dask cluster.

    Attributes:
        scheduler: its address, like `tcp://host:8786`.
    """

    scheduler: str

    @property
    def width(self) -> int:
        """Give how many threads the cluster has."""
        with _client(self.scheduler) as client:
            return max(1, int(sum(client.nthreads().values())))

    def run(self, root: str, stage: str, names: Iterable[str]) -> Iterator[Ended]:
        """Make the packs on the cluster.

        Raises:
            KgbuildError: the scheduler cannot be reached, or is lost.
        """
        from distributed import as_completed

        waiting = iter(names)
        with _client(self.scheduler) as client:
            most = _AHEAD * max(1, sum(client.nthreads().values()))
            futures = {}
            done = as_completed()
            for name in waiting:
                future = client.submit(_work, root, stage, name, pure=False)
                futures[future.key] = name
                done.add(future)
                if len(futures) >= most:
                    break
            for future in done:
                name = futures.pop(future.key)
                yield _ended(name, future, self.scheduler)
                following = next(waiting, None)
                if following is not None:
                    more = client.submit(_work, root, stage, following, pure=False)
                    futures[more.key] = following
                    done.add(more)

    def close(self) -> None:
        """Do nothing: every stage reaches the scheduler anew."""


def _work(root: str, stage: str, name: str) -> str:
    """Make one pack in a worker of the cluster; a complaint comes home as words, since errors of ours may not."""
    try:
        run_unit(root, stage, name)
    except KgbuildError as error:
        return f"{error.message}\n{error.remedy}"
    return ""


def _ended(name: str, future: Any, scheduler: str) -> Ended:  # noqa: ANN401 - Dask's, which has no types here
    from distributed import KilledWorker

    error = future.exception()
    if isinstance(error, KilledWorker):
        return Ended(name, "died")
    if error is not None:
        if future.status in ("lost", "cancelled"):
            raise KgbuildError(f"{scheduler}: the scheduler is gone", "Start it and run the same command again.")
        return Ended(name, "crashed", trace=f"{type(error).__name__}: {error}")
    message, _, remedy = future.result().partition("\n")
    return Ended(name, "failed", KgbuildError(message, remedy)) if message else Ended(name, "done")


def _client(scheduler: str) -> Any:  # noqa: ANN401
    """Reach the scheduler.

    Raises:
        KgbuildError: Dask is not installed, or nobody answers.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise KgbuildError("Dask is not installed", "Run: pip install 'kgbuild[cluster]'") from error
    try:
        return Client(scheduler, timeout=_WAIT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise KgbuildError(f"{scheduler}: no scheduler answers there ({error})", "Start it first.") from error
