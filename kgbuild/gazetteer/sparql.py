"""The result of a query to Wikidata, as JSON or CSV: a thing a row, several rows if it has several aliases.

Columns (variables) that are used: `item` (its IRI; must be there), `itemLabel`, `type` (a class of the graph) or
`class` (an IRI of Wikidata, see `names/wikidata-classes.tsv`), `alias` (one a row, or several with | between), `code`
(ISO 3166-1), `region` (ISO 3166-2), `country` (a two-letter code or an IRI of Wikidata), `geonames`, `population`,
`sitelinks`, and `coord` (`Point(longitude latitude)`). Rows of one thing must follow one another.

Error codes: G401 the result breaks off or is none; G402 a row has no item; G403 a row tells no class that is known.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from kgbuild.errors import DataError
from kgbuild.gazetteer.entry import WIKIDATA, Entry
from kgbuild.gazetteer.opening import open_text
from kgbuild.knowledge.cities import GEONAMES
from kgbuild.knowledge.naming import Form
from kgbuild.knowledge.rows import values
from kgbuild.model import EntityType

_ITEM = re.compile(r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q\d+)")
_POINT = re.compile(r"Point\(([-+.\dEe]+) ([-+.\dEe]+)\)")
_CHUNK = 1 << 16


def read_sparql_json(path: Path, classes: Mapping[str, EntityType]) -> Iterator[Entry]:
    """Read the bindings of a JSON result one after the other."""
    with open_text(path) as stream:
        rows = ({name: cell.get("value", "") for name, cell in one.items()} for one in _bindings(stream, path))
        yield from _entries(enumerate(rows, start=1), path, classes)


def read_sparql_csv(path: Path, classes: Mapping[str, EntityType]) -> Iterator[Entry]:
    """Read a CSV result row by row."""
    with open_text(path) as stream:
        reader = csv.DictReader(stream)
        reader.fieldnames = [name.lstrip("\ufeff") for name in reader.fieldnames or ()]
        rows = ((reader.line_num, {k: v or "" for k, v in row.items() if k}) for row in reader)
        yield from _entries(rows, path, classes)


def _bindings(stream: IO[str], path: Path) -> Iterator[Mapping[str, Any]]:
    """Cut the objects out of the array `bindings` without reading the file as a whole."""
    text = ""
    while (begin := re.search(r'"bindings"\s*:\s*\[', text)) is None:
        more = stream.read(_CHUNK)
        if not more:
            raise DataError("G401", path, 0, "there are no bindings", "Ask the query service for JSON.")
        text += more
    decoder, text = json.JSONDecoder(), text[begin.end() :]
    while True:
        text = text.lstrip(" \t\r\n,")
        if text.startswith("]"):
            return
        try:
            one, end = decoder.raw_decode(text)
        except json.JSONDecodeError as error:
            more = stream.read(_CHUNK)
            if not more:
                raise DataError("G401", path, 0, "the result breaks off", "Fetch it anew.") from error
            text += more
            continue
        yield one
        text = text[end:]


def _entries(
    rows: Iterator[tuple[int, Mapping[str, str]]], path: Path, classes: Mapping[str, EntityType]
) -> Iterator[Entry]:
    """Make an entry of the rows of each item."""
    last: Entry | None = None
    item = ""
    for line, row in rows:
        match = _ITEM.fullmatch(row.get("item", ""))
        if match is None:
            raise DataError("G402", path, line, "the row has no item", "Select ?item, an IRI of Wikidata.")
        if last is not None and match[1] == item:
            last.surfaces += [(alias, Form.NAME) for alias in values(row.get("alias", ""))]
            continue
        if last is not None:
            yield last
        item, last = match[1], _entry(match[1], row, path, line, classes)
    if last is not None:
        yield last


def _entry(item: str, row: Mapping[str, str], path: Path, line: int, classes: Mapping[str, EntityType]) -> Entry:
    kind = row.get("type", "") or classes.get(row.get("class", "").rpartition("/")[2], "")
    if kind not in set(EntityType):
        remedy = "Select ?type (a class of the graph), or ?class and list it in wikidata-classes.tsv."
        raise DataError("G403", path, line, f"{item} is of no known class", remedy)
    code, region, geonames = (row.get(name, "") for name in ("code", "region", "geonames"))
    point = _POINT.fullmatch(row.get("coord", ""))
    key = f"iso:{code or region}" if code or region else f"geonames:{geonames}" if geonames else f"wikidata:{item}"
    return Entry(
        key=key,
        name=row.get("itemLabel", "") or item,
        type=EntityType(kind),
        country=_country(row.get("country", "")) if not code else "",
        weight=int(float(row.get("population") or row.get("sitelinks") or 0)),
        latitude=float(point[2]) if point else None,
        longitude=float(point[1]) if point else None,
        surfaces=[(alias, Form.NAME) for alias in values(row.get("alias", ""))],
        links=[WIKIDATA.format(item), *([GEONAMES.format(geonames)] if geonames else [])],
    )


def _country(cell: str) -> str:
    match = _ITEM.fullmatch(cell)
    if match is not None:
        return f"wikidata:{match[1]}"
    return f"iso:{cell}" if re.fullmatch("[A-Z]{2}", cell) else ""
