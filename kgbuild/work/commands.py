"""Build a graph in a work folder, and change what it is made of: add files, take files out, look at all of them again.

All four do the same: they decide which files the graph is made of, and have the stages do what is missing. What comes
of it is therefore what a build of these files from nothing would give.
"""

import os
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kgbuild.assemble import checked_base
from kgbuild.counts import Counts
from kgbuild.errors import CrashError, DocumentError, KgbuildError, ModelError, OutputError
from kgbuild.knowledge import Knowledge
from kgbuild.paths import SHIPPED_MODELS, ontology_dir, shapes_dir
from kgbuild.rdf import DEFAULT_BASE
from kgbuild.read import Options, ReadPage, by_name
from kgbuild.store import Marker, prepare
from kgbuild.validate import Report
from kgbuild.work import keys
from kgbuild.work.building import Building, StoppedError, Wishes, find_inputs, input_of, stamp_of
from kgbuild.work.catalog import CATALOG
from kgbuild.work.folder import Settings, WorkFolder
from kgbuild.work.homes import STORE, point_at, way_to, work_folder_of
from kgbuild.work.inputs import Files, Input, Inputs, is_below
from kgbuild.work.storing import keep_graph
from kgbuild.work.summary import Watch


@dataclass(frozen=True, slots=True)
class WorkBuild:
    """Hold what came of a build in a work folder.

    Attributes:
        store: the store that holds the graph.
        marker: what it holds.
        counts: how much each stage made.
        report: what the shapes say about all that was assembled.
        failures: one error for each file and article that gave nothing, by file.
        notes: what a reader should know although nothing failed.
        seconds: wall-clock seconds by stage.
        summary: all of it for a program.
    """

    store: Path
    marker: Marker
    counts: Counts
    report: Report
    failures: tuple[KgbuildError | CrashError, ...]
    notes: tuple[str, ...]
    seconds: tuple[tuple[str, float], ...]
    summary: Mapping[str, Any]


def settings_for(
    model: str = "default",
    base: str = DEFAULT_BASE,
    knowledge: Knowledge | None = None,
    options: Options | None = None,
) -> Settings:
    """Gather what a build is made with, and digest all of it.

    Raises:
        KgbuildError: *base* is no absolute IRI, or the model is not there.
    """
    from kgbuild.knowledge import load

    known = knowledge or load()
    where = Path(model)
    if not keys.model_is_there(model):
        shipped = ", ".join(SHIPPED_MODELS)
        remedy = f"Use one of {shipped}, a pipeline's folder, or install the spaCy package of that name."
        raise ModelError(f"no language model called {model!r}", remedy)
    digests = {f"code of {stage}": keys.code(stage) for stage in ("read", "language", "extract", "say")}
    cues = known.ontology_dir / "cues"
    digests |= {
        "model": keys.model(model),
        "data": keys.data(known),
        "shapes": keys.shapes(known),
        "data of read": keys.files(cues / name for name in ("furniture.yaml", "elements.tsv", "languages.tsv")),
    }

    def own(folder: Path, shipped: Path) -> str:
        return "" if folder == shipped else str(folder.resolve())

    return Settings(
        model=str(where.resolve()) if model not in SHIPPED_MODELS and where.is_dir() else model,
        base=checked_base(base),
        ontology=own(known.ontology_dir, ontology_dir()),
        shapes=own(known.shapes_dir, shapes_dir()),
        same=tuple(str(path.resolve()) for path in known.same),
        different=tuple(str(path.resolve()) for path in known.different),
        index=str(known.index.resolve()) if known.index else "",
        fields=dict(options.fields) if options else {},
        digests=digests,
    )


def build(
    paths: Sequence[Path], work: Path, settings: Settings, wishes: Wishes, store: Path | None = None
) -> WorkBuild:
    """Build the graph of some files and folders.

    Args:
        paths: files and folders, in any order.
        work: the work folder; what was finished there before is used.
        settings: what the graph is made with.
        wishes: how the work is to be done.
        store: where the graph goes; None for the store inside the work folder.

    Raises:
        KgbuildError: an option, a data file or the model is wrong, or too much failed.
        CrashError: our own code raised on an article, and `keep_going` is off.
        OutputError: the disk is full, or another build is at work there.
    """
    if store is not None:
        prepare(store)
    with _opened(work, settings) as folder:
        place = store or work / STORE
        roots = _absolute(paths)
        files, errors = find_inputs([str(path) for path in paths], settings, (work, place))
        return _go(folder, settings, wishes, place, Inputs(roots, (), files), errors, files)


def add(paths: Sequence[Path], store: Path, wishes: Wishes) -> WorkBuild:
    """Add files and folders to a store; files of it that are given again are read again.

    Raises:
        StoppedError: none of what is added holds an article.
    """
    with _changed(store) as (folder, settings, before):
        found, errors = find_inputs([str(path) for path in paths], settings, (folder.root, store))
        new = {one.real for one in found}
        kept = [one for one in _as_they_were(before, settings) if one.real not in new]
        roots = tuple(sorted({*before.roots, *_absolute(paths)}))
        removed = tuple(real for real in before.removed if real not in new)
        files = Files(sorted([*kept, *found], key=lambda one: by_name(one.path)))
        return _go(folder, settings, wishes, store, Inputs(roots, removed, files), errors, found)


def remove(paths: Sequence[Path], store: Path, wishes: Wishes) -> WorkBuild:
    """Take files out of a store: those that are named, and those below folders that are named.

    What was taken out before may be named again, so that a command that was broken off can be repeated.

    Raises:
        KgbuildError: a path names nothing that the store was made of.
    """
    with _changed(store) as (folder, settings, before):
        files = _as_they_were(before, settings)
        gone: set[str] = set()
        for path in paths:
            hit = {one.real for one in files if _below(one.real, path) or _below(one.path, path)}
            if not hit and not any(_below(real, path) for real in before.removed):
                raise KgbuildError(f"{path}: the store was made of no such file", "Name a file or folder of it.")
            gone |= hit
        left = Files(one for one in files if one.real not in gone)
        removed = tuple(sorted({*before.removed, *gone}))
        return _go(folder, settings, wishes, store, Inputs(before.roots, removed, left))


def update(store: Path, wishes: Wishes) -> WorkBuild:
    """Look at all files of a store again: changed ones are read again, new ones come in, vanished ones go.

    Raises:
        KgbuildError: all of them have vanished, which is rather the fault of a disk that is not there.
    """
    with _changed(store) as (folder, settings, before):
        roots = [root for root in before.roots if os.path.lexists(root)]
        found, errors = find_inputs(roots, settings, (folder.root, store))
        removed = frozenset(before.removed)
        files = Files(one for one in found if one.real not in removed)
        if before.files and not files:
            raise KgbuildError(
                f"{store}: none of the files that it was made of is there any more",
                "Is a disk missing? `kgbuild remove` takes files out.",
            )
        return _go(folder, settings, wishes, store, Inputs(before.roots, before.removed, files), errors)


def _absolute(paths: Sequence[Path]) -> tuple[str, ...]:
    return tuple(sorted({str(path.absolute()) for path in paths}))


@contextmanager
def _opened(work: Path, settings: Settings) -> Iterator[WorkFolder]:
    folder = WorkFolder(work)
    with _trouble_told(work), folder.alone():
        folder.check_place()
        folder.prepare(settings)
        yield folder


@contextmanager
def _changed(store: Path) -> Iterator[tuple[WorkFolder, Settings, Inputs]]:
    """Open the work folder of a store, with what it was made with, digested anew."""
    folder = work_folder_of(store)
    found = folder.settings()
    assert found is not None  # noqa: S101 - a missing one raises
    settings = settings_for(found.model, found.base, found.knowledge, found.options)
    with _trouble_told(folder.root), folder.alone():
        inputs = folder.inputs()
        if inputs.store not in ("", way_to(store, folder.root)):
            raise KgbuildError(
                f"{store}: its work folder {folder.root} has been used for another graph since",
                "Build it again with --work and --store.",
            )
        folder.prepare(settings)
        yield folder, settings, inputs


@contextmanager
def _trouble_told(root: Path) -> Iterator[None]:
    """Turn what the disk or the catalogue complains of into one line.

    Raises:
        OutputError: it does.
    """
    try:
        yield
    except OSError as error:
        raise OutputError(f"{root}: cannot be written ({error.strerror or error})") from error
    except sqlite3.Error as error:
        remedy = f"If the disk is not full, remove {CATALOG} there and run the same again."
        raise OutputError(f"{root}: the catalogue cannot be written ({error})", remedy) from error


def _as_they_were(before: Inputs, settings: Settings) -> list[Input]:
    """Give the files of a graph as they were read; those that have not changed with the digest of today's rules.

    What has changed or is gone stays as it was: only `update` looks at it again.
    """
    beside: dict[str, str] = {}
    return [
        input_of(one.path, one.real, settings, beside) if stamp_of(Path(one.real)) == one.stamp else one
        for one in before.files
    ]


def _below(file: str, path: Path) -> bool:
    return any(is_below(file, place) for place in (str(path.absolute()), os.path.realpath(path)))


def _go(
    folder: WorkFolder,
    settings: Settings,
    wishes: Wishes,
    store: Path,
    inputs: Inputs,
    errors: Sequence[DocumentError] = (),
    given: Sequence[Input] | None = None,
) -> WorkBuild:
    """Take a build through its stages and keep the graph; if what was *given* holds no article at all, give up."""
    watch = Watch(folder.root, wishes.progress)
    building = Building(folder, settings, replace(wishes, progress=watch.progress))
    try:
        building.made.failures += errors
        made = building.run(inputs)
        if given is not None and not building.holds_some(given):
            raise StoppedError("no article was found in what was given", "", made.failures)
        folder.set_inputs(replace(inputs, store=way_to(store, folder.root)))
        begin = time.perf_counter()
        building.rest()
        marker, counts, report = keep_graph(building, store)
        point_at(store, folder.root)
        made.seconds["store"] = time.perf_counter() - begin
        if wishes.take_text is not None:
            for name, place in building.articles.texts():
                page: ReadPage = building.packs.load(place)
                wishes.take_text(name, page.page.text)
        building.tidy()
        failures = tuple(sorted(made.failures, key=_by_file))
        counts = replace(counts, files=len(inputs.files))
        summary = watch.end(made, counts, failures, marker)
        notes = tuple(sorted(set(made.notes)))
        return WorkBuild(store, marker, counts, report, failures, notes, tuple(made.seconds.items()), summary)
    finally:
        building.close()


def _by_file(error: KgbuildError | CrashError) -> tuple[str, str]:
    return str(getattr(error, "path", getattr(error, "source_file", ""))), str(error)
