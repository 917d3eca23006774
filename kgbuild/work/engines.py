"""Who does the shards: this process, processes of this machine, or a cluster. None of them sees anything but names."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

from kgbuild.errors import KgbuildError
from kgbuild.pool import PATIENCE_SECONDS, Ended, Pool, alive
from kgbuild.work.units import run_unit


class Engine(Protocol):
    """Work on shards.

    Attributes:
        width: about how many shards are worked on at a time.
    """

    @property
    def width(self) -> int: ...  # noqa: D102

    def run(self, root: str, stage: str, names: Iterable[str]) -> Iterator[Ended[str, None]]:
        """Make the packs of some shards of the work folder *root*.

        Args:
            root: the work folder.
            stage: which stage they are of.
            names: the shards, taken one by one as there is room for them.

        Yields:
            how each ended, and `alive` whenever a worker begins another article.
        """

    def close(self) -> None:
        """Let go of workers."""


@dataclass(frozen=True, slots=True)
class Here:
    """Work in this process: for small things, and for tests."""

    width: int = 1

    def run(self, root: str, stage: str, names: Iterable[str]) -> Iterator[Ended[str, None]]:
        """Make the packs one after the other; what is raised rises."""
        for name in names:
            run_unit(root, stage, name)
            yield Ended(name, "done")

    def close(self) -> None:
        """Do nothing: there is nobody to let go."""


@dataclass(slots=True)
class Local:
    """Work in processes of this machine, which stay from one stage to the next.

    Attributes:
        jobs: how many.
        patience_seconds: how long a process may be on one article.
    """

    jobs: int = 1
    patience_seconds: float = PATIENCE_SECONDS
    _pool: Pool[str, None] | None = field(default=None, init=False, repr=False)

    @property
    def width(self) -> int:
        """Give how many processes there are."""
        return self.jobs

    def run(self, root: str, stage: str, names: Iterable[str]) -> Iterator[Ended[str, None]]:
        """Make the packs; a process that dies or hangs is replaced."""
        if self._pool is None:
            self._pool = Pool(partial(_work, root), self.jobs, self.patience_seconds)
        for ended in self._pool.run(f"{stage}/{name}" for name in names):
            yield replace(ended, job=ended.job.partition("/")[2])

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.close()
            self._pool = None


def _work(root: str, name: str) -> None:
    """Make one pack in a worker, with a sign of life before each article."""
    stage, _, shard = name.partition("/")
    run_unit(root, stage, shard, alive)


def choose(engine: str, jobs: int, scheduler: str | None) -> Engine:
    """Choose an engine by name.

    Args:
        engine: `local` or `dask`.
        jobs: how many processes work, for `local`.
        scheduler: address of the scheduler, for `dask`.

    Raises:
        KgbuildError: there is none of that name, or it lacks its address or its library.
    """
    if engine == "local":
        return Local(jobs)
    if engine != "dask":
        raise KgbuildError(f"no engine called {engine!r}", "Use local or dask.")
    if not scheduler:
        raise KgbuildError("the engine dask needs an address", "Give --scheduler tcp://HOST:8786.")
    from kgbuild.work.cluster import Cluster

    return Cluster(scheduler)


Progress = Callable[[str, int, int, int], None]
"""Called with the stage, how many articles are done, how many there are, and how many words were read by then."""
