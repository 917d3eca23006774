"""Stands before the SPARQL server and lets through what it may answer.

Every question is taken out of its request, read, and sent on in one form of our own making: so what is checked is what
is answered, whatever tricks of encoding or doubling a request plays. What the server says goes back as it is, counted.

Source: SPARQL 1.1 Protocol, section 2.1 (query operation).
"""

import http.client
import ipaddress
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase
from urllib.parse import urlencode, urlsplit

from kgbuild import __version__
from kgbuild.errors import QueryError
from kgbuild.query.sparql import check_question
from kgbuild.serve.description import described, media_type
from kgbuild.serve.question import Question, RequestError, read_question

_PAGES = frozenset({"/", "/yasgui.min.css", "/yasgui.min.js", "/logo.svg"})
_ENDPOINTS = frozenset({"/sparql", "/query"})
_PIECE = 64 * 1024
_HELD_BACK = 1024 * 1024
_METHODS = "GET, HEAD, POST, OPTIONS"
_IDLE_SECONDS = 30
_CONNECTIONS = 128


@dataclass(frozen=True, slots=True)
class Limits:
    """Say what a question may cost.

    Attributes:
        seconds: how long the server may take for it.
        question_bytes: how long the request may be.
        answer_bytes: how long the answer may be; one that grows longer is broken off.
        at_once: how many questions are answered at a time; more are told to come again.
    """

    seconds: int = 30
    question_bytes: int = 1024 * 1024
    answer_bytes: int = 256 * 1024 * 1024
    at_once: int = 4


class Guard(ThreadingHTTPServer):
    """Listen for questions, and pass them on to the server behind.

    Args:
        address: host and port to listen at.
        backend: host and port of the server behind.
        limits: what a question may cost.
        base: the IRI under which the things of the graph are named.
        cors: whether pages from other sites may ask.
    """

    daemon_threads = True
    request_queue_size = 64

    def __init__(
        self, address: tuple[str, int], backend: tuple[str, int], limits: Limits, *, base: str = "", cors: bool = False
    ) -> None:
        super().__init__(address, _Handler)
        self.backend = backend
        self.limits = limits
        self.base = base
        self.cors = cors
        self.turn = threading.BoundedSemaphore(limits.at_once)
        self._connections = threading.BoundedSemaphore(_CONNECTIONS)
        host = str(self.server_address[0])
        self.hosts = {host, "localhost", "127.0.0.1", "::1"} if _is_loopback(host) else None

    @property
    def url(self) -> str:
        """Give the address of the endpoint."""
        host, port = str(self.server_address[0]), self.server_address[1]
        return f"http://{f'[{host}]' if ':' in host else host}:{port}/sparql"

    def process_request_thread(self, request: object, client_address: object) -> None:
        """Answer one connection; with too many open already, close it."""
        if not self._connections.acquire(blocking=False):
            self.shutdown_request(request)  # type: ignore[arg-type]  # the base class takes a socket as well
            return
        try:
            super().process_request_thread(request, client_address)  # type: ignore[arg-type]  # the same
        finally:
            self._connections.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that hang up."""


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _Handler(BaseHTTPRequestHandler):
    """Answer one connection."""

    server: Guard
    protocol_version = "HTTP/1.1"
    server_version = f"kgbuild/{__version__}"
    sys_version = ""
    timeout = _IDLE_SECONDS

    def do_GET(self) -> None:
        """Give a page, the service description or an answer."""
        self._handle()

    do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep no record of who asks what."""

    def _handle(self) -> None:
        try:
            self._check_host()
            path = urlsplit(self.path).path
            if self.command == "OPTIONS":
                self._say(HTTPStatus.NO_CONTENT, "", {"Allow": _METHODS})
            elif path in _ENDPOINTS:
                self._answer()
            elif path in _PAGES and self.command in ("GET", "HEAD"):
                self._pass_on("GET", path, b"", {})
            else:
                raise RequestError(HTTPStatus.NOT_FOUND, "nothing here; ask at /sparql")
        except RequestError as error:
            self.close_connection = True  # what is left of the request was not read
            self._say(error.status, f"{error}\n", error.headers)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _check_host(self) -> None:
        """Refuse a page elsewhere that has its own name point at this machine."""
        if self.server.hosts is None:
            return
        host = urlsplit(f"//{self.headers.get('Host', '')}").hostname
        if host not in self.server.hosts:
            raise RequestError(HTTPStatus.MISDIRECTED_REQUEST, "this endpoint is for this machine only")

    def _answer(self) -> None:
        question = read_question(self.command, self.path, self.headers, self._body)
        if question is None:
            self._describe()
            return
        try:
            check_question(question.text, "query")
        except QueryError as error:
            raise RequestError(HTTPStatus.BAD_REQUEST, str(error)) from error
        if not self.server.turn.acquire(timeout=1):
            raise RequestError(
                HTTPStatus.SERVICE_UNAVAILABLE, "too many questions at once; come again", {"Retry-After": "2"}
            )
        try:
            self._ask(question)
        finally:
            self.server.turn.release()

    def _body(self) -> bytes:
        length = self.headers.get("Content-Length", "")
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower() or not length.isdecimal():
            raise RequestError(HTTPStatus.LENGTH_REQUIRED, "say how long the request is")
        if int(length) > self.server.limits.question_bytes:
            raise RequestError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the question is too long")
        return self.rfile.read(int(length))

    def _ask(self, question: Question) -> None:
        pairs = [("default-graph-uri", one) for one in question.default_graphs]
        pairs += [("named-graph-uri", one) for one in question.named_graphs]
        headers = {"Content-Type": "application/sparql-query"}
        if accept := self.headers.get("Accept"):
            headers["Accept"] = accept
        self._pass_on("POST", f"/query?{urlencode(pairs)}" if pairs else "/query", question.text.encode(), headers)

    def _describe(self) -> None:
        wanted = media_type(self.headers.get("Accept", ""))
        connection = self._connect()
        try:
            connection.request("GET", "/query", headers={"Accept": "application/n-triples"})
            triples = connection.getresponse().read()
        except (OSError, http.client.HTTPException) as error:
            raise RequestError(HTTPStatus.BAD_GATEWAY, "the server behind does not answer") from error
        finally:
            connection.close()
        self._send(HTTPStatus.OK, wanted, described(triples, self.server.url, wanted))

    def _pass_on(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Ask the server behind, and give what it says."""
        connection = self._connect()
        try:
            connection.request(method, path, body or None, dict(headers))
            answer = connection.getresponse()
            first = answer.read(_HELD_BACK)
        except TimeoutError as error:
            raise RequestError(HTTPStatus.GATEWAY_TIMEOUT, self._too_slow()) from error
        except (OSError, http.client.HTTPException) as error:
            raise RequestError(HTTPStatus.BAD_GATEWAY, f"no whole answer; {self._too_slow()}") from error
        else:
            kind = answer.getheader("Content-Type", "application/octet-stream")
            if len(first) < _HELD_BACK:
                self._send(answer.status, kind, first)
            else:
                self._stream(answer, kind, first)
        finally:
            connection.close()

    def _too_slow(self) -> str:
        return f"a question may take {self.server.limits.seconds} seconds"

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(*self.server.backend, timeout=self.server.limits.seconds + 5)

    def _stream(self, answer: http.client.HTTPResponse, kind: str, first: bytes) -> None:
        """Give a long answer piece by piece; one that is too long or fails is broken off, so that it looks broken."""
        self.close_connection = True
        self._head(answer.status, kind)
        chunked = self.request_version == "HTTP/1.1"
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        sent, piece = 0, first
        while piece and self.command != "HEAD":
            sent += len(piece)
            if sent > self.server.limits.answer_bytes:
                return
            _write(self.wfile, piece, chunked=chunked)
            try:
                piece = answer.read(_PIECE)
            except (OSError, http.client.HTTPException):
                return
        if chunked and self.command != "HEAD":
            self.wfile.write(b"0\r\n\r\n")

    def _send(self, status: int, kind: str, content: bytes) -> None:
        self._head(status, kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _say(self, status: HTTPStatus, text: str, headers: Mapping[str, str]) -> None:
        content = text.encode()
        self._head(status, "text/plain; charset=utf-8")
        for name, value in headers.items():
            self.send_header(name, value)
        if status is not HTTPStatus.NO_CONTENT:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _head(self, status: int, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("X-Content-Type-Options", "nosniff")
        if self.close_connection:
            self.send_header("Connection", "close")
        if self.server.cors:
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Access-Control-Allow-Methods", _METHODS)
            self.send_header("Access-Control-Allow-Headers", "Accept, Content-Type")


def _write(out: BufferedIOBase, piece: bytes, *, chunked: bool) -> None:
    out.write(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
