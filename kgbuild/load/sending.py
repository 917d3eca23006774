"""What is sent in which pieces, what was sent already, and whether it arrived."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import pyoxigraph as ox

from kgbuild.errors import OutputError
from kgbuild.load.endpoint import Client, Endpoint, LoadError, Protocol
from kgbuild.store import Opened, open_graph

_BYTES = {Protocol.GRAPH_STORE: 4_000_000, Protocol.UPDATE: 200_000}
_TRIPLES = {Protocol.GRAPH_STORE: 20_000, Protocol.UPDATE: 1_000}
_COUNTED = 50


@dataclass(frozen=True, slots=True)
class Plan:
    """Say what a load would send: named graphs, triples, requests and bytes, and how many graphs are there already."""

    graphs: int
    triples: int
    requests: int
    size_bytes: int
    done: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """Say what a load did: graphs and triples sent, graphs that were there already, graphs that were counted."""

    graphs: int
    triples: int
    done: int
    counted: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """Hold the lines of N-Triples that go into one request."""

    text: str
    triples: int


def plan(source: Path, endpoint: Endpoint, *, default_graph: str = "", journal: Path | None = None) -> Plan:
    """Find out what `load` would send, without asking the store anything.

    Raises:
        KgbuildError: the source can't be opened.
    """
    opened = open_graph(source)
    try:
        notes = _Journal(journal or _beside(source), endpoint)
        graphs, triples, requests, size, done = 0, 0, 0, 0, 0
        for name in _names(opened):
            pieces = list(_pieces(opened, name, endpoint.protocol))
            graphs += 1
            if notes.has(_target(name, default_graph), _digest(pieces)):
                done += 1
                continue
            triples += sum(piece.triples for piece in pieces)
            requests += len(pieces)
            size += sum(len(piece.text.encode()) for piece in pieces)
        return Plan(graphs, triples, requests, size, done)
    finally:
        opened.close()


def load(
    source: Path,
    endpoint: Endpoint,
    *,
    default_graph: str = "",
    check: bool = True,
    journal: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Loaded:
    """Put a graph file or store into a triple store, a named graph an article.

    A named graph of the same name is replaced. What stands outside named graphs (entities, pages, days) is added to the
    store's default graph, whose other triples stay.

    Args:
        source: the graph.
        endpoint: the store.
        default_graph: IRI of a named graph for what stands outside named graphs; "" for the store's default graph.
        check: whether to count in the end; a graph whose count is wrong is sent once more.
        journal: where to note down what was sent; by default beside the source.
        progress: told how many graphs are done and how many there are.

    Returns:
        What was done. When the store already has all of it, nothing is sent.

    Raises:
        LoadError: the store refuses, can't be reached, or does not hold what it was given.
        KgbuildError: the source can't be opened.
        OutputError: the journal can't be written.
    """
    if check:
        endpoint.query_address()  # asked before the work, not after it
    opened = open_graph(source)
    client = Client(endpoint)
    try:
        work = _Work(opened, endpoint, client, default_graph, _Journal(journal or _beside(source), endpoint))
        names = _names(opened)
        for number, name in enumerate(names, 1):
            work.send(name)
            (progress or _silent)(number, len(names))
        counted = work.check(names) if check else 0
        return Loaded(work.graphs, work.triples, work.done, counted)
    finally:
        client.close()
        opened.close()


def _silent(done: int, total: int) -> None:
    """Tell nobody how far the work is."""


class _Work:
    """Send graphs, remember which, and count them."""

    def __init__(
        self, opened: Opened, endpoint: Endpoint, client: Client, default_graph: str, journal: "_Journal"
    ) -> None:
        self._opened = opened
        self._protocol = endpoint.protocol
        self._address = endpoint.address
        self._client = client
        self._default = default_graph
        self._journal = journal
        self._sizes: dict[str | None, int] = {}
        self.graphs = self.triples = self.done = 0

    def send(self, name: str | None, *, again: bool = False) -> None:
        """Send one graph, unless it was sent before."""
        pieces = list(_pieces(self._opened, name, self._protocol))
        digest = _digest(pieces)
        target = _target(name, self._default)
        self._sizes[target] = sum(piece.triples for piece in pieces)
        if not again and self._journal.has(target, digest):
            self.done += 1
            return
        for number, piece in enumerate(pieces):
            # what the default graph held before is not ours to remove
            replace = number == 0 and target is not None
            if self._protocol is Protocol.UPDATE:
                self._client.update(_insertion(target, piece.text, replace=replace))
            else:
                self._client.put(target, piece.text.encode(), replace=replace)
        self._journal.note(target, digest)
        self.graphs += 1
        self.triples += self._sizes[target]

    def check(self, names: Sequence[str | None]) -> int:
        """Count every graph in the store; send again, once, what is not there."""
        found = self._counts(names)
        wrong = [name for name in names if not self._arrived(name, found)]
        for name in wrong:
            self.send(name, again=True)
        found = self._counts(wrong)
        for name in wrong:
            if not self._arrived(name, found):
                target = _target(name, self._default)
                self._journal.forget(target)
                raise LoadError(
                    f"{self._address}: {target or 'the default graph'} should hold {self._sizes[target]:,} triples "
                    f"and holds {found.get(target, 0):,}",
                    "Look into the store's log, then run it again.",
                )
        return len(names)

    def _arrived(self, name: str | None, found: dict[str | None, int]) -> bool:
        target = _target(name, self._default)
        there, wanted = found.get(target, 0), self._sizes[target]
        return there >= wanted if target is None else there == wanted

    def _counts(self, names: Sequence[str | None]) -> dict[str | None, int]:
        found: dict[str | None, int] = {}
        targets = [target for name in names if (target := _target(name, self._default)) is not None]
        for begin in range(0, len(targets), _COUNTED):
            values = " ".join(f"<{target}>" for target in targets[begin : begin + _COUNTED])
            text = f"SELECT ?g (COUNT(*) AS ?n) {{ VALUES ?g {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
            found.update((row["g"], int(row["n"])) for row in self._client.select(text) if "g" in row)
        if any(_target(name, self._default) is None for name in names):
            rows = self._client.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
            found[None] = int(rows[0]["n"])
        return found


def _names(opened: Opened) -> list[str | None]:
    """Name the graphs of a source, by name, the default graph first if it holds anything."""
    named = sorted(str(getattr(name, "value", name)) for name in opened.store.named_graphs())
    first = next(iter(opened.store.quads_for_pattern(None, None, None, ox.DefaultGraph())), None)
    return [*([] if first is None else [None]), *named]


def _target(name: str | None, default_graph: str) -> str | None:
    return name if name is not None else default_graph or None


def _pieces(opened: Opened, name: str | None, protocol: Protocol) -> Iterator[_Piece]:
    """Cut a graph into pieces of N-Triples that no store refuses."""
    graph = ox.DefaultGraph() if name is None else ox.NamedNode(name)
    lines: list[str] = []
    size = 0
    for quad in opened.store.quads_for_pattern(None, None, None, graph):
        line = f"{quad.triple} .\n"
        if lines and (size + len(line) > _BYTES[protocol] or len(lines) >= _TRIPLES[protocol]):
            yield _Piece("".join(lines), len(lines))
            lines, size = [], 0
        lines.append(line)
        size += len(line)
    if lines:
        yield _Piece("".join(lines), len(lines))


def _digest(pieces: Sequence[_Piece]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece.text.encode())
    return digest.hexdigest()


def _insertion(graph: str | None, triples: str, *, replace: bool) -> str:
    if graph is None:
        return f"INSERT DATA {{\n{triples}}}"
    clear = f"CLEAR SILENT GRAPH <{graph}> ;\n" if replace else ""
    return f"{clear}INSERT DATA {{ GRAPH <{graph}> {{\n{triples}}} }}"


def _beside(source: Path) -> Path:
    return source.with_name(source.name + ".loaded")


class _Journal:
    """Note down, a line a graph, what a store has taken, so that a load that broke off goes on.

    Only what was sent whole is noted. The digest tells a graph that has changed since; the address and the protocol
    tell stores apart. A store that was emptied meanwhile is found out by counting.
    """

    def __init__(self, path: Path, endpoint: Endpoint) -> None:
        self._path = path
        self._store = f"{endpoint.protocol.value} {endpoint.address}"
        self._noted: dict[str | None, str] = {}
        try:
            lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        except (OSError, UnicodeDecodeError) as error:
            raise OutputError(f"{path}: cannot be read ({error})") from error
        for line in lines:
            self._read(line)

    def _read(self, line: str) -> None:
        """Take a line in; the last one may be torn."""
        try:
            found = json.loads(line)
            if found["store"] == self._store:
                self._noted[found["graph"]] = found["sha256"]
        except (ValueError, KeyError, TypeError):
            return

    def has(self, graph: str | None, digest: str) -> bool:
        """Tell whether the store took this very graph."""
        return self._noted.get(graph) == digest

    def note(self, graph: str | None, digest: str) -> None:
        """Note that the store took a graph, on the disk before anything else is sent."""
        self._noted[graph] = digest
        line = json.dumps({"store": self._store, "graph": graph, "sha256": digest}, ensure_ascii=False)
        try:
            with self._path.open("a+", encoding="utf-8") as stream:
                stream.write(f"{self._torn(stream)}{line}\n")
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise OutputError(f"{self._path}: cannot be written ({error.strerror or error})") from error

    @staticmethod
    def _torn(stream: TextIO) -> str:
        """Give the line break that the last line lacks, if it was torn."""
        end = stream.seek(0, os.SEEK_END)
        if end == 0:
            return ""
        stream.seek(end - 1)
        return "" if stream.read(1) == "\n" else "\n"

    def forget(self, graph: str | None) -> None:
        """Note that a graph is not there after all."""
        self.note(graph, "")
