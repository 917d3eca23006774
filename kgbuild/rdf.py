"""The door to pyoxigraph: names of things, and the way between our values and theirs.

A `KnowledgeGraph` keeps facts pure and evidence beside them. Here the two become one stream of triples, each with
the named graph it belongs to: `None` for what is shared (entities, pages, instants), an article's own IRI for what
that article says. Everything that writes, checks or asks a graph starts from that stream, so that all of them see
the same triples in the same order. No blank node is ever made.

pyoxigraph is the workhorse (parsing, querying, storing); rdflib is for pySHACL and for values of odd types alone, since
its import costs more than many a query. What only has to be written goes by way of `nquads`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from kgbuild.errors import KgbuildError
from kgbuild.model import Iri, KnowledgeGraph, Literal, Statement, Triple


@dataclass(frozen=True, slots=True)
class Namespace:
    """Hold a vocabulary's prefix and IRI; calling it with a local name gives that term.

    >>> KG("leads").value
    'https://w3id.org/kgbuild/ontology#leads'
    """

    prefix: str
    iri: str

    def __call__(self, name: str) -> Iri:
        """Name a term of this vocabulary."""
        return _term_of(self.iri, name)


@lru_cache(maxsize=4096)
def _term_of(namespace: str, name: str) -> Iri:
    return Iri(namespace + name)


DEFAULT_BASE = "https://w3id.org/kgbuild/id/"

DCTERMS = Namespace("dcterms", "http://purl.org/dc/terms/")
FOAF = Namespace("foaf", "http://xmlns.com/foaf/0.1/")
GEO = Namespace("geo", "http://www.opengis.net/ont/geosparql#")
KG = Namespace("kg", "https://w3id.org/kgbuild/ontology#")
NIF = Namespace("nif", "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
OA = Namespace("oa", "http://www.w3.org/ns/oa#")
ORG = Namespace("org", "http://www.w3.org/ns/org#")
OWL = Namespace("owl", "http://www.w3.org/2002/07/owl#")
PROV = Namespace("prov", "http://www.w3.org/ns/prov#")
QUDT_UNIT = Namespace("unit", "http://qudt.org/vocab/unit/")
RDF = Namespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#")
SCHEMA = Namespace("schema", "https://schema.org/")
SEM = Namespace("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/")
SKOS = Namespace("skos", "http://www.w3.org/2004/02/skos/core#")
TIME = Namespace("time", "http://www.w3.org/2006/time#")
WIKIDATA = Namespace("wd", "http://www.wikidata.org/entity/")
XSD = Namespace("xsd", "http://www.w3.org/2001/XMLSchema#")

NAMESPACES = (
    DCTERMS, FOAF, GEO, KG, NIF, OA, ORG, OWL, PROV, QUDT_UNIT, RDF, RDFS, SCHEMA, SEM, SKOS, TIME, WIKIDATA, XSD,
)  # fmt: skip
PREFIXES: Mapping[str, str] = {namespace.prefix: namespace.iri for namespace in NAMESPACES}

TYPE = RDF("type")
_REIFIED = (RDF("subject"), RDF("predicate"), RDF("object"))

FORMATS: Mapping[str, ox.RdfFormat] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
}

_DIGITS = re.compile(r"([0-9]+)")
_KIND = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_BLANK = "_:"


def boolean(value: bool) -> Literal:
    """Write a truth value."""
    return Literal("true" if value else "false", XSD("boolean").value)


def integer(value: int) -> Literal:
    """Write a whole number."""
    return Literal(str(value), XSD("integer").value)


class Kinds:
    """Collect the kinds of things below a base, and give each a prefix of its own.

    `<base>person/Rustem_Umerov` is of the kind `person`. A kind whose name a vocabulary already has (`time`) is called
    `id-time`.
    """

    def __init__(self, base: str) -> None:
        self._base = base
        self._kinds: set[str] = set()

    def see(self, term: object) -> None:
        """Take note of a term, ours or pyoxigraph's; what is no IRI below the base is passed over."""
        if isinstance(term, Iri | ox.NamedNode) and term.value.startswith(self._base):
            kind, slash, _ = term.value[len(self._base) :].partition("/")
            if slash and kind not in self._kinds and _KIND.fullmatch(kind):
                self._kinds.add(kind)

    @property
    def names(self) -> list[str]:
        """Give the kinds, sorted."""
        return sorted(self._kinds)

    def add(self, kinds: Iterable[str]) -> None:
        """Take note of kinds that were seen elsewhere."""
        self._kinds.update(kinds)

    def prefixes(self) -> dict[str, str]:
        """Give prefix -> namespace, by name of the kind."""
        return {
            f"id-{kind}" if kind in PREFIXES or kind == "kgid" else kind: f"{self._base}{kind}/"
            for kind in sorted(self._kinds)
        }


NaturalKey = tuple[tuple[str | tuple[int, str], ...], str]


def natural_key(text: str) -> NaturalKey:
    """Give a sort key that puts numbers inside *text* in the order of their size, the same on every machine.

    >>> sorted(["m_10", "m_9", "m_09"], key=natural_key)
    ['m_09', 'm_9', 'm_10']
    """
    pieces = _DIGITS.split(text)
    return tuple(_by_size(piece) if index % 2 else piece for index, piece in enumerate(pieces)), text


def _by_size(digits: str) -> tuple[int, str]:
    """Compare numbers of any length without reading them: the longer is the greater."""
    number = digits.lstrip("0")
    return len(number), number


def reified(statement: Statement) -> Iterator[Triple]:
    """Write out a statement about a fact, and the plain fact too when the article says it in its own voice."""
    fact = statement.fact
    yield Triple(statement.iri, TYPE, KG("Statement"))
    yield Triple(statement.iri, RDF("subject"), fact.subject)
    yield Triple(statement.iri, RDF("predicate"), fact.predicate)
    yield Triple(statement.iri, RDF("object"), fact.object)
    yield Triple(statement.iri, KG("asserted"), boolean(statement.asserted))
    if statement.asserted:
        yield fact


def parts_of_statement(
    said: Sequence[tuple[Iri, list[Iri | Literal]]],
) -> tuple[Triple | None, Sequence[tuple[Iri, list[Iri | Literal]]]]:
    """Take the triple that a node reifies out of what is said of it; None when it does not reify exactly one."""
    values = {predicate: found[0] for predicate, found in said if predicate in _REIFIED and len(found) == 1}
    subject, predicate, value = map(values.get, _REIFIED)
    if not isinstance(subject, Iri) or not isinstance(predicate, Iri) or value is None:
        return None, said
    return Triple(subject, predicate, value), [pair for pair in said if pair[0] not in _REIFIED]


def unfolded(found: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Write each triple that is reified in the way of RDF 1.2 with its subject, predicate and object instead."""
    for quad in found:
        inner = quad.object
        if quad.predicate.value == RDF("reifies").value and isinstance(inner, ox.Triple):
            for part, value in zip(_REIFIED, (inner.subject, inner.predicate, inner.object), strict=True):
                yield ox.Quad(quad.subject, _predicate(part.value), value, quad.graph_name)
        else:
            yield quad


def named_parts(graph: KnowledgeGraph) -> Iterator[tuple[Iri | None, Iterable[Triple]]]:
    """Give the named graphs of *graph*, each with its triples; one that is written out twice comes twice.

    The shared part comes first, under None, then article by article what it says and its statements.
    """
    yield None, graph.shared
    statements: dict[Iri, list[Statement]] = {}
    for statement in graph.statements:
        statements.setdefault(statement.article, []).append(statement)
    for article, triples in graph.articles:
        yield article, chain(triples, *map(reified, statements.get(article, ())))


def named_triples(graph: KnowledgeGraph) -> Iterator[tuple[Iri | None, Triple]]:
    """Pour out everything that *graph* says, each triple with the named graph it belongs to, part by part.

    Within one named graph no triple comes twice; over the named graphs a plain fact that two articles assert comes once
    in each.
    """
    for name, triples in named_parts(graph):
        for triple in dict.fromkeys(triples):
            yield name, triple


def quads(graph: KnowledgeGraph) -> Iterator[ox.Quad]:
    """Pour out *graph* as pyoxigraph's quads, in the order of `named_triples`."""
    for name, triple in named_triples(graph):
        yield to_quad(name, triple)


def to_quad(name: Iri | None, triple: Triple) -> ox.Quad:
    """Turn one of our triples into a quad of the named graph *name* (None: the default graph)."""
    where = ox.DefaultGraph() if name is None else _node(name.value)
    return ox.Quad(_node(triple.subject.value), _predicate(triple.predicate.value), to_term(triple.object), where)


def reifying_quad(name: Iri | None, statement: Iri, fact: Triple) -> ox.Quad:
    """Say in the way of RDF 1.2 that *statement*, in the named graph *name*, is about *fact*."""
    where = ox.DefaultGraph() if name is None else _node(name.value)
    return ox.Quad(_node(statement.value), _predicate(RDF("reifies").value), to_quad(None, fact).triple, where)


def to_term(value: Iri | Literal) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Turn one of our terms into pyoxigraph's."""
    if isinstance(value, Iri):
        return _node(value.value)
    if value.language:
        return ox.Literal(value.value, language=value.language)
    if value.datatype:
        return ox.Literal(value.value, datatype=_predicate(value.datatype))
    return ox.Literal(value.value)


@lru_cache(maxsize=8192)
def _node(value: str) -> ox.NamedNode | ox.BlankNode:
    return ox.BlankNode(value.removeprefix(_BLANK)) if value.startswith(_BLANK) else ox.NamedNode(value)


@lru_cache(maxsize=4096)
def _predicate(value: str) -> ox.NamedNode:
    return ox.NamedNode(value)


def from_term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Iri | Literal:
    """Turn one of pyoxigraph's terms into ours; a blank node becomes an `Iri` that begins with `_:`.

    A triple term (RDF 1.2) becomes the plain characters of its N-Triples form: good for showing, not for storing.
    """
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if isinstance(term, ox.BlankNode):
        return Iri(_BLANK + term.value)
    if isinstance(term, ox.Triple):
        return Literal(str(term))
    if term.language:
        return Literal(term.value, language=term.language)
    datatype = term.datatype.value
    return Literal(term.value, "" if datatype == XSD("string").value else datatype)


@dataclass(frozen=True, slots=True)
class GraphFile:
    """Hold what a graph file says: pyoxigraph's quads in file order, and the prefixes that it declares."""

    quads: tuple[ox.Quad, ...]
    prefixes: Mapping[str, str] = field(default_factory=dict)

    def named_triples(self) -> Iterator[tuple[Iri | None, Triple]]:
        """Pour out the file as our values, blank nodes numbered in the order in which they come.

        A triple that is reified in the way of RDF 1.2 comes with `rdf:subject`, `rdf:predicate` and `rdf:object`.

        Raises:
            KgbuildError: it uses what else RDF 1.2 adds (other triple terms, directions of text), for which we have no
                values.
        """
        numbers: dict[Iri, Iri] = {}

        def numbered(value: Iri) -> Iri:
            if not value.value.startswith(_BLANK):
                return value
            return numbers.setdefault(value, Iri(f"{_BLANK}b{len(numbers)}"))

        for quad in unfolded(self.quads):
            name = None if isinstance(quad.graph_name, ox.DefaultGraph) else numbered(_iri(quad.graph_name))
            if isinstance(quad.object, ox.Triple) or getattr(quad.object, "direction", None):
                raise KgbuildError(
                    f"{quad.subject} {quad.predicate}: the value is of RDF 1.2, which is not supported here"
                )
            value = from_term(quad.object)
            yield (
                name,
                Triple(
                    numbered(_iri(quad.subject)),
                    _iri(quad.predicate),
                    numbered(value) if isinstance(value, Iri) else value,
                ),
            )


def _iri(term: object) -> Iri:
    assert isinstance(term, ox.NamedNode | ox.BlankNode)  # noqa: S101
    value = from_term(term)
    assert isinstance(value, Iri)  # noqa: S101
    return value


def read_graph(path: Path) -> GraphFile:
    """Read a graph file; its suffix tells the format (`.ttl .trig .nt .nq .jsonld`).

    Raises:
        KgbuildError: the file is missing, of another kind, or broken; the last with line and column.
    """
    known = _format_of(path)
    try:
        data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")  # the mark that some editors put before UTF-8
    except OSError as error:
        raise KgbuildError(f"{path}: cannot be read ({error.strerror or error})") from error
    parser = ox.parse(data, format=known)
    try:
        found = tuple(parser)
    except SyntaxError as error:
        place = f"{path}:{error.lineno}:{error.offset}" if error.lineno else str(path)
        raise KgbuildError(f"{place}: not valid {known.name}: {_plainly(error)}") from error
    except (ValueError, OSError) as error:
        raise KgbuildError(f"{path}: not valid {known.name}: {error}") from error
    return GraphFile(found, dict(sorted(parser.prefixes.items())))


def _format_of(path: Path) -> ox.RdfFormat:
    known = FORMATS.get(path.suffix.lower())
    if path.is_dir():
        raise KgbuildError(f"{path}: a folder, not a graph file")
    if not path.exists():
        raise KgbuildError(f"{path}: no such file")
    if known is None:
        raise KgbuildError(f"{path}: unknown kind of graph file", f"Known are {', '.join(FORMATS)}.")
    return known


def _plainly(error: SyntaxError) -> str:
    """Drop the position, which the caller gives in its own form, from a parser's message."""
    message = str(error.msg)
    return message.split(": ", 1)[1] if message.startswith("Parser error at") and ": " in message else message


def memory_store(found: Iterable[ox.Quad]) -> ox.Store:
    """Load quads into a store in memory, ready to be asked."""
    store = ox.Store()
    store.bulk_extend(found)
    return store


def from_triple(triple: ox.Triple) -> Triple:
    """Turn one of pyoxigraph's triples into ours."""
    return Triple(_iri(triple.subject), _iri(triple.predicate), from_term(triple.object))
