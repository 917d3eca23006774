"""Sees to it that shards get done: cuts work into shards, hands out names, and deals with workers that die or hang.

A shard whose worker died or hung is done again. The worker notes which article it is on, so it is known on which one it
died; an article on which that happens twice is set aside and named, and the rest of its shard goes on without it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kgbuild.errors import KgbuildError
from kgbuild.pool import Ended
from kgbuild.work import keys
from kgbuild.work.catalog import Catalog
from kgbuild.work.engines import Engine
from kgbuild.work.folder import WorkFolder
from kgbuild.work.packs import MANIFEST, Failure, Manifest, read_manifest
from kgbuild.work.plans import Item

_DEATHS = 2
_WHY = {"died": "the process that worked on it was killed", "hung": "the process that worked on it hung"}


@dataclass(slots=True)
class Tally:
    """Add up what shards took and gave in this run.

    Attributes:
        failures: what gave nothing, by key.
        seconds: processor time of workers by what it was spent on.
        numbers: how much of what.
        peak_bytes: the most memory that a worker held.
        shards: how many shards were done.
        retried: how many had to be done again.
    """

    failures: dict[str, Failure] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    numbers: Counter[str] = field(default_factory=Counter)
    peak_bytes: int = 0
    shards: int = 0
    retried: int = 0

    def add(self, manifest: Manifest) -> None:
        """Add one shard."""
        self.failures.update({failure.key: failure for failure in manifest.failures})
        for name, spent in manifest.seconds.items():
            self.seconds[name] = self.seconds.get(name, 0.0) + spent
        self.numbers.update(manifest.numbers)
        self.peak_bytes = max(self.peak_bytes, manifest.peak_bytes)
        self.shards += 1


def cut(items: Iterable[tuple[Item, int]], weight: int, count: int) -> Iterator[list[Item]]:
    """Cut items into shards.

    Args:
        items: with what each weighs.
        weight: a shard is full when it weighs so much,
        count: or holds so many items.
    """
    shard: list[Item] = []
    sum_ = 0
    for item, own in items:
        shard.append(item)
        sum_ += own
        if sum_ >= weight or len(shard) >= count:
            yield shard
            shard, sum_ = [], 0
    if shard:
        yield shard


class Foreman:
    """Get the shards of one stage done."""

    def __init__(self, folder: WorkFolder, catalog: Catalog, engine: Engine, stage: str) -> None:
        self._folder = folder
        self._catalog = catalog
        self._engine = engine
        self._stage = stage
        self._deaths: Counter[str] = Counter()
        self._sizes: dict[str, int] = {}
        self._begun: Counter[str] = Counter()
        self._done = 0
        self.tally = Tally()

    def do(self, shards: Iterable[Sequence[Item]], progress: Callable[[int, int], None]) -> Tally:
        """Do all shards.

        Args:
            shards: what to do, taken bit by bit.
            progress: told how many items are done, and how many words were read.

        Returns:
            What it took and gave.

        Raises:
            KgbuildError: what all of it needs is missing, or the disk is full.
        """
        again: list[Sequence[Item]] = []
        names = (self._planned(items) for items in shards)
        while True:
            for ended in self._engine.run(str(self._folder.root), self._stage, names):
                again += self._after(ended)
                progress(self._done + sum(self._begun.values()), self.tally.numbers["words"])
            if not again:
                return self.tally
            self.tally.retried += len(again)
            names = (self._planned(items) for items in again)
            again = []

    def _planned(self, items: Sequence[Item]) -> str:
        """Write the plan of a shard, and name it after what it is made of."""
        name = keys.of(*(item.key for item in items))
        self._folder.set_plan(self._stage, name, items)
        self._sizes[name] = len(items)
        return name

    def _after(self, ended: Ended[str, None]) -> list[Sequence[Item]]:
        """Take in a shard that ended; give what has to be done again."""
        if ended.how == "alive":
            self._begun[ended.job] = min(self._begun[ended.job] + 1, self._sizes[ended.job])
            return []
        self._begun.pop(ended.job, None)
        if ended.error is not None:
            raise ended.error
        if ended.how == "crashed":
            raise RuntimeError(f"kgbuild raised while it worked on shard {ended.job} of {self._stage}\n{ended.trace}")
        if ended.how in _WHY:
            return self._without_the_guilty(ended)
        path = self._folder.stem(self._stage, ended.job).with_suffix(MANIFEST)
        manifest = read_manifest(path)
        if manifest is None:
            raise KgbuildError(f"{path}: cannot be read although it was just written", "Is the folder shared by all?")
        self._catalog.enter(self._stage, ended.job, manifest)
        self._folder.tidy(self._stage, ended.job)
        self.tally.add(manifest)
        self._done += self._sizes.pop(ended.job)
        del self._deaths[""]  # processes do begin
        return []

    def _without_the_guilty(self, ended: Ended[str, None]) -> list[Sequence[Item]]:
        """Find the article on which a worker ended; set it aside when it is not the first time."""
        items = self._folder.plan(self._stage, ended.job)
        at = self._folder.at(self._stage, ended.job)
        self._folder.tidy(self._stage, ended.job)
        self._deaths[at] += 1
        if self._deaths[at] < _DEATHS or not at:
            if self._deaths[at] > _DEATHS * 8:
                raise KgbuildError("worker processes die before they begin", "Is there enough memory?")
            return [items]
        rest = [item for item in items if item.key != at]
        guilty = next((item for item in items if item.key == at), None)
        if guilty is not None:
            remedy = "It may have run out of memory." if ended.how == "died" else "It is left out."
            self.tally.failures[at] = Failure(at, guilty.label, _WHY[ended.how], remedy)
            self._done += 1
        return [rest] if rest else []
