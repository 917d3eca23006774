"""The endpoint, asked by clients that are not ours and by the W3C's protocol tests that apply to queries."""

import http.client
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
import rdflib
import requests
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper

from kgbuild.errors import KgbuildError
from kgbuild.rdf import quads
from kgbuild.serve import Guard, Limits, serving
from kgbuild.store import keep, open_graph
from tests.graphs import sample_graph
from tests.servers import OXIGRAPH

pytestmark = pytest.mark.skipif(OXIGRAPH is None, reason="the server of the package `oxigraph` is not installed")
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
KG = "https://w3id.org/kgbuild/ontology#"
ARTICLE = "https://w3id.org/kgbuild/id/article/aven"
COUNTRIES = f"SELECT ?c WHERE {{ ?c a <{KG}Country> }} ORDER BY ?c"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER (?a != ?l) }"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("serve") / "store"
    keep(quads(sample_graph()), folder)
    return folder


@contextmanager
def answering(store: Path, limits: Limits | None = None, *, cors: bool = False) -> Iterator[Guard]:
    with serving(store, "127.0.0.1", 0, limits or Limits(), cors=cors) as guard:
        thread = threading.Thread(target=guard.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield guard
        finally:
            guard.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def guard(store: Path) -> Iterator[Guard]:
    with answering(store, Limits(seconds=2, question_bytes=20_000, answer_bytes=3_000_000, at_once=2)) as guard:
        yield guard


def ask(guard: Guard, method: str, target: str = "/sparql", body: bytes = b"", **headers: str) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", guard.server_address[1], timeout=30)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, target, body or None, named)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Content-Type", ""), answer.read().decode()
    finally:
        connection.close()


def names(said: str) -> list[str]:
    return [row["c"]["value"].rpartition("/")[2] for row in json.loads(said)["results"]["bindings"]]


RESULTS = "application/sparql-results+json"


@pytest.mark.parametrize("path", ["/sparql", "/query"])
def test_the_three_ways_to_ask(guard: Guard, path: str):
    form = urlencode({"query": COUNTRIES})
    for answer in (
        ask(guard, "GET", f"{path}?{form}", Accept=RESULTS),
        ask(guard, "POST", path, form.encode(), Accept=RESULTS, Content_Type=FORM),
        ask(guard, "POST", path, COUNTRIES.encode(), Accept=RESULTS, Content_Type=f"{DIRECT}; charset=utf-8"),
    ):
        assert answer[:2] == (200, RESULTS)
        assert names(answer[2]) == ["Norland", "Ostria"]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("*/*", "application/sparql-results+json"),
    ],
)
def test_forms_of_rows(guard: Guard, accept: str, kind: str):
    status, given, said = ask(guard, "GET", f"/sparql?query={quote(COUNTRIES)}", Accept=accept)
    assert (status, given.split(";")[0]) == (200, kind)
    assert "Ostria" in said


@pytest.mark.parametrize("accept", ["text/turtle", "application/n-triples", "application/rdf+xml"])
def test_forms_of_graphs(guard: Guard, accept: str):
    for query in (f"CONSTRUCT {{ ?c a <urn:x> }} WHERE {{ ?c a <{KG}Country> }}", f"DESCRIBE <{ARTICLE}>"):
        status, given, said = ask(guard, "POST", body=query.encode(), Accept=accept, Content_Type=DIRECT)
        assert (status, given.split(";")[0]) == (200, accept)
        assert len(rdflib.Graph().parse(data=said, format=accept)) >= 2


def test_graphs_that_are_named_in_the_request(guard: Guard):
    count = "SELECT (COUNT(*) AS ?c) { ?s ?p ?o }"
    for name, some in ((ARTICLE, True), ("urn:none", False)):
        pairs = urlencode([("query", count), ("default-graph-uri", name), ("default-graph-uri", "urn:none")])
        for answer in (
            ask(guard, "GET", f"/sparql?{pairs}", Accept=RESULTS),
            ask(guard, "POST", body=pairs.encode(), Content_Type=FORM, Accept=RESULTS),
        ):
            assert answer[0] == 200
            assert (json.loads(answer[2])["results"]["bindings"][0]["c"]["value"] != "0") is some
    inner = urlencode({"query": "ASK { GRAPH ?g { ?s ?p ?o } }", "named-graph-uri": "urn:none"})
    assert json.loads(ask(guard, "GET", f"/sparql?{inner}", Accept=RESULTS)[2])["boolean"] is False


# the W3C's bad requests, and ours
@pytest.mark.parametrize(
    ("method", "target", "body", "kind", "status"),
    [
        ("PUT", f"/sparql?query={quote(COUNTRIES)}", b"", "", 405),
        ("DELETE", "/sparql", b"", "", 405),
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", b"", "", 400),
        ("GET", "/sparql?other=x", b"", "", 400),
        ("GET", "/sparql?query=", b"", "", 400),
        ("POST", "/sparql", b"ASK {}", "text/plain", 415),
        ("POST", "/sparql", b"query=ASK%20%7B%7D", "", 415),
        ("POST", "/sparql", b"ASK {}", "", 415),
        ("POST", "/sparql", "ASK {}".encode("utf-16"), DIRECT, 400),
        ("POST", "/sparql", b"query=%FF%FE", FORM, 400),
        ("POST", "/sparql", b"ASK { ?s ?p }", DIRECT, 400),
        ("POST", "/sparql?query=ASK%7B%7D", b"ASK {}", DIRECT, 400),
        ("POST", "/sparql?query=ASK%7B%7D", b"query=ASK%7B%7D", FORM, 400),
        ("POST", "/sparql", b"update=CLEAR%20ALL", FORM, 403),
        ("POST", "/sparql", b"CLEAR ALL", "application/sparql-update", 403),
        ("POST", "/sparql", b"CLEAR ALL", DIRECT, 400),
        ("POST", "/sparql", b"SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", DIRECT, 400),
        ("GET", "/sparql?query=SELECT%20*%20%7BSERVICE%3Ax%7B%7D%7D", b"", "", 400),
        ("POST", "/sparql", b"ASK {} #" + b"x" * 20_000, DIRECT, 413),
        ("POST", "/update", b"CLEAR ALL", "application/sparql-update", 404),
        ("GET", "/store", b"", "", 404),
        ("PUT", "/store?default", b"<urn:a> <urn:b> 1 .", "text/turtle", 404),
        ("GET", "/../etc/passwd", b"", "", 404),
    ],
)
def test_what_is_no_question_is_refused(guard: Guard, method: str, target: str, body: bytes, kind: str, status: int):
    answer = ask(guard, method, target, body, Accept="*/*", **({"Content_Type": kind} if kind else {}))
    assert answer[0] == status
    assert answer[2].strip()


def test_a_syntax_error_tells_where(guard: Guard):
    assert "2:" in ask(guard, "POST", body=b"SELECT * {\n ?s ! ?o }", Content_Type=DIRECT)[2]


def test_the_service_description_is_true(guard: Guard):
    status, kind, said = ask(guard, "GET", "/sparql")
    assert (status, kind) == (200, "text/turtle")
    found = rdflib.Graph().parse(data=said, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert list(found.objects(None, sd.endpoint)) == [rdflib.URIRef(guard.url)]
    assert sd.BasicFederatedQuery not in set(found.objects())
    assert sd.SPARQL11Query in set(found.objects())
    assert ask(guard, "GET", "/sparql", Accept="application/rdf+xml")[1] == "application/rdf+xml"


def test_the_page_needs_nothing_from_elsewhere(guard: Guard):
    status, kind, page = ask(guard, "GET", "/")
    assert (status, kind.split(";")[0]) == (200, "text/html")
    fetched = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert fetched
    assert all(not one.startswith(("http", "//")) for one in fetched)
    assert [ask(guard, "GET", "/" + one.removeprefix("./").removeprefix("/"))[0] for one in fetched] == [200] * len(
        fetched
    )
    style = ask(guard, "GET", "/yasgui.min.css")[2]
    assert not re.findall(r"url\(['\"]?(?:https?:)?//|@import", style)


def test_a_question_that_never_ends_is_ended(guard: Guard):
    answer = ask(guard, "POST", body=SLOW.encode(), Content_Type=DIRECT)
    assert answer[0] in (502, 503, 504, 500, 408, 400)
    assert ask(guard, "GET", f"/sparql?query={quote(COUNTRIES)}")[0] == 200


def test_an_answer_that_is_too_long_looks_broken(guard: Guard):
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
    with pytest.raises((http.client.IncompleteRead, requests.exceptions.ChunkedEncodingError)):
        ask(guard, "POST", body=query.encode(), Content_Type=DIRECT)
    status, _, said = ask(guard, "POST", body=f"{query} LIMIT 9000".encode(), Content_Type=DIRECT, Accept="text/csv")
    assert status == 200
    assert said.count("\n") == 9001


def test_too_many_at_once_are_told_to_come_again(guard: Guard):
    answers: list[int] = []

    def slow() -> None:
        answers.append(ask(guard, "POST", body=SLOW.encode(), Content_Type=DIRECT)[0])

    threads = [threading.Thread(target=slow) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 503 in answers
    assert ask(guard, "GET", f"/sparql?query={quote(COUNTRIES)}")[0] == 200


def test_pages_elsewhere_can_not_ask_unless_they_may(guard: Guard, store: Path):
    def allowed(one: Guard) -> str | None:
        url = f"{one.url}?query={quote(COUNTRIES)}"
        return requests.get(url, headers={"Origin": "https://x.example"}, timeout=30).headers.get(
            "Access-Control-Allow-Origin"
        )

    assert allowed(guard) is None
    with answering(store, cors=True) as open_guard:
        assert allowed(open_guard) == "*"
        assert requests.options(open_guard.url, timeout=30).status_code == 204


def test_a_foreign_name_for_this_machine_is_refused(guard: Guard):
    assert ask(guard, "GET", f"/sparql?query={quote(COUNTRIES)}", Host="evil.example")[0] == 421
    assert ask(guard, "GET", f"/sparql?query={quote(COUNTRIES)}", Host="localhost:7878")[0] == 200


def test_head_says_as_much_as_get(guard: Guard):
    status, kind, said = ask(guard, "HEAD", f"/sparql?query={quote(COUNTRIES)}", Accept="text/csv")
    assert (status, kind.split(";")[0], said) == (200, "text/csv", "")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_sparqlwrapper_asks(guard: Guard):
    client = SPARQLWrapper(guard.url)
    client.setQuery(COUNTRIES)
    for method in ("GET", POST):
        client.setMethod(method)
        client.setReturnFormat(JSON)
        rows = client.queryAndConvert()["results"]["bindings"]
        assert [row["c"]["value"].rpartition("/")[2] for row in rows] == ["Norland", "Ostria"]
    client.setReturnFormat(XML)
    assert "Ostria" in client.queryAndConvert().toxml()
    client.setReturnFormat(CSV)
    assert b"Ostria" in client.queryAndConvert()
    client.setQuery(f"CONSTRUCT {{ ?c a <urn:x> }} WHERE {{ ?c a <{KG}Country> }}")
    client.setReturnFormat(TURTLE)
    assert len(rdflib.Graph().parse(data=client.queryAndConvert(), format="turtle")) == 2


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_asks(guard: Guard, method: str):
    graph = rdflib.Graph(SPARQLStore(guard.url, method=method))
    assert [str(row[0]).rpartition("/")[2] for row in graph.query(COUNTRIES)] == ["Norland", "Ostria"]
    assert bool(graph.query("ASK { ?s ?p ?o }"))
    assert len(list(graph.triples((None, rdflib.RDF.type, rdflib.URIRef(KG + "Country"))))) == 2


def test_a_build_beside_it_changes_nothing_that_is_served(tmp_path: Path):
    keep(quads(sample_graph()), tmp_path / "store")
    with answering(tmp_path / "store") as guard:
        keep([ox.Quad(*[ox.NamedNode("urn:x")] * 3)], tmp_path / "store")
        assert names(ask(guard, "GET", f"/sparql?query={quote(COUNTRIES)}", Accept=RESULTS)[2]) == ["Norland", "Ostria"]
    assert len(open_graph(tmp_path / "store").store) == 1


def test_what_can_not_be_served_is_told(store: Path, guard: Guard, tmp_path: Path):
    for place, words in (
        (tmp_path / "none", "no such store"),
        (tmp_path, "not a kgbuild store"),
    ):
        with pytest.raises(KgbuildError, match=words), serving(place, "127.0.0.1", 0, Limits()):
            pass
    with (
        pytest.raises(KgbuildError, match="cannot be listened at"),
        serving(store, "127.0.0.1", int(guard.server_address[1]), Limits()),
    ):
        pass
