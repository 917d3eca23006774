"""What must hold whatever a file contains."""

import tempfile
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kgbuild.model import Document, SectionKind, Where
from kgbuild.read import Reading, read
from tests.read.pages import write

LINE = st.one_of(
    st.sampled_from(
        [
            "",
            "Talks end in Geneva",
            "The two sides met on Monday, and they agreed on a list.",
            "Related Articles",
            "Example Press",
            "31 minutes ago",
            "- Example Press",
            "Comments",
            "Image: Jo Fox.",
            "# Title *of* it",
            "> a [link](https://example.org) &amp; more.",
            "* an item",
            "```",
            "---",
            "| a | b |",
        ]
    ),
    st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=60),
)
PAGE = st.lists(LINE, max_size=25).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n", "\r"]).map(lambda e: e.join(lines))
)
FAST = settings(max_examples=60, deadline=None)


def read_files(*files: tuple[str, str], backwards: bool = False) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        paths = [write(Path(folder), name, text) for name, text in files]
        return read(paths[::-1] if backwards else paths)


def assert_in_order(spans: list[Where], text: str) -> None:
    for span in spans:
        assert 0 <= span.begin < span.end <= len(text)
        assert span.of(text).strip() == span.of(text)
    for before, after in pairwise(spans):
        assert before.end <= after.begin


def assert_sound(document: Document) -> None:
    paragraphs = list(document.paragraphs)
    sections = [section.where for section in document.sections]
    assert sections
    assert_in_order(paragraphs, document.text)
    assert_in_order(sections, document.text)
    assert document.headings <= set(paragraphs)
    assert all(any(section.contains(paragraph) for section in sections) for paragraph in paragraphs)
    assert all(len(document.words(paragraph)) == paragraph.length for paragraph in paragraphs)
    assert bool(document.duplicate_of) is not bool(paragraphs)
    assert all((one.kind is SectionKind.DUPLICATE) is bool(document.duplicate_of) for one in document.sections)


@FAST
@given(PAGE, st.sampled_from(["a.txt", "a.md"]))
def test_spans_survive_reading(text: str, name: str) -> None:
    reading = read_files((name, text))
    assert len(reading.documents) + len(reading.failures) >= 1
    for document in reading.documents:
        assert document.text == text
        assert_sound(document)
    for page in reading.pages:
        assert_in_order([section.where for section in page.sections], text)
    assert len({document.id for document in reading.documents}) == len(reading.documents)


@FAST
@given(PAGE, PAGE)
def test_order_of_files_does_not_matter(one: str, two: str) -> None:
    forwards = read_files(("a.txt", one), ("b.md", two))
    backwards = read_files(("a.txt", one), ("b.md", two), backwards=True)
    assert forwards.documents == backwards.documents


@FAST
@given(st.binary(max_size=200))
def test_any_bytes_give_articles_or_one_failure(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        reading = read([write(Path(folder), "a.txt", data)])
    assert bool(reading.documents) is not bool(reading.failures)
    for document in reading.documents:
        assert_sound(document)
