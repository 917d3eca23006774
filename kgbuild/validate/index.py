"""The triples of a graph as the fast engine and the screens look them up."""

from collections.abc import Iterable, Mapping

from kgbuild.model import Iri, Literal, Triple
from kgbuild.rdf import RDFS, TYPE, XSD
from kgbuild.validate.paths import Path

Node = str | Literal
"""An IRI or a blank node is a string, whose hash Python keeps."""
_BELOW = RDFS("subClassOf").value
_STRING = XSD("string").value


class Index:
    """Know the triples of a graph by predicate, in both directions, and which thing is of which class."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._forward: dict[str, dict[Node, list[Node]]] = {}
        forward = self._forward
        for subject, predicate, value in triples:
            said = forward.get(predicate.value)
            if said is None:
                said = forward[predicate.value] = {}
            node = value.value if isinstance(value, Iri) else plain(value)
            if (values := said.get(subject.value)) is None:
                said[subject.value] = [node]
            else:
                values.append(node)
        self._backward: dict[str, dict[Node, list[Node]]] = {}
        self._instances: dict[Node, frozenset[Node]] = {}

    def predicates(self) -> Iterable[str]:
        """Give the properties that are used."""
        return self._forward.keys()

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

    def narrower(self, class_: Node) -> set[Node]:
        """Give the classes below a class."""
        below: set[Node] = set()
        todo = [class_]
        while todo:
            found = self.turned(_BELOW).get(todo.pop(), ())
            todo += [narrower for narrower in found if narrower not in below]
            below.update(found)
        return below

    def instances(self, class_: Node) -> frozenset[Node]:
        """Give the things of a class and of those below it."""
        if class_ not in self._instances:
            of = self.turned(TYPE.value)
            below = {class_, *self.narrower(class_)}
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


def plain(literal: Literal) -> Literal:
    """Give a literal of type `xsd:string` the one form that it has here."""
    return Literal(literal.value) if literal.datatype == _STRING else literal
