"""Asks the shapes of a graph: core constraints by our engine or pySHACL, queries by pyoxigraph, over the same triples.

pySHACL is right about SHACL Core but asks a SPARQL constraint anew for every node, and parses it anew each time. The
shapes keep their queries in node shapes of their own, so each can be asked once of the whole graph instead: a row is a
violation when its `$this` is one of the shape's focus nodes. That is what the specification asks for, as long as a
query means the same whether `$this` is known beforehand or found by its patterns; ours do, and a test holds the two
ways against each other. In a sound graph, which nearly every article's is, the queries find nothing; `screens` sees
that at a glance, and only those are asked that may find something.

Shapes and data come through one and the same conversion into rdflib, since rdflib takes a plain literal and one of
type `xsd:string` for different terms.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kgbuild.knowledge import Knowledge
from kgbuild.knowledge.ontology import Ontology
from kgbuild.knowledge.shapes import SH, GraphQuery, Shapes
from kgbuild.model import Iri, Literal, Triple
from kgbuild.nquads import by_line, ended
from kgbuild.rdf import XSD, from_term, from_triple, to_quad
from kgbuild.validate.core import PropertyShape, check, read_core, silenced
from kgbuild.validate.finding import Finding
from kgbuild.validate.index import Index
from kgbuild.validate.paths import path_text, paths_of
from kgbuild.validate.screens import may_find
from kgbuild.validate.terms import compact

if TYPE_CHECKING:
    import rdflib

_COMPONENT = "ConstraintComponent"
_STRING = XSD("string").value


class Engine(StrEnum):
    """Name the engines for the core constraints: ours, and the reference."""

    FAST = "fast"
    PYSHACL = "pyshacl"


def find(told: Mapping[str, Triple], knowledge: Knowledge, engine: Engine = Engine.FAST) -> list[Finding]:
    """Hold triples, given by their lines, to the shapes; findings come in no particular order.

    Shapes that the fast engine does not know how to check are left to pySHACL.
    """
    known = {**told, **_schema(knowledge.ontology)}
    shapes = knowledge.shapes
    fast = _fast(shapes) if engine is Engine.FAST else None
    if fast is None:
        return [*_core(known.values(), shapes), *_queried(known, shapes.queries)]
    index = Index(known.values())
    return [*check(index, fast), *_queried(known, [query for query in shapes.queries if may_find(query, index)])]


@lru_cache(maxsize=4)
def _fast(shapes: Shapes) -> tuple[PropertyShape, ...] | None:
    """Read the core constraints for the fast engine; None when it does not know how to check them."""
    return read_core(shapes.core)


@lru_cache(maxsize=4)
def _schema(ontology: Ontology) -> Mapping[str, Triple]:
    """Give what the ontology says of classes as our triples, by their lines."""
    return by_line(map(from_triple, ontology.schema))


def rdflib_graph(triples: Iterable[ox.Triple]) -> "rdflib.Graph":
    """Gather triples into a graph of rdflib; a literal of type `xsd:string` becomes a plain one."""
    import rdflib

    nodes: dict[object, rdflib.URIRef | rdflib.BNode] = {}

    def term(value: object) -> "rdflib.term.Node":
        if isinstance(value, ox.Literal):
            datatype = value.datatype.value
            return rdflib.Literal(
                value.value,
                datatype=None if value.language or datatype == _STRING else rdflib.URIRef(datatype),
                lang=value.language,
                normalize=False,
            )
        if value not in nodes:
            if isinstance(value, ox.NamedNode):
                nodes[value] = rdflib.URIRef(value.value)
            elif isinstance(value, ox.BlankNode):
                nodes[value] = rdflib.BNode(value.value)
            else:
                raise TypeError(f"no term of RDF 1.1: {value}")
        return nodes[value]

    made = rdflib.Graph()
    for triple in triples:
        made.add((term(triple.subject), term(triple.predicate), term(triple.object)))
    return made


def _core(found: Iterable[Triple], shapes: Shapes) -> Iterator[Finding]:
    """Let pySHACL check everything but the queries."""
    import pyshacl
    import rdflib

    triples = [to_quad(None, triple).triple for triple in found]
    with silenced("rdflib.term"):  # it logs a traceback for "abc"^^xsd:integer, which is for the shapes to say
        _, report, _ = pyshacl.validate(rdflib_graph(triples), shacl_graph=rdflib_graph(shapes.core), inplace=True)
    if not isinstance(report, rdflib.Graph):
        raise report  # a ValidationFailure: the shapes are broken in a way that loading them did not see
    paths = {shape: path_text(path) for shape, path in paths_of(shapes.core).items()}
    for result in report.objects(None, rdflib.SH.result):

        def one(name: str, result: "rdflib.term.Node" = result) -> "rdflib.term.Node | None":
            return report.value(result, rdflib.SH[name])

        shape = str(one("sourceShape"))
        value = one("value")
        yield Finding(
            shape=shape,
            constraint=_local(str(one("sourceConstraintComponent"))).removesuffix(_COMPONENT),
            focus=Iri(_ours(one("focusNode")).value),
            path=paths.get(shape, ""),
            value=None if value is None else _ours(value),
            message=str(one("resultMessage")),
            severity=_local(str(one("resultSeverity"))),
        )


def _queried(lines: Iterable[str], queries: Sequence[GraphQuery]) -> Iterator[Finding]:
    """Ask each SPARQL constraint once of the whole graph."""
    if not queries:
        return
    store = _store_of(lines)
    for query in queries:
        rows = list(_rows(store, query.text))
        if rows:
            focus = {row[0] for row in _rows(store, query.focus)}
            yield from (_queried_finding(query, *row) for row in rows if row[0] in focus)


def _store_of(lines: Iterable[str]) -> ox.Store:
    """Load triples, named graphs merged, into a store in memory, ready to be asked.

    They go over as N-Triples: parsing them costs a quarter of making a pyoxigraph object for each term.
    """
    store = ox.Store()
    store.load(ended(lines), format=ox.RdfFormat.N_TRIPLES, lenient=True)  # we wrote it: nothing needs a second look
    return store


def _rows(store: ox.Store, text: str) -> Iterator[tuple[Iri | Literal | None, ...]]:
    """Ask a query and give its rows in our terms."""
    solutions = store.query(text)
    assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 - loading the shapes made sure of it
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield tuple(None if (term := solution[name]) is None else from_term(term) for name in names)


def _queried_finding(
    query: GraphQuery, focus: Iri | Literal | None, path: Iri | Literal | None, value: Iri | Literal | None
) -> Finding:
    """Turn a row into a finding, its path and value put into the message."""
    message = query.message
    for name, term in (("path", path), ("value", value)):
        if term is not None:
            message = message.replace(f"{{?{name}}}", compact(term))
    return Finding(
        shape=query.shape,
        constraint="SPARQL",
        focus=Iri(focus.value if focus else ""),
        path=path.value if path else "",
        value=value,
        message=message,
        severity="Violation",
    )


def _ours(term: "rdflib.term.Node | None") -> Iri | Literal:
    """Turn a term of rdflib into ours."""
    import rdflib

    if isinstance(term, rdflib.Literal):
        return Literal(str(term), str(term.datatype or ""), term.language or "")
    if isinstance(term, rdflib.BNode):
        return Iri(f"_:{term}")
    return Iri(str(term))


def _local(iri: str) -> str:
    return iri.removeprefix(SH.iri)
