"""Makes the articles of one page: what of it each is, what is cut, and what is known of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kgbuild.model import Section, SectionKind, Where
from kgbuild.read.furniture import Furniture
from kgbuild.read.markdown import MarkdownPage
from kgbuild.read.repeats import repeats_within
from kgbuild.read.sections import Cut, Piece, Reader, trim
from kgbuild.read.sources import Source
from kgbuild.read.templates import date_of

_FRONT_KEYS = {
    "title": ("title", "headline"),
    "publisher": ("publisher", "source", "site", "site_name"),
    "creator": ("author", "authors", "creator", "by"),
    "url": ("url", "link", "source_url", "canonical_url"),
}
_FRONT_DATES = ("published", "date", "publish_date", "published_date", "pubdate", "publishdate")


@dataclass(frozen=True, slots=True)
class Article:
    """Hold one article of a page; `repeats` is the number of the article of the same page that it repeats."""

    piece: Piece
    sections: tuple[Section, ...]
    paragraphs: tuple[Where, ...]
    markup: tuple[Where, ...]
    repeats: int | None


@dataclass(frozen=True, slots=True)
class CutPage:
    """Hold a page cut into articles; `sections` has all of it that carries ink."""

    articles: tuple[Article, ...]
    sections: tuple[Section, ...]
    front: Mapping[str, Any]
    complaint: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """Hold what is known of one article."""

    title: str | None
    published: date | None
    publisher: str | None
    creator: str | None
    url: str | None


def cut_page(text: str, layout: MarkdownPage, rules: Furniture) -> CutPage:
    """Cut a page into its articles; a page of nothing but furniture has none."""
    reader = Reader(rules)
    reader.read(layout.blocks)
    trimmed = [(piece, *trim(piece, text, rules)) for piece in reader.pieces]
    read = [(piece, kept) for piece, kept, _ in trimmed if kept]
    repeats = repeats_within([piece.texts for piece, _ in read])
    stretches = [(cut, -1) for cut in reader.cuts] + [(cut, -1) for _, _, cuts in trimmed for cut in cuts]
    for number, (piece, kept) in enumerate(read):
        kind = SectionKind.DUPLICATE if number in repeats else piece.kind
        rule = "repeated-piece" if number in repeats else f"{piece.kind.value}-text"
        stretches += [(Cut(where, kind, rule), number) for where in kept]
    sections = _merged(stretches)
    articles = tuple(
        Article(
            piece=piece,
            sections=tuple(section for section, owner in sections if owner == number),
            paragraphs=() if number in repeats else tuple(kept),
            markup=() if number in repeats else tuple(sign for block in piece.blocks for sign in block.markup),
            repeats=repeats.get(number),
        )
        for number, (piece, kept) in enumerate(read)
    )
    return CutPage(articles, tuple(section for section, _ in sections), layout.front, layout.complaint)


def _merged(stretches: list[tuple[Cut, int]]) -> list[tuple[Section, int]]:
    """Put neighbours of the same kind, rule and article together, in the order of the page."""
    merged: list[tuple[Section, int]] = []
    for cut, owner in sorted(stretches, key=lambda pair: pair[0].where):
        last, last_owner = merged[-1] if merged else (None, None)
        if last and last_owner == owner and (last.kind, last.rule) == (cut.kind, cut.rule):
            merged[-1] = (Section(Where(last.where.begin, cut.where.end), cut.kind, cut.rule), owner)
        else:
            merged.append((Section(cut.where, cut.kind, cut.rule), owner))
    return merged


def metadata(article: Article, source: Source, front: Mapping[str, Any]) -> Metadata:
    """Gather what is known of an article: `sources.toml` first, then front matter, then the page's own lines.

    A related piece knows only what stands on its card, and the date that `sources.toml` gives for all such pieces.
    """
    piece = article.piece
    title = piece.title.words if piece.title else None
    if piece.kind is not SectionKind.ARTICLE:
        return Metadata(title, source.related_published or piece.published, piece.publisher, piece.creator, None)
    return Metadata(
        title=source.title or _text(front, "title") or title,
        published=source.published or _front_date(front) or piece.published,
        publisher=source.publisher or _text(front, "publisher") or piece.publisher,
        creator=_text(front, "creator") or piece.creator,
        url=source.url or _text(front, "url"),
    )


def _text(front: Mapping[str, Any], name: str) -> str | None:
    """Take a text from front matter under any of the keys in use for it; several authors are joined."""
    for key in _FRONT_KEYS[name]:
        value = front.get(key)
        if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
            value = ", ".join(value)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return None


def _front_date(front: Mapping[str, Any]) -> date | None:
    """Take the date from front matter, written as a date or as text."""
    for key in _FRONT_DATES:
        value = front.get(key)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        if isinstance(value, str) and date_of(value):
            return date_of(value)
    return None
