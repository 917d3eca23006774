import json
import os
import random
import string
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from kgbuild.assemble import assemble
from kgbuild.errors import KgbuildError
from kgbuild.export import FORMATS, export, export_file
from kgbuild.model import Iri, KnowledgeGraph, Literal, Triple
from kgbuild.rdf import DEFAULT_BASE, KG, PREFIXES, RDF, SKOS, XSD, quads, read_graph
from tests.graphs import TEXT, document_of, interpretation_of, rdf_graph, resolution_of, sample_graph

SUFFIX = {"turtle": ".ttl", "trig": ".trig", "nquads": ".nq", "jsonld": ".jsonld"}


def two_articles() -> KnowledgeGraph:
    documents = [document_of(TEXT, f"{name}.txt") for name in ("one", "two")]
    return assemble([interpretation_of(document) for document in documents], resolution_of(documents))


def reread(tmp_path: Path, data: bytes, format_: str) -> set[ox.Quad]:
    path = tmp_path / f"again{SUFFIX[format_]}"
    path.write_bytes(data)
    return set(read_graph(path).quads)


def merged(found: set[ox.Quad]) -> set[ox.Quad]:
    return {ox.Quad(*quad.triple) for quad in found}


@pytest.mark.parametrize("format_", FORMATS)
def test_what_is_written_reads_as_the_same_graph(tmp_path: Path, format_: str):
    graph = two_articles()
    wanted = set(quads(graph))
    if format_ in ("turtle", "jsonld"):
        wanted = merged(wanted)
    assert reread(tmp_path, export(graph, format_), format_) == wanted


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib, of itself
@pytest.mark.parametrize("format_", ["turtle", "jsonld"])
def test_rdflib_reads_the_same(format_: str):
    graph = sample_graph()
    name = "json-ld" if format_ == "jsonld" else format_
    assert isomorphic(rdflib.Graph().parse(data=export(graph, format_), format=name), rdf_graph(graph))


@pytest.mark.parametrize("format_", FORMATS)
def test_each_format_looks_as_reviewed(golden: Callable[[str, bytes], None], format_: str):
    golden(f"two{SUFFIX[format_]}", export(two_articles(), format_))


def test_an_unknown_format_is_refused():
    with pytest.raises(KgbuildError, match=r"unknown format 'xml'. Known are turtle, trig, nquads, jsonld."):
        export(sample_graph(), "xml")


def test_articles_come_first_then_entities_and_mentions_last():
    text = export(two_articles(), "turtle").decode()
    starts = [line.split(":")[0] for line in text.splitlines() if line and not line.startswith(("@", " "))]
    order = list(dict.fromkeys(starts))
    assert order[:5] == ["article", "person", "country", "city", "group"]
    assert order[-2:] == ["sentence", "mention"]
    begins = [int(line.split("_")[1]) for line in text.splitlines() if line.startswith("mention:one")]
    assert begins == sorted(begins)


def test_only_prefixes_in_use_are_declared_and_a_kind_never_hides_a_vocabulary():
    text = export(sample_graph(), "turtle").decode()
    declared = {line.split()[1] for line in text.splitlines() if line.startswith("@prefix")}
    assert "foaf:" not in declared
    assert {"time:", "id-time:", "kg:"} <= declared
    assert "<https://w3id.org/kgbuild" not in text.split("\n\n", 1)[1]


def test_an_empty_graph_is_an_empty_file():
    empty = KnowledgeGraph(DEFAULT_BASE, (), (), ())
    assert export(empty, "turtle") == export(empty, "trig") == export(empty, "nquads") == b""
    assert json.loads(export(empty, "jsonld"))["@graph"] == []


def test_jsonld_reads_like_plain_json():
    nodes = {node["@id"]: node for node in json.loads(export(sample_graph(), "jsonld"))["@graph"]}
    assert nodes["country/Ostria"]["altLabel"] == "Ostrian"
    assert nodes["event/aven_1"] == {
        "@id": "event/aven_1",
        "@type": ["Event", "Meet"],
        "actor": ["country/Norland", "country/Ostria"],
        "modality": "actual",
        "place": "city/Port_Aven",
        "polarity": "positive",
        "time": "time/a_2",
        "rule": "meet",
        "score": "1.0",
    }
    assert nodes["position/aven_1"]["former"] is False
    assert nodes["mention/aven_0_7_name"]["endIndex"] == 7


_PATHS = st.text(string.ascii_letters + string.digits + "çñ½·_-.", min_size=1, max_size=8)
_IRIS = st.one_of(
    st.builds(
        lambda kind, name: Iri(f"{DEFAULT_BASE}{kind}/{name}"), st.sampled_from(["person", "time", "x-1"]), _PATHS
    ),
    st.builds(lambda name: Iri(KG.iri + name), st.sampled_from(["actor", "Person", "unit", "object", "time", "a.b"])),
    st.builds(lambda space, name: Iri(space + name), st.sampled_from(sorted(PREFIXES.values())), _PATHS),
    st.builds(lambda scheme, name: Iri(f"{scheme}:{name}"), st.sampled_from(["urn:x", "geo", "tel"]), _PATHS),
)
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_LITERALS = st.one_of(
    _TEXT.map(Literal),
    st.builds(lambda text: Literal(text, language="en"), _TEXT),
    st.builds(
        lambda text, name: Literal(text, XSD(name).value),
        st.one_of(_TEXT, st.sampled_from(["1", "01", "-0", "1.50", "5.", "true", "1e3", "99999999999999999999"])),
        st.sampled_from(["integer", "decimal", "boolean", "date", "anyURI", "double"]),
    ),
)
_TRIPLES = st.builds(
    Triple,
    _IRIS,
    st.one_of(_IRIS, st.sampled_from([RDF("type"), SKOS("prefLabel"), KG("actor"), KG("value"), KG("polarity")])),
    st.one_of(_IRIS, _LITERALS),
)


@settings(max_examples=150, deadline=None)
@given(triples=st.lists(_TRIPLES, max_size=8), format_=st.sampled_from(FORMATS))
def test_any_graph_survives_any_format(tmp_path_factory: pytest.TempPathFactory, triples: list[Triple], format_: str):
    article = Iri(DEFAULT_BASE + "article/a")
    half = len(triples) // 2
    graph = KnowledgeGraph(DEFAULT_BASE, ((article, tuple(triples[half:])),), tuple(triples[:half]), ())
    wanted = set(quads(graph))
    written = export(graph, format_)
    folder = tmp_path_factory.mktemp("any")
    assert reread(folder, written, format_) == (merged(wanted) if format_ in ("turtle", "jsonld") else wanted)
    path = folder / f"source{SUFFIX[format_]}"
    path.write_bytes(written)
    for other in FORMATS:
        again = reread(folder, export_file(path, other), other)
        assert again == (merged(set(read_graph(path).quads)) if other == "turtle" else set(read_graph(path).quads))


@settings(max_examples=50, deadline=None)
@given(triples=st.lists(_TRIPLES, max_size=10), seed=st.randoms(use_true_random=False))
def test_the_order_of_triples_makes_no_difference(triples: list[Triple], seed: random.Random):
    shuffled = list(triples)
    seed.shuffle(shuffled)
    for format_ in FORMATS:
        one, other = (
            export(KnowledgeGraph(DEFAULT_BASE, (), tuple(given), ()), format_) for given in (triples, shuffled)
        )
        assert one == other


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("source", FORMATS)
def test_a_graph_file_becomes_any_other(tmp_path: Path, source: str, format_: str):
    path = tmp_path / f"graph{SUFFIX[source]}"
    path.write_bytes(export(two_articles(), source))
    wanted = set(read_graph(path).quads)
    written = export_file(path, format_)
    assert reread(tmp_path, written, format_) == (merged(wanted) if format_ == "turtle" else wanted)
    if format_ == source:
        assert written == path.read_bytes()


def test_prefixes_of_a_file_are_used_again(tmp_path: Path):
    path = tmp_path / "theirs.ttl"
    path.write_text("@prefix ex: <https://ex.example/> . ex:a ex:b ex:c , [ ex:d 1 ] .", encoding="utf-8")
    assert "ex:a ex:b _:b0, ex:c ." in export_file(path, "turtle").decode()


def test_a_broken_file_is_told_with_its_position(tmp_path: Path):
    path = tmp_path / "broken.ttl"
    path.write_text("<urn:a> <urn:b> <urn:c> .\n<urn:a> oops", encoding="utf-8")
    with pytest.raises(KgbuildError, match=r"broken\.ttl:2:9: not valid Turtle"):
        export_file(path, "nquads")


_SCRIPT = """
import hashlib, time
from kgbuild.export import FORMATS, export
from tests.export.test_export import two_articles
print([hashlib.sha256(export(two_articles(), name)).hexdigest() for name in FORMATS])
"""


@pytest.mark.slow
def test_fresh_processes_write_the_same_bytes():
    root = Path(__file__).parents[2]
    said = {
        subprocess.run(
            [sys.executable, "-c", _SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": str(root)},
            cwd=root,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed, zone, locale in (
            ("0", "UTC", "C"),
            ("1", "Asia/Kathmandu", "tr_TR.UTF-8"),
            ("77", "US/Samoa", "C.UTF-8"),
        )
    }
    assert len(said) == 1
