"""One entry for every format: from a graph, from a graph file or from a store."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from kgbuild.errors import KgbuildError
from kgbuild.export.jsonld import jsonld
from kgbuild.export.names import prefixes_for
from kgbuild.export.source import Held, Source, Streamed, sorted_lines
from kgbuild.export.turtle import trig, turtle
from kgbuild.model import Iri, KnowledgeGraph, Triple
from kgbuild.rdf import (
    DEFAULT_BASE,
    PREFIXES,
    named_triples,
    parts_of_statement,
    read_graph,
    reifying_quad,
    to_quad,
)
from kgbuild.store import graph_named, open_graph

Graphs = dict[Iri | None, list[Triple]]
_LINES = 10_000


def _nquads(source: Source) -> Iterator[str]:
    """Write a line a quad, sorted: the canonical form, since there are no blank nodes to be named."""
    found = (to_quad(name, triple) for name in source.names for triple in source.triples(name))
    return sorted_lines(_lines(found))


def _lines(found: Iterable[ox.Quad]) -> Iterator[str]:
    """Let pyoxigraph write quads, some thousands at a time."""
    for quads in _batched(found):
        written = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
        yield from (f"{line}\n" for line in written.decode().split("\n") if line)


def _batched(found: Iterable[ox.Quad]) -> Iterator[list[ox.Quad]]:
    quads = iter(found)
    while batch := list(itertools.islice(quads, _LINES)):
        yield batch


def _nquads12(source: Source) -> Iterator[str]:
    """Write a line a quad, sorted, with triple terms in the place of reified statements."""

    def found() -> Iterator[ox.Quad]:
        for name in source.names:
            for subject, said in source.entries(name):
                fact, rest = parts_of_statement(said)
                for predicate, values in rest:
                    yield from (to_quad(name, Triple(subject, predicate, value)) for value in values)
                if fact is not None:
                    yield reifying_quad(name, subject, fact)

    return sorted_lines(_lines(found()))


_WRITERS: Mapping[str, Callable[[Source], Iterator[str]]] = {
    "turtle": turtle,
    "trig": trig,
    "nquads": _nquads,
    "jsonld": jsonld,
}
_WRITERS_12: Mapping[str, Callable[[Source], Iterator[str]]] = {
    "turtle12": lambda source: turtle(source, folded=True),
    "trig12": lambda source: trig(source, folded=True),
    "nquads12": _nquads12,
}
FORMATS = tuple(_WRITERS)
FORMATS_12 = tuple(_WRITERS_12)
_MERGING = ("turtle", "turtle12")


def export(graph: KnowledgeGraph, format: str) -> bytes:  # noqa: A002 - the word that every user of RDF knows
    """Write *graph* in one of `FORMATS` or `FORMATS_12`, UTF-8; the same graph gives the same bytes on every machine.

    Turtle and JSON-LD are one graph; TriG and N-Quads have a named graph an article. The formats whose names end in 12
    are those of RDF 1.2: a statement reifies a triple term.

    Raises:
        KgbuildError: no such format.
    """
    write = _writer(format)
    graphs = _gathered(named_triples(graph))
    merged = [triple for triples in graphs.values() for triple in triples]
    prefixes = prefixes_for(graph.base, merged)
    source = Held({None: merged} if format in (*_MERGING, "jsonld") else graphs, graph.base, prefixes)
    return "".join(write(source)).encode()


def export_file(path: Path, format: str) -> bytes:  # noqa: A002
    """Write a graph file in another format, with the same triples in the same named graphs.

    Only Turtle has no named graphs: there they are merged. Prefixes that the file declares are kept where ours have
    no name for their namespace. Blank nodes, which kgbuild never makes, are numbered in file order.

    Raises:
        KgbuildError: no such format, or the file can't be read (with line and column where it is broken).
    """
    write = _writer(format)
    file = read_graph(path)
    graphs = _gathered(file.named_triples())
    declared = {
        prefix: iri
        for prefix, iri in file.prefixes.items()
        if iri.endswith(("#", "/")) and iri not in PREFIXES.values() and prefix not in PREFIXES
    }
    base = declared.get("kgid", DEFAULT_BASE)
    merged = [triple for triples in graphs.values() for triple in triples]
    prefixes = prefixes_for(base, merged) | declared
    return "".join(write(Held({None: merged} if format in _MERGING else graphs, base, prefixes))).encode()


def export_store(source: Path, format: str, out: BinaryIO, graph: str = "") -> None:  # noqa: A002
    """Write a store, or a file, or one named graph of it, bit by bit; a store may be larger than the memory.

    A store gives the same bytes as the graph that was put in, if that was one of kgbuild's.

    Args:
        source: the folder of a store; a file is read whole.
        format: one of `FORMATS` or `FORMATS_12`.
        out: where to.
        graph: the one article that is wanted, by IRI, short name or source file; "" for all.

    Raises:
        KgbuildError: no such format or graph, or the source can't be read.
    """
    write = _writer(format)
    if not (graph or source.is_dir()):
        out.write(export_file(source, format))
        return
    opened = open_graph(source)
    try:
        only = graph_named(opened, graph) if graph else None
        for piece in write(Streamed(opened, merged=format in _MERGING, only=only)):
            out.write(piece.encode())
    finally:
        opened.close()


def _writer(format: str) -> Callable[[Source], Iterator[str]]:  # noqa: A002
    write = _WRITERS.get(format) or _WRITERS_12.get(format)
    if write is None:
        raise KgbuildError(f"unknown format {format!r}", f"Known are {', '.join((*FORMATS, *FORMATS_12))}.")
    return write


def _gathered(named: Iterable[tuple[Iri | None, Triple]]) -> Graphs:
    graphs: Graphs = {}
    for name, triple in named:
        graphs.setdefault(name, []).append(triple)
    return graphs
