"""The layout of a store folder, and how a graph gets into it whole or not at all.

    DIR/kgbuild-store.json     the marker: which data folder counts, of which layout, with how much in it
    DIR/data-<digest>/         an Oxigraph database, never changed once it has this name
    DIR/data-<digest>.readers  locked by whoever reads that database
    DIR/writer                 locked by whoever writes

A build fills `writing-<process>`, renames it to its digest and then replaces the marker, which is one rename: before
it the old graph counts, after it the new one. Since a database that has its name is never written again, reading one
while another is written is safe (RocksDB promises nothing for a database that is written at the same time). An old
database is removed when nobody reads it any more.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kgbuild.errors import KgbuildError, OutputError
from kgbuild.rdf import DEFAULT_BASE, Kinds
from kgbuild.store.filling import DATA, Counted, Instead, Pieces, data_name
from kgbuild.store.loading import Piece
from kgbuild.store.pace import many_files

LAYOUT = 1
_MARKER = "kgbuild-store.json"
_WRITER = "writer"
_WRITING, _READERS = "writing-", ".readers"
_KIND = "kgbuild store"


@dataclass(frozen=True, slots=True)
class Marker:
    """Say what a store folder holds.

    Attributes:
        data: the folder inside it that counts.
        triples: how many triples, each named graph counted by itself.
        graphs: how many named graphs.
        base: the IRI under which things are named.
        prefixes: short names for the kinds of things below it.
        settings: what it was made with (`kgbuild`, `model`, ...), for people; nothing depends on it.
        layout: the version of this layout.
    """

    data: str
    triples: int
    graphs: int
    base: str = DEFAULT_BASE
    prefixes: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    layout: int = LAYOUT


@dataclass(frozen=True, slots=True)
class Kept:
    """Say what a store holds now, and what it took to fill it.

    Attributes:
        marker: what it holds.
        peak_bytes: the most memory of a process that did nothing but fill it; 0 when there was none.
    """

    marker: Marker
    peak_bytes: int = 0


def is_store(folder: Path) -> bool:
    """Tell whether a folder is a store, or one whose first build never ended."""
    return (folder / _MARKER).is_file() or (folder / _WRITER).is_file()


def read_marker(folder: Path) -> Marker:
    """Read what a store folder holds.

    Raises:
        KgbuildError: it is no store, half made, damaged, or of another layout.
    """
    path = folder / _MARKER
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        kind, layout = found.pop("kind", None), found.get("layout")
    except FileNotFoundError:
        if (folder / _WRITER).is_file():
            raise KgbuildError(f"{folder}: a store whose first build never ended", "Build it again.") from None
        raise KgbuildError(f"{folder}: a folder, but not a kgbuild store") from None
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise KgbuildError(f"{path}: cannot be read ({error})", "Build the store again.") from error
    if kind != _KIND or not isinstance(layout, int):
        raise KgbuildError(f"{path}: not the marker of a kgbuild store")
    if layout != LAYOUT:
        raise KgbuildError(
            f"{folder}: a store of version {layout}; this kgbuild reads version {LAYOUT}", "Build the store again."
        )
    try:
        return Marker(**found)
    except TypeError as error:
        raise KgbuildError(f"{path}: not the marker of a kgbuild store ({error})") from error


def check_place(folder: Path) -> None:
    """Find out before hours of work whether a store can be kept in *folder*.

    Raises:
        OutputError: it is a file or somebody else's folder, lies nowhere, or is not open for writing.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder}: is a file", "A store is a folder.")
    if folder.is_dir() and not is_store(folder) and any(folder.iterdir()):
        raise OutputError(f"{folder}: holds other things than a store", "Name an empty or new folder.")
    if is_store(folder) and (folder / _MARKER).is_file():
        try:
            read_marker(folder)
        except KgbuildError as error:
            raise OutputError(error.message, "Remove it, or name another folder.") from error
    place = folder if folder.is_dir() else folder.resolve().parent
    if not place.is_dir():
        raise OutputError(f"{folder}: the folder {place} does not exist", "Make it first.")
    if not os.access(place, os.W_OK | os.X_OK):
        raise OutputError(f"{folder}: the folder {place} is not open for writing")


def prepare(folder: Path) -> None:
    """Make sure that a store can be kept in *folder*, and make it one whose first build has not ended, if it is new.

    Raises:
        OutputError: it cannot.
    """
    check_place(folder)
    try:
        folder.mkdir(exist_ok=True)
        (folder / _WRITER).touch()
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror or error})") from error


def keep(
    quads: Iterable[ox.Quad], folder: Path, *, base: str = DEFAULT_BASE, settings: Mapping[str, str] | None = None
) -> Marker:
    """Make *quads* what the store in *folder* holds, in place of whatever it held.

    Args:
        quads: the graph; it is streamed to the disk.
        folder: a new or empty folder, or a store.
        base: the IRI under which things are named.
        settings: what the graph was made with.

    Returns:
        What the folder holds now.

    Raises:
        OutputError: another process writes there, or the disk is full or fails; the old graph is untouched.
    """
    with _writing(folder):
        return _replace(Counted(quads, base), folder, base, settings or {})


def keep_pieces(
    pieces: Iterable[Piece],
    folder: Path,
    *,
    digest: str,
    kinds: Kinds,
    graphs: int,
    triples: int | None = None,
    base: str = DEFAULT_BASE,
    settings: Mapping[str, str] | None = None,
    instead: Instead | None = None,
) -> Kept:
    """Make a graph what the store in *folder* holds, piece by piece, in place of whatever it held.

    The memory that it takes is that of a piece, whatever the size of the graph.

    Args:
        pieces: give N-Quads; a quad may stand in several.
        folder: a new or empty folder, or a store.
        digest: of all that is in *pieces*; a store that holds it already is left as it is.
        kinds: the kinds of things below *base*.
        graphs: how many named graphs there are.
        triples: how many triples there are; None lets them be counted, which goes through all of the database.
        base: the IRI under which things are named.
        settings: what the graph was made with.
        instead: if the store holds the graph that this is a change of, *pieces* are only what comes to it.

    Returns:
        What the folder holds now, and what that took.

    Raises:
        OutputError: another process writes there, or the disk is full or fails; the old graph is untouched.
    """
    with _writing(folder):
        marker = read_marker(folder) if (folder / _MARKER).is_file() else None
        holds = marker.data if marker is not None and (folder / marker.data).is_dir() else ""
        whole = Pieces(pieces, digest, kinds, graphs, triples)
        if marker is not None and holds == whole.name:
            return Kept(marker)
        if instead is not None:
            if holds != data_name(instead.digest):
                raise OutputError(f"{folder}: does not hold what is to be changed", "Run the same command again.")
            whole = Pieces(pieces, digest, kinds, graphs, triples, folder / holds, instead)
        return Kept(_replace(whole, folder, base, settings or {}), whole.peak_bytes)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Open a folder for a new graph, with no other writer there and nothing half written left.

    Raises:
        OutputError: another process writes there, or the disk is full or fails.
    """
    check_place(folder)
    try:
        folder.mkdir(exist_ok=True)
        with _alone(folder):
            _sweep(folder, None)
            yield
    except OSError as error:
        raise OutputError(f"{folder}: the graph cannot be kept ({error.strerror or error})") from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the writer's lock; the system frees it when the process ends, however it ends."""
    with (folder / _WRITER).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OutputError(f"{folder}: another process is writing there", "Wait for it to end.") from error
        yield


def _replace(graph: Counted | Pieces, folder: Path, base: str, settings: Mapping[str, str]) -> Marker:
    """Write the database under a name for the time being, give it its own, and let the marker point at it."""
    writing = folder / f"{_WRITING}{os.getpid()}"
    try:
        graph.lay(writing)
        with many_files():
            graph.fill(writing)
        target = folder / graph.name
        if not target.is_dir():
            (folder / f"{graph.name}{_READERS}").touch()
            writing.rename(target)
    finally:
        shutil.rmtree(writing, ignore_errors=True)
    kinds = graph.kinds.prefixes()
    marker = Marker(graph.name, graph.triples, graph.graphs, base, kinds, dict(sorted(settings.items())))
    _write_marker(folder, marker)
    _sweep(folder, marker)
    return marker


def _write_marker(folder: Path, marker: Marker) -> None:
    """Let the marker change in one step that survives a loss of power."""
    text = json.dumps({"kind": _KIND, **asdict(marker)}, indent=1, ensure_ascii=False) + "\n"
    temporary = folder / f".{_MARKER}"
    with temporary.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(folder / _MARKER)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(folder: Path, marker: Marker | None) -> None:
    """Remove what no longer counts: half-written databases, and old ones that nobody reads."""
    for left in folder.glob(f"{_WRITING}*"):
        shutil.rmtree(left, ignore_errors=True)
    if marker is None:
        return
    for data in sorted(folder.glob(f"{DATA}*")):
        if data.is_dir() and data.name != marker.data:
            readers = folder / f"{data.name}{_READERS}"
            with readers.open("a") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                shutil.rmtree(data, ignore_errors=True)
                readers.unlink(missing_ok=True)


@contextmanager
def data_of(folder: Path) -> Iterator[tuple[Path, Marker]]:
    """Give the database that counts, and keep it from being removed meanwhile.

    Raises:
        KgbuildError: the folder is no store that can be read.
    """
    for _ in range(10):
        marker = read_marker(folder)
        try:
            readers = (folder / f"{marker.data}{_READERS}").open("rb")
        except OSError:
            continue  # a writer was quicker: the marker points elsewhere by now
        with readers:
            fcntl.flock(readers, fcntl.LOCK_SH)
            if (folder / marker.data).is_dir() and read_marker(folder).data == marker.data:
                yield folder / marker.data, marker
                return
    raise KgbuildError(f"{folder}: the database that its marker names is not there", "Build the store again.")
