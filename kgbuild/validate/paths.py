"""The paths of property shapes: from their triples to SPARQL's way of writing them.

SHACL writes `the mentions of this` as a blank node with `sh:inversePath`, a sequence as a list. Reports show them as
SPARQL does, `^kg:mentionOf/kg:mentionKind`, and need them as triples again when they are written as Turtle.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kgbuild.knowledge.shapes import SH
from kgbuild.rdf import RDF

_JOINTS = {"inverse": "^", "sequence": "/", "alternative": "|"}


@dataclass(frozen=True, slots=True)
class Path:
    """Hold a path: a property by its IRI, or one made of others (`inverse`, `sequence`, `alternative`)."""

    iri: str = ""
    kind: str = ""
    parts: tuple["Path", ...] = ()


def paths_of(triples: Iterable[ox.Triple]) -> dict[str, Path]:
    """Find the path of every property shape, by the shape's IRI."""
    said: dict[object, dict[str, object]] = {}
    for triple in triples:
        said.setdefault(triple.subject, {})[triple.predicate.value] = triple.object
    return {
        subject.value: _path(values[SH("path").value], said)
        for subject, values in said.items()
        if isinstance(subject, ox.NamedNode) and SH("path").value in values
    }


def path_text(path: Path) -> str:
    """Write a path: a lone property as its IRI, any other path as SPARQL does.

    >>> path_text(Path("http://example.org/p"))
    'http://example.org/p'
    >>> path_text(Path(kind="inverse", parts=(Path("http://example.org/p"),)))
    '^<http://example.org/p>'
    """
    return path.iri or _sparql(path)


def _sparql(path: Path) -> str:
    if path.iri:
        return f"<{path.iri}>"
    if path.kind == "inverse":
        return "^" + _sparql(path.parts[0])
    return _JOINTS[path.kind].join(_sparql(part) for part in path.parts)


def _path(node: object, said: Mapping[object, Mapping[str, object]]) -> Path:
    """Read a path from its triples."""
    if isinstance(node, ox.NamedNode):
        return Path(node.value)
    values = said[node]
    if (inverse := values.get(SH("inversePath").value)) is not None:
        return Path(kind="inverse", parts=(_path(inverse, said),))
    if (first := values.get(SH("alternativePath").value)) is not None:
        return Path(kind="alternative", parts=tuple(_path(item, said) for item in _list(first, said)))
    return Path(kind="sequence", parts=tuple(_path(item, said) for item in _list(node, said)))


def _list(node: object, said: Mapping[object, Mapping[str, object]]) -> list[object]:
    items: list[object] = []
    while isinstance(node, ox.BlankNode):
        items.append(said[node][RDF("first").value])
        node = said[node][RDF("rest").value]
    return items
