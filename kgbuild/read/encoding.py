"""Decodes a web page, whose encoding is told in three places that may all be wrong.

A byte order mark is right. Bytes that are UTF-8 throughout are UTF-8 whatever is declared, since no other text of
length looks like it. Then the declared encoding is tried, the header's before the page's own, and at last Windows-1252,
which is what browsers take for pages that declare nothing.
"""

import codecs
import re

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HEAD_BYTES = 4096
_LIKE_WINDOWS = frozenset({"ascii", "iso8859-1"})
"""Encodings that browsers read as Windows-1252, because that is what such pages are in."""


def decode_page(data: bytes, charset: str = "") -> tuple[str, tuple[str, ...]]:
    """Decode *data*; always gives a text, and says what was wrong.

    >>> decode_page("<p>Zürich".encode("latin-1"), "utf-8")[1]
    ('its encoding is not utf-8 as declared; read as cp1252',)
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace"), ()
    declared = [name for name in (charset, *_declared(data)) if name]
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    for name in declared:
        known = _codec(name)
        if known and known != "utf-8":
            try:
                return data.decode(known), ()
            except (UnicodeDecodeError, ValueError):
                continue
    what = f"is not {declared[0].lower()} as declared" if declared else "is not declared"
    return data.decode("cp1252", "replace"), (f"its encoding {what}; read as cp1252",)


def _declared(data: bytes) -> list[str]:
    """List what the page itself declares."""
    head = data[:_HEAD_BYTES]
    return [found[1].decode("ascii", "replace") for found in (_META.search(head), _XML.search(head)) if found]


def _codec(name: str) -> str:
    """Give the codec that a declared name stands for; "" for one that nobody knows, or that is no encoding of text."""
    try:
        found = codecs.lookup(name.strip())
        b"a".decode(found.name)
    except (LookupError, ValueError, TypeError, UnicodeError):
        return ""
    return "cp1252" if found.name in _LIKE_WINDOWS else found.name
