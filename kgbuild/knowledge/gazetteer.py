"""Knows the names of the world: countries, regions, cities, seas, peoples, organisations, and how news writes them.

What a surface can stand for is looked up after folding: case, diacritics, hyphens, dots, apostrophes, a leading
`the` and a possessive `'s` make no difference, so `Çırağan` finds `Ciragan` and `U.S.` finds `US`. What folding
would confuse is kept apart by rules about case: an acronym must be written in capitals (`US` is not `us`), and a word
written small finds only a name that is no English word as well (`ukraine`, but neither `turkey` nor `reading`).

The rows come from `ontology/names/`; the names of countries and of first-level regions in the languages of their
countries are added from CLDR (babel) and ISO 3166 (pycountry). A surface with several meanings gives all of them, the
likeliest first, and of two as likely the one that stands first in its table; which is meant is for the reader of the
context to decide.

Error codes, besides those of `rows` (N001 to N005):
    N006 two rows of a table have one key
    N007 a code that ISO 3166 does not know, or a country that countries.tsv does not have
    N008 a type that the graph does not have
    N009 a cell that must be a whole number is none
    N010 a city of city-names.tsv that cities.tsv does not have
    N011 a given name's gender is neither male nor female
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any
from weakref import proxy

from kgbuild.errors import DataError
from kgbuild.knowledge.cities import GEONAMES, Cities, load_cities
from kgbuild.knowledge.naming import Form, Name, Tier, fold
from kgbuild.knowledge.person_names import PersonNames, load_person_names
from kgbuild.knowledge.rows import Row, read_rows, values
from kgbuild.model import EntityType, slug

__all__ = ["Form", "Gazetteer", "Name", "Tier", "fold", "load_gazetteer"]

COUNTRY_COLUMNS = (
    *("code", "name", "type", "part_of", "geonames", "population", "adjectives", "people", "aliases", "acronyms"),
    *("capitals", "source"),
)
REGION_COLUMNS = ("code", "country", "name", "aliases", "short", "acronyms", "adjectives", "people", "source")
PLACE_COLUMNS = ("name", "type", "country", "aliases", "adjectives", "people", "source")
ORGANIZATION_COLUMNS = ("name", "type", "country", "acronyms", "aliases", "shared", "source")
WEAPON_COLUMNS = ("name", "aliases", "source")
WORD_COLUMNS = ("word",)

_REMEMBERED = 32_768
"""How many answers are kept: texts ask for the same few names again and again."""


class Gazetteer:
    """Answer what a surface can stand for.

    Args:
        names: pairs of a folded surface and what it stands for.
        cities: what is known of cities.
        common_words: folded English words that are names only when written with a capital.
        adjectives: the usual adjective of each country, by the country's key.
        people: what is known of persons' names.
    """

    def __init__(
        self,
        names: Iterable[tuple[str, Name]],
        cities: Cities | None = None,
        common_words: Iterable[str] = (),
        adjectives: Mapping[str, str] = MappingProxyType({}),
        people: PersonNames | None = None,
    ) -> None:
        self._cities = cities
        self._adjectives = adjectives
        self._people = people or PersonNames({}, {}, {})
        self._index: dict[str, list[Name]] = {}
        self._by_key: dict[str, Name] = {}
        self._common = frozenset(common_words)
        this: Gazetteer = proxy(self)  # a method would hold its object for good, and with it all names
        self._found = lru_cache(_REMEMBERED)(lambda surface: this._look_up(surface))
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
        return self._found(surface)

    def _look_up(self, surface: str) -> tuple[Name, ...]:
        folded = fold(surface)
        bare = _bare(surface)
        lower = bare.islower()
        if lower and folded in self._common:
            return ()
        found = [*self._index.get(folded, ()), *(self._cities.look_up(folded) if self._cities else ())]
        exact = self._index.get(bare, ()) if bare != folded else ()  # an acronym with small letters, `MoD`
        fits = [name for name in found if _case_fits(name, upper=bare.isupper(), lower=lower)]
        fits.extend(name for name in exact if name not in fits)
        return tuple(sorted(fits, key=lambda name: (name.tier, -name.weight)))

    def country(self, key: str) -> Name | None:
        """Give the country or territory with this key (`iso:UA`), or None."""
        name = self._by_key.get(key)
        return name if name is not None and key.startswith("iso:") and "-" not in key else None

    def adjective(self, key: str) -> str:
        """Give the usual adjective of the country with this key (`Ukrainian`), or ""."""
        return self._adjectives.get(key, "")

    def canonical_part(self, part: str) -> str:
        """Bring a part of a person's name to the spelling that stands for all, folded (`Zelenskyy` -> `zelensky`)."""
        return self._people.canonical_part(part)

    def gender(self, given_name: str) -> str:
        """Tell the likely gender of a given name: `male`, `female` or "" when the name does not tell."""
        return self._people.gender(given_name)

    def thing(self, key: str) -> Name | None:
        """Give anything by its key, in the form of its full name, or None."""
        known = self._by_key.get(key)
        return self._cities.by_key(key) if known is None and self._cities else known


def _bare(surface: str) -> str:
    """Take a leading `the` and a possessive `s` off a surface."""
    return surface.removesuffix("'s").removesuffix("’s").removeprefix("the ").removeprefix("The ")


def _case_fits(name: Name, *, upper: bool, lower: bool) -> bool:
    """Tell whether a surface in this case can stand for *name*.

    Acronyms need capitals. Words written small stand only for countries, their adjectives and peoples: the names of
    cities and organisations are too often words as well (`nice`, `orange`, `labour`).
    """
    if name.form is Form.ACRONYM:
        return upper
    return not lower or name.tier == Tier.COUNTRY


def load_gazetteer(names_dir: Path, more: Iterable[tuple[str, Name]] = ()) -> Gazetteer:
    """Read every table of names.

    Args:
        names_dir: the folder `ontology/names`.
        more: pairs of a folded surface and what it stands for, from elsewhere.

    Raises:
        DataError: a table is missing or a row of it is broken.
    """
    countries, capitals, adjectives = _countries(names_dir / "countries.tsv")
    codes = {name.key for _, name in countries}
    cities = load_cities(names_dir, capitals)
    words = {row.cells[0] for row in read_rows(names_dir / "common-words.tsv", WORD_COLUMNS, "N")}
    pairs = [
        *countries,
        *_places(names_dir / "places.tsv", codes),
        *_organizations(names_dir / "organizations.tsv", codes, words),
        *_weapons(names_dir / "weapons.tsv"),
        *_regions(names_dir / "regions.tsv", codes, cities, words),
        *more,
    ]
    return Gazetteer(pairs, cities, words, adjectives, load_person_names(names_dir))


def _forms(name: Name, forms: Mapping[Form, tuple[str, ...]]) -> Iterator[tuple[str, Name]]:
    """Pair every surface of a thing, folded, with the thing in the form that the surface is.

    An acronym with small letters in it (`MoD`) is kept as it is written beside its folded form.
    """
    for form, surfaces in forms.items():
        formed = name if form is name.form or not surfaces else replace(name, form=form)
        for surface in surfaces:
            yield fold(surface), formed
            if form is Form.ACRONYM and not surface.isupper():
                yield surface, formed


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


def _countries(path: Path) -> tuple[list[tuple[str, Name]], dict[str, tuple[str, ...]], dict[str, str]]:
    """Read countries and territories; give their names and, by key, the names of their capitals and the adjective."""
    from babel import Locale  # read only when needed, like pycountry

    territories: Mapping[str, str] = Locale("en").territories
    official = _iso_names()
    pairs: list[tuple[str, Name]] = []
    capitals: dict[str, tuple[str, ...]] = {}
    adjective_of: dict[str, str] = {}
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
            same_as=(GEONAMES.format(geonames),) if geonames else (),
            tier=Tier.COUNTRY,
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
        adjective_of[key] = next(iter(values(adjectives)), "")
    return pairs, capitals, adjective_of


def _iso_names() -> dict[str, tuple[str, ...]]:
    """Give the names that ISO 3166-1 has for each country, without those that turn words round at a comma."""
    import pycountry

    found: dict[str, tuple[str, ...]] = {}
    for country in pycountry.countries:
        forms = (country.name, getattr(country, "common_name", ""), getattr(country, "official_name", ""))
        found[country.alpha_2] = tuple(form for form in forms if form and "," not in form)
    return found


def _regions(path: Path, codes: set[str], cities: Cities, words: set[str]) -> list[tuple[str, Name]]:
    """Read first-level regions: ours with English names, then all others of ISO 3166-2 as ISO writes them."""
    import pycountry

    iso = {division.code: division for division in pycountry.subdivisions}
    pairs: list[tuple[str, Name]] = []
    seen: set[str] = set()
    for row in read_rows(path, REGION_COLUMNS, "N", required=0):
        code, country, title, aliases, short, acronyms, adjectives, people, _ = row.cells
        if not title or not (code or country):
            raise DataError("N005", path, row.line, "a region needs a name, and a code or a country", "Fill them.")
        if code and code not in iso:
            raise DataError("N007", path, row.line, f"`{code}` is no code of ISO 3166-2", "Look the code up.")
        key = _once(row, f"iso:{code}" if code else f"kg:{slug(title)}", seen)
        home = _country_key(row, iso[code].country_code if code else country, codes)
        name = Name(key, title, EntityType.REGION, Form.NAME, home, tier=Tier.REGION)
        shared = values(short)
        extra = (iso[code].name,) if code and iso[code].name not in shared else ()
        forms = {
            Form.NAME: (title, *values(aliases), *extra),
            Form.ADJECTIVE: values(adjectives),
            Form.PEOPLE: values(people),
        }
        pairs.extend(_forms(name, forms))
        pairs.extend(_forms(replace(name, tier=Tier.SHARED), {Form.ACRONYM: values(acronyms)}))
        if shared:
            pairs.extend(_forms(replace(name, tier=Tier.REGION_OF_CITY), {Form.NAME: shared}))
    others = (iso[code] for code in sorted(iso) if f"iso:{code}" not in seen)
    pairs.extend((surface, name) for surface, name in _listed_regions(others, codes, cities) if surface not in words)
    return pairs


def _listed_regions(divisions: Iterable[Any], codes: set[str], cities: Cities) -> Iterator[tuple[str, Name]]:
    """Take over first-level regions of ISO 3166-2, except those named like a city of 100,000 and more in them."""
    for division in divisions:
        home = f"iso:{division.country_code}"
        if division.parent_code is None and home in codes:
            title = division.name.partition(" [")[0]
            surface = fold(title)
            if not cities.is_city_of(surface, home):
                key = f"iso:{division.code}"
                yield surface, Name(key, title, EntityType.REGION, Form.NAME, home, tier=Tier.LISTED_REGION)


def _places(path: Path, codes: set[str]) -> list[tuple[str, Name]]:
    """Read continents, parts of the world, seas, rivers, mountains and peoples without a state."""
    pairs: list[tuple[str, Name]] = []
    seen: set[str] = set()
    for row in read_rows(path, PLACE_COLUMNS, "N", required=2):
        title, kind, country, aliases, adjectives, people, _ = row.cells
        key = _once(row, f"kg:{slug(title)}", seen)
        home = _country_key(row, country, codes)
        name = Name(key, title, _type(row, kind, EntityType.PLACE), Form.NAME, home, tier=Tier.KNOWN)
        forms = {
            Form.NAME: (title, *values(aliases)),
            Form.ADJECTIVE: values(adjectives),
            Form.PEOPLE: values(people),
        }
        pairs.extend(_forms(name, forms))
    return pairs


def _weapons(path: Path) -> list[tuple[str, Name]]:
    """Read weapons that have a name of their own."""
    pairs: list[tuple[str, Name]] = []
    seen: set[str] = set()
    for row in read_rows(path, WEAPON_COLUMNS, "N"):
        title, aliases, _ = row.cells
        key = _once(row, f"kg:{slug(title)}", seen)
        name = Name(key, title, EntityType.WEAPON, Form.NAME, tier=Tier.KNOWN)
        pairs.extend(_forms(name, {Form.NAME: (title, *values(aliases))}))
    return pairs


def _organizations(path: Path, codes: set[str], words: set[str]) -> list[tuple[str, Name]]:
    """Read organisations; one that is a plain word without its article (`The Independent`) is less sure."""
    pairs: list[tuple[str, Name]] = []
    seen: set[str] = set()
    for row in read_rows(path, ORGANIZATION_COLUMNS, "N"):
        title, kind, country, acronyms, aliases, shared, _ = row.cells
        key = _once(row, f"kg:{slug(title)}", seen)
        home = _country_key(row, country, codes)
        plain = title.startswith("The ") and fold(title) in words
        tier = Tier.SHARED if plain else Tier.KNOWN
        name = Name(key, title, _type(row, kind, EntityType.ORGANIZATION), Form.NAME, home, tier=tier)
        pairs.extend(_forms(name, {Form.NAME: (title, *values(aliases)), Form.ACRONYM: values(acronyms)}))
        if shared:
            pairs.extend(_forms(replace(name, tier=Tier.SHARED), {Form.NAME: values(shared)}))
    return pairs
