"""How a graph gets into a database: all of it, in pieces, or as a change of what another database holds."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kgbuild.rdf import Kinds
from kgbuild.store.loading import Piece, load_all
from kgbuild.store.pace import open_lean

DATA = "data-"
_DIGEST_LETTERS = 16


@dataclass(frozen=True, slots=True)
class Instead:
    """Say what goes from a graph that is to be changed.

    Attributes:
        digest: the digest that the graph was kept under by `keep_pieces`.
        graphs: IRIs of named graphs that go.
        quads: N-Quads that go besides.
    """

    digest: str
    graphs: Sequence[str]
    quads: bytes


def data_name(digest: str) -> str:
    """Name the database of a graph with a digest."""
    return DATA + digest[:_DIGEST_LETTERS]


class Counted:
    """Take note of what streams by: how much, in how many graphs, of which kinds, with which digest."""

    def __init__(self, quads: Iterable[ox.Quad], base: str) -> None:
        self._quads = quads
        self._graphs: set[object] = set()
        self._digest = hashlib.sha256(base.encode())
        self.kinds = Kinds(base)
        self.triples = 0

    def __iter__(self) -> Iterator[ox.Quad]:
        for quad in self._quads:
            self.triples += 1
            self._graphs.add(quad.graph_name)
            self._digest.update(str(quad).encode())
            self.kinds.see(quad.subject)
            self.kinds.see(quad.object)
            yield quad

    def lay(self, folder: Path) -> None:
        """Begin with an empty database."""

    def fill(self, folder: Path) -> None:
        """Put all of it into a database, and close that."""
        store = open_lean(folder)
        store.bulk_extend(self)
        store.flush()

    @property
    def graphs(self) -> int:
        """Count the named graphs seen so far."""
        return len(self._graphs - {ox.DefaultGraph()})

    @property
    def name(self) -> str:
        """Name the database after all that was seen."""
        return DATA + self._digest.hexdigest()[:_DIGEST_LETTERS]


class Pieces:
    """Put pieces of N-Quads into a database: a new one, or one that begins as a copy of another."""

    def __init__(
        self,
        pieces: Iterable[Piece],
        digest: str,
        kinds: Kinds,
        graphs: int,
        triples: int | None,
        before: Path | None = None,
        instead: Instead | None = None,
    ) -> None:
        self._pieces = pieces
        self._before = before
        self._instead = instead
        self.kinds = kinds
        self.graphs = graphs
        self.name = data_name(digest)
        self.triples = triples or 0
        self.peak_bytes = 0
        self._count = triples is None

    def lay(self, folder: Path) -> None:
        """Begin with a copy of the former database, if there is one.

        Its tables are never written again, so that the copy can share them: that costs neither time nor space.
        """
        if self._before is None:
            return
        folder.mkdir()
        for file in sorted(self._before.iterdir()):
            if file.suffix == ".sst":
                _link(file, folder / file.name)
            elif file.name != "LOCK":
                shutil.copyfile(file, folder / file.name)

    def fill(self, folder: Path) -> None:
        """Take out what goes, put in what comes, count what is in the database if nobody knows, and close it."""
        if self._instead is not None:
            _take_out(folder, self._instead)
        coming = self.triples if self._instead is None and not self._count else None
        self.peak_bytes = load_all(folder, self._pieces, coming)
        if self._count:
            self.triples = len(open_lean(folder))


def _take_out(folder: Path, instead: Instead) -> None:
    """Take graphs and quads out of a database."""
    store = open_lean(folder)
    for name in instead.graphs:
        store.remove_graph(ox.NamedNode(name))
    for quad in ox.parse(instead.quads, format=ox.RdfFormat.N_QUADS):
        store.remove(quad)
    store.flush()


def _link(file: Path, other: Path) -> None:
    """Give a file another name; where the file system knows no such thing, copy it."""
    try:
        os.link(file, other)
    except OSError:
        shutil.copyfile(file, other)
