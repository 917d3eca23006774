"""Decides what is known of an article when several sources speak of it, and says so when they disagree.

The sources stand in a fixed order of trust (`originals.TRUST`): what a person wrote down beside the files, then the
fields of a record, then what a page tells machines, then what it prints, then what follows from an address. For each
field the first source that has it decides. Dates are compared besides: two sources that differ by more than a day,
which a time zone explains, contradict one another, and the user is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from kgbuild.model import SectionKind
from kgbuild.read.articles import Article
from kgbuild.read.originals import TRUST, Told
from kgbuild.read.sources import Source
from kgbuild.read.templates import date_of

_FRONT_KEYS = {
    "title": ("title", "headline"),
    "publisher": ("publisher", "source", "site", "site_name"),
    "creator": ("author", "authors", "creator", "by"),
    "url": ("url", "link", "source_url", "canonical_url"),
}
_FRONT_DATES = ("published", "date", "publish_date", "published_date", "pubdate", "publishdate")
_SAME_DAYS = 1
_WEAK = frozenset({"the address", "the headers of its mail or crawl"})
_NAMES = ("title", "publisher", "creator", "url")


class Certainty(StrEnum):
    """Tell how far a date can be relied on."""

    STATED = "stated"
    INFERRED = "inferred"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Metadata:
    """Hold what is known of one article.

    Attributes:
        date_source: who says when it was published, one of `originals.TRUST`; "" without a date.
        certainty: "" without a date.
        contradiction: what a user is told when sources disagree; "" when they do not.
    """

    title: str | None
    published: date | None
    publisher: str | None
    creator: str | None
    url: str | None
    date_source: str = ""
    certainty: str = ""
    contradiction: str = ""


def metadata(article: Article, source: Source, told: Sequence[Told]) -> Metadata:
    """Gather what is known of an article.

    A related piece knows only what stands on its card, and the date that `sources.toml` gives for all such pieces.

    Args:
        article: with what its own lines say.
        source: what `sources.toml` says of its file.
        told: what everything else says, in any order.
    """
    piece = article.piece
    title = piece.title.words if piece.title else None
    own = Told("the page's own lines", title, piece.published, piece.publisher, piece.creator)
    if piece.kind is not SectionKind.ARTICLE:
        every = [Told("sources.toml", published=source.related_published), own]
    else:
        given = Told("sources.toml", source.title, source.published, source.publisher, None, source.url)
        every = [given, *sorted(told, key=lambda one: TRUST.index(one.source)), own]
        every.sort(key=lambda one: TRUST.index(one.source))
    names = {name: next((value for one in every if (value := getattr(one, name))), None) for name in _NAMES}
    dates = [(one.published, one.source) for one in every if one.published]
    return Metadata(
        title=names["title"],
        published=dates[0][0] if dates else None,
        publisher=names["publisher"],
        creator=names["creator"],
        url=names["url"],
        date_source=dates[0][1] if dates else "",
        certainty=_certainty(dates),
        contradiction=_contradiction(dates),
    )


def _disagree(dates: Sequence[tuple[date, str]]) -> list[tuple[date, str]]:
    """List the sources that contradict the first one; an address or a header contradicts nobody."""
    return [(day, who) for day, who in dates[1:] if who not in _WEAK and abs((day - dates[0][0]).days) > _SAME_DAYS]


def _certainty(dates: Sequence[tuple[date, str]]) -> str:
    """Say how certain the first of some dates is."""
    if not dates:
        return ""
    if dates[0][1] != "sources.toml" and _disagree(dates):
        return Certainty.CONTRADICTED.value
    return (Certainty.INFERRED if dates[0][1] in _WEAK else Certainty.STATED).value


def _contradiction(dates: Sequence[tuple[date, str]]) -> str:
    """Tell which dates disagree; what a person wrote into `sources.toml` settles it."""
    if not dates or dates[0][1] == "sources.toml":
        return ""
    others = ", ".join(f"{day} by {who}" for day, who in _disagree(dates))
    return f"published {dates[0][0]} by {dates[0][1]}, but {others}" if others else ""


def front_matter(front: Mapping[str, Any]) -> Told:
    """Read what front matter says of its article."""
    names = {name: _text(front, name) for name in _FRONT_KEYS}
    return Told("front matter", published=_front_date(front), **names)


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
