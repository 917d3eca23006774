"""Holds a graph, from memory or from a file, to the shapes and reports what does not fit."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kgbuild.knowledge import Knowledge
from kgbuild.model import KnowledgeGraph
from kgbuild.rdf import RDF, GraphFile, quads, read_graph, to_quad
from kgbuild.validate.engine import find
from kgbuild.validate.evidence import Places
from kgbuild.validate.report import Report, Violation

_REIFIES = RDF("reifies").value


def validate(graph: KnowledgeGraph, knowledge: Knowledge) -> Report:
    """Hold a graph to the shapes, named graphs merged.

    Args:
        graph: what was assembled.
        knowledge: the ontology and the shapes; of the shapes, those of *knowledge* and no others count.

    Returns:
        The violations, sorted; an empty graph has none.
    """
    return _report(quads(graph), knowledge)


def validate_file(path: Path, knowledge: Knowledge) -> Report:
    """Hold a graph file (`.ttl .trig .nt .nq .jsonld`) to the shapes, named graphs merged.

    Raises:
        KgbuildError: the file is missing, of another kind or broken.
    """
    read = read_graph(path)
    plain = GraphFile(tuple(_unfolded(read.quads)), read.prefixes)
    return _report((to_quad(name, triple) for name, triple in plain.named_triples()), knowledge)


def _report(found: Iterable[ox.Quad], knowledge: Knowledge) -> Report:
    triples = tuple(dict.fromkeys(quad.triple for quad in found))
    findings = find(triples, knowledge)
    if not findings:
        return Report((), knowledge)
    places = Places(triples)
    violations = []
    for finding in findings:
        file, place = places.find(finding.focus.value)
        violations.append(
            Violation(
                finding.shape,
                finding.constraint,
                finding.focus,
                finding.path,
                finding.value,
                finding.message,
                finding.severity,
                file,
                place,
            )
        )
    return Report(tuple(sorted(violations, key=Violation.order)), knowledge)


def _unfolded(found: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Write the triple terms of RDF 1.2 as reified statements, which is what the shapes speak of."""
    for quad in found:
        if quad.predicate.value == _REIFIES and isinstance(quad.object, ox.Triple):
            inner = quad.object
            parts = (("subject", inner.subject), ("predicate", inner.predicate), ("object", inner.object))
            for name, part in parts:
                yield ox.Quad(quad.subject, ox.NamedNode(RDF(name).value), part, quad.graph_name)
        else:
            yield quad
