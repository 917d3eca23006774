"""Knows some 35,000 cities without making an object of each: a row becomes a `Name` when somebody asks for it.

The table is derived from GeoNames (see `city_table`). Its rows are kept as they are read, so that loading costs
little. What people add stands in `city-names.tsv`: the English name where GeoNames has another, and
further names.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kgbuild.errors import DataError
from kgbuild.knowledge.naming import Form, Name, Tier, fold
from kgbuild.knowledge.rows import Row, read_rows, values
from kgbuild.model import EntityType, slug

CITY_COLUMNS = ("geonames", "name", "country", "population", "surfaces")
CITY_NAME_COLUMNS = ("geonames", "name", "aliases", "acronyms", "source")

GEONAMES = "https://sws.geonames.org/{}/"
_BIG_CITY = 1_000_000
_CITY = 100_000

_CityRow = tuple[str, ...]


class Cities:
    """Find cities by folded surface.

    Args:
        table: the rows of cities.tsv, each split into its cells.
        ours: rows of city-names.tsv by GeoNames id.
        capitals: names of the capitals of each country, by the country's key.
    """

    def __init__(self, table: list[_CityRow], ours: Mapping[str, Row], capitals: Mapping[str, tuple[str, ...]]) -> None:
        self._ours = ours
        self._by_number = {row[0]: row for row in table}
        self._rows: dict[str, list[_CityRow]] = {}
        self._acronyms: dict[str, _CityRow] = {}
        for row in table:
            for surface in row[4].split("|"):
                known = self._rows.get(surface)
                if known is None:
                    self._rows[surface] = [row]
                else:
                    known.append(row)
            if row[0] in ours:
                self._add_ours(row, ours[row[0]])
        self._seats = self._find_seats(capitals)
        self._capital_of = {number: country for (country, _), number in self._seats.items() if number}
        self._small = dict(self._small_capitals(capitals))

    def _add_ours(self, row: _CityRow, own: Row) -> None:
        """Make a city known under the names and acronyms that we add."""
        for surface in map(fold, (own.cells[1], *values(own.cells[2]))):
            known = self._rows.setdefault(surface, [])
            if row not in known:
                known.append(row)
        for surface in values(own.cells[3]):
            self._acronyms[fold(surface)] = row

    def _find_seats(self, capitals: Mapping[str, tuple[str, ...]]) -> dict[tuple[str, str], str]:
        """Find for each name of a capital the biggest city of that name in the country, "" if there is none."""
        seats: dict[tuple[str, str], str] = {}
        for country, titles in capitals.items():
            code = country.removeprefix("iso:")
            for surface in map(fold, titles):
                homes = [row for row in self._rows.get(surface, ()) if row[2] == code]
                seats[country, surface] = max(homes, key=lambda row: int(row[3]))[0] if homes else ""
        return seats

    def _small_capitals(self, capitals: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Name]]:
        """Make the capitals that the table of cities is too coarse for."""
        for country, titles in capitals.items():
            if titles and not any(self._seats[country, fold(title)] for title in titles):
                name = Name(
                    key=f"kg:{slug(titles[0])}",
                    name=titles[0],
                    type=EntityType.CITY,
                    form=Form.NAME,
                    country=country,
                    capital_of=country,
                    tier=Tier.CITY,
                )
                yield from ((fold(title), name) for title in titles)

    def look_up(self, surface: str) -> list[Name]:
        """Find the cities that a folded surface can stand for, in the order of the table; none gives an empty list."""
        found = [self._name(row, surface) for row in self._rows.get(surface, ())]
        if surface in self._small:
            found.append(self._small[surface])
        if surface in self._acronyms:
            found.append(replace(self._name(self._acronyms[surface], ""), form=Form.ACRONYM))
        return found

    def is_city_of(self, surface: str, country: str) -> bool:
        """Tell whether the country with the key *country* has a city of 100,000 and more with this folded name."""
        code = country.removeprefix("iso:")
        return any(row[2] == code and int(row[3]) >= _CITY for row in self._rows.get(surface, ()))

    def by_key(self, key: str) -> Name | None:
        """Give a city by its key, or None."""
        row = self._by_number.get(key.removeprefix("geonames:"))
        if row is not None:
            return self._name(row, "")
        return next((name for name in self._small.values() if name.key == key), None)

    def _name(self, row: _CityRow, surface: str) -> Name:
        """Make the `Name` of a city as *surface* means it; "" means its own name."""
        number, title, code, population, surfaces = row
        own = self._ours.get(number)
        weight = int(population)
        country = f"iso:{code}"
        capital = self._capital_of.get(number, "")
        tier = _tier(weight, capital=bool(capital), ours=own is not None)
        usual = surface in ("", surfaces.partition("|")[0]) or (country, surface) in self._seats
        if not usual and not (own and surface in map(fold, (own.cells[1], *values(own.cells[2])))):
            tier = Tier.SPELLING
        return Name(
            key=f"geonames:{number}",
            name=own.cells[1] if own else title,
            type=EntityType.CITY,
            form=Form.NAME,
            country=country,
            weight=weight,
            capital_of=capital,
            same_as=(GEONAMES.format(number),),
            tier=tier,
        )


def load_cities(names_dir: Path, capitals: Mapping[str, tuple[str, ...]]) -> Cities:
    """Read the tables of cities.

    Args:
        names_dir: the folder `ontology/names`.
        capitals: names of the capitals of each country, by the country's key.

    Raises:
        DataError: a table is missing or a row of it is broken.
    """
    ours: dict[str, Row] = {}
    for row in read_rows(names_dir / "city-names.tsv", CITY_NAME_COLUMNS, "N", required=2):
        if row.cells[0] in ours:
            raise DataError("N006", row.path, row.line, f"`{row.cells[0]}` has a row already", "Make one row of both.")
        ours[row.cells[0]] = row
    table: list[_CityRow] = []
    path = names_dir / "cities.tsv"
    for row in read_rows(path, CITY_COLUMNS, "N", required=5):
        if not row.cells[3].isdecimal():
            raise DataError("N009", path, row.line, f"`{row.cells[3]}` is not a whole number", "Write digits only.")
        table.append(row.cells)
    unknown = sorted(ours.keys() - {row[0] for row in table})
    if unknown:
        row = ours[unknown[0]]
        raise DataError("N010", row.path, row.line, f"city {unknown[0]} is not in cities.tsv", "Look its id up there.")
    return Cities(table, ours, capitals)


def _tier(population: int, *, capital: bool, ours: bool) -> int:
    """Rank a city by its size; one that we name ourselves is in the news, whatever its size."""
    if population >= _BIG_CITY or (capital and population >= _CITY):
        return Tier.BIG_CITY
    return Tier.CITY if population >= _CITY or capital or ours else Tier.TOWN
