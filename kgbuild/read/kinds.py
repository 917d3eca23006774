"""Tells what kind of file something is: by the ending of its name, or by its first bytes where there is no name."""

import re
from pathlib import PurePosixPath

PAGES = {
    **dict.fromkeys((".txt", ".text"), "text"),
    **dict.fromkeys((".md", ".markdown"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    ".pdf": "pdf",
}
"""Endings of files that are one page each."""

COLLECTIONS = {
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    **dict.fromkeys((".rss", ".atom", ".xml"), "feed"),
    ".eml": "mail",
    ".warc": "warc",
    ".zip": "zip",
    **dict.fromkeys((".tar", ".tgz", ".tar.gz", ".tbz2", ".tar.bz2", ".txz", ".tar.xz"), "tar"),
    ".gz": "gzip",
}
"""Endings of files that hold several."""

_BY_ENDING = {**PAGES, **COLLECTIONS}
ENDINGS = frozenset(_BY_ENDING)
HEAD_BYTES = 2048

_MAGIC = ((b"%PDF-", "pdf"), (b"PK\x03\x04", "zip"), (b"\x1f\x8b", "gzip"), (b"BZh", "tar"), (b"\xfd7zXZ\x00", "tar"))
_TAR = b"ustar"
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|body|article|div|p)\b", re.I | re.S
)
_FEED = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*|<\?.{0,300}?\?>\s*|<!DOCTYPE[^>]{0,300}>\s*)*<(?:rss|feed|rdf:RDF)\b",
    re.S,
)
_MAIL = re.compile(rb"(?:From|Return-Path|Received|Delivered-To|Date|Subject|To|MIME-Version|Message-ID): ", re.I)


def kind_of_name(name: str) -> str:
    """Tell the kind by the ending; "" for none that is known.

    >>> kind_of_name("crawl.WARC.gz"), kind_of_name("a/b.tar.xz"), kind_of_name("notes.doc")
    ('gzip', 'tar', '')
    """
    suffixes = [suffix.lower() for suffix in PurePosixPath(name).suffixes[-2:]]
    return _BY_ENDING.get("".join(suffixes)) or _BY_ENDING.get(suffixes[-1] if suffixes else "", "")


def kind_of_bytes(head: bytes) -> str:
    """Tell the kind by the first bytes; what is like nothing else is text.

    >>> kind_of_bytes(b'{"text": "Talks ended."}'), kind_of_bytes(b"Talks ended.")
    ('jsonl', 'text')
    """
    bare = head.removeprefix(b"\xef\xbb\xbf")
    magic = next((kind for mark, kind in _MAGIC if head.startswith(mark)), "")
    if magic:
        return magic
    if head[257:262] == _TAR:
        return "tar"
    if head.startswith(b"WARC/"):
        return "warc"
    if _FEED.match(bare):
        return "feed"
    if _HTML.match(bare):
        return "html"
    if re.match(rb"\s*\{\s*\"", bare):
        return "jsonl"
    return "mail" if _MAIL.match(bare) else "text"
