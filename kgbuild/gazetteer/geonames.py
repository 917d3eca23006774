"""A dump of GeoNames (`allCountries.txt`, `cities15000.txt`, `UA.txt`): nineteen cells a line, tabs between.

Source: GeoNames, "The main 'geoname' table", readme of https://download.geonames.org/export/dump/ (CC BY 4.0). What
a feature is follows from its class and code; roads, and administrative divisions below the first level, are left out.

Error codes: G201 a line has another number of cells; G202 a cell that must be a number is none.
"""

from collections.abc import Iterator
from pathlib import Path

from kgbuild.errors import DataError
from kgbuild.gazetteer.entry import Entry
from kgbuild.gazetteer.opening import open_text
from kgbuild.knowledge.cities import GEONAMES
from kgbuild.knowledge.naming import Form
from kgbuild.model import EntityType

_CELLS = 19
_BY_CLASS = {
    "P": EntityType.CITY,
    "S": EntityType.FACILITY,
    "H": EntityType.PLACE,
    "L": EntityType.PLACE,
    "T": EntityType.PLACE,
    "U": EntityType.PLACE,
    "V": EntityType.PLACE,
}
_BY_CODE = {"ADM1": EntityType.REGION, "RGN": EntityType.REGION, "CONT": EntityType.REGION}
_STATES = frozenset({"PCL", "PCLI", "PCLD", "PCLF", "PCLS", "PCLIX", "TERR"})


def read_geonames(path: Path) -> Iterator[Entry]:
    """Read a dump line by line.

    Raises:
        DataError: a line is wrong.
    """
    with open_text(path) as stream:
        for number, line in enumerate(stream, start=1):
            text = line.rstrip("\r\n")
            if not text:
                continue
            cells = text.split("\t")
            if len(cells) != _CELLS:
                raise DataError("G201", path, number, f"{len(cells)} cells, not {_CELLS}", "Give the dump as it is.")
            kind = _kind(cells[6], cells[7])
            if kind is not None:
                yield _entry(cells, kind, path, number)


def _kind(class_: str, code: str) -> EntityType | None:
    if code in _STATES:
        return EntityType.COUNTRY
    return _BY_CODE.get(code) or _BY_CLASS.get(class_)


def _entry(cells: list[str], kind: EntityType, path: Path, line: int) -> Entry:
    geonames, name, plain, others, latitude, longitude, _, code, country = cells[:9]
    try:
        place = float(latitude), float(longitude)
        population = int(cells[14] or 0)
        int(geonames)
    except ValueError as error:
        raise DataError("G202", path, line, f"{error}", "Give the dump as it is.") from error
    state = kind is EntityType.COUNTRY and code != "TERR" and country
    return Entry(
        key=f"iso:{country}" if state else f"geonames:{geonames}",
        name=name,
        type=kind,
        country="" if state or not country else f"iso:{country}",
        weight=population,
        latitude=place[0],
        longitude=place[1],
        surfaces=[(other, Form.NAME) for other in (plain, *others.split(",")) if other and other != name],
        links=[GEONAMES.format(geonames)],
    )
