"""Checks the core constraints of the shapes in one pass over an index, many times faster than by pySHACL.

A build holds its graph to the shapes, and holds it again each time something is taken out. pySHACL wants the graph as
rdflib's and takes most of that time for it. The shapes of this project are flat: property shapes with targets of their
own and constraints on single values. That part of SHACL Core is small, and is done here on pyoxigraph's terms. Shapes
that use anything else are left to pySHACL (`supported` tells), which is also what this module is tested against: the
same findings on the test graphs and on every mutant of them.

Source: SHACL (W3C Recommendation, 2017), sections 2.1, 2.3 and 4.
"""

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

import pyoxigraph as ox

from kgbuild.knowledge.shapes import SH
from kgbuild.model import Iri
from kgbuild.rdf import RDF, RDFS, TYPE, XSD, from_term
from kgbuild.validate.finding import Finding
from kgbuild.validate.paths import Path, path_text, paths_of

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")
_ABOUT = (*_TARGETS, "path", "message", "name", "description")
_KINDS: Mapping[str, tuple[type, ...]] = {
    "IRI": (ox.NamedNode,),
    "Literal": (ox.Literal,),
    "BlankNode": (ox.BlankNode,),
    "IRIOrLiteral": (ox.NamedNode, ox.Literal),
    "BlankNodeOrIRI": (ox.BlankNode, ox.NamedNode),
    "BlankNodeOrLiteral": (ox.BlankNode, ox.Literal),
}
_NUMBERS = {XSD(name).value for name in ("integer", "decimal", "nonNegativeInteger", "positiveInteger", "int", "long")}
_FORMS = {
    XSD("integer").value: re.compile(r"[+-]?[0-9]+"),
    XSD("decimal").value: re.compile(r"[+-]?[0-9]+\.[0-9]+|[+-]?[0-9]+"),
    XSD("boolean").value: re.compile(r"true|false"),
}
_DATE = XSD("date").value
_STRING = XSD("string").value
_LOCAL = len(SH.iri)


class _Index:
    """Know the triples of a graph by predicate, in both directions, and which thing is of which class."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._forward: dict[str, dict[Node, list[Node]]] = {}
        for subject, predicate, value in triples:
            self._forward.setdefault(predicate.value, {}).setdefault(subject, []).append(value)
        self._backward: dict[str, dict[Node, list[Node]]] = {}
        self._instances: dict[Node, frozenset[Node]] = {}

    def said(self, predicate: str) -> Mapping[Node, list[Node]]:
        """Give subject -> values."""
        return self._forward.get(predicate, {})

    def turned(self, predicate: str) -> Mapping[Node, list[Node]]:
        """Give value -> subjects."""
        if predicate not in self._backward:
            turned: dict[Node, list[Node]] = {}
            for subject, values in self.said(predicate).items():
                for value in values:
                    turned.setdefault(value, []).append(subject)
            self._backward[predicate] = turned
        return self._backward[predicate]

    def instances(self, class_: Node) -> frozenset[Node]:
        """Give the things of a class and of those below it."""
        if class_ not in self._instances:
            below, todo = {class_}, [class_]
            while todo:
                for narrower in self.turned(RDFS("subClassOf").value).get(todo.pop(), ()):
                    if narrower not in below:
                        below.add(narrower)
                        todo.append(narrower)
            of = self.turned(TYPE.value)
            self._instances[class_] = frozenset(thing for one in below for thing in of.get(one, ()))
        return self._instances[class_]

    def values(self, node: Node, path: Path) -> list[Node]:
        """Follow a path, each node that it leads to once."""
        if path.iri:
            return self.said(path.iri).get(node, [])
        if path.kind == "inverse" and path.parts[0].iri:
            return self.turned(path.parts[0].iri).get(node, [])
        if path.kind == "alternative":
            return list(dict.fromkeys(value for part in path.parts for value in self.values(node, part)))
        found = [node]
        for part in path.parts:
            found = list(dict.fromkeys(value for one in found for value in self.values(one, part)))
        return found


Said = Mapping[str, list[Node]]
Test = Callable[[_Index, Node], bool]


@dataclass(frozen=True, slots=True)
class _Shape:
    """Hold one property shape."""

    iri: str
    path: Path
    message: str
    said: Said
    tests: tuple[tuple[str, Test], ...]


def supported(core: Iterable[ox.Triple]) -> bool:
    """Tell whether everything that the shapes say can be checked here."""
    return _shapes(tuple(core)) is not None


def check(triples: Iterable[ox.Triple], core: tuple[ox.Triple, ...]) -> Iterator[Finding]:
    """Hold triples, no two of them equal, to shapes that are `supported`; findings come in no particular order."""
    shapes = _shapes(core)
    if shapes is None:
        raise ValueError("shapes that only pySHACL can check")
    index = _Index(triples)
    for shape in shapes:
        text = path_text(shape.path)
        for focus in _focus(shape.said, index):
            for kind, value in _violations(shape, focus, index):
                where = Iri(from_term(focus).value)
                yield Finding(
                    shape.iri,
                    kind,
                    where,
                    text,
                    None if value is None else from_term(value),
                    shape.message,
                    "Violation",
                )


def _focus(said: Said, index: _Index) -> Iterable[Node]:
    """Find the nodes that a shape is about, each once."""
    found: dict[Node, None] = {}
    for class_ in said.get("targetClass", ()):
        found |= dict.fromkeys(index.instances(class_))
    for predicate in said.get("targetSubjectsOf", ()):
        found |= dict.fromkeys(index.said(_iri(predicate)))
    for predicate in said.get("targetObjectsOf", ()):
        found |= dict.fromkeys(index.turned(_iri(predicate)))
    return found | dict.fromkeys(said.get("targetNode", ()))


def _violations(shape: _Shape, focus: Node, index: _Index) -> Iterator[tuple[str, Node | None]]:
    """Find which constraints a node does not hold to, and by which value."""
    values = index.values(focus, shape.path)
    said = shape.said
    for count in said.get("minCount", ()):
        if len(values) < int(_value(count)):
            yield "MinCount", None
    for count in said.get("maxCount", ()):
        if len(values) > int(_value(count)):
            yield "MaxCount", None
    for kind, test in shape.tests:
        yield from ((kind, value) for value in values if not test(index, value))
    yield from _beside(shape.said, focus, values, index)


def _beside(said: Said, focus: Node, values: list[Node], index: _Index) -> Iterator[tuple[str, Node]]:
    """Find values that do not stand to those of another property as they must."""
    for predicate in said.get("disjoint", ()):
        others = index.said(_iri(predicate)).get(focus, ())
        yield from (("Disjoint", value) for value in values if value in others)
    for name, strict in (("lessThan", True), ("lessThanOrEquals", False)):
        for predicate in said.get(name, ()):
            for other in index.said(_iri(predicate)).get(focus, ()):
                for value in values:
                    if not _less(value, other, strict=strict):
                        yield name[0].upper() + name[1:], value


@lru_cache(maxsize=4)
def _shapes(core: tuple[ox.Triple, ...]) -> tuple[_Shape, ...] | None:
    """Read the shapes; None when one of them says what can't be checked here."""
    said: dict[Node, dict[str, list[Node]]] = {}
    for subject, predicate, value in core:
        if predicate.value.startswith(SH.iri):
            said.setdefault(subject, {}).setdefault(predicate.value[_LOCAL:], []).append(value)
    lists = _lists(core)
    paths = paths_of(core)
    made = []
    for node, parts in said.items():
        if not isinstance(node, ox.NamedNode) or not any(target in parts for target in _TARGETS):
            continue
        tests = _tests(parts, said, lists)
        if tests is None or node.value not in paths:
            return None
        made.append(_Shape(node.value, paths[node.value], _value(parts["message"][0]), parts, tuple(tests)))
    return tuple(made)


def _tests(parts: Said, said: Mapping[Node, Said], lists: Mapping[Node, list[Node]]) -> list[tuple[str, Test]] | None:
    """Make a test for every constraint on single values; None when one is not known here."""
    made: list[tuple[str, Test]] = []
    for name, values in parts.items():
        if name in (*_ABOUT, "minCount", "maxCount", "disjoint", "lessThan", "lessThanOrEquals"):
            continue
        for value in values:
            test = _alternatives(value, said, lists) if name == "or" else _test(name, value, lists)
            if test is None:
                return None
            made.append((name[0].upper() + name[1:], test))
    return made


def _alternatives(value: Node, said: Mapping[Node, Said], lists: Mapping[Node, list[Node]]) -> Test | None:
    """Make the test that a value holds to one of several shapes without paths."""
    choices: list[list[Test]] = []
    for member in lists.get(value, ()):
        parts = said.get(member, {})
        if any(name in ("minCount", "maxCount", "disjoint", "lessThan", "lessThanOrEquals", *_ABOUT) for name in parts):
            return None
        tests = _tests(parts, said, lists)
        if not tests:
            return None
        choices.append([test for _, test in tests])
    return lambda index, node: any(all(test(index, node) for test in choice) for choice in choices)


def _test(name: str, wanted: Node, lists: Mapping[Node, list[Node]]) -> Test | None:
    """Make the test of one constraint; None when it is not known here."""
    text = _value(wanted)
    makers: Mapping[str, Callable[[], Test]] = {
        "class": lambda: lambda index, node: node in index.instances(wanted),
        "datatype": lambda: lambda index, node: isinstance(node, ox.Literal) and _is_of(node, text),
        "nodeKind": lambda: lambda index, node: isinstance(node, _KINDS[text[_LOCAL:]]),
        "in": lambda: lambda index, node: node in lists[wanted],
        "pattern": lambda: _matches(re.compile(text)),
        "minLength": lambda: lambda index, node: _length(node) >= int(text),
        "minInclusive": lambda: lambda index, node: _less(wanted, node, strict=False),
        "maxInclusive": lambda: lambda index, node: _less(node, wanted, strict=False),
    }
    return makers[name]() if name in makers else None


def _matches(pattern: re.Pattern[str]) -> Test:
    return lambda index, node: not isinstance(node, ox.BlankNode) and pattern.search(_value(node)) is not None


def _length(node: Node) -> int:
    return -1 if isinstance(node, ox.BlankNode) else len(_value(node))


def _is_of(literal: ox.Literal, datatype: str) -> bool:
    """Tell whether a literal has a type and is written as that type wants it."""
    if literal.datatype.value != datatype:
        return False
    return datatype == _STRING or _well_formed(literal.value, datatype)


@lru_cache(maxsize=65536)
def _well_formed(text: str, datatype: str) -> bool:
    """Tell whether characters are a value of a type; what is not plainly one is asked of rdflib."""
    form = _FORMS.get(datatype)
    if form is not None and form.fullmatch(text):
        return True
    if datatype == _DATE and len(text) == len("2025-06-02"):
        try:
            date.fromisoformat(text)
        except ValueError:
            return False
        return True
    import rdflib

    with silenced("rdflib.term"):
        return not rdflib.Literal(text, datatype=rdflib.URIRef(datatype), normalize=False).ill_typed


def _less(one: Node, other: Node, *, strict: bool) -> bool:
    """Tell whether a value is less than another, or equal; what can't be compared is not."""
    if not isinstance(one, ox.Literal) or not isinstance(other, ox.Literal):
        return False
    if one.datatype.value in _NUMBERS and other.datatype.value in _NUMBERS:
        try:
            first, second = Decimal(one.value), Decimal(other.value)
        except InvalidOperation:
            return False
        return first < second if strict else first <= second
    return _less_by_rdflib(one, other, strict=strict)


def _less_by_rdflib(one: ox.Literal, other: ox.Literal, *, strict: bool) -> bool:
    import rdflib

    def literal(term: ox.Literal) -> rdflib.Literal:
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)

    with silenced("rdflib.term"):
        first, second = literal(one), literal(other)
    if first.value is None or second.value is None or first.datatype != second.datatype:
        return False
    try:
        return bool(first.value < second.value if strict else first.value <= second.value)
    except TypeError:
        return False


def _lists(core: Iterable[ox.Triple]) -> dict[Node, list[Node]]:
    """Read the lists of RDF, by their first node."""
    first: dict[Node, Node] = {}
    rest: dict[Node, Node] = {}
    for subject, predicate, value in core:
        if predicate.value == RDF("first").value:
            first[subject] = value
        elif predicate.value == RDF("rest").value:
            rest[subject] = value
    found: dict[Node, list[Node]] = {}
    for head in first:
        items, node = [], head
        while node in first:
            items.append(first[node])
            node = rest[node]
        found[head] = items
    return found


def _value(term: Node) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def _iri(term: Node) -> str:
    return _value(term)


@contextmanager
def silenced(name: str) -> Iterator[None]:
    """Keep a logger quiet for a while."""
    logger = logging.getLogger(name)
    was = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = was
