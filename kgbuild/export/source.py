"""Where the writers take a graph from: values in memory, or a store on disk that may be larger than the memory.

A writer wants, for each named graph, its subjects in reading order with what is said of them. In memory that is one
sort. From a store, subjects are sorted outside the memory and looked up one by one, so that a graph of any size is
written in the space of a few thousand of its subjects, and as the same bytes.
"""

import heapq
import itertools
import pickle
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Generic, Protocol, TypeVar

import pyoxigraph as ox

from kgbuild.export.order import Entry, described, rank_of
from kgbuild.model import Iri, Literal, Triple
from kgbuild.rdf import TYPE, XSD, from_term, natural_key, to_term
from kgbuild.store import Opened

_SMALL = 20_000
_CHUNK = 50_000
_DECIMAL = XSD("decimal").value
_TYPE = ox.NamedNode(TYPE.value)
_Item = TypeVar("_Item")


class Source(Protocol):
    """Give what is to be written.

    Attributes:
        base: the IRI that ids are minted under.
        prefixes: short names for namespaces.
        names: the named graphs in the order in which they are written; None is the default graph.
    """

    @property
    def base(self) -> str: ...  # noqa: D102
    @property
    def prefixes(self) -> Mapping[str, str]: ...  # noqa: D102
    @property
    def names(self) -> Sequence[Iri | None]: ...  # noqa: D102

    def entries(self, name: Iri | None) -> Iterable[Entry]:
        """Give the subjects of one graph with what is said of them, in reading order."""

    def triples(self, name: Iri | None) -> Iterable[Triple]:
        """Give the triples of one graph in no particular order; one may come twice."""


@dataclass(frozen=True, slots=True)
class Held:
    """Hold a graph in memory."""

    graphs: Mapping[Iri | None, list[Triple]]
    base: str
    prefixes: Mapping[str, str]

    @property
    def names(self) -> Sequence[Iri | None]:
        """Name the graphs, the default graph first."""
        return _in_order(self.graphs)

    def entries(self, name: Iri | None) -> Iterable[Entry]:
        """Sort one graph."""
        return described(self.graphs.get(name, ()))

    def triples(self, name: Iri | None) -> Iterable[Triple]:
        """Give one graph as it stands."""
        return self.graphs.get(name, ())


@dataclass(frozen=True, slots=True)
class Streamed:
    """Read a graph from a store, bit by bit.

    Args:
        opened: the store.
        merged: whether all named graphs are written as one.
        only: the one named graph that is wanted, None for all.
    """

    opened: Opened
    merged: bool = False
    only: ox.NamedNode | None = None
    names: Sequence[Iri | None] = field(init=False)

    def __post_init__(self) -> None:
        if self.merged:
            names: Sequence[Iri | None] = (None,)
        elif self.only is not None:
            names = (Iri(self.only.value),)
        else:
            names = (None, *(Iri(str(getattr(one, "value", one))) for one in self.opened.store.named_graphs()))
        object.__setattr__(self, "names", _in_order(names))

    @property
    def base(self) -> str:
        """Give the base that the store was made with."""
        return self.opened.base

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Give the prefixes that fit the store."""
        return self.opened.prefixes

    def triples(self, name: Iri | None) -> Iterator[Triple]:
        """Stream one graph in the order of the store."""
        return map(_triple, self._quads(None, name))

    def entries(self, name: Iri | None) -> Iterator[Entry]:
        """Sort one graph; a large one outside the memory."""
        triples = self.triples(name)
        first = list(itertools.islice(triples, _SMALL))
        if len(first) < _SMALL:
            yield from described(first)
            return
        subjects = _Sorter[str]()
        for subject, _ in itertools.groupby(itertools.chain(first, triples), lambda triple: triple.subject.value):
            subjects.add(subject)
        del first
        ranked = _Sorter[tuple[object, str]]()
        for subject, _ in itertools.groupby(subjects):
            classes = [triple.object for triple in map(_triple, self._quads(to_term(Iri(subject)), name, _TYPE))]
            ranked.add(((rank_of(classes), natural_key(subject)), subject))
        for _, subject in ranked:
            yield from described(self._about(subject, name))

    def _about(self, subject: str, name: Iri | None) -> Iterator[Triple]:
        return map(_triple, self._quads(to_term(Iri(subject)), name))

    def _quads(self, subject: object, name: Iri | None, predicate: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        graph = None if self.merged else ox.DefaultGraph() if name is None else to_term(name)
        if self.merged and self.only is not None:
            graph = self.only
        return iter(self.opened.store.quads_for_pattern(subject, predicate, None, graph))  # type: ignore[arg-type]  # names


def _in_order(names: Iterable[Iri | None]) -> Sequence[Iri | None]:
    named = sorted((name for name in names if name is not None), key=lambda one: natural_key(one.value))
    return (None, *named) if None in names else tuple(named)


def _triple(quad: ox.Quad) -> Triple:
    """Turn a store's quad into our triple; a whole decimal gets back the point that the store took from it."""
    subject, predicate = from_term(quad.subject), from_term(quad.predicate)
    assert isinstance(subject, Iri)  # noqa: S101 - subjects are never literals
    assert isinstance(predicate, Iri)  # noqa: S101
    value = from_term(quad.object)
    if isinstance(value, Literal) and value.datatype == _DECIMAL and "." not in value.value:
        value = Literal(f"{value.value}.0", _DECIMAL)
    return Triple(subject, predicate, value)


class _Sorter(Generic[_Item]):
    """Sort more than the memory holds: full chunks go to files, which are merged in the end."""

    def __init__(self) -> None:
        self._chunk: list[_Item] = []
        self._files: list[BinaryIO] = []

    def add(self, item: _Item) -> None:
        """Take one item."""
        self._chunk.append(item)
        if len(self._chunk) >= _CHUNK:
            self._spill()

    def __iter__(self) -> Iterator[_Item]:
        """Give all items, sorted; to be done once."""
        self._chunk.sort()
        try:
            yield from heapq.merge(*map(_read, self._files), self._chunk)
        finally:
            for file in self._files:
                file.close()

    def _spill(self) -> None:
        self._chunk.sort()
        file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the sorter, and has no name to leave behind
        for item in self._chunk:
            pickle.dump(item, file)
        self._files.append(file)
        self._chunk = []


def _read(file: BinaryIO) -> Iterator[Any]:
    file.seek(0)
    while True:
        try:
            yield pickle.load(file)  # noqa: S301 - written by this process, in a file that has no name
        except EOFError:
            return


def sorted_lines(lines: Iterable[str]) -> Iterator[str]:
    """Sort lines outside the memory, each kept once."""
    sorter = _Sorter[str]()
    for line in lines:
        sorter.add(line)
    for line, _ in itertools.groupby(sorter):
        yield line
