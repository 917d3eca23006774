"""Checks the core constraints of the shapes in one pass over an index, many times faster than by pySHACL.

A build holds its graph to the shapes, and holds it again each time something is taken out. pySHACL wants the graph as
rdflib's and takes most of that time for it. The shapes of this project are flat: property shapes with targets of their
own and constraints on single values. That part of SHACL Core is small, and is done here on our own values: an IRI or
a blank node is a string here, whose hash Python keeps, and a literal is a `Literal`. Shapes that use anything else are
left to pySHACL (`read_core` tells), which is also what this module is tested against: the same findings on the test
graphs and on every mutant of them.

Source: SHACL (W3C Recommendation, 2017), sections 2.1, 2.3 and 4.
"""

import logging
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

import pyoxigraph as ox

from kgbuild.knowledge.shapes import SH
from kgbuild.model import Iri, Literal
from kgbuild.rdf import RDF, XSD, from_term
from kgbuild.validate.finding import Finding
from kgbuild.validate.index import Index, Node
from kgbuild.validate.paths import Path, path_text, paths_of

_TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")
_BESIDE = ("disjoint", "lessThan", "lessThanOrEquals")
_ABOUT = (*_TARGETS, "path", "message", "name", "description")
_BLANK = "_:"
_KINDS = {"IRI": "i", "Literal": "l", "BlankNode": "b", "IRIOrLiteral": "il", "BlankNodeOrIRI": "bi"}
_KINDS |= {"BlankNodeOrLiteral": "bl"}
_NUMBERS = {XSD(name).value for name in ("integer", "decimal", "nonNegativeInteger", "positiveInteger", "int", "long")}
_FORMS = {
    XSD("integer").value: re.compile(r"[+-]?[0-9]+"),
    XSD("decimal").value: re.compile(r"[+-]?[0-9]+\.[0-9]+|[+-]?[0-9]+"),
    XSD("boolean").value: re.compile(r"true|false"),
}
_DATE = XSD("date").value
_STRING = XSD("string").value
_INTEGER = XSD("integer").value
_LOCAL = len(SH.iri)


Said = Mapping[str, list[Node]]
Test = Callable[[Node], bool]
Maker = Callable[[Index], Test]


@dataclass(frozen=True, slots=True)
class PropertyShape:
    """Hold one property shape; *least* and *most* say how many values there may be."""

    iri: str
    path: Path
    message: str
    said: Said
    least: int
    most: float
    beside: bool
    makers: tuple[tuple[str, Maker], ...]


def check(index: Index, shapes: Iterable[PropertyShape]) -> Iterator[Finding]:
    """Hold a graph to shapes; findings come in no particular order."""
    for shape in shapes:
        for focus, kind, value in _violations(shape, index):
            where = Iri(_text(focus))
            wrong = Iri(value) if isinstance(value, str) else value
            yield Finding(shape.iri, kind, where, path_text(shape.path), wrong, shape.message, "Violation")


def _violations(shape: PropertyShape, index: Index) -> Iterator[tuple[Node, str, Node | None]]:
    """Find which nodes do not hold to which constraints, and by which value."""
    tests = [(kind, make(index)) for kind, make in shape.makers]
    said = index.said(shape.path.iri) if shape.path.iri else None
    for focus in _focus(shape.said, index):
        values = index.values(focus, shape.path) if said is None else said.get(focus, [])
        if len(values) < shape.least:
            yield focus, "MinCount", None
        if len(values) > shape.most:
            yield focus, "MaxCount", None
        for kind, test in tests:
            for value in values:
                if not test(value):
                    yield focus, kind, value
        if shape.beside:
            yield from ((focus, kind, value) for kind, value in _beside(shape.said, focus, values, index))


def _focus(said: Said, index: Index) -> Iterable[Node]:
    """Find the nodes that a shape is about, each once."""
    found: dict[Node, None] = {}
    for class_ in said.get("targetClass", ()):
        found |= dict.fromkeys(index.instances(class_))
    for predicate in said.get("targetSubjectsOf", ()):
        found |= dict.fromkeys(index.said(_text(predicate)))
    for predicate in said.get("targetObjectsOf", ()):
        found |= dict.fromkeys(index.turned(_text(predicate)))
    return found | dict.fromkeys(said.get("targetNode", ()))


def _beside(said: Said, focus: Node, values: list[Node], index: Index) -> Iterator[tuple[str, Node]]:
    """Find values that do not stand to those of another property as they must."""
    for predicate in said.get("disjoint", ()):
        others = index.said(_text(predicate)).get(focus, ())
        yield from (("Disjoint", value) for value in values if value in others)
    for name, strict in (("lessThan", True), ("lessThanOrEquals", False)):
        for predicate in said.get(name, ()):
            for other in index.said(_text(predicate)).get(focus, ()):
                for value in values:
                    if not _less(value, other, strict=strict):
                        yield name[0].upper() + name[1:], value


def read_core(core: Sequence[ox.Triple]) -> tuple[PropertyShape, ...] | None:
    """Read shapes for `check`; None when one of them says what can't be checked here."""
    said: dict[Node, dict[str, list[Node]]] = {}
    for subject, predicate, value in core:
        if predicate.value.startswith(SH.iri):
            said.setdefault(_ours(subject), {}).setdefault(predicate.value[_LOCAL:], []).append(_ours(value))
    lists = _lists(core)
    paths = paths_of(core)
    made = []
    for node, parts in said.items():
        if not isinstance(node, str) or node.startswith(_BLANK) or not any(target in parts for target in _TARGETS):
            continue
        makers = _makers(parts, said, lists)
        if makers is None or node not in paths:
            return None
        least = max((int(_text(count)) for count in parts.get("minCount", ())), default=0)
        most = min((float(_text(count)) for count in parts.get("maxCount", ())), default=math.inf)
        beside = any(name in parts for name in _BESIDE)
        made.append(
            PropertyShape(node, paths[node], _text(parts["message"][0]), parts, least, most, beside, tuple(makers))
        )
    return tuple(made)


def _makers(parts: Said, said: Mapping[Node, Said], lists: Mapping[Node, list[Node]]) -> list[tuple[str, Maker]] | None:
    """Prepare a test for every constraint on single values; None when one is not known here."""
    made: list[tuple[str, Maker]] = []
    for name, values in parts.items():
        if name in (*_ABOUT, *_BESIDE, "minCount", "maxCount"):
            continue
        for value in values:
            maker = _alternatives(value, said, lists) if name == "or" else _maker(name, value, lists)
            if maker is None:
                return None
            made.append((name[0].upper() + name[1:], maker))
    return made


def _alternatives(value: Node, said: Mapping[Node, Said], lists: Mapping[Node, list[Node]]) -> Maker | None:
    """Prepare the test that a value holds to one of several shapes without paths."""
    choices: list[list[Maker]] = []
    for member in lists.get(value, ()):
        parts = said.get(member, {})
        if any(name in (*_ABOUT, *_BESIDE, "minCount", "maxCount") for name in parts):
            return None
        makers = _makers(parts, said, lists)
        if not makers:
            return None
        choices.append([maker for _, maker in makers])

    def make(index: Index) -> Test:
        tests = [[maker(index) for maker in choice] for choice in choices]
        return lambda node: any(all(test(node) for test in choice) for choice in tests)

    return make


def _maker(name: str, wanted: Node, lists: Mapping[Node, list[Node]]) -> Maker | None:
    """Prepare the test of one constraint; None when it is not known here."""
    if name == "class":
        return lambda index: index.instances(wanted).__contains__
    text = _text(wanted)
    makers: Mapping[str, Callable[[], Test]] = {
        "datatype": lambda: lambda node: isinstance(node, Literal) and _is_of(node, text),
        "nodeKind": lambda: lambda node: _kind(node) in _KINDS[text[_LOCAL:]],
        "in": lambda: frozenset(lists[wanted]).__contains__,
        "pattern": lambda: _matches(re.compile(text)),
        "minLength": lambda: lambda node: _length(node) >= int(text),
        "minInclusive": lambda: lambda node: _less(wanted, node, strict=False),
        "maxInclusive": lambda: lambda node: _less(node, wanted, strict=False),
    }
    if name not in makers:
        return None
    test = makers[name]()
    return lambda index: test


def _kind(node: Node) -> str:
    """Name the kind of a node by a letter."""
    return "l" if isinstance(node, Literal) else "b" if node.startswith(_BLANK) else "i"


def _matches(pattern: re.Pattern[str]) -> Test:
    return lambda node: _kind(node) != "b" and pattern.search(_text(node)) is not None


def _length(node: Node) -> int:
    return -1 if _kind(node) == "b" else len(_text(node))


def _type_of(literal: Literal) -> str:
    return RDF("langString").value if literal.language else literal.datatype or _STRING


def _is_of(literal: Literal, datatype: str) -> bool:
    """Tell whether a literal has a type and is written as that type wants it."""
    if datatype == _STRING:
        return not literal.datatype and not literal.language
    return literal.datatype == datatype and _well_formed(literal.value, datatype)


@lru_cache(maxsize=8_192)
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
    if not isinstance(one, Literal) or not isinstance(other, Literal):
        return False
    if one.datatype == other.datatype == _INTEGER and one.value.isdecimal() and other.value.isdecimal():
        return int(one.value) < int(other.value) if strict else int(one.value) <= int(other.value)
    if one.datatype in _NUMBERS and other.datatype in _NUMBERS:
        try:
            first, second = Decimal(one.value), Decimal(other.value)
        except InvalidOperation:
            return False
        return first < second if strict else first <= second
    return _less_by_rdflib(one, other, strict=strict)


def _less_by_rdflib(one: Literal, other: Literal, *, strict: bool) -> bool:
    import rdflib

    def literal(term: Literal) -> rdflib.Literal:
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(_type_of(term)), normalize=False)

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
            first[_ours(subject)] = _ours(value)
        elif predicate.value == RDF("rest").value:
            rest[_ours(subject)] = _ours(value)
    found: dict[Node, list[Node]] = {}
    for head in first:
        items, node = [], head
        while node in first:
            items.append(first[node])
            node = rest[node]
        found[head] = items
    return found


def _ours(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    value = from_term(term)
    return value.value if isinstance(value, Iri) else value


def _text(node: Node) -> str:
    return node if isinstance(node, str) else node.value


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
