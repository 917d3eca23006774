"""The W3C's tests of the SPARQL 1.1 Protocol, by their names.

The manifest has 34. Twenty are about queries, and all of them are here, each with the graphs that it wants. Fourteen
are about updates: the endpoint is read-only, so what they send has to be refused, whether it is right or wrong.

Source: SPARQL 1.1 test suite, data-sparql11/protocol.
"""

import json
from collections.abc import Iterator
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from kgbuild.serve import Guard
from kgbuild.store import keep
from tests.serve.test_serve import DIRECT, FORM, answering, ask
from tests.servers import OXIGRAPH

pytestmark = pytest.mark.skipif(OXIGRAPH is None, reason="the server of the package `oxigraph` is not installed")
DATA = "http://example.org/data"
ONE, TWO, THREE = (f"{DATA}{number}.rdf" for number in (1, 2, 3))
EITHER = f"ASK {{ <{ONE}> ?p ?o . <{TWO}> ?q ?r }}"
NAMED = f"ASK {{ GRAPH ?g {{ <{ONE}> ?p ?o }} GRAPH ?h {{ <{TWO}> ?q ?r }} FILTER NOT EXISTS {{ <{THREE}> ?x ?y }} }}"
FULL = f"ASK {{ <{THREE}> ?a ?b . GRAPH ?g {{ <{ONE}> ?p ?o }} GRAPH ?h {{ <{TWO}> ?q ?r }} }}"
# The request's graphs count, not those that the query names.
BOTH = f"ASK FROM <{ONE}> {{ <{TWO}> ?p ?o FILTER NOT EXISTS {{ <{ONE}> ?q ?r }} }}"
ROWS = ("application/sparql-results+xml", "application/sparql-results+json", "text/csv", "text/tab-separated-values")
GRAPHS = ("application/rdf+xml", "text/turtle", "application/n-triples", "application/n-quads", "application/trig")


@pytest.fixture(scope="module")
def guard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guard]:
    folder = tmp_path_factory.mktemp("protocol") / "store"
    kind, document = ox.NamedNode("http://purl.org/dc/terms/type"), ox.Literal("Document")
    nodes = [ox.NamedNode(name) for name in (ONE, TWO, THREE)]
    keep((ox.Quad(node, kind, document, node) for node in nodes), folder)
    with answering(folder) as guard:
        yield guard


def form(**fields: str | list[str]) -> str:
    return urlencode({name.replace("_", "-"): value for name, value in fields.items()}, doseq=True)


GET, POST, PUT = "GET", "POST", "PUT"
TRUE = {
    "query_get": (GET, form(query="ASK {}"), "", ""),
    "query_post_form": (POST, "", form(query="ASK {}"), FORM),
    "query_post_direct": (POST, "", "ASK {}", DIRECT),
    "query_dataset_default_graphs_get": (GET, form(query=EITHER, default_graph_uri=[ONE, TWO]), "", ""),
    "query_dataset_default_graphs_post": (POST, form(default_graph_uri=[ONE, TWO]), EITHER, DIRECT),
    "query_dataset_named_graphs_get": (GET, form(query=NAMED, named_graph_uri=[ONE, TWO]), "", ""),
    "query_dataset_named_graphs_post": (POST, form(named_graph_uri=[ONE, TWO]), NAMED, DIRECT),
    "query_dataset_full": (POST, form(default_graph_uri=THREE, named_graph_uri=[ONE, TWO]), FULL, DIRECT),
    "query_multiple_dataset": (POST, form(default_graph_uri=TWO), BOTH, DIRECT),
}
KINDS = {
    "query_content_type_select": ("SELECT (1 AS ?value) {}", ROWS),
    "query_content_type_ask": ("ASK {}", ROWS[:2]),
    "query_content_type_describe": ("DESCRIBE <http://example.org/>", GRAPHS),
    "query_content_type_construct": ("CONSTRUCT { <urn:s> <urn:p> 1 } WHERE {}", GRAPHS),
}
BAD: dict[str, tuple[str, str, str | bytes, str]] = {
    "bad_query_method": (PUT, form(query="ASK {}"), "", ""),
    "bad_multiple_queries": (GET, form(query=["ASK {}", "SELECT * {}"]), "", ""),
    "bad_query_wrong_media_type": (POST, "", "ASK {}", "text/plain"),
    "bad_query_missing_form_type": (POST, "", form(query="ASK {}"), ""),
    "bad_query_missing_direct_type": (POST, "", "ASK {}", ""),
    "bad_query_non_utf8": (POST, "", "ASK {}".encode("utf-16"), f"{DIRECT}; charset=UTF-16"),
    "bad_query_syntax": (GET, form(query="ASK {"), "", ""),
}
INSERT = f"INSERT {{ GRAPH <urn:x> {{ ?s a <urn:y> }} }} WHERE {{ ?s <{ONE}> ?o }}"
UPDATE = "application/sparql-update"
UPDATES: dict[str, tuple[str, str, str | bytes, str]] = {
    "update_dataset_default_graph": (POST, form(using_graph_uri=ONE), INSERT, UPDATE),
    "update_dataset_default_graphs": (POST, form(using_graph_uri=[ONE, TWO]), INSERT, UPDATE),
    "update_dataset_named_graphs": (POST, form(using_named_graph_uri=[ONE, TWO]), INSERT, UPDATE),
    "update_dataset_full": (POST, form(using_graph_uri=ONE, using_named_graph_uri=TWO), INSERT, UPDATE),
    "update_post_form": (POST, "", form(update="CLEAR ALL"), FORM),
    "update_post_direct": (POST, "", "CLEAR ALL", UPDATE),
    "update_base_uri": (POST, "", "INSERT DATA { <urn:s> <urn:p> <test> }", UPDATE),
    "bad_update_get": (GET, form(update="CLEAR ALL"), "", ""),
    "bad_multiple_updates": (POST, "", form(update=["CLEAR NAMED", "CLEAR DEFAULT"]), FORM),
    "bad_update_wrong_media_type": (POST, "", "CLEAR NAMED", "text/plain"),
    "bad_update_missing_form_type": (POST, "", form(update="CLEAR NAMED"), ""),
    "bad_update_non_utf8": (POST, "", "CLEAR NAMED".encode("utf-16"), f"{UPDATE}; charset=UTF-16"),
    "bad_update_syntax": (POST, "", form(update="CLEAR XYZ"), FORM),
    "bad_update_dataset_conflict": (
        POST,
        "",
        form(using_named_graph_uri="urn:x", update=f"WITH <urn:x> {INSERT}"),
        FORM,
    ),
}


def send(
    guard: Guard, method: str, address: str, body: str | bytes, kind: str, accept: str = "*/*"
) -> tuple[int, str, str]:
    sent = body.encode() if isinstance(body, str) else body
    headers = {"Content_Type": kind} if kind else {}
    return ask(guard, method, f"/sparql?{address}" if address else "/sparql", sent, Accept=accept, **headers)


def test_none_of_the_tests_is_left_out():
    assert len(TRUE) + len(KINDS) + len(BAD) == 20
    assert len(UPDATES) == 14


@pytest.mark.parametrize("name", TRUE)
def test_it_answers_true(guard: Guard, name: str):
    status, _, said = send(guard, *TRUE[name], accept="application/sparql-results+json")
    assert status == 200
    assert json.loads(said)["boolean"] is True


@pytest.mark.parametrize("name", KINDS)
def test_it_answers_in_a_fitting_form(guard: Guard, name: str):
    query, kinds = KINDS[name]
    status, kind, _ = send(guard, POST, "", query, DIRECT)
    assert status == 200
    assert kind.split(";")[0] in kinds


@pytest.mark.parametrize("name", BAD)
def test_it_refuses(guard: Guard, name: str):
    assert 400 <= send(guard, *BAD[name])[0] < 500


@pytest.mark.parametrize("name", UPDATES)
def test_it_changes_nothing(guard: Guard, name: str):
    assert 400 <= send(guard, *UPDATES[name])[0] < 500
    count = send(guard, POST, "", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", DIRECT, "text/csv")
    assert count[2].split() == ["n", "3"]
