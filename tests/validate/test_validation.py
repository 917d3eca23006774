"""Graphs from memory and from files of every kind are held to the same shapes."""

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kgbuild.errors import KgbuildError
from kgbuild.knowledge import Knowledge, load
from kgbuild.model import Iri, KnowledgeGraph, Literal, Triple
from kgbuild.rdf import FORMATS, KG, SKOS, TYPE, XSD, quads
from kgbuild.validate import Report, validate, validate_file
from tests.graphs import sample_graph

EMPTY = KnowledgeGraph("https://example.org/", (), (), ())


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def faulty_graph() -> KnowledgeGraph:
    """Take the length of its file from the sample's article, and its label from a city."""
    graph = sample_graph()
    ((article, said),) = graph.articles
    return replace(
        graph,
        articles=((article, tuple(triple for triple in said if triple.predicate != KG("textLength"))),),
        shared=tuple(
            triple
            for triple in graph.shared
            if not (triple.predicate == SKOS("prefLabel") and "Port" in triple.subject.value)
        ),
    )


def kinds(report: Report) -> list[tuple[str, str]]:
    return [(violation.shape.rpartition("#")[2], violation.constraint) for violation in report.violations]


FAULTS = [("ArticleLength", "MinCount"), ("EntityLabel", "MinCount")]


def test_an_empty_graph_conforms(knowledge: Knowledge):
    assert validate(EMPTY, knowledge).conforms


def test_what_assemble_makes_conforms(knowledge: Knowledge):
    assert validate(sample_graph(), knowledge).violations == ()


def test_faults_are_found(knowledge: Knowledge):
    report = validate(faulty_graph(), knowledge)
    assert not report.conforms
    assert kinds(report) == FAULTS


def test_violations_know_their_place_in_the_text(knowledge: Knowledge):
    article, city = validate(faulty_graph(), knowledge).violations
    assert (article.file, article.place) == ("aven.txt", None)
    assert city.file == "aven.txt"
    assert city.place is not None
    assert (city.place.begin, city.place.end, city.place.text) == (26, 35, "Port Aven")
    assert city.place.sentence == "Norland and Ostria met in Port Aven on Monday."


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_files_of_every_kind(suffix: str, knowledge: Knowledge, tmp_path: Path):
    path = tmp_path / f"graph{suffix}"
    found = list(quads(faulty_graph()))
    if not FORMATS[suffix].supports_datasets:
        found = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in found]
    path.write_bytes(ox.serialize(found, format=FORMATS[suffix]) or b"")
    assert kinds(validate_file(path, knowledge)) == FAULTS


def test_statements_of_rdf_1_2(knowledge: Knowledge, tmp_path: Path):
    found: list[ox.Quad] = []
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    reified = {"subject", "predicate", "object"}
    graph = sample_graph()
    for quad in quads(graph):
        if quad.predicate.value.removeprefix(rdf) not in reified:
            found.append(ox.Quad(quad.subject, quad.predicate, quad.object))
    for statement in graph.statements:
        fact = statement.fact
        assert isinstance(fact.object, Iri)
        inner = ox.Triple(
            ox.NamedNode(fact.subject.value), ox.NamedNode(fact.predicate.value), ox.NamedNode(fact.object.value)
        )
        found.append(ox.Quad(ox.NamedNode(statement.iri.value), ox.NamedNode(rdf + "reifies"), inner))
    path = tmp_path / "graph.ttl"
    path.write_bytes(ox.serialize(found, format=ox.RdfFormat.TURTLE) or b"")
    assert validate_file(path, knowledge).violations == ()


@pytest.mark.parametrize(
    ("name", "content"), [("missing.ttl", None), ("graph.txt", b""), ("broken.ttl", b"<a> <b>"), ("broken.nq", b"\xff")]
)
def test_what_is_no_graph_file_is_said_in_one_line(
    name: str, content: bytes | None, knowledge: Knowledge, tmp_path: Path
):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(KgbuildError) as raised:
        validate_file(path, knowledge)
    assert name in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_broken_literal_is_a_violation_and_no_noise(
    knowledge: Knowledge, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
):
    graph = sample_graph()
    article = graph.articles[0][0]
    broken = Triple(article, KG("textLength"), Literal("many", XSD("integer").value))
    said = (*(triple for triple in graph.articles[0][1] if triple.predicate != KG("textLength")), broken)
    report = validate(replace(graph, articles=((article, said),)), knowledge)
    assert {shape for shape, _ in kinds(report)} == {"ArticleLength"}
    assert report.violations[0].value == broken.object
    assert capsys.readouterr() == ("", "")
    assert caplog.records == []


def test_a_plain_literal_and_a_string_are_one(knowledge: Knowledge):
    def typed(triple: Triple) -> Triple:
        value = triple.object
        if isinstance(value, Literal) and not value.datatype:
            return triple._replace(object=Literal(value.value, XSD("string").value))
        return triple

    graph = sample_graph()
    ((article, said),) = graph.articles
    spelled_out = replace(graph, articles=((article, tuple(map(typed, said))),), shared=tuple(map(typed, graph.shared)))
    assert validate(spelled_out, knowledge).violations == ()


def test_the_order_of_triples_makes_no_difference(knowledge: Knowledge):
    graph = faulty_graph()
    ((article, said),) = graph.articles
    turned = replace(graph, articles=((article, said[::-1]),), shared=graph.shared[::-1])
    assert validate(turned, knowledge) == validate(graph, knowledge)


def test_blank_nodes_in_a_file(knowledge: Knowledge, tmp_path: Path):
    path = tmp_path / "graph.ttl"
    path.write_text(f"[] a <{KG('Person').value}> . [] <{TYPE.value}> <{KG('Time').value}> .", "utf-8")
    report = validate_file(path, knowledge)
    assert report == validate_file(path, knowledge)
    assert {violation.focus.value for violation in report.violations} == {"_:b0", "_:b1"}
