"""Knows the names of the world: countries, regions, cities, seas, peoples, organisations, and how news writes them.

What a surface can stand for is looked up after folding: case, diacritics, hyphens, dots, apostrophes, a leading
`the` and a possessive `'s` make no difference, so `Çırağan` finds `Ciragan` and `U.S.` finds `US`. What folding
would confuse is kept apart by rules about case: an acronym must be written in capitals (`US` is not `us`), and a word
written small finds only a name that is no English word as well (`ukraine`, but neither `turkey` nor `reading`).

The rows come from `ontology/names/`; the names of countries and of first-level regions in the languages of their
countries are added from CLDR (babel) and ISO 3166 (pycountry). A surface with several meanings gives all of them, the
likeliest first; the reader's context decides, not this module.

Error codes, besides those of `rows` (N001 to N005):
    N006 two rows of a table have one key
    N007 a code that ISO 3166 does not know, or a country that countries.tsv does not have
    N008 a type that the graph does not have
    N009 a cell that must be a whole number is none
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from anyascii import anyascii

from kgbuild.errors import DataError
from kgbuild.knowledge.rows import Row, read_rows, values
from kgbuild.model import EntityType, slug

COUNTRY_COLUMNS = (
    *("code", "name", "type", "part_of", "geonames", "population", "adjectives", "people", "aliases", "acronyms"),
    *("capitals", "source"),
)
REGION_COLUMNS = ("code", "country", "name", "aliases", "short", "acronyms", "adjectives", "people", "source")
CITY_COLUMNS = ("geonames", "name", "country", "population", "other_names")
CITY_NAME_COLUMNS = ("geonames", "name", "aliases", "acronyms", "source")
PLACE_COLUMNS = ("name", "type", "country", "aliases", "adjectives", "people", "source")
ORGANIZATION_COLUMNS = ("name", "type", "country", "acronyms", "aliases", "source")
WORD_COLUMNS = ("word",)

_GEONAMES = "https://sws.geonames.org/{}/"
_BIG_CITY = 1_000_000
_CITY = 100_000


class Form(StrEnum):
    """Tell how a surface stands for the thing: by its name, an adjective, its people or an acronym."""

    NAME = "name"
    ADJECTIVE = "adjective"
    PEOPLE = "people"
    ACRONYM = "acronym"


@dataclass(frozen=True, slots=True)
class Name:
    """Say what one surface can stand for.

    Attributes:
        key: the thing's identifier: `iso:UA`, `iso:UA-14` (region), `geonames:703448` (city), `kg:NATO` (any other).
        name: the fullest common English name.
        type: its class.
        form: how the surface stands for it.
        country: key of the country that it lies in or belongs to, "" if none or not known.
        weight: population or rank; of two things of one kind the bigger is more likely meant.
        capital_of: key of the country whose capital (or seat of government) it is.
        same_as: IRIs of the same thing elsewhere.
        tier: 0 for what news means first by a surface, growing with doubt; orders things of different kinds.
    """

    key: str
    name: str
    type: EntityType
    form: Form
    country: str = ""
    weight: int = 0
    capital_of: str = ""
    same_as: tuple[str, ...] = ()
    tier: int = 9


@lru_cache(maxsize=65536)
def fold(surface: str) -> str:
    """Bring a surface to the form under which names are kept.

    >>> fold("the Çırağan Palace's"), fold("U.S."), fold("Guinea-Bissau"), fold("Da’esh")
    ('ciragan palace', 'us', 'guinea bissau', 'daesh')
    """
    if surface.isascii() and surface.isalpha():
        return surface.lower()
    text = anyascii(surface).lower()
    if text.endswith(("'s", "s'")):
        text = text[:-2] if text.endswith("'s") else text[:-1]
    text = text.replace(".", "").replace("'", "").replace("`", "").replace('"', "")
    words = text.replace("-", " ").replace("/", " ").replace(",", " ").replace("&", " and ").split()
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(words)


class Gazetteer:
    """Answer what a surface can stand for.

    Args:
        names: pairs of a folded surface and what it stands for.
        common_words: folded English words that are names only when written with a capital.
    """

    def __init__(self, names: Iterable[tuple[str, Name]], common_words: Iterable[str] = ()) -> None:
        self._index: dict[str, list[Name]] = {}
        self._by_key: dict[str, Name] = {}
        self._common = frozenset(common_words)
        for surface, name in names:
            self._add(surface, name)

    def _add(self, surface: str, name: Name) -> None:
        """Keep one meaning of a surface; the first form in which a thing has a surface is the one that counts."""
        if not surface:
            return
        known = self._index.setdefault(surface, [])
        if all(other.key != name.key for other in known):
            known.append(name)
        if name.form is Form.NAME:
            self._by_key.setdefault(name.key, name)

    def look_up(self, surface: str) -> tuple[Name, ...]:
        """Find what *surface* can stand for, the likeliest first; nothing known gives an empty tuple.

        Args:
            surface: a name, adjective, people or acronym as the text has it, without title.
        """
        folded = fold(surface)
        found = self._index.get(folded)
        if not found:
            return ()
        upper, lower = _case(surface)
        if lower and folded in self._common:
            return ()
        fits = [name for name in found if _case_fits(name, upper=upper, lower=lower)]
        return tuple(sorted(fits, key=lambda name: (name.tier, -name.weight, name.key)))

    def country(self, key: str) -> Name | None:
        """Give the country or territory with this key (`iso:UA`), or None."""
        name = self._by_key.get(key)
        return name if name is not None and key.startswith("iso:") and "-" not in key else None

    def thing(self, key: str) -> Name | None:
        """Give anything by its key, in the form of its full name, or None."""
        return self._by_key.get(key)


def _case(surface: str) -> tuple[bool, bool]:
    """Tell whether the letters of *surface*, a possessive `s` aside, are all capitals, and whether all are small."""
    bare = surface.removesuffix("'s").removesuffix("’s")
    bare = bare.removeprefix("the ").removeprefix("The ")
    return bare.isupper(), bare.islower()


def _case_fits(name: Name, *, upper: bool, lower: bool) -> bool:
    """Tell whether a surface in this case can stand for *name*.

    Acronyms need capitals. Words written small stand only for countries, their adjectives and peoples: the names of
    cities and organisations are too often words as well (`nice`, `orange`, `labour`).
    """
    if name.form is Form.ACRONYM:
        return upper
    return not lower or name.tier == 0


def load_gazetteer(names_dir: Path) -> Gazetteer:
    """Read every table of names.

    Args:
        names_dir: the folder `ontology/names`.

    Raises:
        DataError: a table is missing or a row of it is broken.
    """
    countries, capitals = _countries(names_dir / "countries.tsv")
    codes = {name.key for _, name in countries}
    pairs = [
        *countries,
        *_places(names_dir / "places.tsv", codes),
        *_organizations(names_dir / "organizations.tsv", codes),
        *_regions(names_dir / "regions.tsv", codes),
        *_cities(names_dir, capitals),
    ]
    words = (row.cells[0] for row in read_rows(names_dir / "common-words.tsv", WORD_COLUMNS, "N"))
    return Gazetteer(pairs, words)


def _forms(name: Name, forms: Mapping[Form, Iterable[str]]) -> Iterator[tuple[str, Name]]:
    """Pair every surface of a thing, folded, with the thing in the form that the surface is."""
    for form, surfaces in forms.items():
        formed = replace(name, form=form)
        for surface in surfaces:
            yield fold(surface), formed


def _number(row: Row, cell: str) -> int:
    """Read a whole number; an empty cell is 0."""
    if cell and not cell.isdecimal():
        raise DataError("N009", row.path, row.line, f"`{cell}` is not a whole number", "Write digits only.")
    return int(cell or 0)


def _type(row: Row, cell: str, default: EntityType) -> EntityType:
    """Read the class of a thing; an empty cell is the table's usual one."""
    try:
        return EntityType(cell) if cell else default
    except ValueError as error:
        known = ", ".join(EntityType)
        raise DataError("N008", row.path, row.line, f"`{cell}` is not a type", f"Use one of: {known}.") from error


def _country_key(row: Row, code: str, codes: Iterable[str]) -> str:
    """Turn a country's code into its key, "" for none."""
    key = f"iso:{code}" if code else ""
    if key and key not in codes:
        raise DataError("N007", row.path, row.line, f"`{code}` is not in countries.tsv", "Use its two-letter code.")
    return key


def _once(row: Row, key: str, seen: set[str]) -> str:
    """Let a key pass once in a table."""
    if key in seen:
        raise DataError("N006", row.path, row.line, f"`{key}` has a row already", "Put both into one row.")
    seen.add(key)
    return key


def _countries(path: Path) -> tuple[list[tuple[str, Name]], dict[str, tuple[str, ...]]]:
    """Read countries and territories; give their names and, by key, the names of their capitals."""
    from babel import Locale  # read only when needed, like pycountry

    territories: Mapping[str, str] = Locale("en").territories
    official = _iso_names()
    pairs: list[tuple[str, Name]] = []
    capitals: dict[str, tuple[str, ...]] = {}
    seen: set[str] = set()
    for row in read_rows(path, COUNTRY_COLUMNS, "N", required=2):
        code, title, kind, part_of, geonames, population, adjectives, people, aliases, acronyms, seats, _ = row.cells
        if code not in territories:
            raise DataError("N007", path, row.line, f"`{code}` is no code of ISO 3166", "Use the two-letter code.")
        key = _once(row, f"iso:{code}", seen)
        name = Name(
            key=key,
            name=title,
            type=_type(row, kind, EntityType.COUNTRY),
            form=Form.NAME,
            country=f"iso:{part_of}" if part_of else "",
            weight=_number(row, population),
            same_as=(_GEONAMES.format(geonames),) if geonames else (),
            tier=0,
        )
        full = (title, *values(aliases), territories[code], *official.get(code, ()))
        forms = {
            Form.ACRONYM: values(acronyms),
            Form.NAME: full,
            Form.ADJECTIVE: values(adjectives),
            Form.PEOPLE: values(people),
        }
        pairs.extend(_forms(name, forms))
        capitals[key] = values(seats)
    return pairs, capitals


def _iso_names() -> dict[str, tuple[str, ...]]:
    """Give the names that ISO 3166-1 has for each country, without those that turn words round at a comma."""
    import pycountry

    found: dict[str, tuple[str, ...]] = {}
    for country in pycountry.countries:
        forms = (country.name, getattr(country, "common_name", ""), getattr(country, "official_name", ""))
        found[country.alpha_2] = tuple(form for form in forms if form and "," not in form)
    return found


def _regions(path: Path, codes: set[str]) -> list[tuple[str, Name]]:
    """Read first-level regions: ours with English names, then all others of ISO 3166-2 as ISO writes them."""
    import pycountry

    iso = {division.code: division for division in pycountry.subdivisions}
    pairs: list[tuple[str, Name]] = []
    seen: set[str] = set()
    for row in read_rows(path, REGION_COLUMNS, "N"):
        code, country, title, aliases, short, acronyms, adjectives, people, _ = row.cells
        if "-" in code and code not in iso:
            raise DataError("N007", path, row.line, f"`{code}` is no code of ISO 3166-2", "Look the code up.")
        key = _once(row, f"iso:{code}" if code in iso else f"kg:{slug(title)}", seen)
        home = _country_key(row, iso[code].country_code if code in iso else country, codes)
        name = Name(key, title, EntityType.REGION, Form.NAME, home, tier=3)
        extra = (iso[code].name,) if code in iso else ()
        forms = {
            Form.ACRONYM: values(acronyms),
            Form.NAME: (title, *values(aliases), *extra),
            Form.ADJECTIVE: values(adjectives),
            Form.PEOPLE: values(people),
        }
        pairs.extend(_forms(name, forms))
        pairs.extend(_forms(replace(name, tier=5), {Form.NAME: values(short)}))
    for code in sorted(set(iso) - {key.removeprefix("iso:") for key in seen}):
        division = iso[code]
        if division.parent_code is None and f"iso:{division.country_code}" in codes:
            title = division.name.partition(" [")[0]
            name = Name(f"iso:{code}", title, EntityType.REGION, Form.NAME, f"iso:{division.country_code}", tier=7)
            pairs.append((fold(title), name))
    return pairs


def _places(path: Path, codes: set[str]) -> list[tuple[str, Name]]:
    """Read continents, parts of the world, seas, rivers, mountains and peoples without a state."""
    pairs: list[tuple[str, Name]] = []
    seen: set[str] = set()
    for row in read_rows(path, PLACE_COLUMNS, "N", required=2):
        title, kind, country, aliases, adjectives, people, _ = row.cells
        key = _once(row, f"kg:{slug(title)}", seen)
        home = _country_key(row, country, codes)
        name = Name(key, title, _type(row, kind, EntityType.PLACE), Form.NAME, home, tier=1)
        forms = {
            Form.NAME: (title, *values(aliases)),
            Form.ADJECTIVE: values(adjectives),
            Form.PEOPLE: values(people),
        }
        pairs.extend(_forms(name, forms))
    return pairs


def _organizations(path: Path, codes: set[str]) -> list[tuple[str, Name]]:
    """Read organisations; one whose name is itself written in capitals is held to capitals."""
    pairs: list[tuple[str, Name]] = []
    seen: set[str] = set()
    for row in read_rows(path, ORGANIZATION_COLUMNS, "N"):
        title, kind, country, acronyms, aliases, _ = row.cells
        key = _once(row, f"kg:{slug(title)}", seen)
        home = _country_key(row, country, codes)
        name = Name(key, title, _type(row, kind, EntityType.ORGANIZATION), Form.NAME, home, tier=1)
        pairs.extend(_forms(name, {Form.NAME: (title, *values(aliases)), Form.ACRONYM: values(acronyms)}))
    return pairs


def _cities(names_dir: Path, capitals: Mapping[str, tuple[str, ...]]) -> list[tuple[str, Name]]:
    """Read cities, give them their English names and mark capitals; other names of a city rank far below."""
    ours = {
        row.cells[0]: row for row in read_rows(names_dir / "city-names.tsv", CITY_NAME_COLUMNS, "N", required=2)
    }
    cities = [_city(row, ours) for row in read_rows(names_dir / "cities.tsv", CITY_COLUMNS, "N", required=3)]
    seats = {(key, fold(title)): "" for key, titles in capitals.items() for title in titles}
    for city, folded, extra, _ in sorted(cities, key=lambda found: found[0].weight):
        seats.update({(city.country, form): city.key for form in (*folded, *extra) if (city.country, form) in seats})
    marked = {key: country for (country, _), key in seats.items()}
    pairs: list[tuple[str, Name]] = []
    for city, folded, extra, acronyms in cities:
        country = marked.get(city.key, "")
        name = replace(city, capital_of=country, tier=_city_tier(city.weight, capital=True)) if country else city
        pairs.extend((form, name) for form in folded)
        pairs.extend((form, replace(name, form=Form.ACRONYM)) for form in acronyms)
        if extra:
            alias = replace(name, tier=8)
            pairs.extend((form, name if (city.country, form) in seats else alias) for form in extra)
    pairs.extend(_small_capitals(capitals, {seat for seat, key in seats.items() if key}))
    return pairs


def _city(row: Row, ours: Mapping[str, Row]) -> tuple[Name, list[str], list[str], list[str]]:
    """Read one city: the thing, its folded names, its other folded spellings and its acronyms."""
    number, title, code, population, other = row.cells
    weight = _number(row, population)
    own = ours.get(number)
    names, acronyms = (title,), ()
    if own is not None:
        names, acronyms = (own.cells[1], *values(own.cells[2]), title), values(own.cells[3])
    name = Name(
        key=f"geonames:{number}",
        name=names[0],
        type=EntityType.CITY,
        form=Form.NAME,
        country=f"iso:{code}",
        weight=weight,
        same_as=(_GEONAMES.format(number),),
        tier=_city_tier(weight, capital=False),
    )
    return name, [fold(form) for form in names], other.split("|") if other else [], [fold(form) for form in acronyms]


def _city_tier(population: int, *, capital: bool) -> int:
    """Rank a city: the great ones before regions of the same name, small ones after."""
    if population >= _BIG_CITY or (capital and population >= _CITY):
        return 2
    return 4 if population >= _CITY or capital else 6


def _small_capitals(
    capitals: Mapping[str, tuple[str, ...]], found: set[tuple[str, str]]
) -> Iterator[tuple[str, Name]]:
    """Make capitals that are too small for the table of cities, or other spellings of one that is in it."""
    for country, titles in capitals.items():
        if titles and not any((country, fold(title)) in found for title in titles):
            key = f"kg:{slug(titles[0])}"
            name = Name(key, titles[0], EntityType.CITY, Form.NAME, country, 0, country, tier=4)
            yield from ((fold(title), name) for title in titles)
