"""A user's own table: one thing a row, written like the tables of names that ship.

Error codes, besides those of `rows` (GT001 to GT005 here): G106 a type that the graph does not have; G107 a country
that is no two-letter code; G108 a number that is none; G109 a link that is no web address.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from kgbuild.errors import DataError
from kgbuild.gazetteer.entry import Entry
from kgbuild.knowledge.naming import Form
from kgbuild.knowledge.rows import Row, read_rows, values
from kgbuild.model import EntityType, slug

COLUMNS = ("name", "type", "country", "aliases", "acronyms", "links", "latitude", "longitude", "weight", "source")
_LINK = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_GEONAMES = re.compile(r"https?://(?:sws|www)\.geonames\.org/(\d+)/?.*")
_WIKIDATA = re.compile(r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q\d+)")


def read_table(path: Path) -> Iterator[Entry]:
    """Read a table of the user's own.

    Raises:
        DataError: a row is wrong.
    """
    for row in read_rows(path, COLUMNS, "GT", required=2):
        name, kind, country, aliases, acronyms, links, latitude, longitude, weight, _ = row.cells
        if kind not in set(EntityType):
            raise DataError("G106", path, row.line, f"`{kind}` is not a type", f"Use one of: {', '.join(EntityType)}.")
        if country and not re.fullmatch("[A-Z]{2}", country):
            raise DataError("G107", path, row.line, f"`{country}` is no country", "Write its two-letter code.")
        addresses = values(links)
        for link in addresses:
            if not _LINK.fullmatch(link):
                raise DataError("G109", path, row.line, f"`{link}` is no web address", "Write it in full.")
        yield Entry(
            key=_key(name, addresses),
            name=name,
            type=EntityType(kind),
            country=f"iso:{country}" if country else "",
            weight=int(_number(row, weight) or 0),
            latitude=_number(row, latitude),
            longitude=_number(row, longitude),
            surfaces=[
                *((alias, Form.NAME) for alias in values(aliases)),
                *((acronym, Form.ACRONYM) for acronym in values(acronyms)),
            ],
            links=list(addresses),
        )


def _key(name: str, links: tuple[str, ...]) -> str:
    """Take the key that other sources would give the thing, if a link tells it."""
    for link in links:
        if match := _GEONAMES.fullmatch(link):
            return f"geonames:{match[1]}"
    for link in links:
        if match := _WIKIDATA.fullmatch(link):
            return f"wikidata:{match[1]}"
    return f"own:{slug(name)}"


def _number(row: Row, cell: str) -> float | None:
    try:
        return float(cell) if cell else None
    except ValueError as error:
        raise DataError("G108", row.path, row.line, f"`{cell}` is no number", "Write digits and a point.") from error
