"""Holds a graph, from memory or from a file, to the shapes and reports what does not fit."""

from collections.abc import Collection, Mapping
from pathlib import Path

from kgbuild.knowledge import Knowledge
from kgbuild.model import Iri, KnowledgeGraph, Triple
from kgbuild.nquads import Parts, by_line, parts_of
from kgbuild.rdf import KG, TYPE, from_triple, read_graph, to_quad
from kgbuild.store import open_graph
from kgbuild.validate.engine import Engine, find
from kgbuild.validate.evidence import Places
from kgbuild.validate.report import Report, Violation


def validate(
    graph: KnowledgeGraph, knowledge: Knowledge, engine: Engine = Engine.FAST, *, elsewhere: Collection[Iri] = ()
) -> Report:
    """Hold a graph to the shapes, named graphs merged.

    Args:
        graph: what was assembled.
        knowledge: the ontology and the shapes; of the shapes, those of *knowledge* and no others count.
        engine: what checks the core constraints; both find the same.
        elsewhere: articles that *graph* may speak of although they are described in another part of the whole; they
            are not checked here.

    Returns:
        The violations, sorted; an empty graph has none.
    """
    return validate_parts(parts_of(graph), knowledge, engine, elsewhere=elsewhere)


def validate_parts(
    parts: Parts, knowledge: Knowledge, engine: Engine = Engine.FAST, *, elsewhere: Collection[Iri] = ()
) -> Report:
    """Hold a graph that is written already to the shapes, as `validate` does."""
    told: dict[str, Triple] = {}
    for _, triples in parts:
        told.update(triples)
    told |= by_line(Triple(article, TYPE, KG("Article")) for article in elsewhere)
    return _report(told, knowledge, engine, frozenset(elsewhere))


def validate_file(path: Path, knowledge: Knowledge, engine: Engine = Engine.FAST) -> Report:
    """Hold a graph file (`.ttl .trig .nt .nq .jsonld`) or a store to the shapes, named graphs merged.

    Raises:
        KgbuildError: it is missing, of another kind or broken.
    """
    if path.is_dir():
        opened = open_graph(path)
        try:
            return _report(by_line(from_triple(quad.triple) for quad in opened.store), knowledge, engine)
        finally:
            opened.close()
    return _report(by_line(triple for _, triple in read_graph(path).named_triples()), knowledge, engine)


def _report(
    told: Mapping[str, Triple], knowledge: Knowledge, engine: Engine, elsewhere: frozenset[Iri] = frozenset()
) -> Report:
    findings = [finding for finding in find(told, knowledge, engine) if finding.focus not in elsewhere]
    if not findings:
        return Report((), knowledge)
    places = Places(to_quad(None, triple).triple for triple in told.values())
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
