from datetime import date
from pathlib import Path

import pytest

from kgbuild.read import Source, load_sources, read
from tests.read.pages import ARTICLE, write

GOOD = """# what the texts do not say
["a.txt"]
published = 2025-06-03
related_published = 2025-06-05T08:00:00Z
publisher = "Example Press"
title = "Talks end"
url = "https://example.org/a"
"""

BROKEN = {
    "S001": (b'["a.txt"]\npublisher = "\xff"\n', 0, "is not UTF-8: byte 0xFF at offset 23", "Save it as UTF-8."),
    "S002": (b'["a.txt"]\npublished = 2025-06-31\n', 2, "is not TOML", "Mend this line."),
    "S003": (b'["b.txt"]\n\n["c.txt"]\n', 1, "`published` is not a table", 'Write ["published"] on a line of its own'),
    "S004": (b'["a.txt"]\ntitle = "T"\nauthor = "A"\n', 3, "`author` is unknown", "Use published, related_published"),
    "S005": (b'["a.txt"]\npublished = "3 June"\n', 2, "`published` is not a date", "Write it without quotes"),
    "S006": (b"# a\n[a.txt]\npublished = 2025-06-03\n", 2, "`a.txt` stands without quotes", 'Write ["a.txt"].'),
    "S007": (b'["sub/a.txt"]\n', 1, "has a folder in its name", "Put it into the sources.toml of that folder."),
}
BROKEN["S003"] = (b'published = 2025-06-03\n["a.txt"]\n', *BROKEN["S003"][1:])


def test_everything_told_is_read(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", ARTICLE)
    write(tmp_path, "sources.toml", GOOD)
    told = load_sources(tmp_path)
    assert told.errors == ()
    assert told.notes == ()
    assert told.by_name == {
        "a.txt": Source(date(2025, 6, 3), date(2025, 6, 5), "Example Press", "Talks end", "https://example.org/a")
    }


def test_a_folder_without_the_file_says_nothing(tmp_path: Path) -> None:
    assert load_sources(tmp_path).by_name == {}


@pytest.mark.parametrize("code", BROKEN)
def test_each_fault_names_file_line_and_remedy(code: str, tmp_path: Path) -> None:
    content, line, message, remedy = BROKEN[code]
    path = write(tmp_path, "sources.toml", content)
    (error,) = load_sources(tmp_path).errors
    place = f"{path}:{line}" if line else str(path)
    assert str(error).startswith(f"{place}: {code} ")
    assert (error.code, error.line) == (code, line)
    assert message in str(error)
    assert remedy in error.remedy


@pytest.mark.parametrize("value", ['"2025-06-03"', "20250603", "10:00:00", "[2025-06-03]", "true"])
def test_only_dates_are_dates(value: str, tmp_path: Path) -> None:
    write(tmp_path, "sources.toml", f'["a.txt"]\npublished = {value}\n')
    assert [error.code for error in load_sources(tmp_path).errors] == ["S005"]


@pytest.mark.parametrize("value", ["1", '""', '"  "', "2025-06-03", '["a"]'])
def test_only_texts_are_texts(value: str, tmp_path: Path) -> None:
    write(tmp_path, "sources.toml", f'["a.txt"]\ntitle = {value}\n')
    assert [error.code for error in load_sources(tmp_path).errors] == ["S005"]


def test_one_bad_table_costs_the_others_nothing(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", ARTICLE)
    write(tmp_path, "b.txt", ARTICLE.replace("Geneva", "Vienna").replace("two", "three"))
    write(tmp_path, "sources.toml", '["a.txt"]\npublisched = 2025-06-03\n["b.txt"]\npublished = 2025-06-03\n')
    reading = read([tmp_path])
    assert [one.published for one in reading.documents] == [None, date(2025, 6, 3)]
    assert len(reading.failures) == 1


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, "sources.toml", '["a.txt"]\nx = 1\ny = 2\n["b.txt"]\ntitle = 3\n')
    assert [error.line for error in load_sources(tmp_path).errors] == [2, 3, 5]


def test_a_file_that_is_not_there_is_a_note(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", ARTICLE)
    path = write(tmp_path, "sources.toml", '["a.txt"]\npublished = 2025-06-03\n\n["gone.txt"]\n')
    reading = read([tmp_path / "a.txt"])
    assert reading.failures == ()
    assert reading.notes == (f"{path}:4: names `gone.txt`, which is not in the folder",)


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").mkdir()
    (error,) = load_sources(tmp_path).errors
    assert error.code == "S001"
    assert "is a directory" in str(error)


def test_each_folder_has_its_own(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", ARTICLE)
    write(tmp_path, "sub/a.txt", ARTICLE.replace("Geneva", "Vienna").replace("two", "three"))
    write(tmp_path, "sources.toml", '["a.txt"]\npublished = 2025-06-03\n')
    write(tmp_path, "sub/sources.toml", '["a.txt"]\npublished = 2025-06-04\n')
    assert {one.published for one in read([tmp_path]).documents} == {date(2025, 6, 3), date(2025, 6, 4)}
