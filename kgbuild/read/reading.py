"""The way from files to articles: find, take apart, lay out, cut, and tell repeats from originals."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kgbuild.errors import DataError, DocumentError
from kgbuild.model import Document, Section, SectionKind, mint
from kgbuild.read.articles import Article, CutPage, cut_page
from kgbuild.read.collection import across
from kgbuild.read.dateline import Dateline, dateline_of
from kgbuild.read.elements import Elements, load_elements
from kgbuild.read.files import Found, distinguish, find_files
from kgbuild.read.furniture import Furniture, check_furniture, load_furniture
from kgbuild.read.language import Languages, load_languages
from kgbuild.read.layouts import lay_out
from kgbuild.read.metadata import Metadata, metadata
from kgbuild.read.originals import Layout, Original, Told
from kgbuild.read.repeats import fingerprint
from kgbuild.read.sources import NAME, Source, Sources, load_sources
from kgbuild.read.table import Table, load_table
from kgbuild.read.unpack import Options, originals


@dataclass(frozen=True, slots=True)
class Page:
    """Hold how a whole page was cut, furniture included; `sections` are in order and don't overlap."""

    source_file: str
    path: Path
    text: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold all that was read.

    Attributes:
        documents: the articles, by name of their file, then by place in it.
        failures: one error for each file that gave no article and each fault of a `sources.toml` or `sources.csv`.
        notes: what a user should know although nothing failed, sorted.
        pages: how each page was cut, in the order of the files.
    """

    documents: tuple[Document, ...]
    failures: tuple[DocumentError | DataError, ...] = ()
    notes: tuple[str, ...] = ()
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """Hold the data files that reading needs."""

    furniture: Furniture
    elements: Elements
    languages: Languages


@dataclass(frozen=True, slots=True)
class _Draft:
    """Hold one page cut into articles, before these have ids."""

    name: str
    path: Path
    real: Path
    layout: Layout
    page: CutPage
    content_hash: str
    text_hash: str
    facts: tuple[Metadata, ...]


@dataclass(slots=True)
class _Gathered:
    """Gather what is read, file by file."""

    drafts: list[_Draft] = field(default_factory=list)
    failures: list[DocumentError | DataError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    foreign: Counter[str] = field(default_factory=Counter)


def check_rules(ontology: Path | None = None) -> tuple[DataError, ...]:
    """Tell the first mistake in each data file of reading; a file that *ontology* lacks has none."""
    cues = ontology / "cues" if ontology else None
    errors = [*check_furniture(ontology)]
    loaders: tuple[tuple[str, Callable[[Path | None], object]], ...] = (
        ("elements.tsv", load_elements),
        ("languages.tsv", load_languages),
    )
    for name, load in loaders:
        try:
            if cues is None or (cues / name).exists():
                load(cues / name if cues else None)
        except DataError as error:
            errors.append(error)
    return tuple(errors)


def load_rules(ontology: Path | None = None, furniture: Furniture | None = None) -> Rules:
    """Load the data files of reading; a file that *ontology* lacks is taken from those that ship.

    Raises:
        DataError: one of the files is wrong.
    """
    cues = ontology / "cues" if ontology else None

    def own(name: str) -> Path | None:
        return cues / name if cues and (cues / name).exists() else None

    return Rules(
        furniture or load_furniture(own("furniture.yaml")),
        load_elements(own("elements.tsv")),
        load_languages(own("languages.tsv")),
    )


def read(
    paths: Sequence[Path],
    *,
    furniture: Furniture | None = None,
    ontology: Path | None = None,
    options: Options | None = None,
) -> Reading:
    """Read files, folders and collections into articles.

    What cannot be read costs only itself. The result depends neither on the order of *paths* nor on where the files
    lie. Nothing is opened but these files and the `sources.toml` and `sources.csv` beside each, and nothing is fetched.

    Args:
        paths: files and folders; a folder stands for all below it that can be read; `-` is standard input.
        furniture: rules of site furniture; None means those of *ontology*.
        ontology: a folder with data files of the user's own; None means those that ship.
        options: how collections are read.

    Returns:
        The articles. A related piece of a page is one of its own, and so is a repeat, which has no paragraphs.
    """
    rules = load_rules(ontology, furniture)
    files, missing = find_files(Path(path) for path in paths)
    gathered = _Gathered(failures=[*missing])
    folders = sorted({file.path.parent for file in files})
    sources = {folder: load_sources(folder) for folder in folders}
    tables = {folder: load_table(folder) for folder in folders}
    for file in files:
        folder = file.path.parent
        _read_file(file, sources[folder], tables[folder], rules, options or Options(), gathered)
    gathered.failures += [error for told in sources.values() for error in told.errors]
    gathered.failures += [error for table in tables.values() for error in table.errors]
    notes = gathered.notes + [note for told in sources.values() for note in told.notes]
    drafts = sorted(gathered.drafts, key=lambda draft: (draft.name, str(draft.path)))
    per_draft = [_documents(draft, salt) for draft, salt in zip(drafts, _salts(drafts), strict=True)]
    for draft, documents in zip(drafts, per_draft, strict=True):
        notes += _page_notes(draft, documents)
    prints = {
        document.id: (fingerprint(article.piece.texts), article.piece.texts)
        for draft, documents in zip(drafts, per_draft, strict=True)
        for document, article in zip(documents, draft.page.articles, strict=True)
    }
    every = [(str(draft.path), document) for draft, docs in zip(drafts, per_draft, strict=True) for document in docs]
    return Reading(
        documents=tuple(sorted(across(every, prints), key=lambda one: (one.source_file, _begin(one), one.id))),
        failures=tuple(sorted(gathered.failures, key=lambda error: (str(error.path), str(error)))),
        notes=tuple(sorted(notes)),
        pages=tuple(Page(draft.name, draft.path, draft.layout.text, draft.page.sections) for draft in drafts),
    )


def _read_file(
    file: Found, sources: Sources, table: Table, rules: Rules, options: Options, gathered: _Gathered
) -> None:
    """Read all pages of one file; what is in another language is counted together."""
    source = sources.by_name.get(file.path.name, Source())
    beside = table.by_name.get(file.path.name)
    foreign: Counter[str] = Counter()
    for original in originals(file, options):
        if isinstance(original, DocumentError):
            gathered.failures.append(original)
            continue
        row = table.by_name.get(original.name) or beside
        try:
            draft = _draft(replace(original, told=(*original.told, row) if row else original.told), source, file, rules)
        except DocumentError as error:
            gathered.failures.append(error)
        else:
            if isinstance(draft, str):
                foreign[draft] += 1
            else:
                gathered.drafts.append(draft)
    if foreign:
        gathered.failures.append(_foreign_error(file.path, foreign))


def _foreign_error(path: Path, foreign: Counter[str]) -> DocumentError:
    """Say on one line how many articles of a file are not English."""
    number = sum(foreign.values())
    kinds = ", ".join(f"{count} {name}" if number > 1 else name for name, count in sorted(foreign.items()))
    what = "1 article is" if number == 1 else f"{number:,} articles are"
    return DocumentError(path, f"{what} not English ({kinds}), and skipped", "kgbuild reads English.")


def _draft(original: Original, source: Source, file: Found, rules: Rules) -> _Draft | str:
    """Read one page into its articles; the name of its language instead when that is not English.

    Raises:
        DocumentError: it is no text, or has none besides furniture.
    """
    layout = lay_out(original, rules.elements)
    page = cut_page(layout, rules.furniture)
    if not page.articles:
        message = "holds no article: all of it is site furniture or markup"
        raise DocumentError(original.path, message, "See docs/reading.md for what is cut.")
    foreign = rules.languages.foreign(" ".join(text for article in page.articles for text in article.piece.texts))
    if foreign:
        return foreign
    extracted = "" if original.plain_file else hashlib.sha256(layout.text.encode("utf-8")).hexdigest()
    facts = tuple(metadata(one, source, _told(one, original, layout)) for one in page.articles)
    content_hash = hashlib.sha256(original.record or original.data).hexdigest()
    return _Draft(original.name, original.path, file.real, layout, page, content_hash, extracted, facts)


def _told(article: Article, original: Original, layout: Layout) -> list[Told]:
    """Gather what is told of an article: a post of a page knows its own time before that of the page."""
    told = [*original.told, *layout.told]
    if article.part:
        own = layout.posts.get(article.part)
        told = [replace(one, title=None, published=None if own and own.published else one.published) for one in told]
        told += [own] if own else []
    return told


def _salts(drafts: Sequence[_Draft]) -> list[str]:
    """Give pages of equal name and content something to tell their ids apart; all others nothing."""
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, draft in enumerate(drafts):
        alike[draft.name, draft.content_hash].append(number)
    salts = [""] * len(drafts)
    for numbers in alike.values():
        apart = distinguish([drafts[number].real for number in numbers])
        for number, salt in zip(numbers, apart, strict=True):
            salts[number] = salt
    return salts


def _documents(draft: _Draft, salt: str) -> list[Document]:
    """Make the documents of a page."""
    stem = Path(draft.name).stem
    parts = (draft.name, draft.content_hash, *([salt] if salt else []))
    articles = draft.page.articles
    ids = [mint("article", stem, *parts, str(one.sections[0].where.begin)) for one in articles]
    documents: list[Document] = []
    for own, article, facts in zip(ids, articles, draft.facts, strict=True):
        line = _dateline(article)
        documents.append(
            Document(
                id=own,
                source_file=draft.name,
                text=draft.layout.text,
                content_hash=draft.content_hash,
                sections=article.sections,
                paragraphs=article.paragraphs,
                headings=frozenset(article.paragraphs) & article.piece.headings,
                title=facts.title,
                published=facts.published,
                publisher=facts.publisher,
                creator=facts.creator,
                url=facts.url,
                part_of=mint("page", stem, *parts) if len(articles) > 1 else None,
                duplicate_of=None if article.repeats is None else ids[article.repeats],
                markup=article.markup,
                text_hash=draft.text_hash,
                date_source=facts.date_source,
                date_certainty=facts.certainty,
                dateline_place=line.place,
                agency=line.agency,
            )
        )
    return documents


def _dateline(article: Article) -> Dateline:
    """Read the dateline of an article's first paragraph that is no heading."""
    bodies = (block.words for block in article.piece.blocks if block.where not in article.piece.headings)
    return dateline_of(next(bodies, ""))


def _page_notes(draft: _Draft, documents: Sequence[Document]) -> list[str]:
    """Say what a user should know of a page: odd markup, dates that disagree or lack."""
    notes = [f"{draft.path}: {complaint}" for complaint in draft.layout.complaints]
    notes += [f"{draft.path}: {facts.contradiction}" for facts in draft.facts if facts.contradiction]
    undated = [one for one in documents if one.published is None and one.duplicate_of is None]
    if any(_is_main(one) for one in undated):
        notes.append(
            f"{draft.path}: no publication date, so relative times stay unresolved. Give `published` in {NAME}."
        )
    if any(not _is_main(one) for one in undated):
        what = "its related articles have no publication date, so their relative times stay unresolved"
        notes.append(f"{draft.path}: {what}. Give `related_published` in {NAME}.")
    return list(dict.fromkeys(notes))


def _is_main(document: Document) -> bool:
    """Tell whether an article is the one that its page is about."""
    return document.sections[0].kind is SectionKind.ARTICLE


def _begin(document: Document) -> int:
    """Give the place in its file at which an article begins."""
    return document.sections[0].where.begin
