"""One conforming graph, and for every constraint of every shape a change of it that this constraint alone catches."""

from collections import Counter
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from kgbuild.knowledge import Knowledge, load
from kgbuild.knowledge.shapes import KGSH, SH
from kgbuild.nquads import by_line
from kgbuild.rdf import from_triple
from kgbuild.validate import validate_file
from kgbuild.validate.engine import Finding, find, rdflib_graph
from tests.shapes.mutants import MUTANTS, Mutant

CONFORMING = Path(__file__).with_name("conforming.ttl")
_PREFIXES = "".join(line for line in CONFORMING.read_text("utf-8").splitlines(True) if line.startswith("@prefix"))
# What is said of a shape without being a constraint.
_ABOUT = {"path", "message", "targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode", "severity", "flags"}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def triples(turtle: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(_PREFIXES + turtle, format=ox.RdfFormat.TURTLE)}


BASE = triples(CONFORMING.read_text("utf-8"))


def mutated(mutant: Mutant) -> set[ox.Triple]:
    taken = triples(mutant.take)
    assert taken <= BASE, "the mutant takes away what is not there"
    return (BASE - taken) | triples(mutant.add)


def kind(finding: Finding) -> tuple[str, str]:
    return finding.shape.removeprefix(KGSH.iri), finding.constraint


def constraints(knowledge: Knowledge) -> set[tuple[str, str]]:
    """List (shape, kind of constraint) for all that stands in shapes/."""
    found = {(query.shape.removeprefix(KGSH.iri), "SPARQL") for query in knowledge.shapes.queries}
    for triple in knowledge.shapes.core:
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(KGSH.iri):
            name = triple.predicate.value.removeprefix(SH.iri)
            if triple.predicate.value.startswith(SH.iri) and name not in _ABOUT:
                found.add((triple.subject.value.removeprefix(KGSH.iri), name[0].upper() + name[1:]))
    return found


def test_the_conforming_graph_conforms(knowledge: Knowledge):
    assert validate_file(CONFORMING, knowledge).violations == ()


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.shape}-{mutant.constraint}")
def test_a_mutant_is_caught_by_its_constraint_alone(mutant: Mutant, knowledge: Knowledge):
    found = {kind(finding) for finding in find(by_line(map(from_triple, sorted(mutated(mutant), key=str))), knowledge)}
    assert found == {(mutant.shape, mutant.constraint)}


def test_every_constraint_has_a_mutant(knowledge: Knowledge):
    assert {(mutant.shape, mutant.constraint) for mutant in MUTANTS} == constraints(knowledge)


def test_the_counts_are_what_they_were(knowledge: Knowledge):
    # A shape or mutant that vanishes by accident shows here; a deliberate change changes the figures.
    assert len(knowledge.shapes.names) == 90
    assert len(constraints(knowledge)) == 172
    assert len(MUTANTS) == 200
    assert Counter(mutant.constraint for mutant in MUTANTS)["SPARQL"] == 24


def test_the_shapes_are_shapes(knowledge: Knowledge):
    import pyshacl

    # pySHACL raises when the shapes do not conform to the shapes of SHACL itself
    conforms, _, _ = pyshacl.validate(
        rdflib_graph(()), shacl_graph=rdflib_graph(knowledge.shapes.everything), meta_shacl=True
    )
    assert conforms


def test_pyshacl_alone_finds_the_same(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch):
    """Hold our way of asking queries against the reference: everything by pySHACL, on a graph with many faults."""
    import pyshacl
    import rdflib
    from rdflib.plugins.sparql import processor

    # pySHACL parses a query anew for every node; one parse serves them all and changes nothing but the time
    translated = cache(lambda text: translateQuery(parseQuery(text)))
    monkeypatch.setattr(processor, "parseQuery", lambda text: text)
    monkeypatch.setattr(processor, "translateQuery", lambda text, base, names: translated(text))
    faulty = set(BASE)
    queried = [mutant for mutant in MUTANTS if mutant.constraint == "SPARQL"]
    for mutant in {mutant.shape: mutant for mutant in reversed(queried)}.values():
        faulty = (faulty - triples(mutant.take)) | triples(mutant.add)
    known = faulty | set(knowledge.ontology.schema)
    _, report, _ = pyshacl.validate(
        rdflib_graph(known), shacl_graph=rdflib_graph(knowledge.shapes.everything), inplace=True
    )
    theirs = {
        tuple(str(report.value(result, rdflib.SH[name])) for name in ("sourceShape", "focusNode", "value"))
        for result in report.objects(None, rdflib.SH.result)
    }
    ours = {
        (finding.shape, finding.focus.value, "None" if finding.value is None else finding.value.value)
        for finding in find(by_line(map(from_triple, faulty)), knowledge)
    }
    assert ours == theirs
    assert {shape for shape, _, _ in ours} >= {query.shape for query in knowledge.shapes.queries}
