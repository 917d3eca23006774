"""One store's addresses, and requests to it that are repeated where that can help and told in one line where not.

Every request can be repeated without harm: a graph that is replaced or whose triples are added twice is the same graph,
since there are no blank nodes. So a broken connection, a full queue or a restart of the server costs only time.

`requests` is the client: it brings basic and digest authentication and urllib3's retries with growing pauses.
"""

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from urllib3.util.retry import Retry

from kgbuild import __version__
from kgbuild.errors import KgbuildError

_BUSY = (408, 429, 500, 502, 503, 504)
_MESSAGE = 200
# Where the stores that are known have their query endpoint, by the end of the address that takes data.
_QUERY_OF = (
    (re.compile(r"/store$"), "/query"),  # Oxigraph
    (re.compile(r"/update$"), "/query"),  # Oxigraph, Fuseki
    (re.compile(r"/data$"), "/sparql"),  # Fuseki
    (re.compile(r"/gsp$|/gsp/$"), "/sparql"),  # Neptune
    (re.compile(r"/sparql-graph-crud(-auth)?/?$"), "/sparql"),  # Virtuoso
    (re.compile(r"/sparql-auth/?$"), "/sparql"),  # Virtuoso
    (re.compile(r"/rdf-graphs/service$|/statements$"), ""),  # GraphDB, RDF4J
    (re.compile(r"/sparql$"), "/sparql"),  # Blazegraph, Neptune
)


class LoadError(KgbuildError):
    """Say why a store did not take what it was given."""


class Protocol(StrEnum):
    """Name the ways to put triples into a store."""

    GRAPH_STORE = "graph-store"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Describe a store.

    Attributes:
        address: where it takes data.
        protocol: how.
        query: where it answers SPARQL; "" where that is told by `address`.
        user: name to log in with, "" for none.
        password: goes with it; never shown.
        retries: how often a request is repeated.
        pause_seconds: before the first repetition; each next pause is twice as long.
        timeout_seconds: how long to wait for the store to say anything.
    """

    address: str
    protocol: Protocol = Protocol.GRAPH_STORE
    query: str = ""
    user: str = ""
    password: str = ""
    retries: int = 5
    pause_seconds: float = 0.5
    timeout_seconds: float = 300.0

    def __repr__(self) -> str:
        """Show the endpoint without its password."""
        return f"Endpoint({self.address!r}, {self.protocol.value!r})"

    def query_address(self) -> str:
        """Give the address that answers SPARQL.

        Raises:
            LoadError: it is not known.
        """
        if self.query:
            return self.query
        for pattern, query in _QUERY_OF:
            if pattern.search(self.address):
                return pattern.sub(query, self.address)
        raise LoadError(f"{self.address}: where does this store answer queries?", "Give --query, or --no-check.")


class Client:
    """Talk to one store."""

    def __init__(self, endpoint: Endpoint) -> None:
        parts = urlsplit(endpoint.address)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise LoadError(f"{endpoint.address!r} is no web address", "Give one like http://localhost:7878/store.")
        self._endpoint = endpoint
        self._session = requests.Session()
        self._session.trust_env = False  # neither proxies nor passwords that the caller did not name
        self._session.headers["User-Agent"] = f"kgbuild/{__version__}"
        retry = Retry(
            total=endpoint.retries,
            backoff_factor=endpoint.pause_seconds,
            status_forcelist=_BUSY,
            allowed_methods=None,
            raise_on_status=False,
        )
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retry))

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def put(self, graph: str | None, triples: bytes, *, replace: bool) -> None:
        """Add triples to a graph over the Graph Store Protocol, or put them in the place of what it holds.

        N-Triples is sent as Turtle, which it is, and which every store takes.

        Raises:
            LoadError: the store refuses or can't be reached.
        """
        self._send(
            "PUT" if replace else "POST",
            self._endpoint.address,
            params={"default": ""} if graph is None else {"graph": graph},
            data=triples,
            headers={"Content-Type": "text/turtle; charset=utf-8"},
        )

    def update(self, text: str) -> None:
        """Change the store by SPARQL Update.

        Raises:
            LoadError: the store refuses or can't be reached.
        """
        headers = {"Content-Type": "application/sparql-update; charset=utf-8"}
        self._send("POST", self._endpoint.address, data=text.encode(), headers=headers)

    def select(self, text: str) -> list[dict[str, str]]:
        """Ask the store, and give each row as name -> characters.

        Raises:
            LoadError: the store refuses, can't be reached or gives no SPARQL results.
        """
        address = self._endpoint.query_address()
        headers = {"Accept": "application/sparql-results+json"}
        answer = self._send("POST", address, data={"query": text}, headers=headers)
        try:
            rows = json.loads(answer.content)["results"]["bindings"]
            return [{name: cell["value"] for name, cell in row.items()} for row in rows]
        except (ValueError, KeyError, TypeError) as error:
            raise LoadError(f"{address}: gives no SPARQL results", "Give --query another address.") from error

    def _send(self, method: str, address: str, **what: Any) -> requests.Response:  # noqa: ANN401 - requests' own
        answer = self._once(method, address, **what)
        if answer.status_code == requests.codes.unauthorized and self._endpoint.user and self._session.auth is None:
            self._session.auth = self._login(answer.headers.get("WWW-Authenticate", ""))
            answer = self._once(method, address, **what)
        if not answer.ok or answer.is_redirect:
            raise _refusal(address, answer)
        return answer

    def _once(self, method: str, address: str, **what: Any) -> requests.Response:  # noqa: ANN401
        try:
            # a redirect could turn a PUT into a GET and carry the password to another machine
            return self._session.request(
                method, address, allow_redirects=False, timeout=self._endpoint.timeout_seconds, **what
            )
        except requests.Timeout as error:
            seconds = f"{self._endpoint.timeout_seconds:g}"
            raise LoadError(f"{address}: no answer within {seconds} seconds", "Run it again to go on.") from error
        except requests.RequestException as error:
            raise LoadError(f"{address}: cannot be reached ({_reason(error)})", "Run it again to go on.") from error

    def _login(self, offered: str) -> AuthBase:
        """Choose between digest and basic by what the store asks for."""
        make = HTTPDigestAuth if "digest" in offered.lower() else HTTPBasicAuth
        return make(self._endpoint.user, self._endpoint.password)


def _refusal(address: str, answer: requests.Response) -> LoadError:
    status = answer.status_code
    if status in (requests.codes.unauthorized, requests.codes.forbidden):
        return LoadError(
            f"{address}: the store refuses name or password (HTTP {status})", "Give --user and a password."
        )
    if answer.is_redirect:
        return LoadError(f"{address}: has moved to {answer.headers.get('Location')}", "Give that address.")
    said = " ".join(answer.text.split())[:_MESSAGE]
    return LoadError(f"{address}: the store refuses (HTTP {status}{f': {said}' if said else ''})")


def _reason(error: BaseException) -> str:
    """Find the plain reason at the bottom of an error that libraries have wrapped several times."""
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, OSError) and inner.strerror:
            return inner.strerror
        reason = getattr(inner, "reason", None)
        first = inner.args[0] if inner.args and isinstance(inner.args[0], BaseException) else None
        inner = reason if isinstance(reason, BaseException) else first or inner.__cause__ or inner.__context__
    return type(error).__name__
