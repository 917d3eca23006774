# ruff: noqa: D103, E501 - files in files are easier to read unbroken
"""Feeds the readers broken input for as long as it is told, and stops at the first thing that leaves them.

    python benchmarks/fuzz_reading.py --seconds 600

Not part of the tests: it takes as long as it is given. Inputs are made by hypothesis: files of every kind that is known, cut,
spliced, with bytes flipped, doubled or put in, and bytes that were never a file. After each input must hold: nothing but
`DocumentError` and `DataError` is told, nothing is raised, every span lies in its text, every document has an id of its own.
A case that fails is made small by hypothesis and printed, so that it can become a test.
"""

import argparse
import gzip
import io
import json
import sys
import tarfile
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from kgbuild.errors import DataError, DocumentError
from kgbuild.read import Limits, Options, read

TEXT = "Talks end in Geneva\nThe two sides met on Monday.\nThey agreed on a list of prisoners.\n"
HTML = (
    "<!doctype html><html><head><meta charset=utf-8><script type='application/ld+json'>"
    '{"@type":"NewsArticle","headline":"T","datePublished":"2025-06-02","author":[{"name":"A"}]}</script>'
    "<meta property=og:title content=T></head><body><nav><a href=/>Home</a></nav><article><h1>Talks end</h1>"
    "<time datetime=2025-06-02>x</time><p>The two sides met &amp; agreed on a list of prisoners in Geneva today.</p>"
    "<ul><li>a<li>b</ul><table><tr><td>1</table></article><div class='related'><p>More</div></body></html>"
)
FEED = (
    "<?xml version='1.0'?><rss><channel><title>P</title><item><title>T</title><pubDate>Mon, 02 Jun 2025 10:00:00 GMT"
    "</pubDate><description>&lt;p&gt;The two sides met.&lt;/p&gt;</description></item></channel></rss>"
)
MAIL = "From: A <a@b.org>\nDate: Mon, 02 Jun 2025 10:00:00 GMT\nSubject: T\nContent-Type: text/html\n\n" + HTML
ROWS = json.dumps({"text": TEXT, "date": "2025-06-02"}) + "\n" + json.dumps({"html": HTML, "author": ["A"]}) + "\n"
WARC_BODY = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + HTML
WARC = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/2025/06/02/a\r\n"
    f"Content-Type: application/http\r\nContent-Length: {len(WARC_BODY)}\r\n\r\n{WARC_BODY}\r\n\r\n"
)
MARKDOWN = "---\ntitle: T\ndate: 2025-06-02\n---\n# Talks *end*\n\nThe [two](http://a) sides met.\n\n```\ncode\n```\n"
PDF = (
    b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\n"
    b"endobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F1 5 0 R "
    b">> >> >>\nendobj\n4 0 obj\n<< /Length 44 >>\nstream\nBT /F1 12 Tf 72 720 Td (The two sides met.) Tj ET\nendstream\n"
    b"endobj\n5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n"
)


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", TEXT)
        archive.writestr("sub/b.html", HTML)
        archive.writestr("c.jsonl", ROWS)
    return buffer.getvalue()


def tarred() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in (("a.txt", TEXT), ("b.xml", FEED)):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content.encode()))
    return buffer.getvalue()


SEEDS = {
    "a.txt": TEXT.encode(),
    "a.md": MARKDOWN.encode(),
    "a.html": HTML.encode(),
    "a.xml": FEED.encode(),
    "a.eml": MAIL.encode(),
    "a.jsonl": ROWS.encode(),
    "a.warc": WARC.encode(),
    "a.warc.gz": gzip.compress(WARC.encode()),
    "a.pdf": PDF,
    "a.zip": zipped(),
    "a.tar": tarred(),
    "a.tgz": gzip.compress(tarred()),
    "a.html.gz": gzip.compress(HTML.encode()),
    "sources.toml": b'["a.txt"]\npublished = 2025-06-02\n',
    "sources.csv": b"file,published\na.txt,2025-06-02\n",
}
JUNK = st.one_of(
    st.binary(max_size=40),
    st.text(max_size=20).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from(
        [b"<", b"</", b"<!--", b"<![CDATA[", b"&#x0;", b"\x00", b"\xff\xfe", b"\n" * 50, b"{" * 500, b"<div>" * 300]
    ),
)


@st.composite
def broken(draw: st.DrawFn) -> tuple[str, bytes]:
    """Take a good file and break it in up to four places."""
    name = draw(st.sampled_from(sorted(SEEDS)))
    data = SEEDS[name] if draw(st.integers(0, 9)) else draw(st.binary(max_size=400))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(0, len(data))))
        to = min(len(data), at + draw(st.integers(0, 60)))
        kind = draw(st.sampled_from(["cut", "insert", "replace", "double", "flip", "end"]))
        if kind == "cut":
            data = data[:at] + data[to:]
        elif kind == "end":
            data = data[:at]
        elif kind == "double":
            data = data[:to] + data[at:to] + data[to:]
        elif kind == "flip" and at < len(data):
            data = data[:at] + bytes([data[at] ^ (1 << draw(st.integers(0, 7)))]) + data[at + 1 :]
        else:
            data = data[:at] + draw(JUNK) + data[to if kind == "replace" else at :]
    return name, data


def check(name: str, data: bytes) -> tuple[int, int]:
    """Read one file beside a good one, and hold what comes of it to what must hold."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        if name.startswith("sources"):
            (Path(folder) / "a.txt").write_bytes(TEXT.encode())
        reading = read([Path(folder)], options=Options(limits=Limits(page_bytes=100_000, unpacked_bytes=5_000_000)))
    for failure in reading.failures:
        assert isinstance(failure, DocumentError | DataError)
        assert "\n" not in str(failure), failure
    ids = [document.id for document in reading.documents]
    assert len(set(ids)) == len(ids)
    for document in reading.documents:
        document.text.encode("utf-8")
        for where in (*document.paragraphs, *(section.where for section in document.sections)):
            assert 0 <= where.begin < where.end <= len(document.text)
    return len(reading.documents), len(reading.failures)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=600)
    end = time.monotonic() + parser.parse_args().seconds
    counts: Counter[str] = Counter()
    rounds = 0
    while time.monotonic() < end:
        rounds += 1

        @seed(rounds)
        @settings(
            max_examples=500,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink],
        )
        @given(broken())
        def one(case: tuple[str, bytes]) -> None:
            if time.monotonic() > end:
                return
            documents, failures = check(*case)
            counts[case[0]] += 1
            counts["articles"] += documents
            counts["failures told"] += failures

        one()
    inputs = sum(count for name, count in counts.items() if name in SEEDS)
    print(f"{inputs} inputs, {counts['articles']} articles, {counts['failures told']} failures told, nothing raised")
    print(", ".join(f"{name} {counts[name]}" for name in sorted(SEEDS)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
