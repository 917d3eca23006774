"""The shapes are loaded whole, and their loader tells what is wrong with them by file and line."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from kgbuild.errors import DataError
from kgbuild.knowledge.ontology import Ontology, load_ontology, local_name
from kgbuild.knowledge.shapes import KGSH, SH, Shapes, check_shapes, load_shapes
from kgbuild.model import MentionKind, Modality, Polarity
from kgbuild.paths import ontology_dir, shapes_dir
from kgbuild.rdf import RDF

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology(ontology_dir())


def test_queries_and_core_are_kept_apart(ontology: Ontology):
    shapes = load_shapes(shapes_dir(), ontology)
    asked = {query.shape for query in shapes.queries}
    assert asked <= set(shapes.names)
    assert not any(triple.predicate.value == SH("sparql").value for triple in shapes.core)
    assert set(shapes.core) < set(shapes.everything)
    assert asked.isdisjoint(getattr(triple.subject, "value", "") for triple in shapes.core)


def test_a_query_is_ready_to_be_asked(ontology: Ontology):
    (query,) = (
        query for query in load_shapes(shapes_dir(), ontology).queries if query.shape == KGSH("TimeOrder").value
    )
    assert query.text.startswith("PREFIX ")
    assert "https://w3id.org/kgbuild/ontology#Time>" in query.focus
    assert query.message == "A time must not end before it begins."


def test_every_class_is_held_to_account(ontology: Ontology):
    shapes = load_shapes(shapes_dir(), ontology)
    targets = {
        triple.object.value.rpartition("#")[2]
        for triple in shapes.core
        if triple.predicate.value == SH("targetClass").value
    }
    classes = {term.name for term in ontology.terms.values() if term.kind == "class"}
    vocabulary = {"Polarity", "Modality", "RelationProperty"}
    for name in classes - vocabulary:
        assert targets & set(ontology.ancestors(name)), name


def listed(shapes: Shapes, shape: str) -> set[str]:
    """Read the values that a shape allows (`sh:in`), as local names or plain text."""
    said = {(triple.subject, triple.predicate.value): triple.object for triple in shapes.core}
    node = said[ox.NamedNode(KGSH(shape).value), SH("in").value]
    values = set()
    while isinstance(node, ox.BlankNode):
        value = said[node, RDF("first").value]
        values.add(local_name(value) or value.value)
        node = said[node, RDF("rest").value]
    return values


def test_what_is_listed_is_what_there_is(ontology: Ontology):
    shapes = load_shapes(shapes_dir(), ontology)
    assert listed(shapes, "StatementPredicate") == set(ontology.relations)
    assert listed(shapes, "EventPolarity") == {value.value for value in Polarity}
    assert listed(shapes, "EventModality") == {value.value for value in Modality}
    assert listed(shapes, "MentionKind") == {value.value for value in MentionKind}
    (backed,) = (query for query in shapes.queries if query.shape == KGSH("RelationBacked").value)
    assert all(f"kg:{name}" in backed.text and f"#{name}>" in backed.focus for name in ontology.relations)


BROKEN = (
    ("S001", "shapes-s001", 0, "no Turtle file"),
    ("S002", "shapes-s002", 5, "not valid Turtle"),
    ("S003", "shapes-s003", 6, "kgsh:NoMessage has not exactly one message"),
    ("S003", "shapes-s003-target", 6, "kgsh:NoTarget has no target"),
    ("S003", "shapes-s003-name", 0, "a shape has no name"),
    ("S004", "shapes-s004", 11, "kgsh:Broken-query has a broken query"),
    ("S005", "shapes-s005", 7, "kg:Minister is no term of the ontology"),
    ("S005", "shapes-s005-query", 16, "kg:bornIn is no term of the ontology"),
    ("S006", "shapes-s006", 11, "kgsh:Vague-query does not select $this ?path ?value"),
    ("S006", "shapes-s006-mixed", 6, "kgsh:Mixed has more than queries"),
    ("S006", "shapes-s006-nested", 6, "kgsh:Nested has shapes below it"),
)


@pytest.mark.parametrize(("code", "folder", "line", "words"), BROKEN)
def test_broken_shapes_are_told_by_file_and_line(code: str, folder: str, line: int, words: str, ontology: Ontology):
    with pytest.raises(DataError) as raised:
        load_shapes(DATA / folder, ontology)
    assert (raised.value.code, raised.value.line) == (code, line)
    assert words in raised.value.message


@pytest.mark.parametrize(("code", "folder", "line", "words"), BROKEN)
def test_checking_finds_just_that_mistake(code: str, folder: str, line: int, words: str, ontology: Ontology):
    (error,) = check_shapes(DATA / folder, ontology)
    assert (error.code, error.line) == (code, line)
