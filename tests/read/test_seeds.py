import json
from datetime import date
from pathlib import Path

import pytest

from kgbuild.model import Where
from kgbuild.read import Reading, read
from kgbuild.score.segments import segments

ROOT = Path(__file__).parents[2]
GOLD = sorted((ROOT / "gold" / "seeds").glob("*.json"))


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read([ROOT / "seeds"])


def gold_kinds(path: Path, text: str) -> list[str]:
    spans = segments(text)
    kinds = [""] * len(text)
    for section in json.loads(path.read_text(encoding="utf-8"))["sections"]:
        for span in spans[section["from"] - 1 : section["to"]]:
            begin, end = span
            kinds[begin:end] = [section["kind"]] * (end - begin)
    return kinds


def test_all_five_seeds_have_gold() -> None:
    assert len(GOLD) == 5


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem[:3])
def test_every_character_is_of_the_kind_that_gold_says(path: Path, reading: Reading) -> None:
    name = json.loads(path.read_text(encoding="utf-8"))["doc"]
    (page,) = [page for page in reading.pages if page.source_file == name]
    wanted = gold_kinds(path, page.text)
    said = [""] * len(page.text)
    for section in page.sections:
        said[section.where.begin : section.where.end] = [section.kind.value] * section.where.length
    wrong = [n for n, sign in enumerate(page.text) if not sign.isspace() and said[n] != wanted[n]]
    assert not wrong, Where(wrong[0], wrong[0] + 80).of(page.text)


def test_seeds_are_read_without_complaint(reading: Reading) -> None:
    assert reading.failures == ()
    assert reading.notes == ()


def test_dates_come_from_sources_toml(reading: Reading) -> None:
    by_file = {(one.source_file[:3], one.sections[0].kind.value): one.published for one in reading.documents}
    assert by_file == {
        ("000", "article"): date(2025, 6, 2),
        ("001", "article"): date(2025, 6, 3),
        ("001", "related"): date(2025, 6, 5),
        ("001", "duplicate"): date(2025, 6, 5),
        ("002", "article"): date(2025, 6, 2),
        ("003", "article"): date(2025, 6, 3),
        ("004", "article"): date(2025, 6, 2),
    }


def test_the_page_with_related_pieces_gives_four_articles(reading: Reading) -> None:
    main, korea, veto, again = [one for one in reading.documents if one.source_file.startswith("001")]
    assert {one.part_of for one in (main, korea, veto, again)} == {main.part_of}
    assert main.part_of is not None
    assert (korea.publisher, veto.publisher) == ("Washington Post", "CNN")
    assert korea.title is not None
    assert korea.title.startswith("North Korea's Kim says")
    assert again.duplicate_of == veto.id
    assert again.paragraphs == ()
    assert {one.duplicate_of for one in (main, korea, veto)} == {None}


def test_subheads_are_headings_of_the_article(reading: Reading) -> None:
    (first, *_) = reading.documents
    headings = [where.of(first.text) for where in sorted(first.headings)]
    assert headings[:3] == [first.title, "What's the story", "Agreement details"]
    assert "Truce" in headings
    assert not any(heading.endswith(".") for heading in headings)
