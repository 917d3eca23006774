"""One entry for every format: from a graph, or from a graph file."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kgbuild.errors import KgbuildError
from kgbuild.export.jsonld import jsonld
from kgbuild.export.names import prefixes_for
from kgbuild.export.turtle import trig, turtle
from kgbuild.model import Iri, KnowledgeGraph, Triple
from kgbuild.rdf import DEFAULT_BASE, PREFIXES, named_triples, read_graph, to_quad

Graphs = Mapping[Iri | None, list[Triple]]


@dataclass(frozen=True, slots=True)
class _Source:
    """Hold what is to be written: triples by named graph, the base of ids, and prefixes to shorten them by."""

    graphs: Graphs
    base: str
    prefixes: Mapping[str, str]

    def merged(self) -> list[Triple]:
        """Give the triples of all graphs together."""
        return [triple for triples in self.graphs.values() for triple in triples]


def _nquads(source: _Source) -> str:
    """Write a line a quad, sorted: the canonical form, since there are no blank nodes to be named."""
    found = {to_quad(name, triple) for name, triples in source.graphs.items() for triple in triples}
    written = ox.serialize(found, format=ox.RdfFormat.N_QUADS) or b""
    return "".join(f"{line}\n" for line in sorted(written.decode().split("\n")) if line)


_WRITERS: Mapping[str, Callable[[_Source], str]] = {
    "turtle": lambda source: turtle(source.merged(), source.prefixes),
    "trig": lambda source: trig(source.graphs, source.prefixes),
    "nquads": _nquads,
    "jsonld": lambda source: jsonld(source.graphs, source.base),
}
FORMATS = tuple(_WRITERS)


def export(graph: KnowledgeGraph, format: str) -> bytes:  # noqa: A002 - the word that every user of RDF knows
    """Write *graph* in one of `FORMATS`, UTF-8; the same graph gives the same bytes on every machine.

    Turtle and JSON-LD are one graph; TriG and N-Quads have a named graph an article.

    Raises:
        KgbuildError: no such format.
    """
    write = _writer(format)
    graphs = _gathered(named_triples(graph))
    source = _Source(graphs, graph.base, {})
    if format == "jsonld":
        source = _Source({None: source.merged()}, graph.base, {})
    return write(_Source(source.graphs, graph.base, prefixes_for(graph.base, source.merged()))).encode()


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
    return write(_Source(graphs, base, prefixes_for(base, merged) | declared)).encode()


def _writer(format: str) -> Callable[[_Source], str]:  # noqa: A002
    write = _WRITERS.get(format)
    if write is None:
        raise KgbuildError(f"unknown format {format!r}", f"Known are {', '.join(FORMATS)}.")
    return write


def _gathered(named: Iterable[tuple[Iri | None, Triple]]) -> dict[Iri | None, list[Triple]]:
    graphs: dict[Iri | None, list[Triple]] = {}
    for name, triple in named:
        graphs.setdefault(name, []).append(triple)
    return graphs
