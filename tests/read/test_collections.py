# ruff: noqa: E501 - files in files are easier to read unbroken
import gzip
import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest

from kgbuild.read import Limits, Options, read, unpack
from tests.read.pages import write
from tests.read.samples import FERRY, ROW, TALKS, names, only_failure, rows, tarred, zipped


def test_json_lines_are_articles(tmp_path: Path) -> None:
    path = write(tmp_path, "news.jsonl", rows(ROW, "", {"body": FERRY, "date": 1748944800, "author": ["Ann", "Bob"]}))
    first, second = read([path]).documents
    assert [first.source_file, second.source_file] == ["news.jsonl!1", "news.jsonl!3"]
    assert (first.title, first.published, first.publisher) == ("Talks end", date(2025, 6, 2), "Example Press")
    assert first.date_source == "the record's own fields"
    assert (second.published, second.creator) == (date(2025, 6, 3), "Ann, Bob")
    assert first.text == TALKS
    assert first.text_hash


def test_fields_have_the_names_that_the_user_gives(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", rows({"text": "no", "doc": {"words": TALKS}, "when": "June 2, 2025"}))
    (document,) = read([path], options=Options({"text": "doc.words", "published": "when"})).documents
    assert document.text == TALKS
    assert document.published == date(2025, 6, 2)


def test_markup_in_a_field_is_read_as_a_page(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", rows({"content": "<h2>Talks end</h2><p>The two sides met.</p><nav>Menu</nav>"}))
    (document,) = read([path]).documents
    assert [where.of(document.text) for where in document.paragraphs] == ["Talks end", "The two sides met."]


def test_broken_rows_are_told_by_number_and_cost_nothing_else(tmp_path: Path) -> None:
    deep = "[" * 100_000
    path = tmp_path / "a.jsonl"
    lines = [json.dumps(ROW), "{broken", "[1]", '{"a": 1}', '{"text": "  "}', deep, json.dumps({"text": FERRY})]
    path.write_bytes("\n".join(lines).encode() + b'\n{"text": "Z\xfcrich"}')
    reading = read([path])
    assert names(reading) == ["a.jsonl!1", "a.jsonl!7"]
    told = sorted(str(failure).removeprefix(f"{path}: ") for failure in reading.failures)
    assert [line.split(" is ")[0].split(" has ")[0] for line in told] == [f"row {n}" for n in (2, 3, 4, 5, 6, 8)]
    assert "row 2 is not JSON: expecting property name enclosed in double quotes at character 2" in told[0]
    assert "row 8 is not UTF-8: byte 0xFC at offset 11 of the row" in told[5]


def test_a_row_that_is_too_long_is_passed_over(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", rows({"text": "x" * 5000}, {"text": FERRY}))
    reading = read([path], options=Options(limits=Limits(page_bytes=2000)))
    assert names(reading) == ["a.jsonl!2"]
    assert "row 1 is too large" in only_failure(reading)


RSS = f"""<?xml version="1.0"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Example Press</title>
<item><title>Talks end</title><link>https://example.org/a</link><pubDate>Mon, 02 Jun 2025 10:00:00 GMT</pubDate>
<dc:creator>Ann Lee</dc:creator><description>Short.</description>
<content:encoded><![CDATA[<p>{TALKS.splitlines()[1]}</p><p>They agreed on a list.</p>]]></content:encoded></item>
<item><title>Ferries</title><description>{FERRY}</description></item><item><title>Nothing</title></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Example Press</title><entry><title>Talks end</title>
<link href="https://example.org/a"/><published>2025-06-02T10:00:00Z</published><author><name>Ann Lee</name></author>
<content type="html">&lt;p&gt;{TALKS.splitlines()[1]}&lt;/p&gt;</content></entry></feed>"""


def test_feeds_give_their_items_with_full_text(tmp_path: Path) -> None:
    reading = read([write(tmp_path, "feed.xml", RSS)])
    first, second = reading.documents
    assert (first.title, first.creator, first.publisher) == ("Talks end", "Ann Lee", "Example Press")
    assert (first.published, first.url) == (date(2025, 6, 2), "https://example.org/a")
    assert [where.of(first.text) for where in first.paragraphs] == [TALKS.splitlines()[1], "They agreed on a list."]
    assert second.source_file == "feed.xml!2"
    assert "item 3 has no text" in only_failure(reading)


def test_atom_is_read_too(tmp_path: Path) -> None:
    (document,) = read([write(tmp_path, "feed.atom", ATOM)]).documents
    assert (document.title, document.published, document.creator) == ("Talks end", date(2025, 6, 2), "Ann Lee")
    assert document.url == "https://example.org/a"


LAUGHS = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + (
    "<rss><channel><item><description>&b;</description></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (LAUGHS, "declares entities of its own"),
        (LAUGHS.replace('"ha"', 'SYSTEM "file:///etc/passwd"'), "declares entities of its own"),
        ("<rss><channel><item>", "is not well-formed XML"),
        ("<page><p>Talks.</p></page>", "is XML, but no feed"),
        ("", "is not well-formed XML"),
    ],
)
def test_a_feed_that_is_none_is_told(content: str, message: str, tmp_path: Path) -> None:
    reading = read([write(tmp_path, "feed.xml", content)])
    assert message in only_failure(reading)
    assert reading.documents == ()


def test_what_stands_before_the_fault_of_a_feed_is_read(tmp_path: Path) -> None:
    reading = read([write(tmp_path, "feed.xml", RSS[: RSS.index("<item><title>Ferries")] + "<item><<")])
    assert names(reading) == ["feed.xml!1"]
    assert "is not well-formed XML" in only_failure(reading)


MAIL = """From: Example Press <news@example.org>
Date: Mon, 02 Jun 2025 10:00:00 +0000
Subject: =?utf-8?q?Talks_end_in_Z=C3=BCrich?=
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=B

--B
Content-Type: {kind}; charset={charset}
Content-Transfer-Encoding: quoted-printable

{body}
--B--
"""


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/plain", "The two sides met in Z=FCrich.\n\nThey agreed."),
        ("text/html", "<p>The two sides met in Z=FCrich.</p><p>They agreed."),
    ],
)
def test_mails_are_read(kind: str, body: str, tmp_path: Path) -> None:
    mail = MAIL.format(kind=kind, charset="iso-8859-1", body=body)
    (document,) = read([write(tmp_path, "a.eml", mail)]).documents
    assert [where.of(document.text) for where in document.paragraphs] == [
        "The two sides met in Zürich.",
        "They agreed.",
    ]
    assert (document.title, document.publisher) == ("Talks end in Zürich", "Example Press")
    assert document.published == date(2025, 6, 2)


@pytest.mark.parametrize("content", [b"", b"Subject: x\n\n", b"\xff\xfe\x00", b"Content-Type: multipart/mixed\n\nx"])
def test_a_mail_without_text_is_told(content: bytes, tmp_path: Path) -> None:
    assert "mail" in only_failure(read([write(tmp_path, "a.eml", content)])) or content == b""


def warc(folder: Path, *pages: tuple[str, str, str], compress: bool = True) -> Path:
    pytest.importorskip("warcio")
    path = folder / ("crawl.warc.gz" if compress else "crawl.warc")
    records = []
    for url, status, body in pages:
        http = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-07-01T10:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        record = head.encode() + http + b"\r\n\r\n"
        records.append(gzip.compress(record) if compress else record)
    path.write_bytes(b"".join(records))
    return path


@pytest.mark.parametrize("compress", [True, False])
def test_crawls_are_read(compress: bool, tmp_path: Path) -> None:
    html = "".join(f"<p>{line}</p>" for line in TALKS.splitlines())
    path = warc(
        tmp_path,
        ("https://example.org/2025/06/02/talks", "200 OK", html),
        ("https://example.org/b", "404 Not Found", html),
        compress=compress,
    )
    (document,) = read([path]).documents
    assert document.url == "https://example.org/2025/06/02/talks"
    assert (document.published, document.date_certainty) == (date(2025, 6, 2), "inferred")
    assert document.source_file.endswith("!1")


def test_a_crawl_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    html = "".join(f"<p>{line}</p>" for line in FERRY.splitlines())
    path = warc(tmp_path, ("https://example.org/a", "200 OK", html), ("https://example.org/b", "200 OK", html * 40))
    path.write_bytes(path.read_bytes()[:-60])
    reading = read([path])
    assert names(reading)[0] == "crawl.warc.gz!1"


@pytest.mark.parametrize(("library", "name"), [("warcio", "a.warc"), ("pypdf", "a.pdf")])
def test_a_library_that_is_not_installed_is_one_clear_line(
    library: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in [module for module in sys.modules if module.split(".")[0] == library]:
        monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
    message = only_failure(read([write(tmp_path, name, b"WARC/1.0\r\n" if library == "warcio" else b"%PDF-1.4\n")]))
    assert f"reading that needs {library}" in message
    assert f"pip install kgbuild[{name[2:]}]" in message


def pdf(*lines: str) -> bytes:
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


def test_a_pdf_with_a_text_layer_is_read(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    (document,) = read([write(tmp_path, "a.pdf", pdf("Talks end in Geneva", "The two sides met on Monday."))]).documents
    assert document.text.splitlines() == ["Talks end in Geneva", "The two sides met on Monday."]
    assert document.text_hash


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"%PDF-1.4\nnothing", "is no PDF that can be read"), (pdf(), "has no text layer"), (b"", "is no PDF")],
)
def test_a_pdf_without_text_is_told(content: bytes, message: str, tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    assert message in only_failure(read([write(tmp_path, "a.pdf", content)]))


class _Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (TALKS.encode(), 1),
        (f"<html><body><p>{TALKS}</p></body></html>".encode(), 1),
        (rows(ROW, {"text": FERRY}).encode(), 2),
        (RSS.encode(), 2),
        (zipped(**{"a.txt": TALKS, "b.txt": FERRY}), 2),
        (tarred({"a.txt": TALKS.encode()}, "w"), 1),
        (gzip.compress(TALKS.encode()), 1),
        (b"Subject: Talks end\nDate: Mon, 02 Jun 2025 10:00:00 GMT\n\nThe two sides met on Monday.\n", 1),
    ],
    # bytes of a packer hold the hour, which must not stand in a test's name
    ids=["text", "HTML", "JSON lines", "RSS", "zip", "tar", "gzip", "mail"],
)
def test_standard_input_is_known_by_its_first_bytes(data: bytes, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", _Stdin(data))
    reading = read([Path("-")])
    assert len(reading.documents) == count
    assert all(one.source_file.startswith("stdin") and one.text_hash for one in reading.documents)


def test_texts_in_other_languages_are_counted_and_skipped(tmp_path: Path) -> None:
    german = "Die Minister haben sich am Montag in Genf auf eine Liste von Gefangenen geeinigt, die nach dem Ende der Gespräche frei sind."
    russian = "Министры договорились в понедельник о списке пленных, которые будут освобождены после окончания переговоров в Женеве."
    reading = read(
        [write(tmp_path, "a.jsonl", rows({"text": german}, ROW, {"text": german + " Und so."}, {"text": russian}))]
    )
    assert names(reading) == ["a.jsonl!2"]
    assert "3 articles are not English (2 German, 1 text in Cyrillic letters), and skipped" in only_failure(reading)


def test_the_module_gives_no_more_than_it_takes() -> None:
    assert Path("-") == unpack.STDIN
