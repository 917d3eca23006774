"""Reads `shapes/*.ttl`: what must hold of a graph, as SHACL.

The shapes are ordinary SHACL that any engine understands, written in a way that lets ours be fast: core constraints
stand in property shapes with targets of their own, and each SPARQL constraint in a node shape of its own, so that
its query can be asked once of a whole graph (see `shapes/shapes.ttl`). This module splits the two and holds every
shape to these habits.

Error codes:
    S001 a file is missing or cannot be read
    S002 a file is not valid Turtle
    S003 a shape has no name, target or message
    S004 a query is broken
    S005 a term of ours is used that the ontology does not define
    S006 a query is not in a shape of its own, or does not select $this, ?path and ?value
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kgbuild.errors import DataError
from kgbuild.knowledge.ontology import Ontology, local_name
from kgbuild.rdf import RDF, Namespace

SH = Namespace("sh", "http://www.w3.org/ns/shacl#")
KGSH = Namespace("kgsh", "https://w3id.org/kgbuild/shapes#")

_TYPE = RDF("type").value
_SHAPES = {SH("NodeShape").value, SH("PropertyShape").value}
_TARGETS = tuple(SH(name).value for name in ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode"))
_SELECTED = re.compile(r"\bSELECT\s+(?:DISTINCT\s+)?\$this\s+\?path\s+\?value\s+WHERE\b")


@dataclass(frozen=True, slots=True)
class GraphQuery:
    """Hold one SPARQL constraint, ready to be asked of a whole graph.

    Attributes:
        shape: IRI of the shape that it belongs to.
        constraint: IRI of the constraint.
        message: what a violation means; `{?path}` and `{?value}` stand for what the query finds.
        text: the query with its prefixes; a row is a violation when its `this` is a focus node.
        focus: the query for the shape's focus nodes.
    """

    shape: str
    constraint: str
    message: str
    text: str
    focus: str


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """Hold what must be true of a graph.

    Attributes:
        names: IRI of every shape, sorted.
        core: the triples of all shapes that an engine for SHACL Core checks.
        queries: the SPARQL constraints, sorted by IRI.
        everything: all triples of all files: the same shapes as any other SHACL engine would get them.
        rules: what must hold, in plain words: the messages of a file in order, by the file's name without `.ttl`.
    """

    names: tuple[str, ...]
    core: tuple[ox.Triple, ...]
    queries: tuple[GraphQuery, ...]
    everything: tuple[ox.Triple, ...]
    rules: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _File:
    """Hold one file of shapes: its lines, to point at, and what it says of each subject."""

    path: Path
    lines: tuple[str, ...]
    triples: tuple[ox.Triple, ...]

    def line_of(self, iri: str) -> int:
        """Find the line that begins a shape, 0 when none does."""
        start = "kgsh:" + iri.removeprefix(KGSH.iri)
        return next((n for n, line in enumerate(self.lines, 1) if line.split(" ", 1)[0] == start), 0)

    def line_with(self, text: str) -> int:
        """Find the first line that has *text*, 0 when none has."""
        pattern = re.compile(re.escape(text) + r"(?![\w-])")
        return next((n for n, line in enumerate(self.lines, 1) if pattern.search(line)), 0)


@dataclass(frozen=True, slots=True)
class _Node:
    """Hold what the files say of one shape or constraint."""

    iri: str
    file: _File
    said: tuple[tuple[str, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple], ...]

    def all(self, predicate: str) -> list[str]:
        """Give the values of a property of SHACL, as text."""
        wanted = SH(predicate).value
        return [
            value.value for name, value in self.said if name == wanted and isinstance(value, ox.NamedNode | ox.Literal)
        ]

    def error(self, code: str, message: str, remedy: str) -> DataError:
        """Say that this node is wrong."""
        return DataError(code, self.file.path, self.file.line_of(self.iri), f"{_short(self.iri)} {message}", remedy)


def load_shapes(shapes_dir: Path, ontology: Ontology) -> Shapes:
    """Read the shapes and check them against the ontology.

    Raises:
        DataError: the first thing that is wrong, by file and line.
    """
    files = [_read(path) for path in _paths(shapes_dir)]
    for error in _errors(files, ontology):
        raise error
    return _shapes(files)


def check_shapes(shapes_dir: Path, ontology: Ontology | None) -> tuple[DataError, ...]:
    """Gather everything that is wrong with the shapes; without an ontology, terms are not looked up."""
    try:
        paths = _paths(shapes_dir)
    except DataError as error:
        return (error,)
    files: list[_File] = []
    errors: list[DataError] = []
    for path in paths:
        try:
            files.append(_read(path))
        except DataError as error:
            errors.append(error)
    return (*errors, *_errors(files, ontology))


def _short(iri: str) -> str:
    return iri.replace(KGSH.iri, "kgsh:")


def _paths(shapes_dir: Path) -> list[Path]:
    paths = sorted(shapes_dir.glob("*.ttl"))
    if not paths:
        raise DataError("S001", shapes_dir, 0, "the folder has no Turtle file", "Give the folder of the shapes.")
    return paths


def _read(path: Path) -> _File:
    """Read one file."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError("S001", path, 0, f"the file cannot be read ({error.strerror})") from error
    try:
        triples = tuple(quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise DataError("S002", path, error.lineno or 0, f"not valid Turtle: {error.msg}") from error
    return _File(path, tuple(data.decode("utf-8", "replace").splitlines()), triples)


def _errors(files: list[_File], ontology: Ontology | None) -> Iterator[DataError]:
    """Find what is wrong, file by file from top to bottom."""
    nodes = _nodes(files)
    shapes = set(_shape_iris(nodes))
    prefixes = _prefixes(files)
    for file in files:
        for node in nodes.values():
            if node.file is file and node.iri in shapes:
                yield from _careless(node)
                yield from _mixed(node)
            if node.file is file and node.all("select"):
                yield from _broken(node, prefixes)
        if ontology is not None:
            yield from _unknown(file, ontology)


def _nodes(files: list[_File]) -> dict[str, _Node]:
    """Gather what the files say of each subject; of a blank one too, under a name that no file knows."""
    said: dict[str, list[tuple[str, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]] = {}
    home: dict[str, _File] = {}
    for file in files:
        for triple in file.triples:
            subject = triple.subject
            iri = subject.value if isinstance(subject, ox.NamedNode) else f"_:{getattr(subject, 'value', '')}"
            home.setdefault(iri, file)
            said.setdefault(iri, []).append((triple.predicate.value, triple.object))
    return {iri: _Node(iri, home[iri], tuple(pairs)) for iri, pairs in said.items()}


def _shape_iris(nodes: dict[str, _Node]) -> list[str]:
    """Name what says of itself that it is a shape."""
    return [
        node.iri
        for node in nodes.values()
        if any(name == _TYPE and getattr(value, "value", None) in _SHAPES for name, value in node.said)
    ]


def _careless(node: _Node) -> Iterator[DataError]:
    """Find what a shape lacks."""
    if node.iri.startswith("_:"):
        yield DataError("S003", node.file.path, 0, "a shape has no name", "Begin it with kgsh: and a name.")
        return
    if not any(name in _TARGETS for name, _ in node.said):
        yield node.error("S003", "has no target", "Give it a sh:targetClass or sh:targetSubjectsOf.")
    if not node.all("sparql") and len(node.all("message")) != 1:
        yield node.error("S003", "has not exactly one message", "Say in one sentence what must hold (sh:message).")


def _mixed(node: _Node) -> Iterator[DataError]:
    """Find a shape that has more beside its queries, or constraints nested in it."""
    if any(name == SH("property").value for name, _ in node.said):
        yield node.error("S006", "has shapes below it", "Give each property shape targets of its own.")
    if node.all("sparql"):
        allowed = {_TYPE, SH("sparql").value, *_TARGETS}
        if any(name not in allowed for name, _ in node.said):
            yield node.error("S006", "has more than queries", "Put its other constraints into a shape of their own.")


def _broken(node: _Node, prefixes: str) -> Iterator[DataError]:
    """Find what is wrong with the query of a SPARQL constraint."""
    if len(node.all("message")) != 1:
        yield node.error("S003", "has not exactly one message", "Say in one sentence what is wrong (sh:message).")
    (select, *_) = node.all("select")
    if not _SELECTED.search(select):
        yield node.error("S006", "does not select $this ?path ?value", "Begin it with SELECT $this ?path ?value WHERE.")
    try:
        ox.Store().query(prefixes + select)
    except (SyntaxError, ValueError) as error:
        yield node.error("S004", f"has a broken query: {_first_line(error)}", "Mend the query.")


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


def _unknown(file: _File, ontology: Ontology) -> Iterator[DataError]:
    """Find terms of ours that the ontology does not define, in triples and in queries."""
    used: dict[str, None] = {}
    for triple in file.triples:
        for term in (triple.subject, triple.predicate, triple.object):
            if name := local_name(term):
                used[name] = None
            elif triple.predicate.value == SH("select").value and isinstance(term, ox.Literal):
                used |= dict.fromkeys(re.findall(r"(?<![\w-])kg:(\w+)", term.value))
    for name in used:
        if name not in ontology.terms:
            yield DataError(
                "S005",
                file.path,
                file.line_with(f"kg:{name}"),
                f"kg:{name} is no term of the ontology",
                "Mend its spelling, or define it in ontology/kgbuild.ttl.",
            )


def _prefixes(files: list[_File]) -> str:
    """Write the prefixes that the files declare for queries (`sh:declare`) as SPARQL."""
    nodes = _nodes(files)
    pairs = sorted(
        (prefix, namespace)
        for node in nodes.values()
        for prefix, namespace in zip(node.all("prefix"), node.all("namespace"), strict=False)
    )
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in pairs)


def _shapes(files: list[_File]) -> Shapes:
    """Turn checked files into the value that the program uses."""
    nodes = _nodes(files)
    prefixes = _prefixes(files)
    names = sorted(_shape_iris(nodes))
    queries = [
        GraphQuery(
            shape=name,
            constraint=constraint,
            message=nodes[constraint].all("message")[0],
            text=prefixes + nodes[constraint].all("select")[0],
            focus=_focus(nodes[name]),
        )
        for name in names
        for constraint in sorted(nodes[name].all("sparql"))
    ]
    asked = {query.shape for query in queries} | {query.constraint for query in queries}
    everything = tuple(triple for file in files for triple in file.triples)
    core = tuple(triple for triple in everything if getattr(triple.subject, "value", None) not in asked)
    message = SH("message").value
    rules = {
        file.path.stem: tuple(
            triple.object.value
            for triple in file.triples
            if triple.predicate.value == message and isinstance(triple.object, ox.Literal)
        )
        for file in files
    }
    return Shapes(tuple(names), core, tuple(queries), everything, {name: rule for name, rule in rules.items() if rule})


def _focus(node: _Node) -> str:
    """Write the query for the nodes that a shape's targets stand for."""
    subclass = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>*"
    patterns = [
        *(f"{{ ?this a/{subclass} <{iri}> }}" for iri in node.all("targetClass")),
        *(f"{{ ?this <{iri}> ?any }}" for iri in node.all("targetSubjectsOf")),
        *(f"{{ ?any <{iri}> ?this }}" for iri in node.all("targetObjectsOf")),
        *(f"{{ VALUES ?this {{ <{iri}> }} }}" for iri in node.all("targetNode")),
    ]
    return f"SELECT DISTINCT ?this WHERE {{ {' UNION '.join(patterns)} }}"
