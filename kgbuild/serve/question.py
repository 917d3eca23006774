"""Takes the question out of a request.

A query comes by GET in the address, by POST as a form, or by POST as it stands; anything else, and anything twice, is
refused rather than guessed at.

Source: SPARQL 1.1 Protocol, sections 2.1.1 to 2.1.4.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"
_FIELDS = 1000


class RequestError(Exception):
    """Say why a request gets no answer, with the status that HTTP has for it."""

    def __init__(self, status: HTTPStatus, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers or {}


@dataclass(frozen=True, slots=True)
class Question:
    """Hold a query and the graphs that it is asked of; without any, it is asked of all."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def read_question(method: str, target: str, headers: Message, body: Callable[[], bytes]) -> Question | None:
    """Read the question of a request; None when it asks for nothing but the service description.

    Args:
        method: of HTTP.
        target: path and query part of the address.
        headers: of the request.
        body: reads the body, when there is one to be read.

    Raises:
        RequestError: it is no query operation of the protocol.
    """
    address = _fields(urlsplit(target).query.encode())
    if method in ("GET", "HEAD"):
        if not address:
            return None
        return _question(address)
    if method != "POST":
        raise RequestError(
            HTTPStatus.METHOD_NOT_ALLOWED, "ask by GET or POST; nothing is changed here", {"Allow": "GET, HEAD, POST"}
        )
    kind = headers.get_content_type() if headers.get("Content-Type") else ""
    if kind == _FORM:
        # what the address holds besides a form has no place in the protocol
        if address:
            raise RequestError(HTTPStatus.BAD_REQUEST, "a form has all of the question in its body")
        return _question(_fields(body()))
    if kind == _DIRECT:
        if "query" in address:
            raise RequestError(HTTPStatus.BAD_REQUEST, "more than one query")
        return _question({**address, "query": [_text(body())]})
    if kind == _UPDATE:
        raise RequestError(HTTPStatus.FORBIDDEN, "nothing is changed here")
    raise RequestError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"send {_FORM} or {_DIRECT}")


def _question(fields: Mapping[str, list[str]]) -> Question:
    if "update" in fields:
        raise RequestError(HTTPStatus.FORBIDDEN, "nothing is changed here")
    queries = fields.get("query", [])
    if len(queries) != 1:
        raise RequestError(HTTPStatus.BAD_REQUEST, "more than one query" if queries else "no query")
    return Question(queries[0], tuple(fields.get("default-graph-uri", ())), tuple(fields.get("named-graph-uri", ())))


def _fields(encoded: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(
            _text(encoded), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=_FIELDS
        )
    except ValueError as error:
        raise RequestError(HTTPStatus.BAD_REQUEST, "the form is not UTF-8, or has too many fields") from error


def _text(encoded: bytes) -> str:
    try:
        return encoded.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError(HTTPStatus.BAD_REQUEST, "the request is not UTF-8") from error
