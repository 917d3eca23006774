"""Reads the records of a collection that is no archive: JSON lines, feeds, mails, crawls.

Each reader takes a stream and gives pairs: the number of the record, counted from 1, and the page in it, or what is
wrong with it in words. Number 0 stands for the whole file. Names and paths are filled in by whoever knows them.
"""

import email
import email.policy
import io
import json
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import IO, Any

from lxml import etree

from kgbuild.read.markup import date_in_address, day_of
from kgbuild.read.originals import Original, Told

FIELDS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "maintext", "article_text", "article", "plain_text", "fulltext", "full_text"),
    "html": ("html", "content_html", "body_html", "raw_html"),
    "title": ("title", "headline", "name"),
    "published": (
        *("published", "date_published", "datePublished", "published_at", "publish_date", "publication_date"),
        *("pub_date", "pubDate", "published_date", "date", "created_at", "timestamp"),
    ),
    "publisher": ("publisher", "source", "outlet", "site_name", "source_domain", "domain"),
    "creator": ("author", "authors", "creator", "byline"),
    "url": ("url", "link", "canonical_url", "source_url"),
}
"""Where a JSON line has what we want, if the user does not say: the first name that is there."""

_MARKUP = re.compile(r"<(?:p|div|br|h[1-6]|article|li|span|a)\b[^>]*>", re.IGNORECASE)
_NAMESPACE = re.compile(r"^\{[^}]*\}")
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
Numbered = Iterator[tuple[int, Original | str]]


def json_rows(stream: IO[bytes], fields: Mapping[str, str], limit: int) -> Numbered:
    """Read JSON lines; an empty line counts as a row but says nothing.

    Args:
        stream: one JSON object a line.
        fields: our names -> theirs, where `FIELDS` is not to decide.
        limit: bytes that a row may have.
    """
    number = 0
    while row := stream.readline(limit + 1):
        number += 1
        if len(row) > limit:
            while row and not row.endswith(b"\n"):
                row = stream.readline(1 << 16)
            yield number, f"is too large (the limit is {limit / 1e6:.0f} MB)"
        elif row.strip(b"\xef\xbb\xbf \t\r\n"):
            yield number, _row_page(row, fields)


def _row_page(row: bytes, fields: Mapping[str, str]) -> Original | str:
    """Make a page of one row, or say what is wrong with it."""
    try:
        values = json.loads(row.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return f"is not UTF-8: byte 0x{row[error.start]:02X} at offset {error.start} of the row"
    except json.JSONDecodeError as error:
        return f"is not JSON: {error.msg[:1].lower()}{error.msg[1:]} at character {error.pos + 1}"
    except (RecursionError, ValueError):
        return "is not JSON that can be read: nested too deep, or a number too long"
    if not isinstance(values, dict):
        return "is no JSON object"
    html, text = _text(values, "html", fields), _text(values, "text", fields)
    if not html and not text:
        wanted = fields.get("text") or ", ".join(FIELDS["text"])
        return f"has no text (looked for {wanted}); name the field with --field text=NAME"
    words = html if html and not text else text or ""
    kind = "html" if words is html or _MARKUP.search(words) else "text"
    return _page(kind, words, _row_told(values, fields), row)


def _row_told(values: Mapping[str, Any], fields: Mapping[str, str]) -> Told:
    """Read what a row says of its article."""
    names = {name: _text(values, name, fields) for name in ("title", "publisher", "creator", "url")}
    return Told("the record's own fields", published=_day(_value(values, "published", fields)), **names)


def _page(kind: str, words: str, told: Told, data: bytes) -> Original:
    """Make a page of a record's text; `data` is kept for its hash only where the text is no whole record."""
    address = Told("the address", published=date_in_address(told.url))
    facts = tuple(one for one in (told, address) if one is told or one.published)
    clean = words.encode("utf-8", "replace").replace(b"\x00", b" ")
    return Original("", Path(), kind, clean, charset="utf-8", told=facts, record=data)


def _value(values: Mapping[str, Any], name: str, fields: Mapping[str, str]) -> Any:  # noqa: ANN401
    """Take what a row has under one of our names."""
    for key in (fields[name],) if name in fields else FIELDS[name]:
        found: Any = values
        for part in key.split(".") if key not in values else [key]:
            found = found.get(part) if isinstance(found, dict) else None
        if found not in (None, "", [], {}):
            return found
    return None


def _text(values: Mapping[str, Any], name: str, fields: Mapping[str, str]) -> str | None:
    """Take a text: a string, the name of a thing, several joined."""
    found = _value(values, name, fields)
    parts = found if isinstance(found, list) else [found]
    named = [part.get("name") if isinstance(part, dict) else part for part in parts]
    joined = ("\n" if name in ("text", "html") else ", ").join(part for part in named if isinstance(part, str))
    return joined if joined.strip() else None


def _day(value: object) -> date | None:
    """Read a day from a text or from seconds (or milliseconds) since 1970."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < 1e14:
        seconds = value / 1000 if value > 1e11 else value
        return datetime.fromtimestamp(seconds, UTC).date()
    return _mail_day(value) if isinstance(value, str) else None


def _mail_day(value: str) -> date | None:
    """Read a day as feeds and mails write it, or as machines do."""
    day = day_of(value)
    if day:
        return day
    try:
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def feed_items(stream: IO[bytes], limit: int) -> Numbered:
    """Read the items of an RSS or Atom feed; entities that a feed declares are never expanded.

    An item's full text is taken before its summary. Nothing that the feed points at is fetched.
    """
    number, publisher = 0, None
    events = etree.iterparse(
        stream, events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        for _, element in events:
            tree = element.getroottree()
            if tree.docinfo.internalDTD is not None and any(True for _ in tree.docinfo.internalDTD.iterentities()):
                yield 0, "declares entities of its own, which could unfold without end; it is not read"
                return
            name = _local(element)
            if name == "title" and publisher is None and _local(element.getparent()) in ("channel", "feed"):
                publisher = _words(element)
            elif name in ("item", "entry"):
                number += 1
                yield number, _item_page(element, publisher, limit)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        reason = " ".join((error.msg or "nothing in it").lower().split())
        yield 0, f"is not well-formed XML ({reason}); what stands before that is read"
        return
    if not number:
        yield 0, "is XML, but no feed with items"


def _local(element: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Give the name of an element without its namespace."""
    return _NAMESPACE.sub("", element.tag) if element is not None and isinstance(element.tag, str) else ""


def _words(element: Any) -> str | None:  # noqa: ANN401
    """Give the text in an element as one line."""
    return " ".join("".join(element.itertext()).split()) or None


def _item_page(item: Any, publisher: str | None, limit: int) -> Original | str:  # noqa: ANN401
    """Make a page of one item."""
    held: dict[str, Any] = {}
    for child in item:
        held.setdefault(_local(child), child)
    body = next((held[name] for name in ("encoded", "content", "description", "summary") if name in held), None)
    words = _markup_in(body) if body is not None else ""
    if not words.strip():
        return "has no text"
    if len(words) > limit:
        return f"is too large (the limit is {limit / 1e6:.0f} MB)"
    author = held.get("creator") if "creator" in held else held.get("author")
    told = Told(
        "the record's own fields",
        title=_words(held["title"]) if "title" in held else None,
        published=next(
            (
                day
                for n in ("published", "pubDate", "date", "updated")
                if n in held and (day := _mail_day(_words(held[n]) or ""))
            ),
            None,
        ),
        publisher=publisher,
        creator=_words(author) if author is not None else None,
        url=(held["link"].get("href") or _words(held["link"])) if "link" in held else None,
    )
    kind = "html" if _MARKUP.search(words) or "&" in words else "text"
    return _page(kind, words, told, etree.tostring(item, with_tail=False))


def _markup_in(element: Any) -> str:  # noqa: ANN401
    """Give the content of an item: escaped markup as it stands, markup of its own written out."""
    if len(element):
        return (element.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in element)
    return element.text or ""


def mail_page(data: bytes, limit: int) -> Original | str:
    """Read the text of a mail, plain before HTML; attachments and pictures are left."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        assert isinstance(message, EmailMessage)  # noqa: S101 - the policy says so
        body = message.get_body(("plain", "html"))
        if body is None:
            return "is a mail without any text"
        payload = body.get_payload(decode=True)
        content = payload if isinstance(payload, bytes) else b""
        charset = body.get_content_charset() or ""
        kind = "html" if body.get_content_type() == "text/html" else "text"
        told = Told(
            "the record's own fields",
            title=_header(message, "subject"),
            published=_mail_day(_header(message, "date") or ""),
            publisher=_sender(message),
        )
    except (LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError, IndexError) as error:
        return f"is no mail that can be read ({type(error).__name__}: {' '.join(str(error).split())})"
    if len(content) > limit or not content.strip():
        return "is a mail without any text"
    if kind == "text":
        from kgbuild.read.encoding import decode_page

        content = decode_page(content, charset)[0].replace("\r\n", "\n").encode("utf-8", "replace")
    return Original("", Path(), kind, content, charset=charset, told=(told,), record=data)


def _header(message: EmailMessage, name: str) -> str | None:
    """Give a header as one line."""
    return " ".join(str(message[name]).split()) if message[name] is not None else None


def _sender(message: EmailMessage) -> str | None:
    """Give the name of who sent a mail; an address alone is no name."""
    header = message["from"]
    addresses = getattr(header, "addresses", ())
    return next((one.display_name for one in addresses if one.display_name), None)


def warc_pages(stream: IO[bytes], limit: int) -> Numbered:
    """Read the pages of a crawl, with warcio where it is installed (`kgbuild[warc]`).

    Only answers that say all went well and that are HTML or plain text are pages. The day of the crawl is not taken for
    the day of publication.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        yield 0, "is a crawl, and reading that needs warcio. Install it with `pip install kgbuild[warc]`"
        return
    number = 0
    logging.getLogger("warcio").setLevel(logging.CRITICAL)  # it tells of every oddity of every record
    records = ArchiveIterator(stream)
    try:
        while True:
            with redirect_stderr(io.StringIO()):  # where it tells of damage besides raising
                record = next(records, None)
                if record is None:
                    break
                number += 1
                if record.rec_headers.get_header("WARC-Type") is None:
                    yield 0, f"is damaged: record {number} is no record of a crawl"
                    return
                page = _record_page(record, limit)
            if page is not None:
                yield number, page
    except (ArchiveLoadFailed, EOFError, ValueError, OSError, AttributeError, TypeError, IndexError) as error:
        yield 0, f"breaks off or is damaged after record {number} ({' '.join(str(error).split())[:100]})"
        return
    if not number:
        yield 0, "is damaged: it holds no record"


def _record_page(record: Any, limit: int) -> Original | str | None:  # noqa: ANN401 - warcio has no types
    """Make a page of one record; None for one that is none."""
    if record.rec_type not in ("response", "resource"):
        return None
    headers = record.http_headers or record.rec_headers
    if record.http_headers and not str(record.http_headers.get_statuscode() or "").startswith("2"):
        return None
    content_type = (headers.get_header("Content-Type") or "").lower()
    kind = "html" if content_type.split(";")[0].strip() in _HTML_TYPES else "text"
    if kind == "text" and not content_type.startswith("text/plain"):
        return None
    data = record.content_stream().read(limit + 1)
    if len(data) > limit:
        return f"is too large (the limit is {limit / 1e6:.0f} MB)"
    url = record.rec_headers.get_header("WARC-Target-URI")
    charset = re.search(r"charset=[\"']?([\w.:-]+)", content_type)
    told = Told("the headers of its mail or crawl", url=url)
    address = Told("the address", published=date_in_address(url))
    facts = (told, address) if address.published else (told,)
    return Original("", Path(), kind, data, charset=charset[1] if charset else "", told=facts)
