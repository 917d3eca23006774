"""The way from files to articles: find, decode, cut into blocks, sort them, and tell repeats from originals."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kgbuild.errors import DataError, DocumentError
from kgbuild.model import Document, Section, SectionKind, mint
from kgbuild.read.articles import cut_page, metadata
from kgbuild.read.blocks import plain_blocks
from kgbuild.read.files import Found, decode, distinguish, find_files, read_bytes
from kgbuild.read.furniture import Furniture, load_furniture
from kgbuild.read.markdown import MarkdownPage, markdown_blocks
from kgbuild.read.repeats import fingerprint
from kgbuild.read.sources import NAME, Source, load_sources


@dataclass(frozen=True, slots=True)
class Page:
    """Hold how a whole file was cut, furniture included; `sections` are in order and don't overlap."""

    source_file: str
    path: Path
    text: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold all that was read.

    Attributes:
        documents: the articles, by name of their file, then by place in it.
        failures: one error for each file that gave no article and each fault of a `sources.toml`.
        notes: what a user should know although nothing failed, sorted.
        pages: how each file was cut, in the order of the files.
    """

    documents: tuple[Document, ...]
    failures: tuple[DocumentError | DataError, ...] = ()
    notes: tuple[str, ...] = ()
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """Hold one file's articles with what is needed to compare them with those of other files."""

    file: Found
    page: Page
    documents: tuple[Document, ...]
    prints: tuple[str, ...]
    notes: tuple[str, ...]


def read(paths: Sequence[Path], *, furniture: Furniture | None = None) -> Reading:
    """Read texts and folders of texts into articles.

    A file that cannot be read costs only itself. The result depends neither on the order of *paths* nor on where the
    files lie. Nothing but these files, and the `sources.toml` beside each, is opened.

    Args:
        paths: files (.txt, .md) and folders; a folder stands for all texts below it.
        furniture: rules of site furniture; None means those that ship.

    Returns:
        The articles. A related piece of a page is one of its own, and so is a repeat, which has no paragraphs.
    """
    rules = furniture or load_furniture()
    files, missing = find_files(Path(path) for path in paths)
    failures: list[DocumentError | DataError] = [*missing]
    sources = {folder: load_sources(folder) for folder in sorted({file.path.parent for file in files})}
    loaded: list[tuple[Found, bytes]] = []
    for file in files:
        try:
            loaded.append((file, read_bytes(file.path)))
        except DocumentError as error:
            failures.append(error)
    salts = _salts(loaded)
    reads: list[_Read] = []
    for file, data in loaded:
        try:
            source = sources[file.path.parent].by_name.get(file.path.name, Source())
            reads.append(_read_file(file, data, source, rules, salts[file.real]))
        except DocumentError as error:
            failures.append(error)
    for told in sources.values():
        failures += told.errors
    notes = [note for told in sources.values() for note in told.notes] + [n for one in reads for n in one.notes]
    documents = sorted(_across(reads), key=lambda document: (document.source_file, _begin(document), document.id))
    ordered = tuple(sorted(failures, key=lambda error: (str(error.path), str(error))))
    return Reading(tuple(documents), ordered, tuple(sorted(notes)), tuple(one.page for one in reads))


def _salts(loaded: Sequence[tuple[Found, bytes]]) -> dict[Path, str]:
    """Give files of equal name and content something to tell their ids apart; all others nothing."""
    alike: dict[tuple[str, bytes], list[Found]] = defaultdict(list)
    for file, data in loaded:
        alike[file.path.name, hashlib.sha256(data).digest()].append(file)
    return {
        file.real: salt
        for files in alike.values()
        for file, salt in zip(files, distinguish([file.real for file in files]), strict=True)
    }


def _read_file(file: Found, data: bytes, source: Source, rules: Furniture, salt: str) -> _Read:
    """Read one file into its articles.

    Raises:
        DocumentError: it is no text, or has none besides furniture.
    """
    text = decode(file.path, data)
    page = cut_page(text, markdown_blocks(text) if file.is_markdown else MarkdownPage(plain_blocks(text)), rules)
    if not page.articles:
        message = "holds no article: all of it is site furniture or markup"
        raise DocumentError(file.path, message, "See docs/reading.md for what is cut.")
    parts = (file.path.name, hashlib.sha256(data).hexdigest(), *([salt] if salt else []))
    ids = [mint("article", file.path.stem, *parts, str(one.sections[0].where.begin)) for one in page.articles]
    documents: list[Document] = []
    for own, article in zip(ids, page.articles, strict=True):
        told = metadata(article, source, page.front)
        documents.append(
            Document(
                id=own,
                source_file=file.path.name,
                text=text,
                content_hash=parts[1],
                sections=article.sections,
                paragraphs=article.paragraphs,
                headings=frozenset(article.paragraphs) & article.piece.headings,
                title=told.title,
                published=told.published,
                publisher=told.publisher,
                creator=told.creator,
                url=told.url,
                part_of=mint("page", file.path.stem, *parts) if len(page.articles) > 1 else None,
                duplicate_of=None if article.repeats is None else ids[article.repeats],
                markup=article.markup,
            )
        )
    notes = [f"{file.path}: {page.complaint}"] if page.complaint else []
    notes += _date_notes(file.path, documents)
    prints = tuple(fingerprint(article.piece.texts) for article in page.articles)
    return _Read(file, Page(file.path.name, file.path, text, page.sections), tuple(documents), prints, tuple(notes))


def _date_notes(path: Path, documents: Sequence[Document]) -> list[str]:
    """Say in one line that an article has no date, and in another that its related pieces have none."""
    notes: list[str] = []
    undated = [one for one in documents if one.published is None and one.duplicate_of is None]
    if any(_is_main(one) for one in undated):
        notes.append(f"{path}: no publication date, so relative times stay unresolved. Give `published` in {NAME}.")
    if any(not _is_main(one) for one in undated):
        what = "its related articles have no publication date, so their relative times stay unresolved"
        notes.append(f"{path}: {what}. Give `related_published` in {NAME}.")
    return notes


def _is_main(document: Document) -> bool:
    """Tell whether an article is the one that its page is about."""
    return document.sections[0].kind is SectionKind.ARTICLE


def _across(reads: Sequence[_Read]) -> list[Document]:
    """Find the articles that repeat, word for word, one of another file, and empty them.

    Of equal articles the one that a page is about is the original, before related pieces; then the one published first;
    then the one whose file sorts first. So the choice does not depend on the order of the files.
    """
    alike: dict[str, list[tuple[tuple[bool, date, str, str, int], Document]]] = defaultdict(list)
    documents: list[Document] = []
    for one in reads:
        for document, mark in zip(one.documents, one.prints, strict=True):
            if document.duplicate_of is None:
                day = document.published or date.max
                rank = (not _is_main(document), day, document.source_file, str(one.file.path), _begin(document))
                alike[mark].append((rank, document))
            else:
                documents.append(document)
    renamed: dict[str, str] = {}
    for group in alike.values():
        original, *repeats = [document for _, document in sorted(group, key=lambda pair: pair[0])]
        documents.append(original)
        for repeat in repeats:
            renamed[repeat.id] = original.id
            documents.append(_emptied(repeat, original.id))
    return [
        replace(one, duplicate_of=renamed[one.duplicate_of]) if one.duplicate_of in renamed else one
        for one in documents
    ]


def _emptied(document: Document, original: str) -> Document:
    """Turn an article into a repeat of the article *original*: nothing in it is read."""
    sections = tuple(Section(one.where, SectionKind.DUPLICATE, "repeated-file") for one in document.sections)
    return replace(document, sections=sections, paragraphs=(), headings=frozenset(), duplicate_of=original, markup=())


def _begin(document: Document) -> int:
    """Give the place in its file at which an article begins."""
    return document.sections[0].where.begin
