"""Reads one file into its pages: takes it apart, lays each page out, cuts it into articles, and traces these.

Nothing here knows of any other file but the `sources.toml` and `sources.csv` beside it. So files can be read in any
order and by any process, and a collection of a million records never lies in memory whole.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from kgbuild.errors import DataError, DocumentError
from kgbuild.model import Document, Section, SectionKind, Where, mint
from kgbuild.read.articles import Article, cut_page
from kgbuild.read.dateline import Dateline, dateline_of
from kgbuild.read.files import Found
from kgbuild.read.furniture import Furniture
from kgbuild.read.layouts import lay_out
from kgbuild.read.metadata import Metadata, metadata
from kgbuild.read.originals import Layout, Original, Told
from kgbuild.read.rules import load_rules
from kgbuild.read.sources import NAME as SOURCES
from kgbuild.read.sources import Source, Sources, load_sources
from kgbuild.read.table import NAME as TABLE
from kgbuild.read.table import Table, load_table
from kgbuild.read.traces import Trace, trace_of
from kgbuild.read.unpack import Options, originals

_FOLDERS = 256


@dataclass(frozen=True, slots=True)
class Page:
    """Hold how a whole page was cut, furniture included; `sections` are in order and don't overlap."""

    source_file: str
    path: Path
    text: str
    sections: tuple[Section, ...]


class Place(NamedTuple):
    """Say where a page lies and what its bytes are; no two pages of a reading have equal ones.

    Attributes:
        name: its file's base name, or `collection!member`.
        content_hash: digest of its bytes.
        real: its file or collection with links followed.
        path: how it is called to a person, folders included.
        number: which page of its file it is, from 0.
    """

    name: str
    content_hash: str
    real: str
    path: str
    number: int


@dataclass(frozen=True, slots=True)
class ReadPage:
    """Hold one page as read, before any other is known.

    Attributes:
        documents: its articles, with the ids that they have unless `salts` gives something for this page.
        traces: of each document what comparing it needs; None for one that repeats another of the same page.
        notes: what a user should know of it although nothing failed.
    """

    place: Place
    page: Page
    documents: tuple[Document, ...]
    traces: tuple[Trace | None, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Folder:
    """Hold what the `sources.toml` and the `sources.csv` of one folder tell of its files."""

    sources: Sources
    table: Table

    @property
    def errors(self) -> tuple[DataError, ...]:
        """List what is wrong with the two files."""
        return self.sources.errors + self.table.errors

    @property
    def notes(self) -> tuple[str, ...]:
        """List what a user should know of them."""
        return self.sources.notes


class FileReader:
    """Read files, one by one; it holds the rules, and what folders tell of their files.

    Args:
        ontology: a folder with data files of the user's own; None means those that ship.
        options: how collections are read.
        furniture: rules of site furniture; None means those of *ontology*.

    Raises:
        DataError: a data file is wrong.
    """

    def __init__(
        self, ontology: Path | None = None, options: Options | None = None, furniture: Furniture | None = None
    ) -> None:
        self._rules = load_rules(ontology, furniture)
        self._options = options or Options()
        self._folder = lru_cache(_FOLDERS)(lambda folder, _: load_folder(folder))

    def folder(self, folder: Path) -> Folder:
        """Give what `load_folder` gives, once for all files of the folder, and anew when its two files have changed."""
        return self._folder(folder, (_state(folder / SOURCES), _state(folder / TABLE)))

    def pages(self, file: Found) -> Iterator[ReadPage | DocumentError]:
        """Read a file page by page; an error stands where one could not be had, and the next follow.

        What is in another language is counted together, in one error at the end.
        """
        beside = self.folder(file.path.parent)
        source = beside.sources.by_name.get(file.path.name, Source())
        of_file = beside.table.by_name.get(file.path.name)
        foreign: Counter[str] = Counter()
        for number, original in enumerate(originals(file, self._options)):
            if isinstance(original, DocumentError):
                yield original
                continue
            row = beside.table.by_name.get(original.name) or of_file
            told = replace(original, told=(*original.told, row)) if row else original
            try:
                page = self._page(told, source, str(file.real), number)
            except DocumentError as error:
                yield error
                continue
            if isinstance(page, str):
                foreign[page] += 1
            else:
                yield page
        if foreign:
            yield _foreign_error(file.path, foreign)

    def _page(self, original: Original, source: Source, real: str, number: int) -> ReadPage | str:
        """Read one page into its articles; the name of its language instead when that is not English.

        Raises:
            DocumentError: it is no text, or has none besides furniture.
        """
        layout = lay_out(original, self._rules.elements)
        cut = cut_page(layout, self._rules.furniture)
        if not cut.articles:
            message = "holds no article: all of it is site furniture or markup"
            raise DocumentError(original.path, message, "See docs/reading.md for what is cut.")
        foreign = self._rules.languages.foreign(" ".join(text for one in cut.articles for text in one.piece.texts))
        if foreign:
            return foreign
        facts = [metadata(one, source, _told(one, original, layout)) for one in cut.articles]
        content_hash = hashlib.sha256(original.record or original.data).hexdigest()
        place = Place(original.name, content_hash, real, str(original.path), number)
        documents = _documents(place, original, layout, cut.articles, facts)
        return ReadPage(
            place=place,
            page=Page(original.name, original.path, layout.text, cut.sections),
            documents=documents,
            traces=tuple(trace_of(one.piece.texts) if one.repeats is None else None for one in cut.articles),
            notes=_notes(original.path, layout, facts, documents),
        )


def article_ids(name: str, content_hash: str, salt: str, begins: Sequence[int]) -> list[str]:
    """Mint the ids of the articles of a page from where they begin."""
    parts = (name, content_hash, *([salt] if salt else []))
    return [mint("article", Path(name).stem, *parts, str(begin)) for begin in begins]


def page_id(name: str, content_hash: str, salt: str) -> str:
    """Mint the id of a page that carries several articles."""
    return mint("page", Path(name).stem, name, content_hash, *([salt] if salt else []))


def _state(path: Path) -> tuple[int, ...]:
    """Give what tells a file from the one that stood there before, or why there is none.

    It is opened, since network file systems ask the server then, and may answer from memory otherwise.
    """
    try:
        with path.open("rb") as stream:
            found = os.fstat(stream.fileno())
    except OSError as error:
        return (error.errno or 0,)
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def load_folder(folder: Path) -> Folder:
    """Give what the two files of a folder tell; its faults and notes are those of no single file."""
    return Folder(load_sources(folder), load_table(folder))


def _foreign_error(path: Path, foreign: Mapping[str, int]) -> DocumentError:
    """Say on one line how many articles of a file are not English."""
    number = sum(foreign.values())
    kinds = ", ".join(f"{count} {name}" if number > 1 else name for name, count in sorted(foreign.items()))
    what = "1 article is" if number == 1 else f"{number:,} articles are"
    return DocumentError(path, f"{what} not English ({kinds}), and skipped", "kgbuild reads English.")


def _told(article: Article, original: Original, layout: Layout) -> list[Told]:
    """Gather what is told of an article: a post of a page knows its own time before that of the page."""
    told = [*original.told, *layout.told]
    if article.part:
        own = layout.posts.get(article.part)
        told = [replace(one, title=None, published=None if own and own.published else one.published) for one in told]
        told += [own] if own else []
    return told


def _documents(
    place: Place, original: Original, layout: Layout, articles: Sequence[Article], facts: Sequence[Metadata]
) -> tuple[Document, ...]:
    """Make the documents of a page."""
    text_hash = "" if original.plain_file else hashlib.sha256(layout.text.encode("utf-8")).hexdigest()
    ids = article_ids(place.name, place.content_hash, "", [one.sections[0].where.begin for one in articles])
    part_of = page_id(place.name, place.content_hash, "") if len(articles) > 1 else None
    documents: list[Document] = []
    for own, article, known in zip(ids, articles, facts, strict=True):
        line = _dateline(article)
        document = Document(
            id=own,
            source_file=place.name,
            text=layout.text,
            content_hash=place.content_hash,
            sections=article.sections,
            paragraphs=article.paragraphs,
            headings=frozenset(article.paragraphs) & article.piece.headings,
            title=known.title,
            published=known.published,
            publisher=known.publisher,
            creator=known.creator,
            url=known.url,
            part_of=part_of,
            duplicate_of=None if article.repeats is None else ids[article.repeats],
            markup=article.markup,
            text_hash=text_hash,
            date_source=known.date_source,
            date_certainty=known.certainty,
            dateline_place=line.place,
            agency=line.agency,
        )
        documents.append(replace(document, dateline=_dateline_at(document)))
    return tuple(documents)


def _dateline(article: Article) -> Dateline:
    """Read the dateline of an article's first paragraph that is no heading."""
    bodies = (block.words for block in article.piece.blocks if block.where not in article.piece.headings)
    return dateline_of(next(bodies, ""))


def _dateline_at(document: Document) -> Where | None:
    """Place the dateline in the first paragraph that is no heading."""
    first = next((where for where in document.paragraphs if where not in document.headings), None)
    if first is None:
        return None
    length = dateline_of(document.words(first)).length
    return Where(first.begin, first.begin + length) if length else None


def _notes(path: Path, layout: Layout, facts: Sequence[Metadata], documents: Sequence[Document]) -> tuple[str, ...]:
    """Say what a user should know of a page: odd markup, dates that disagree or lack."""
    notes = [f"{path}: {complaint}" for complaint in layout.complaints]
    notes += [f"{path}: {known.contradiction}" for known in facts if known.contradiction]
    undated = [one for one in documents if one.published is None and one.duplicate_of is None]
    if any(_is_main(one) for one in undated):
        notes.append(f"{path}: no publication date, so relative times stay unresolved. Give `published` in {SOURCES}.")
    if any(not _is_main(one) for one in undated):
        what = "its related articles have no publication date, so their relative times stay unresolved"
        notes.append(f"{path}: {what}. Give `related_published` in {SOURCES}.")
    return tuple(dict.fromkeys(notes))


def _is_main(document: Document) -> bool:
    """Tell whether an article is the one that its page is about."""
    return document.sections[0].kind is SectionKind.ARTICLE
