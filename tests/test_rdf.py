from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kgbuild.errors import KgbuildError
from kgbuild.model import Iri, Literal, Statement, Triple
from kgbuild.rdf import (
    KG,
    PREFIXES,
    SKOS,
    XSD,
    from_term,
    memory_store,
    named_triples,
    natural_key,
    quads,
    read_graph,
    reified,
    to_term,
)
from tests.graphs import rdf_graph, sample_graph


@pytest.mark.parametrize(
    "term",
    [
        Iri("https://w3id.org/kgbuild/id/place/Çırağan"),
        Iri("_:b3"),
        Literal('a "b"\n\\ 😀'),
        Literal("colour", language="en-gb"),
        Literal("0.10", XSD("decimal").value),
        Literal("", XSD("anyURI").value),
    ],
)
def test_a_term_comes_back_from_pyoxigraph_as_it_went(term: Iri | Literal):
    assert from_term(to_term(term)) == term


def test_prefixes_name_different_namespaces():
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert all(iri.endswith(("#", "/")) for iri in PREFIXES.values())


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (["m_10_12", "m_9_11", "m_100_2"], ["m_9_11", "m_10_12", "m_100_2"]),
        (["b", "a1", "a"], ["a", "a1", "b"]),
        (["7", "07", "x"], ["07", "7", "x"]),
    ],
)
def test_numbers_sort_by_size(given: list[str], wanted: list[str]):
    assert sorted(given, key=natural_key) == wanted


@pytest.mark.parametrize("asserted", [True, False])
def test_the_plain_fact_is_written_only_when_it_is_asserted(asserted: bool):
    fact = Triple(Iri("urn:a"), KG("leads"), Iri("urn:b"))
    written = list(reified(Statement(Iri("urn:s"), fact, Iri("urn:article"), asserted)))
    assert (fact in written) is asserted
    assert written[4] == Triple(
        Iri("urn:s"), KG("asserted"), Literal("true" if asserted else "false", XSD("boolean").value)
    )


def test_both_libraries_see_the_same_triples():
    graph = sample_graph()
    here = {triple for _, triple in named_triples(graph)}
    in_rdflib = rdf_graph(graph)
    assert len(in_rdflib) == len(here)
    assert len(list(quads(graph))) == len(list(named_triples(graph)))
    label = rdflib.URIRef(SKOS("prefLabel").value)
    assert rdflib.Literal("Ada Lind") in set(in_rdflib.objects(None, label))
    assert all(literal.datatype is None for literal in in_rdflib.objects(None, label))


def test_what_is_shared_stands_in_no_articles_graph():
    names = {triple.subject.value.rsplit("/", 2)[1]: name for name, triple in named_triples(sample_graph())}
    assert names["person"] is names["instant"] is None
    assert names["event"] == names["statement"] == names["mention"] == Iri("https://w3id.org/kgbuild/id/article/aven")


def test_a_store_in_memory_answers():
    store = memory_store(quads(sample_graph()))
    asked = f"ASK {{ ?person a <{KG('Person').value}> }}"
    assert bool(store.query(asked))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("broken.ttl", b"<urn:a> <urn:b> 1 .\n<urn:a> foo:b 2 .", "broken.ttl:2:9: not valid Turtle: The prefix foo:"),
        ("open.ttl", b'<urn:a> <urn:b> "never closed .', "open.ttl:1:"),
        ("bytes.ttl", b'<urn:a> <urn:b> "\xff" .', "bytes.ttl"),
        ("broken.jsonld", b'{"@id":\n}', "broken.jsonld:2:"),
        ("lines.nq", b"<urn:a> <urn:b> .\n", "lines.nq:1:"),
        ("graph.docx", b"", "unknown kind of graph file. Known are .ttl, .trig"),
        ("missing.ttl", None, "missing.ttl: no such file"),
    ],
)
def test_a_bad_graph_file_is_told_in_one_line(tmp_path: Path, name: str, content: bytes | None, words: str):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(KgbuildError) as error:
        read_graph(path)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_a_folder_is_no_graph_file(tmp_path: Path):
    with pytest.raises(KgbuildError, match="a folder, not a graph file"):
        read_graph(tmp_path)


def test_blank_nodes_of_other_peoples_files_are_numbered_in_order(tmp_path: Path):
    path = tmp_path / "blank.ttl"
    path.write_text("<urn:a> <urn:p> [ <urn:q> [] ] .", encoding="utf-8")
    subjects = [str(triple.subject.value) for _, triple in read_graph(path).named_triples()]
    again = [str(triple.subject.value) for _, triple in read_graph(path).named_triples()]
    assert subjects == again
    assert set(subjects) == {"urn:a", "_:b0"} or set(subjects) == {"urn:a", "_:b1"}


@pytest.mark.parametrize("value", ["<<( <urn:x> <urn:y> <urn:z> )>>", '"x"@en--ltr'])
def test_what_has_no_value_of_ours_is_refused(tmp_path: Path, value: str):
    (tmp_path / "new.ttl").write_text(f"<urn:a> <urn:b> {value} .", encoding="utf-8")
    with pytest.raises(KgbuildError, match=r"<urn:a> <urn:b>: the value is of RDF 1\.2"):
        list(read_graph(tmp_path / "new.ttl").named_triples())


def test_the_mark_before_utf8_is_passed_over(tmp_path: Path):
    (tmp_path / "mark.ttl").write_text("\ufeff<urn:a> <urn:b> 1 .", encoding="utf-8")
    assert len(read_graph(tmp_path / "mark.ttl").quads) == 1


def test_prefixes_of_a_file_are_kept(tmp_path: Path):
    path = tmp_path / "with.ttl"
    path.write_text("@prefix ex: <urn:ex#> . ex:a ex:b ex:c .", encoding="utf-8")
    found = read_graph(path)
    assert found.prefixes == {"ex": "urn:ex#"}
    assert found.quads == (ox.Quad(ox.NamedNode("urn:ex#a"), ox.NamedNode("urn:ex#b"), ox.NamedNode("urn:ex#c")),)
