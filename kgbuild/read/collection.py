"""Orders articles for comparing, and writes down in each what came of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from kgbuild.model import Document, Section, SectionKind, mint
from kgbuild.read.compare import Compared
from kgbuild.read.pages import Place, ReadPage
from kgbuild.read.traces import Trace

Rank = tuple[int, int, bytes, bytes, int, int]


def rank(place: Place, document: Document) -> Rank:
    """Order articles by how readily they are taken for the original.

    Of equal articles the one that a page is about is the original, before related pieces; then the one published first;
    then the one whose file sorts first. So the choice does not depend on the order of the files. All parts are plain
    numbers and bytes, which sort in a database as they do here.

    Args:
        place: of the page that the article is on.
        document: the article, with or without the salt of its page.
    """
    related = document.sections[0].kind is not SectionKind.ARTICLE
    day = (document.published or date.max).toordinal()
    called = (document.source_file, str(Path(place.path).absolute()))  # wherever the build is started
    name, path = (text.encode("utf-8", "surrogatepass") for text in called)
    return int(related), day, name, path, document.sections[0].where.begin, place.number


def to_compare(page: ReadPage, documents: Sequence[Document]) -> Iterator[tuple[Rank, Compared, Trace]]:
    """Give what `compare` needs of each article of a page that repeats none of the same page.

    Args:
        page: as read.
        documents: its articles with their final ids, as `salted` gives them.
    """
    for document, trace in zip(documents, page.traces, strict=True):
        if trace is not None:
            yield rank(page.place, document), Compared(document.id, trace.fingerprint, document.published), trace


def story_of(first: str, title: str | None, source_file: str) -> str:
    """Name the text that several articles retell, after the first of them: its id, its title, its file."""
    return mint("wire-story", title or source_file, first)


def told(document: Document, duplicate_of: Mapping[str, str], stories: Mapping[str, str]) -> Document:
    """Write down what was found about one article.

    Args:
        document: the article, with its final id.
        duplicate_of: id of a repeat -> id of the one that it repeats, as `compare` tells it.
        stories: id of an article -> name of the story that it retells, as `story_of` gives it.
    """
    original = duplicate_of.get(document.id)
    if original is not None:
        return _emptied(document, original)
    if document.duplicate_of is not None:  # what repeats a copy on its own page repeats the original
        return replace(document, duplicate_of=duplicate_of.get(document.duplicate_of, document.duplicate_of))
    story = stories.get(document.id)
    return document if story is None else replace(document, wire_story=story)


def _emptied(document: Document, original: str) -> Document:
    """Turn an article into a repeat of the article *original*: nothing in it is read."""
    sections = tuple(Section(one.where, SectionKind.DUPLICATE, "repeated-file") for one in document.sections)
    return replace(document, sections=sections, paragraphs=(), headings=frozenset(), duplicate_of=original, markup=())
