"""The tables of units, bounds, counted nouns and the calendar: what ships, and one broken row for each code."""

import shutil
from pathlib import Path

import pytest

from kgbuild.errors import DataError
from kgbuild.knowledge.measures import load_measures
from kgbuild.paths import ontology_dir

TABLES = ("units.tsv", "bounds.tsv", "times.tsv", "counted.tsv")


@pytest.fixture
def cues(tmp_path: Path) -> Path:
    for table in TABLES:
        shutil.copy(ontology_dir() / "cues" / table, tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("form", "name", "iri"),
    [
        ("Days", "day", "http://qudt.org/vocab/unit/DAY"),
        ("sq km", "square kilometre", "http://qudt.org/vocab/unit/KiloM2"),
        ("€", "euro", "http://qudt.org/vocab/unit/CCY_EUR"),
        ("mph", "mile per hour", "http://qudt.org/vocab/unit/MI-PER-HR"),
        ("percentage points", "percentage point", ""),
    ],
)
def test_units_are_known_by_every_form(form: str, name: str, iri: str):
    measures = load_measures(ontology_dir() / "cues")
    unit = measures.unit(form)
    assert unit is not None
    assert (unit.name, unit.iri) == (name, iri)
    assert measures.unit_iri(name) == iri


def test_words_that_are_no_units_are_none():
    measures = load_measures(ontology_dir() / "cues")
    assert measures.unit("soldiers") is None
    assert measures.unit_iri("soldiers") == ""


def test_the_calendar_is_whole():
    measures = load_measures(ontology_dir() / "cues")
    assert sorted(measures.weekdays.values()) == [1, 2, 3, 4, 5, 6, 7]
    assert sorted(measures.months.values()) == list(range(1, 13))
    assert measures.seasons["winter"] == (12, 2)
    assert measures.before["at least"] == "minimum"
    assert measures.after["and under"] == "maximum"


@pytest.mark.parametrize(
    ("table", "row", "code"),
    [
        ("units.tsv", "jour\tduration\tday\t", "C006"),
        ("units.tsv", "furlong\tlenght\tfurlongs\t", "C007"),
        ("bounds.tsv", "at least\tbefore\tmaximum", "C006"),
        ("bounds.tsv", "well nigh\tbeside\tabout", "C007"),
        ("times.tsv", "frimaire\tmonth\t13", "C008"),
        ("times.tsv", "midsummer\tholiday\t24 June", "C008"),
        ("times.tsv", "monday\tweekday\t1", "C006"),
        ("counted.tsv", "side\tpair", "C006"),
        ("counted.tsv", "side\tpairs", "C007"),
        ("counted.tsv", "side", "C005"),
        ("times.tsv", "a\tb\tc\td", "C004"),
    ],
)
def test_a_broken_row_is_told_by_file_and_line(cues: Path, table: str, row: str, code: str):
    path = cues / table
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines, row]) + "\n", "utf-8")
    with pytest.raises(DataError) as caught:
        load_measures(cues)
    assert caught.value.code == code
    assert caught.value.path == path
    assert caught.value.line == len(lines) + 1
