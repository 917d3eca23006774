import base64
import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
import requests

from kgbuild.errors import KgbuildError
from kgbuild.export import export
from kgbuild.load import Endpoint, Loaded, Protocol, load, plan
from kgbuild.load.endpoint import LoadError
from kgbuild.rdf import quads
from tests.graphs import sample_graph
from tests.servers import OXIGRAPH, VIRTUOSO, free_port, oxigraph, virtuoso

needs_oxigraph = pytest.mark.skipif(OXIGRAPH is None, reason="the server of the package `oxigraph` is not installed")
needs_virtuoso = pytest.mark.skipif(
    VIRTUOSO is None, reason="no virtuoso-t here: apt-get install virtuoso-opensource-7-bin"
)
ARTICLE = "https://w3id.org/kgbuild/id/article/aven"
HARD = """
<urn:x> { <urn:x> <urn:p> "2025-06-02"^^<http://www.w3.org/2001/XMLSchema#date>, "naïve 🕊 \\"q\\"\\n\\\\", "x"@en ;
  <urn:q> <https://w3id.org/kgbuild/id/person/Recep_Tayyip_Erdoğan>, 12345, 0.5, true . }
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "sample.trig"
    path.write_bytes(export(sample_graph(), "trig") + HARD.encode())
    return path


def dump(address: str) -> set[ox.Quad]:
    answer = requests.get(f"{address}/store", headers={"Accept": "application/n-quads"}, timeout=30)
    return set(ox.parse(answer.content, format=ox.RdfFormat.N_QUADS))


def as_stored(path: Path) -> set[ox.Quad]:
    store = ox.Store()
    store.load(path=path)
    return set(store)


@needs_oxigraph
@pytest.mark.parametrize("protocol", list(Protocol))
def test_oxigraph_holds_what_it_was_given(source: Path, protocol: Protocol):
    with oxigraph() as address:
        place = f"{address}/{'store' if protocol is Protocol.GRAPH_STORE else 'update'}"
        done = load(source, Endpoint(place, protocol))
        assert (done.graphs, done.done, done.counted) == (3, 0, 3)
        assert dump(address) == as_stored(source)
        assert load(source, Endpoint(place, protocol)) == Loaded(0, 0, 3, 3)
        assert dump(address) == as_stored(source)


@needs_oxigraph
def test_many_pieces_make_one_graph(source: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("kgbuild.load.sending._TRIPLES", {Protocol.GRAPH_STORE: 7, Protocol.UPDATE: 7})
    with oxigraph() as address:
        load(source, Endpoint(f"{address}/store"))
        assert dump(address) == as_stored(source)


@needs_oxigraph
def test_a_graph_is_replaced_and_the_default_graph_only_added_to(source: Path):
    with oxigraph() as address:
        for place in ({"graph": ARTICLE}, {"default": ""}):
            old = b"<urn:old> <urn:old> <urn:old> ."
            headers = {"Content-Type": "text/turtle"}
            requests.put(f"{address}/store", params=place, data=old, headers=headers, timeout=30).raise_for_status()
        load(source, Endpoint(f"{address}/store"))
        node = ox.NamedNode("urn:old")
        assert dump(address) == as_stored(source) | {ox.Quad(node, node, node)}


@needs_oxigraph
def test_what_stands_outside_graphs_may_get_a_graph(source: Path):
    with oxigraph() as address:
        load(source, Endpoint(f"{address}/store"), default_graph="urn:shared")
        found = dump(address)
        assert not [quad for quad in found if quad.graph_name == ox.DefaultGraph()]
        assert [quad for quad in found if quad.graph_name == ox.NamedNode("urn:shared")]


@needs_oxigraph
def test_a_store_that_was_emptied_is_found_out_by_counting(source: Path):
    with oxigraph() as address:
        load(source, Endpoint(f"{address}/store"))
        requests.delete(f"{address}/store", params={"graph": ARTICLE}, timeout=30).raise_for_status()
        done = load(source, Endpoint(f"{address}/store"))
        assert (done.graphs, done.done) == (1, 3)
        assert dump(address) == as_stored(source)


@needs_virtuoso
def test_virtuoso_holds_what_it_was_given(source: Path, tmp_path: Path):
    (tmp_path / "virtuoso").mkdir()
    with virtuoso(tmp_path / "virtuoso") as address:
        place = Endpoint(f"{address}/sparql-graph-crud-auth", user="dba", password="dba")  # noqa: S106 - as it ships
        done = load(source, place, default_graph="urn:shared")
        assert (done.graphs, done.counted) == (3, 3)
        text = "SELECT ?o { GRAPH <urn:x> { <urn:x> ?p ?o } }"
        answer = requests.get(f"{address}/sparql", params={"query": text, "format": "text/csv"}, timeout=60)
        assert "Erdoğan" in answer.content.decode()
        assert "🕊" in answer.content.decode()
        wrong = Endpoint(place.address, user="dba", password="guess")  # noqa: S106 - a wrong one
        with pytest.raises(LoadError, match="refuses name or password"):
            load(source, wrong, default_graph="urn:shared", journal=tmp_path / "other")


class Server(ThreadingHTTPServer):
    """A store that behaves as a test wants: it gives `answers` one by one, and then takes everything."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.seen: list[tuple[str, str, str, bytes]] = []
        self.allow: Callable[[str], bool] = lambda login: True
        self.challenge = ""
        self.counts: dict[str, int] = {}
        self.forgetful = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that hang up."""


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        login = self.headers.get("Authorization", "")
        self.server.seen.append((self.command, self.path, login, body))
        status, headers = self.server.answers.pop(0) if self.server.answers else (200, {})
        content = b""
        if status == 200 and not self.server.allow(login):
            status, headers = 401, {"WWW-Authenticate": self.server.challenge}
        elif self.path.startswith("/query"):
            content = self.counted(parse_qs(body.decode())["query"][0])
        elif status == 200 and not self.server.forgetful:
            graph = parse_qs(urlsplit(self.path).query).get("graph", [""])[0]
            before = 0 if self.command == "PUT" else self.server.counts.get(graph, 0)
            self.server.counts[graph] = before + body.count(b"\n")
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def counted(self, query: str) -> bytes:
        names = re.findall("<([^>]+)>", query) or [""]
        rows = [{"g": {"value": one}, "n": {"value": str(self.server.counts.get(one, 0))}} for one in names]
        return json.dumps({"results": {"bindings": rows}}).encode()

    do_PUT = do_POST = answer  # noqa: N815 - http.server's names

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@contextmanager
def serving(server: Server) -> Iterator[str]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/store"
    finally:
        server.shutdown()
        server.server_close()


def quick(address: str, **more: str) -> Endpoint:
    return Endpoint(address, retries=3, pause_seconds=0.01, timeout_seconds=5, **more)


def test_a_busy_store_is_asked_again(source: Path):
    server = Server()
    server.answers = [(503, {}), (429, {"Retry-After": "0"}), (500, {})]
    with serving(server) as address:
        done = load(source, quick(address))
    assert done.graphs == 3
    assert [seen[0] for seen in server.seen[:4]] == ["POST"] * 4


def test_a_store_that_stays_busy_is_told_and_the_load_goes_on_later(source: Path):
    server = Server()
    server.answers = [(200, {}), *[(503, {})] * 4]
    with serving(server) as address:
        with pytest.raises(LoadError, match=r"the store refuses \(HTTP 503\)"):
            load(source, quick(address))
        done = load(source, quick(address))
    assert (done.graphs, done.done, done.counted) == (2, 1, 3)


def test_a_torn_line_of_the_journal_costs_one_graph(source: Path):
    server = Server()
    journal = source.with_name("sample.trig.loaded")
    with serving(server) as address:
        load(source, quick(address))
        journal.write_text(journal.read_text(encoding="utf-8")[:-20], encoding="utf-8")
        assert load(source, quick(address)).graphs == 1
        assert load(source, quick(address)).graphs == 0


def test_a_graph_that_does_not_arrive_is_sent_again_and_then_told(source: Path):
    server = Server()
    with serving(server) as address:
        load(source, quick(address))
        server.counts["urn:x"] = 1
        assert load(source, quick(address)).graphs == 1
        server.counts, server.forgetful = dict.fromkeys(server.counts, 2), True
        with pytest.raises(LoadError, match=r"should hold [\d,]+ triples and holds"):
            load(source, quick(address))


def test_basic_login(source: Path):
    server = Server()
    wanted = "Basic " + base64.b64encode("ann:püß".encode("latin-1")).decode()
    server.allow, server.challenge = lambda login: login == wanted, 'Basic realm="x"'
    with serving(server) as address:
        assert load(source, quick(address, user="ann", password="püß")).graphs == 3  # noqa: S106 - a test's
        with pytest.raises(LoadError, match=r"refuses name or password \(HTTP 401\)"):
            load(source, quick(address, user="ann", password="no"), journal=source.with_name("j"))  # noqa: S106
        with pytest.raises(LoadError, match=r"refuses name or password \(HTTP 401\)"):
            load(source, quick(address), journal=source.with_name("j"))
    assert server.seen[0][2] == ""


def test_digest_login(source: Path):
    def right(login: str) -> bool:
        said = dict(re.findall(r'(\w+)="?([^",]+)"?', login))
        if not login.startswith("Digest "):
            return False
        md5 = lambda text: hashlib.md5(text.encode()).hexdigest()  # noqa: E731, S324 - what digest asks for
        one, two = md5("ann:realm:secret"), [md5(f"{method}:{said['uri']}") for method in ("PUT", "POST")]
        answers = [md5(f"{one}:{said['nonce']}:{said['nc']}:{said['cnonce']}:auth:{each}") for each in two]
        return said["response"] in answers

    server = Server()
    server.allow, server.challenge = right, 'Digest realm="realm", nonce="abc", qop="auth"'
    with serving(server) as address:
        assert load(source, quick(address, user="ann", password="secret")).graphs == 3  # noqa: S106
        with pytest.raises(LoadError, match="refuses name or password"):
            load(source, quick(address, user="ann", password="guess"), journal=source.with_name("j"))  # noqa: S106


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((302, {"Location": "https://elsewhere.example/"}), "has moved to https://elsewhere.example/"),
        ((403, {}), r"refuses name or password \(HTTP 403\)"),
        ((405, {}), r"the store refuses \(HTTP 405\)"),
    ],
)
def test_a_refusal_is_told_in_one_line(source: Path, answer: tuple[int, dict[str, str]], words: str):
    server = Server()
    server.answers = [answer]
    with serving(server) as address, pytest.raises(LoadError, match=words) as error:
        load(source, quick(address))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (f"http://127.0.0.1:{free_port()}/store", "cannot be reached (Connection refused)"),
        ("http://no-such-host.invalid/store", "cannot be reached ("),
        ("localhost:7878/store", "is no web address"),
        ("ftp://localhost/store", "is no web address"),
        ("http://127.0.0.1:1/odd", "where does this store answer queries?"),
    ],
    # the free port differs from run to run, which must not stand in a test's name
    ids=["nobody listens", "no such host", "no scheme", "another scheme", "an unknown store"],
)
def test_a_bad_address_is_told_in_one_line(source: Path, address: str, words: str):
    with pytest.raises(KgbuildError) as error:
        load(source, Endpoint(address, retries=0))
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_a_plan_asks_nobody(source: Path):
    found = plan(source, Endpoint("http://127.0.0.1:1/store"))
    assert (found.graphs, found.requests, found.done) == (3, 3, 0)
    assert found.triples == len(as_stored(source))
    assert found.triples >= len(set(quads(sample_graph())))
    assert not source.with_name("sample.trig.loaded").exists()


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("http://h/store", "http://h/query"),
        ("http://h/ds/data", "http://h/ds/sparql"),
        ("http://h/ds/update", "http://h/ds/query"),
        ("http://h/repositories/r/rdf-graphs/service", "http://h/repositories/r"),
        ("http://h/repositories/r/statements", "http://h/repositories/r"),
        ("http://h/sparql-graph-crud-auth", "http://h/sparql"),
        ("http://h/blazegraph/sparql", "http://h/blazegraph/sparql"),
        ("http://h/gsp/", "http://h/sparql"),
    ],
)
def test_where_known_stores_answer(address: str, query: str):
    assert Endpoint(address).query_address() == query


def test_a_password_is_never_shown():
    assert "secret" not in repr(Endpoint("http://h/store", user="ann", password="secret"))  # noqa: S106
