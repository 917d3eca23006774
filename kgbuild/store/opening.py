"""Opens a graph to be read, whether it lies in a file, in a store folder or in a bare Oxigraph folder."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kgbuild.errors import KgbuildError
from kgbuild.rdf import DEFAULT_BASE, PREFIXES, memory_store, read_graph
from kgbuild.store.folder import data_of, is_store

_MARK_OF_OXIGRAPH = "CURRENT"


@dataclass(frozen=True, slots=True)
class Opened:
    """Hold a graph that is open for reading; what it says does not change while it is held.

    Attributes:
        source: where it lies.
        store: the engine that answers.
        base: the IRI under which its things are named.
        prefixes: short names for namespaces.
        on_disk: whether it is read from the disk bit by bit instead of being in memory.
        triples: how many triples its marker counts, None where there is no marker.
    """

    source: Path
    store: ox.Store
    base: str
    prefixes: Mapping[str, str]
    on_disk: bool = False
    triples: int | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    _held: ExitStack = field(default_factory=ExitStack, repr=False, compare=False)

    def close(self) -> None:
        """Let the next writer remove the database; the store must not be asked any more."""
        self._held.close()


def open_graph(source: Path) -> Opened:
    """Open a graph file or a store folder.

    Raises:
        KgbuildError: it is missing, broken, of unknown kind or of another version.
    """
    if not source.is_dir():
        file = read_graph(source)
        prefixes = {**file.prefixes, **PREFIXES}
        return Opened(source, memory_store(file.quads), prefixes.get("kgid", DEFAULT_BASE), prefixes)
    if is_store(source):
        held = ExitStack()
        data, marker = held.enter_context(data_of(source))
        prefixes = {**marker.prefixes, "kgid": marker.base, **PREFIXES}
        store = _read_only(source, data)
        return Opened(source, store, marker.base, prefixes, True, marker.triples, marker.settings, held)
    if not (source / _MARK_OF_OXIGRAPH).is_file():
        raise KgbuildError(f"{source}: a folder, but not an Oxigraph store")
    return Opened(source, _read_only(source, source), DEFAULT_BASE, {"kgid": DEFAULT_BASE, **PREFIXES}, on_disk=True)


@contextmanager
def open_data(source: Path) -> Iterator[tuple[Path, str]]:
    """Give the folder of the Oxigraph database that a store holds, and its base, for another program to read.

    Raises:
        KgbuildError: it is no store.
    """
    if source.is_dir() and not is_store(source) and (source / _MARK_OF_OXIGRAPH).is_file():
        yield source, DEFAULT_BASE
        return
    if not source.is_dir():
        raise KgbuildError(f"{source}: {'not a store' if source.exists() else 'no such store'}", "Make one with build.")
    with data_of(source) as (data, marker):
        yield data, marker.base


def _read_only(source: Path, data: Path) -> ox.Store:
    try:
        return ox.Store.read_only(str(data))
    except (OSError, RuntimeError) as error:
        raise KgbuildError(f"{source}: not an Oxigraph store that can be read ({error})") from error


def graph_named(opened: Opened, name: str) -> ox.NamedNode:
    """Find the named graph of an article by its IRI, short name (`article:x`) or source file.

    Raises:
        KgbuildError: there is none, or the file gave several articles.
    """
    names = sorted(graph.value for graph in opened.store.named_graphs() if isinstance(graph, ox.NamedNode))
    prefix, _, local = name.partition(":")
    known = {name, opened.base + name, opened.prefixes.get(prefix, "\0") + local}
    found = [one for one in names if one in known]
    if not found:
        files = opened.store.quads_for_pattern(
            None, ox.NamedNode(PREFIXES["kg"] + "sourceFile"), ox.Literal(name), None
        )
        found = sorted({str(getattr(quad.subject, "value", "")) for quad in files} & set(names))
    if not found:
        near = f"There are {', '.join(names[:3])}{', ...' if len(names) > 3 else ''}." if names else ""
        raise KgbuildError(f"{opened.source}: no graph named {name}", near or "It has no named graphs.")
    if len(found) > 1:
        raise KgbuildError(f"{opened.source}: {name} gave several articles", f"Name one: {', '.join(found)}.")
    return ox.NamedNode(found[0])
