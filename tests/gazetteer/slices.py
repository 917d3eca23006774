"""Small sources in the formats of the large ones; things, numbers and identifiers are made up."""

import json
from pathlib import Path

TABLE = """\
# our own names
name\ttype\tcountry\taliases\tacronyms\tlinks\tlatitude\tlongitude\tweight\tsource
Harbour Watch\tOrganization\tGH\tWatch of the Harbour\tHWA\thttps://example.org/hw\t\t\t12\town
Tessaly\tCity\tGH\tTesaly|Tessali\t\thttps://sws.geonames.org/900001/\t5.5\t-0.2\t40000\town
"""


def geonames_line(number: int, name: str, others: str, class_: str, code: str, country: str, population: int) -> str:
    cells = [str(number), name, name, others, "5.5", "-0.2", class_, code, country, "", "01", "", "", ""]
    return "\t".join([*cells, str(population), "", "12", "Etc/UTC", "2025-01-01"])


GEONAMES = "\n".join(
    [
        geonames_line(900001, "Tessaly", "Tesaly,Τεσσάλη", "P", "PPL", "GH", 41000),
        geonames_line(900002, "Lundra", "", "P", "PPL", "GH", 900),
        geonames_line(900003, "Lundra", "", "P", "PPL", "PE", 800),
        geonames_line(900004, "Upper Vale", "", "A", "ADM1", "GH", 5000),
        geonames_line(900005, "Upper Vale District", "", "A", "ADM2", "GH", 500),
        geonames_line(900006, "Lake Tess", "", "H", "LK", "GH", 0),
        geonames_line(900007, "Tess Road", "", "R", "RD", "GH", 0),
        geonames_line(900008, "Ghana", "", "A", "PCLI", "GH", 30000000),
    ]
)


def item(number: str, label: str, *classes: str, **known: object) -> dict[str, object]:
    """Make an item as the JSON dump has it; *known* gives values by property, `aliases` and `sites`."""
    claims = {"P31": [_statement(_item_value(one)) for one in classes]}
    for property_, value in known.items():
        if property_.startswith("P"):
            claims[property_] = [_statement(value)]
    aliases = [{"language": "en", "value": alias} for alias in known.get("aliases", ())]  # type: ignore[attr-defined]
    return {
        "type": "item",
        "id": number,
        "labels": {"en": {"language": "en", "value": label}} if label else {"fr": {"language": "fr", "value": "X"}},
        "aliases": {"en": aliases},
        "claims": claims,
        "sitelinks": {f"{n:02}wiki": {} for n in range(int(str(known.get("sites", 0))))},
    }


def _item_value(number: str) -> dict[str, object]:
    return {"entity-type": "item", "numeric-id": int(number[1:]), "id": number}


def _statement(value: object, rank: str = "normal") -> dict[str, object]:
    value = _item_value(value) if isinstance(value, str) and value.startswith("Q") else value
    return {"mainsnak": {"snaktype": "value", "datavalue": {"value": value}}, "type": "statement", "rank": rank}


ITEMS = [
    item("Q9001", "Ghana", "Q6256", P297="GH", sites=200),
    item("Q9002", "Tessaly", "Q515", P1566="900001", P17="Q9001", P1082={"amount": "+42000", "unit": "1"}),
    item("Q9003", "Ada Mensima Lind", "Q5", P27="Q9001", aliases=["Ada M. Lind"], sites=40),
    item("Q9004", "Northern Relief Institute", "Q43229", P17="Q9001", aliases=["NRI"], sites=3),
    item("Q9005", "A Novel", "Q7725634"),
    item("Q9006", "", "Q5"),
]
WIKIDATA = "[\n" + ",\n".join(json.dumps(one) for one in ITEMS) + "\n]\n"

_HEAD = ["item", "itemLabel", "type", "alias", "country", "geonames", "coord", "population"]
_ROWS = [
    ["http://www.wikidata.org/entity/Q9002", "Tessaly", "City", "Tessali", "GH", "900001", "Point(-0.2 5.5)", "42000"],
    ["http://www.wikidata.org/entity/Q9002", "Tessaly", "City", "Tesalia", "GH", "900001", "Point(-0.2 5.5)", "42000"],
    ["http://www.wikidata.org/entity/Q9007", "Vale Bridge", "Facility", "", "", "", "", ""],
]
SPARQL_CSV = "\n".join(",".join(row) for row in (_HEAD, *_ROWS)) + "\n"
SPARQL_JSON = json.dumps(
    {
        "head": {"vars": _HEAD},
        "results": {
            "bindings": [
                {name: {"type": "literal", "value": value} for name, value in zip(_HEAD, row, strict=True) if value}
                for row in _ROWS
            ]
        },
    },
    indent=1,
)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
