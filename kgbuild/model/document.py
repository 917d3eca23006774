"""An article as read: the whole file's text, and which parts of it the article is."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kgbuild.model.text import Where

_SPACE = re.compile(r"\s")


class SectionKind(StrEnum):
    """Tell what a stretch of a page is; only `ARTICLE` and `RELATED` are read for facts."""

    ARTICLE = "article"
    RELATED = "related"
    BOILERPLATE = "boilerplate"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Section:
    """Mark a stretch of a page as one kind of text, and say which rule decided so."""

    where: Where
    kind: SectionKind
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """Hold one article: the unit that every later stage works on.

    A file may carry several articles (related pieces below the main one); each is a document of its own that
    shares the file's `text`, so that offsets always count from the start of the file. `text` never changes.

    Attributes:
        id: local name of the article's IRI, minted from the file's name and content.
        source_file: base name of the file.
        text: the whole decoded file.
        content_hash: SHA-256 of the file's bytes, in hexadecimal; of a member or record, for what lies in a collection.
        sections: the stretches of the file that belong to this article, in order.
        paragraphs: the stretches to read, in order; empty for a duplicate.
        headings: those of `paragraphs` that are headlines or subheads.
        title: headline, if one is known.
        published: publication date; None leaves every relative time unresolved.
        part_of: local name of the page's IRI when the page carries several articles.
        duplicate_of: `id` of the article whose text this one repeats.
        markup: characters inside `paragraphs` that are a format's signs (Markdown's stars and links), in order.
        text_hash: SHA-256 of `text` as UTF-8 where it was extracted (HTML, PDF, a record) and no file holds it so;
            "" where `text` is the file itself.
        date_source: who says when it was published (`JSON-LD`, `sources.toml`, ...); "" without a date.
        date_certainty: `stated`, `inferred` or `contradicted`; "" without a date.
        dateline_place: the place that its first paragraph opens with, as written; "" for none.
        agency: the news agency that the dateline names; "" for none.
        dateline: where the dateline stands, up to the first word of the report; None for none.
        wire_story: local name of the IRI of the agency text that it retells with other articles; None for none known.
    """

    id: str
    source_file: str
    text: str
    content_hash: str
    sections: tuple[Section, ...]
    paragraphs: tuple[Where, ...]
    headings: frozenset[Where] = field(default=frozenset())
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    creator: str | None = None
    url: str | None = None
    part_of: str | None = None
    duplicate_of: str | None = None
    markup: tuple[Where, ...] = ()
    text_hash: str = ""
    date_source: str = ""
    date_certainty: str = ""
    dateline_place: str = ""
    agency: str = ""
    dateline: Where | None = None
    wire_story: str | None = None

    def words(self, where: Where) -> str:
        """Give *where* as one line of plain words: markup and line breaks become spaces, so that no offset moves.

        This is what a parser should be fed; evidence still quotes `text` itself. A surrogate or any other
        character stays one character, hence `len(document.words(where)) == where.length`.
        """
        words = _SPACE.sub(" ", where.of(self.text))
        for sign in self.markup[bisect_right(self.markup, where.begin, key=lambda sign: sign.end) :]:
            if sign.begin >= where.end:
                break
            begin, end = max(sign.begin, where.begin) - where.begin, min(sign.end, where.end) - where.begin
            words = words[:begin] + " " * (end - begin) + words[end:]
        return words
