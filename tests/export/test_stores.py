"""Stores are written bit by bit, as the same bytes as the graph that was put in; RDF 1.2 comes back as it went."""

import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kgbuild.errors import KgbuildError
from kgbuild.export import FORMATS, FORMATS_12, context, export, export_file, export_store
from kgbuild.export import source as streaming
from kgbuild.rdf import RDF, quads, read_graph
from kgbuild.store import keep
from tests.graphs import sample_graph
from tests.query.seeds import ROOT, seeds_graph

SUFFIX = {"turtle": ".ttl", "trig": ".trig", "nquads": ".nq", "jsonld": ".jsonld"}
SUFFIX |= {f"{name}12": suffix for name, suffix in SUFFIX.items()}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "store"
    keep(quads(seeds_graph()), folder)
    return folder


def written(source: Path, format_: str, graph: str = "") -> bytes:
    out = io.BytesIO()
    export_store(source, format_, out, graph)
    return out.getvalue()


@pytest.mark.parametrize("format_", [*FORMATS, *FORMATS_12])
@pytest.mark.parametrize("small", [20_000, 10])
def test_a_store_gives_the_bytes_of_the_graph(store: Path, format_: str, small: int, monkeypatch: pytest.MonkeyPatch):
    graph = seeds_graph()
    monkeypatch.setattr(streaming, "_SMALL", small)
    monkeypatch.setattr(streaming, "_CHUNK", 500)
    if format_ == "jsonld":  # a store has named graphs, a build writes one
        given = json.loads(written(store, format_))
        assert [node["@id"] for node in given["@graph"] if "@graph" in node] == [
            article.value.removeprefix(graph.base) for article, _ in graph.articles
        ]
        return
    assert written(store, format_) == export(graph, format_)


@pytest.mark.parametrize("format_", FORMATS_12)
def test_rdf_1_2_comes_back_as_it_went(tmp_path: Path, format_: str):
    graph = sample_graph()
    path = tmp_path / f"new{SUFFIX[format_]}"
    path.write_bytes(export(graph, format_))
    terms = [quad.object for quad in read_graph(path).quads if isinstance(quad.object, ox.Triple)]
    assert len(terms) == 2
    assert RDF("subject").value not in path.read_text(encoding="utf-8")
    plain = "turtle" if format_ == "turtle12" else "trig"
    assert export_file(path, plain) == export(graph, plain)
    assert export_file(path, format_) == path.read_bytes()


@pytest.mark.parametrize("format_", FORMATS)
def test_one_article_is_one_graph(store: Path, tmp_path: Path, format_: str):
    name = "004_5013922f9b19599a"
    path = tmp_path / f"one{SUFFIX[format_]}"
    path.write_bytes(written(store, format_, f"{name}.txt"))
    found = {quad.triple for quad in read_graph(path).quads}
    wanted = {quad.triple for quad in quads(seeds_graph()) if name in str(quad.graph_name)}
    assert found == wanted


def test_an_article_of_a_file_too(tmp_path: Path):
    path = tmp_path / "sample.trig"
    path.write_bytes(export(sample_graph(), "trig"))
    assert b"Ada Lind said" in written(path, "turtle", "article:aven")
    with pytest.raises(KgbuildError, match="no graph named article:x"):
        written(path, "turtle", "article:x")
    (tmp_path / "plain.ttl").write_bytes(export(sample_graph(), "turtle"))
    with pytest.raises(KgbuildError, match="It has no named graphs"):
        written(tmp_path / "plain.ttl", "turtle", "article:aven")


def test_the_published_context_is_the_one_that_is_written():
    published = json.loads((ROOT / "docs" / "context.jsonld").read_text(encoding="utf-8"))
    assert published == {"@context": context()}, "run `make docs`"
    used = json.loads(export(sample_graph(), "jsonld"))["@context"]
    assert {key: value for key, value in used.items() if key != "@base"} == published["@context"]


def test_the_published_context_makes_the_same_graph(tmp_path: Path):
    graph = json.loads(export(sample_graph(), "jsonld"))
    published = json.loads((ROOT / "docs" / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    graph["@context"] = {"@base": graph["@context"]["@base"], **published}
    path = tmp_path / "with.jsonld"
    path.write_text(json.dumps(graph), encoding="utf-8")
    assert set(read_graph(path).quads) == {ox.Quad(*quad.triple) for quad in quads(sample_graph())}
