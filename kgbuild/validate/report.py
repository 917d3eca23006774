"""What the shapes say about a graph, as values and as text, JSON and SHACL's own Turtle.

A report is for three readers: a person, who wants the sentence and what is wrong with it; a program, which wants
fields; and another SHACL tool, which wants `sh:ValidationReport`. Violations are sorted, so that the same graph gives
the same report.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from kgbuild.knowledge import Knowledge
from kgbuild.knowledge.shapes import KGSH, SH
from kgbuild.model import Iri, Literal
from kgbuild.rdf import PREFIXES, TYPE, boolean, to_term
from kgbuild.validate.paths import Path, paths_of
from kgbuild.validate.terms import compact, compact_path

_REPORT = ox.BlankNode("report")


@dataclass(frozen=True, slots=True)
class Place:
    """Say where in the texts a violating node stands: file, offsets, those characters, the sentence around them."""

    file: str
    begin: int
    end: int
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Violation:
    """Say that one node does not hold to one constraint, and where it stands in the texts.

    Attributes:
        shape: IRI of the shape.
        constraint: which of its constraints, as SHACL names the kind: `MinCount`, `Class`, `SPARQL`, ...
        focus: the node.
        path: IRI of the property that is wrong, or a SPARQL property path, or "" for the node itself.
        value: the value that is wrong, None when one is missing or there are too many.
        message: what must hold, in one sentence.
        severity: `Violation`, `Warning` or `Info`.
        file: source file of the article that mentions the node (for an article: its own), "" if unknown.
        place: its first mention in that file, None if it has none.
    """

    shape: str
    constraint: str
    focus: Iri
    path: str
    value: Iri | Literal | None
    message: str
    severity: str = "Violation"
    file: str = ""
    place: Place | None = None

    def order(self) -> tuple[str, int, str, str, str, str, str]:
        """Give the key by which violations are sorted: by file and place, then by what is wrong."""
        begin = self.place.begin if self.place else -1
        value = "" if self.value is None else str(to_term(self.value))
        return self.file, begin, self.shape, self.constraint, self.focus.value, self.path, value


@dataclass(frozen=True, slots=True)
class Report:
    """Hold what the shapes say about a graph.

    Attributes:
        violations: all of them, sorted.
        knowledge: the ontology and shapes that the graph was held to.
    """

    violations: tuple[Violation, ...]
    knowledge: Knowledge = field(repr=False, compare=False)

    @property
    def conforms(self) -> bool:
        """Tell whether nothing violates the shapes."""
        return not self.violations

    def to_text(self) -> str:
        """Write the report for a person: file, offsets, what must hold, the node, the sentence."""
        if self.conforms:
            return "The graph conforms to the shapes.\n"
        count = len(self.violations)
        head = f"The graph does not conform to the shapes: {count} violation{'s' if count > 1 else ''}.\n"
        return head + "".join(f"\n{_paragraph(violation)}" for violation in self.violations)

    def to_dict(self) -> dict[str, object]:
        """Give the report as what JSON can say."""
        return {"conforms": self.conforms, "violations": [_fields(violation) for violation in self.violations]}

    def to_turtle(self) -> bytes:
        """Write the report in the terms of SHACL (section 3.6 of the recommendation)."""
        prefixes = {SH.prefix: SH.iri, KGSH.prefix: KGSH.iri, **PREFIXES}
        written = ox.serialize(self._triples(), format=ox.RdfFormat.TURTLE, prefixes=prefixes)
        assert written is not None  # noqa: S101 - bytes come back when no output is given
        lines = written.splitlines(keepends=True)
        # pyoxigraph writes the prefixes first, in the order of a hash that differs from run to run
        return b"".join((*sorted(lines[: len(prefixes)]), b"\n", *lines[len(prefixes) :]))

    def _triples(self) -> Iterator[ox.Triple]:
        """Say it in triples."""
        yield _triple(_REPORT, TYPE, SH("ValidationReport"))
        yield _triple(_REPORT, SH("conforms"), boolean(self.conforms))
        results = [ox.BlankNode(f"result{number}") for number, _ in enumerate(self.violations, 1)]
        for result in results:
            yield ox.Triple(_REPORT, _node(SH("result")), result)
        paths = paths_of(self.knowledge.shapes.core) if self.violations else {}
        for number, (result, violation) in enumerate(zip(results, self.violations, strict=True), 1):
            yield _triple(result, TYPE, SH("ValidationResult"))
            yield _triple(result, SH("focusNode"), violation.focus)
            if violation.path:
                path = paths.get(violation.shape, Path(violation.path))
                yield from _path(result, _node(SH("resultPath")), path, f"path{number}")
            if violation.value is not None:
                yield _triple(result, SH("value"), violation.value)
            yield _triple(result, SH("sourceShape"), Iri(violation.shape))
            component = SH(f"{violation.constraint}ConstraintComponent")
            yield _triple(result, SH("sourceConstraintComponent"), component)
            yield _triple(result, SH("resultMessage"), Literal(violation.message))
            yield _triple(result, SH("resultSeverity"), SH(violation.severity))


def _paragraph(violation: Violation) -> str:
    """Write one violation for a person."""
    place = violation.place
    where = f"{violation.file or 'no file'}" + (f", characters {place.begin} to {place.end}" if place else "")
    value = "" if violation.value is None else f", value {compact(violation.value)}"
    path = f", {compact_path(violation.path)}" if violation.path else ""
    lines = [
        f"{where}: {violation.message}",
        f"  node   {compact(violation.focus)}{path}{value}",
        f"  shape  {compact(Iri(violation.shape))} ({violation.constraint})",
    ]
    if place:
        lines.append(f"  text   {_one_line(place.text)}")
        lines.append(f"  in     {_one_line(place.sentence)}")
    return "\n".join(lines) + "\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _fields(violation: Violation) -> dict[str, object]:
    """Give one violation as what JSON can say."""
    place = violation.place
    return {
        "shape": violation.shape,
        "constraint": violation.constraint,
        "severity": violation.severity,
        "message": violation.message,
        "focus": violation.focus.value,
        "path": violation.path or None,
        "value": None if violation.value is None else str(to_term(violation.value)),
        "file": violation.file or None,
        "begin": place.begin if place else None,
        "end": place.end if place else None,
        "text": place.text if place else None,
        "sentence": place.sentence if place else None,
    }


def _node(iri: Iri) -> ox.NamedNode:
    return ox.NamedNode(iri.value)


def _triple(subject: ox.BlankNode, predicate: Iri, value: Iri | Literal) -> ox.Triple:
    return ox.Triple(subject, _node(predicate), to_term(value))


def _path(subject: ox.BlankNode, predicate: ox.NamedNode, path: Path, name: str) -> Iterator[ox.Triple]:
    """Write a path as SHACL does, its blank nodes named after *name*."""
    if path.iri:
        yield ox.Triple(subject, predicate, ox.NamedNode(path.iri))
        return
    node = ox.BlankNode(name)
    yield ox.Triple(subject, predicate, node)
    if path.kind == "inverse":
        yield from _path(node, _node(SH("inversePath")), path.parts[0], f"{name}i")
    elif path.kind == "alternative":
        first = ox.BlankNode(f"{name}n0")
        yield ox.Triple(node, _node(SH("alternativePath")), first)
        yield from _items(first, path.parts, name)
    else:
        yield from _items(node, path.parts, name)


def _items(node: ox.BlankNode, parts: tuple[Path, ...], name: str) -> Iterator[ox.Triple]:
    """Write a list of paths that begins at *node*."""
    rdf = PREFIXES["rdf"]
    for number, part in enumerate(parts, 1):
        yield from _path(node, ox.NamedNode(rdf + "first"), part, f"{name}p{number}")
        last = number == len(parts)
        rest = ox.NamedNode(rdf + "nil") if last else ox.BlankNode(f"{name}n{number}")
        yield ox.Triple(node, ox.NamedNode(rdf + "rest"), rest)
        if isinstance(rest, ox.BlankNode):
            node = rest
