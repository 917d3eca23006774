"""A build in a work folder, stage by stage; every stage does only what is not there yet.

    files -read-> pages -| who repeats whom |-> articles -extract-> summaries -| who is who |-> -say-> triples -> store

Between the bars all articles meet, in this process and in bounded memory; everything else is done shard by shard by an
engine. Killed at any moment and started again, a build finds what was finished and goes on, and gives the same bytes.
"""

import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kgbuild.errors import CrashError, DocumentError, KgbuildError
from kgbuild.memory import give_back, keep_no_large_blocks
from kgbuild.read import find_names, load_folder
from kgbuild.records import Packs
from kgbuild.resolve import Resolved, Resolver, Summary
from kgbuild.work import keys
from kgbuild.work.articles import Articles, Row
from kgbuild.work.catalog import Catalog, Table
from kgbuild.work.engines import Engine, Progress
from kgbuild.work.folder import STAGES, Settings, WorkFolder
from kgbuild.work.inputs import Files, Input, Inputs, is_below
from kgbuild.work.packs import Failure
from kgbuild.work.plans import ExtractItem, Item, ReadItem, SayItem
from kgbuild.work.repacking import repack
from kgbuild.work.shards import Foreman, Tally, cut

_SHARD_ARTICLES, _SHARD_WORDS = 64, 24_000
_SHARD_FILES, _SHARD_BYTES = 64, 4_000_000
_PARTS_A_WORKER = 4


class StoppedError(KgbuildError):
    """Say that a build was given up, and which inputs had failed by then; what was finished is kept."""

    def __init__(self, message: str, remedy: str, failures: Sequence[KgbuildError | CrashError]) -> None:
        super().__init__(message, remedy)
        self.failures = tuple(failures)


@dataclass(slots=True)
class Made:
    """Hold what came of the stages, all of it but the graph, which lies in the folder.

    Attributes:
        failures: what gave nothing: files and articles.
        notes: what a user should know although nothing failed.
        tallies: what workers took and gave in this run, by stage.
        seconds: wall-clock seconds by stage.
        peaks: the most memory of a process of a stage that workers do not do.
    """

    failures: list[KgbuildError | CrashError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    peaks: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wishes:
    """Say how the work is to be done; none of it shows in the result.

    Attributes:
        engine: who does it.
        keep_going: leave out an article on which our own code raises.
        max_errors: give up when more than so many files and articles fail; None never.
        progress: told how far the work is.
        take_text: given each text that was taken out of a page, with its digest; None when nobody wants them.
    """

    engine: Engine
    keep_going: bool = False
    max_errors: int | None = None
    progress: Progress = lambda stage, done, total, words: None
    take_text: Callable[[str, str], None] | None = None


class Building:
    """Take one build through its stages."""

    def __init__(self, folder: WorkFolder, settings: Settings, wishes: Wishes) -> None:
        self.folder = folder
        self.settings = settings
        self.wishes = wishes
        self.knowledge = settings.knowledge
        self.catalog = Catalog(folder.root, STAGES)
        self.packs = Packs(folder.root)
        self.articles = Articles(folder, self.catalog, self.packs)
        self.said = Table("id text primary key, key text")
        self.made = Made()

    def close(self) -> None:
        """Let go of all files and workers."""
        self.wishes.engine.close()
        self.articles.close()
        self.said.close()
        self.packs.close()
        self.catalog.close()

    def rest(self) -> None:
        """Let go of workers and names when the stages are done: what comes after them needs the room."""
        self.wishes.engine.close()
        self.knowledge = self.settings.knowledge  # the same folders, of which nothing has been read
        give_back()
        keep_no_large_blocks()

    def run(self, inputs: Inputs) -> Made:
        """Do what is missing."""
        with self._clock("read"):
            self._read(inputs.files)
            self.articles.gather(inputs.files)
            errors = self.articles.errors
            self.made.failures += [DocumentError(_near(path), *why) for path, *why in errors]
            self._hear_folders(inputs.files)
            self._enough()
            self.made.notes += map(_near, self.articles.notes)
        with self._clock("extract"):
            lost = self._extract()
        while True:
            with self._clock("resolve"):
                resolved = self._resolve(lost)
            with self._clock("say"):
                crashed = self._say(resolved, lost)
            if not crashed:
                break
            lost |= crashed
        return self.made

    @contextmanager
    def _clock(self, stage: str) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        self.made.seconds[stage] = self.made.seconds.get(stage, 0.0) + time.perf_counter() - begin

    def _do(self, stage: str, items: Iterator[tuple[Item, int] | None], total: int, size: tuple[int, int]) -> Tally:
        """Have the shards of one stage done, and deal with what failed.

        Args:
            stage: the stage.
            items: what to do, with what each weighs; None for what is done already.
            total: how many there are, at most.
            size: what a shard may weigh, and how many items it may hold.
        """
        weight, count = size
        count = max(1, min(count, -(-total // (self.wishes.engine.width * _PARTS_A_WORKER))))
        skipped = 0

        def left() -> Iterator[tuple[Item, int]]:
            nonlocal skipped
            for item in items:
                if item is None:
                    skipped += 1
                else:
                    yield item

        def progress(done: int, words: int) -> None:
            self.wishes.progress(stage, done + skipped, total, words)
            self._enough(foreman.tally.failures.values())
            if stage == "extract":  # while workers load the model, load what deciding who is who will ask for
                _ = self.knowledge.gazetteer

        foreman = Foreman(self.folder, self.catalog, self.wishes.engine, stage)
        tally = foreman.do(cut(left(), weight, count), progress)
        self.made.tallies[stage] = tally
        for failure in sorted(tally.failures.values(), key=lambda one: (one.file, one.key)):
            error = _error(failure)
            if isinstance(error, CrashError) and not self.wishes.keep_going:
                raise error
            self.made.failures.append(error)
        self._enough()
        return tally

    def _enough(self, more: Iterable[Failure] = ()) -> None:
        """Give up when too much has failed."""
        most = self.wishes.max_errors
        failures = [*self.made.failures, *map(_error, more)]
        if most is not None and len(failures) > most:
            remedy = "What was finished is kept: run it again with a higher --max-errors."
            raise StoppedError(f"more than {most} inputs failed", remedy, failures)

    def _read(self, files: Sequence[Input]) -> None:
        """Read the files that were not read before."""

        def items() -> Iterator[tuple[Item, int] | None]:
            for one in files:
                item = ReadItem(one.key, one.path, one.real)
                there = self.catalog.place("file", one.key) is not None
                yield None if there else (item, int(one.stamp.partition("-")[0]))

        self._do("read", items(), len(files), (_SHARD_BYTES, _SHARD_FILES))

    def _hear_folders(self, files: Sequence[Input]) -> None:
        """Take in what is wrong with, or to be said of, the `sources.toml` and `sources.csv` beside files."""
        for folder in sorted({Path(one.path).parent for one in files}):
            told = load_folder(Path(_near(str(folder))))
            self.made.failures += told.errors
            self.made.notes += told.notes

    def key_of_language(self, row: Row) -> str:
        """Digest what the language model's words on an article depend on."""
        return keys.of(self.settings.digests["model"], self.settings.digests["code of language"], row.language)

    def key_of_extraction(self, row: Row) -> str:
        """Digest what an extraction depends on."""
        told = self.settings.digests
        return keys.of(told["code of extract"], told["data"], self.key_of_language(row), row.document, row.id)

    def _extract(self) -> set[str]:
        """Extract what was not extracted before; give the ids of articles that have to be left out."""

        def items() -> Iterator[tuple[Item, int] | None]:
            for row in self.articles.rows():
                key = self.key_of_extraction(row)
                if row.original or self.catalog.place("summary", key) is not None:
                    yield None
                    continue
                language = self.key_of_language(row)
                place = self.catalog.place("language", language)
                yield ExtractItem(key, row.article(self.articles.page_of(row)), language, place), row.words

        failed = self._do("extract", items(), len(self.articles), (_SHARD_WORDS, _SHARD_ARTICLES)).failures
        return {row.id for row in self.articles.rows() if self.key_of_extraction(row) in failed} if failed else set()

    def _resolve(self, lost: set[str]) -> Resolved:
        """Decide who is who over all articles."""
        resolver = Resolver(self.knowledge)
        for row in self.articles.rows():
            if not row.original and row.id not in lost:
                resolver.add(self._summary(row))
        return resolver.finish()

    def _summary(self, row: Row) -> Summary:
        key = self.key_of_extraction(row)
        self.catalog.use([("summary", key), ("extraction", key), ("language", self.key_of_language(row))])
        place = self.catalog.place("summary", key)
        assert place is not None  # noqa: S101 - every article has one by now, or was left out
        found: Summary = self.packs.load(place)
        return found

    def _say(self, resolved: Resolved, lost: set[str]) -> set[str]:
        """Tell what each article says, as far as that was not told before; give the ids of those that crashed."""
        self.said.clear()

        def items() -> Iterator[tuple[Item, int] | None]:
            for row in self.articles.rows():
                if row.id in lost:
                    yield None
                    continue
                item = self._said_item(row, resolved, lost)
                self.said.add([(row.id, item.key)])
                yield (item, 1) if self.catalog.place("said", item.key) is None else None

        failed = self._do("say", items(), len(self.articles), (_SHARD_ARTICLES, _SHARD_ARTICLES)).failures
        return {id_ for id_, key in self.said_articles() if key in failed} if failed else set()

    def said_articles(self) -> Iterator[tuple[str, str]]:
        """Go through the articles of the graph, each with the digest of what it says, in the order of their ids."""
        yield from (row for row in self.said.ask("select id, key from t order by id"))  # whoever stops closes no cursor

    def _said_item(self, row: Row, resolved: Resolved, lost: set[str]) -> SayItem:
        """Gather what is known of an article before it is told what it says."""
        from kgbuild.model import Resolution

        told = self.settings.digests
        resolution = Resolution() if row.original else resolved.local(self._summary(row))
        known = bool(row.original) and row.original in self.articles and row.original not in lost
        entities = repr([sorted(resolution.entities.items()), sorted(resolution.entity_of.items())])
        shown = (row.document, row.id, row.original, row.story, str(known))
        which = "" if row.original else self.key_of_extraction(row)
        key = keys.of(told["code of say"], told["data"], told["shapes"], self.settings.base, which, *shown, entities)
        place = self.catalog.place("extraction", which) if which else None
        article = row.article(self.articles.page_of(row))
        return SayItem(key, article, place, resolution, row.original or None, row.story or None, known)

    def holds_some(self, files: Iterable[Input]) -> bool:
        """Tell whether there is an article in any of these files."""
        return any(facts["articles"] for one in files for _, facts in self.catalog.below("page", one.key))

    def tidy(self) -> None:
        """Remove shards that nothing of this build needs, and pack anew those of which it needs little.

        Places of records that were asked for before are good no more.
        """
        for room in ("said", "quads", "shared"):
            self.catalog.use((room, key) for _, key in self.said_articles())
        for stage, name in self.catalog.unused():
            self.folder.drop(stage, name)
        with suppress(OSError, KgbuildError):  # the graph is kept, and this can wait for the next build
            repack(self.folder, self.catalog)


def _error(failure: Failure) -> KgbuildError | CrashError:
    if failure.trace:
        return CrashError(failure.file, failure.trace)
    return DocumentError(_near(failure.file), failure.reason, failure.remedy)


def _near(path: str) -> str:
    """Name a file, or begin a note with its name, as seen from the folder in which the user stands."""
    return path.removeprefix(f"{Path.cwd()}{os.sep}")


def stamp_of(path: Path) -> str:
    """Give the size of a file and the time of its last change; "0-0" when it is not there."""
    try:
        status = path.stat()
    except OSError:
        return "0-0"
    return f"{status.st_size}-{status.st_mtime_ns}"


def find_inputs(
    roots: Sequence[str], settings: Settings, own: Collection[Path] = ()
) -> tuple[Files, list[DocumentError]]:
    """Find the files that are meant, each with the digest under which its pages are kept.

    Their paths are made absolute, since workers and later commands may run elsewhere.

    Args:
        roots: files and folders.
        settings: what the graph is made with.
        own: folders that the build itself writes into; what lies there is no article.
    """
    from kgbuild.read.files import STDIN

    if str(STDIN) in roots:
        raise KgbuildError("standard input cannot be kept in a work folder", "Write it to a file first.")
    found, errors = find_names(Path(root) for root in roots)
    beside: dict[str, str] = {}
    places = [os.path.realpath(place) for place in own]
    wanted = ((path, real) for path, real in found if not any(is_below(real, place) for place in places))
    return Files(input_of(str(Path(path).absolute()), real, settings, beside) for path, real in wanted), errors


def input_of(path: str, real: str, settings: Settings, beside: dict[str, str]) -> Input:
    """Digest what the reading of a file depends on; *beside* holds what was found of folders so far."""
    folder = path.rpartition("/")[0] or "/"
    if folder not in beside:
        tables = (Path(folder, "sources.toml"), Path(folder, "sources.csv"))
        beside[folder] = keys.files(one for one in tables if one.is_file())
    stamp = stamp_of(Path(real))
    told: Mapping[str, Any] = settings.digests
    fields = [f"{ours}={theirs}" for ours, theirs in sorted(settings.fields.items())]
    key = keys.of(told["code of read"], told["data of read"], path, real, stamp, beside[folder], *fields)
    return Input(path, real, stamp, key)
