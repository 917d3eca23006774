"""A JSON dump of Wikidata, or a part of one: an array with one item a line, or one item a line without an array.

Source: Wikibase JSON format, https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html. Used are the English
label and aliases, what the item is an instance of (P31; which class that is stands in `names/wikidata-classes.tsv`),
country and citizenship (P17, P27), codes of ISO 3166 (P297, P300), the GeoNames id (P1566), coordinates (P625) and
population (P1082), and in how many editions of Wikipedia it has a page. Deprecated statements are passed over, and so
are items of no listed class and items without an English label.

Error codes: G301 a line is no item; G302 a row of wikidata-classes.tsv is wrong.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kgbuild.errors import DataError
from kgbuild.gazetteer.entry import WIKIDATA, Entry
from kgbuild.gazetteer.opening import open_text
from kgbuild.knowledge.cities import GEONAMES
from kgbuild.knowledge.naming import Form
from kgbuild.knowledge.rows import read_rows
from kgbuild.model import EntityType

CLASS_COLUMNS = ("item", "label", "type", "source")
Item = Mapping[str, Any]


def load_classes(names_dir: Path) -> dict[str, EntityType]:
    """Read which class of the graph each class of Wikidata is, in the order in which they are preferred.

    Raises:
        DataError: a row is wrong.
    """
    found: dict[str, EntityType] = {}
    for row in read_rows(names_dir / "wikidata-classes.tsv", CLASS_COLUMNS, "N", required=3):
        item, _, kind, _ = row.cells
        if kind not in set(EntityType) or not item[1:].isdecimal() or not item.startswith("Q") or item in found:
            raise DataError("G302", row.path, row.line, f"`{item}` or `{kind}` cannot be used", "Write Q and digits.")
        found[item] = EntityType(kind)
    return found


def read_wikidata(path: Path, classes: Mapping[str, EntityType]) -> Iterator[Entry]:
    """Read a dump line by line.

    Raises:
        DataError: a line is no item.
    """
    with open_text(path) as stream:
        for number, line in enumerate(stream, start=1):
            text = line.strip().rstrip(",")
            if text in {"", "[", "]"}:
                continue
            try:
                item = json.loads(text)
            except json.JSONDecodeError as error:
                message = f"the line is no item ({error.msg})"
                raise DataError("G301", path, number, message, "Give the dump as it is, one item a line.") from error
            if isinstance(item, dict) and item.get("type", "item") == "item":
                entry = _entry(item, classes)
                if entry is not None:
                    yield entry


def _entry(item: Item, classes: Mapping[str, EntityType]) -> Entry | None:
    number = str(item.get("id", ""))
    kinds = {value.get("id") for value in _values(item, "P31") if isinstance(value, dict)}
    kind = next((type_ for class_, type_ in classes.items() if class_ in kinds), None)
    name = _english(item)
    if kind is None or not name or not number.startswith("Q"):
        return None
    aliases = item.get("aliases", {}).get("en", []) if isinstance(item.get("aliases"), dict) else []
    code, region, geonames = (_text(item, property_) for property_ in ("P297", "P300", "P1566"))
    place = next((value for value in _values(item, "P625") if isinstance(value, dict)), {})
    home = next((v["id"] for p in ("P17", "P27") for v in _values(item, p) if isinstance(v, dict) and "id" in v), "")
    return Entry(
        key=_key(number, code, region, geonames),
        name=name,
        type=kind,
        country=f"wikidata:{home}" if home and not code else "",
        weight=_population(item) or len([s for s in item.get("sitelinks", {}) if s.endswith("wiki")]),
        latitude=place.get("latitude"),
        longitude=place.get("longitude"),
        surfaces=[(alias["value"], Form.NAME) for alias in aliases],
        links=[WIKIDATA.format(number), *([GEONAMES.format(geonames)] if geonames else [])],
    )


def _key(number: str, code: str, region: str, geonames: str) -> str:
    """Choose the key that other sources would give the thing."""
    if code or region:
        return f"iso:{code or region}"
    return f"geonames:{geonames}" if geonames else f"wikidata:{number}"


def _english(item: Item) -> str:
    labels = item.get("labels")
    labels = labels if isinstance(labels, dict) else {}
    return str((labels.get("en") or labels.get("mul") or {}).get("value", ""))


def _values(item: Item, property_: str) -> Iterator[Any]:
    """Give the values of a property, those that are preferred first."""
    claims = item.get("claims")
    statements = claims.get(property_, []) if isinstance(claims, dict) else []
    rank = {"preferred": 0, "normal": 1}
    for statement in sorted(statements, key=lambda one: rank.get(one.get("rank"), 2)):
        snak = statement.get("mainsnak", {})
        if statement.get("rank") != "deprecated" and snak.get("snaktype") == "value":
            yield snak["datavalue"]["value"]


def _text(item: Item, property_: str) -> str:
    return next((value for value in _values(item, property_) if isinstance(value, str)), "")


def _population(item: Item) -> int:
    amounts = (value.get("amount", "0") for value in _values(item, "P1082") if isinstance(value, dict))
    return int(float(next(amounts, "0")))
