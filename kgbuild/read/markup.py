"""Reads what a web page says of itself to machines: JSON-LD, OpenGraph, other meta elements, `time`, its address."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kgbuild.read.originals import Told
from kgbuild.read.templates import date_of

_ARTICLE_TYPES = frozenset(
    "article newsarticle reportagenewsarticle analysisnewsarticle backgroundnewsarticle opinionnewsarticle blogposting "
    "liveblogposting socialmediaposting webpage report".split()
)
_DEPTH_LIMIT = 12
_JSON_LIMIT_CHARACTERS = 2_000_000
_OPEN_GRAPH = {
    "title": ("og:title",),
    "published": ("article:published_time", "og:published_time", "og:article:published_time"),
    "publisher": ("og:site_name",),
    "creator": ("article:author", "og:article:author"),
    "url": ("og:url",),
}
_OTHER_META = {
    "title": ("parsely-title", "dc.title", "dcterms.title", "headline", "twitter:title", "sailthru.title"),
    "published": (
        *("parsely-pub-date", "datepublished", "pubdate", "publishdate", "publish-date", "publication_date", "date"),
        *(
            "dc.date",
            "dc.date.issued",
            "dcterms.date",
            "dcterms.issued",
            "dcterms.created",
            "sailthru.date",
            "article.published",
        ),
    ),
    "publisher": ("publisher", "dc.publisher", "dcterms.publisher", "application-name", "cre"),
    "creator": ("author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl"),
    "url": (),
}
_IN_ADDRESS = re.compile(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/\-_.]|$)")
_ISO = re.compile(r"\s*(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_FIELDS = ("title", "published", "publisher", "creator", "url")


def page_facts(root: Any) -> tuple[Told, ...]:  # noqa: ANN401 - lxml has no types
    """Gather what a page tells of itself: one `Told` a source, in the order of trust, none that tells nothing."""
    metas: dict[str, str] = {}
    scripts: list[str] = []
    times: list[Any] = []
    canonical = None
    for element in root.iter("meta", "script", "time", "link"):
        tag = element.tag
        if tag == "meta":
            name = (
                element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
            )
            content = (element.get("content") or "").strip()
            if name and content:
                metas.setdefault(name.strip().lower(), content)
        elif tag == "script" and "ld+json" in (element.get("type") or "").lower():
            scripts.append(element.text or "")
        elif tag == "time":
            times.append(element)
        elif tag == "link" and (element.get("rel") or "").lower() == "canonical":
            canonical = canonical or element.get("href")
    graph = _from_meta("OpenGraph", metas, _OPEN_GRAPH)
    url = canonical or graph.url
    told = [
        _from_json(scripts),
        graph,
        _from_meta("meta elements", metas, _OTHER_META, url=canonical),
        Told("a time element", published=_published_time(times)),
        Told("the address", published=date_in_address(url)),
    ]
    return tuple(one for one in told if one and any(getattr(one, field) for field in _FIELDS))


def day_of(value: object) -> date | None:
    """Read a day from what machines write (`2025-06-02T10:00:00Z`, `20250602`), or people (`June 2, 2025`).

    The day is the one that is written, in the writer's own time zone.
    """
    if not isinstance(value, str):
        return None
    iso = _ISO.match(value)
    if iso:
        try:
            return date(*(int(part) for part in iso.groups()))
        except ValueError:
            return None
    return date_of(value[:100])


def date_in_address(url: str | None) -> date | None:
    """Read the day that many sites write into their addresses.

    >>> date_in_address("https://example.org/world/2025/06/02/talks")
    datetime.date(2025, 6, 2)
    """
    found = _IN_ADDRESS.search(url or "")
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None


def time_of(element: Any) -> date | None:  # noqa: ANN401
    """Read the first `time` inside an element."""
    return next((day for time in element.iter("time") for day in [day_of(time.get("datetime"))] if day), None)


def _published_time(times: list[Any]) -> date | None:
    """Choose the `time` that says when the page was published: one marked so, else the first that is not an update."""
    found: list[tuple[bool, date]] = []
    for element in times:
        marks = " ".join((element.get(name) or "") for name in ("class", "itemprop", "id")).lower()
        day = day_of(element.get("datetime") or element.get("content") or element.text)
        if day and not re.search(r"modif|updat", marks):
            marked = "publish" in marks or element.get("pubdate") is not None
            found.append((not marked, day))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _from_meta(source: str, metas: Mapping[str, str], names: Mapping[str, tuple[str, ...]], **more: str | None) -> Told:
    """Take the first name that is there for each field."""
    got: dict[str, str | None] = {
        field: next((metas[n] for n in names[field] if n in metas), None) for field in _FIELDS
    }
    got.update({field: value for field, value in more.items() if value and not got[field]})
    published = day_of(got.pop("published"))
    if got["creator"] and got["creator"].startswith("http"):
        got["creator"] = None
    lines = {field: _line(value) for field, value in got.items() if value}
    return Told(source, published=published, **lines)


def _from_json(scripts: list[str]) -> Told | None:
    """Read the first article that the JSON-LD of a page describes; a page of one description beats those of lists."""
    found: list[Mapping[str, Any]] = []
    for script in scripts:
        if len(script) > _JSON_LIMIT_CHARACTERS:
            continue
        try:
            found += _articles(json.loads(_cleaned(script), strict=False), 0)
        except (ValueError, RecursionError):
            continue  # broken JSON says nothing; the page's other sources do
    if not found:
        return None
    best = min(found, key=lambda one: ("webpage" in _types(one), not one.get("datePublished"), not one.get("headline")))
    return Told(
        "JSON-LD",
        title=_name(best.get("headline")) or _name(best.get("name")),
        published=day_of(best.get("datePublished")) or day_of(best.get("dateCreated")),
        publisher=_name(best.get("publisher")) or _name(best.get("sourceOrganization")),
        creator=_name(best.get("author")) or _name(best.get("creator")),
        url=_name(best.get("url")) or _name(best.get("mainEntityOfPage"), "@id"),
    )


def _cleaned(script: str) -> str:
    """Take off what people put around JSON: comments of HTML, CDATA, a last semicolon."""
    text = script.strip().removeprefix("<!--").removesuffix("-->").strip()
    return text.removeprefix("<![CDATA[").removesuffix("]]>").strip().rstrip(";")


def _articles(node: object, depth: int) -> Iterator[Mapping[str, Any]]:
    """Find what describes an article, in lists and graphs too."""
    if depth > _DEPTH_LIMIT:
        return
    if isinstance(node, list):
        for one in node:
            yield from _articles(one, depth + 1)
    elif isinstance(node, dict):
        if _types(node) & _ARTICLE_TYPES:
            yield node
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _articles(node.get(key), depth + 1)


def _types(node: Mapping[str, Any]) -> set[str]:
    """Give the types of a node, small, without their namespace."""
    kinds = node.get("@type")
    values = kinds if isinstance(kinds, list) else [kinds]
    return {value.rsplit("/", 1)[-1].lower() for value in values if isinstance(value, str)}


def _name(value: object, key: str = "name", depth: int = 0) -> str | None:
    """Take a text, the name of a thing, or the names of several."""
    if isinstance(value, str):
        return _line(value) or None
    if isinstance(value, dict) and depth < 3:
        return _name(value.get(key), key, depth + 1)
    if isinstance(value, list) and depth < 3:
        names = [name for one in value[:20] for name in [_name(one, key, depth + 1)] if name]
        return ", ".join(dict.fromkeys(names)) or None
    return None


def _line(text: str) -> str:
    """Make one line of a text, not endless."""
    return " ".join(text.split())[:500]
