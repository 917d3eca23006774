from datetime import date
from pathlib import Path

import pytest

from kgbuild.errors import DocumentError
from kgbuild.model import SectionKind
from kgbuild.read import read
from tests.read.pages import ARTICLE, PAGE, paragraphs_of, read_text, sections_of, write


def test_a_page_is_cut_into_articles(tmp_path: Path) -> None:
    reading = read_text(tmp_path, PAGE)
    main, related, repeat = reading.documents
    assert paragraphs_of(reading) == [
        "Harbour strike ends after night of talks",
        "ROTTERDAM (Reuters) - Dock workers ended their strike on Monday, the union said.",
        "A crane in the harbour.",
        '"We agreed on wages," said Maria Larsen, who leads the union.',
        "What comes next",
        "The talks go on in June.",
    ]
    assert (main.title, main.creator) == ("Harbour strike ends after night of talks", "Anna Smith and Bob Jones")
    assert main.published == date(2025, 6, 2)
    assert (related.title, related.publisher) == ("Ferry service resumes on the strait", "Example Press")
    assert repeat.duplicate_of == related.id
    assert {kind for kind, _ in sections_of(reading)} == {kind.value for kind in SectionKind}


def test_ids_differ_and_hold_over_places(tmp_path: Path) -> None:
    here = read_text(tmp_path / "here", PAGE)
    there = read_text(tmp_path / "there", PAGE)
    ids = [one.id for one in here.documents]
    assert len(set(ids)) == 3
    assert ids == [one.id for one in there.documents]
    assert all(one.startswith("article/page-") for one in ids)
    assert here.documents[0].part_of is not None
    assert here.documents[0].part_of.startswith("page/page-")


def test_a_single_article_is_part_of_no_page(tmp_path: Path) -> None:
    (document,) = read_text(tmp_path, ARTICLE).documents
    assert document.part_of is None
    assert document.title == "Talks end in Geneva"


def test_order_and_repetition_of_paths_do_not_matter(tmp_path: Path) -> None:
    one, two = write(tmp_path, "b.txt", ARTICLE), write(tmp_path, "a.txt", ARTICLE.replace("Monday", "Friday"))
    assert read([one, two]) == read([two, one, one, tmp_path])


def test_equal_names_in_different_folders_are_two_articles(tmp_path: Path) -> None:
    write(tmp_path, "x/a.txt", ARTICLE)
    write(tmp_path, "y/a.txt", ARTICLE.replace("Geneva", "Vienna").replace("two", "three"))
    first, second = read([tmp_path]).documents
    assert first.id != second.id
    assert {first.source_file, second.source_file} == {"a.txt"}
    assert first.duplicate_of is second.duplicate_of is None


def test_equal_files_of_equal_name_keep_their_ids_apart(tmp_path: Path) -> None:
    write(tmp_path, "x/a.txt", ARTICLE)
    write(tmp_path, "y/a.txt", ARTICLE)
    documents = read([tmp_path]).documents
    original, repeat = sorted(documents, key=lambda one: one.duplicate_of or "")
    assert original.id != repeat.id
    assert repeat.duplicate_of == original.id


def test_of_equal_articles_the_earliest_is_the_original(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", ARTICLE)
    write(tmp_path, "b.txt", ARTICLE.upper())
    write(tmp_path, "sources.toml", '["a.txt"]\npublished = 2025-06-03\n["b.txt"]\npublished = 2025-06-01\n')
    late, early = read([tmp_path]).documents
    assert (early.duplicate_of, late.duplicate_of) == (None, early.id)
    assert late.paragraphs == ()
    assert {section.kind for section in late.sections} == {SectionKind.DUPLICATE}


def test_a_related_piece_that_is_another_files_article_repeats_that(tmp_path: Path) -> None:
    ferry = "Ferries sailed again on Tuesday after the storm. The port of Esbjerg said all berths were open.\n"
    write(tmp_path, "page.txt", PAGE)
    write(tmp_path, "zz.txt", f"Ferries are back\n\n{ferry}")
    _, related, repeat, own = read([tmp_path]).documents
    assert own.duplicate_of is None
    assert related.duplicate_of == repeat.duplicate_of == own.id


def test_without_a_date_one_line_says_so(tmp_path: Path) -> None:
    reading = read_text(tmp_path, ARTICLE)
    assert reading.documents[0].published is None
    (note,) = reading.notes
    assert "page.txt" in note
    assert "no publication date" in note


def test_sources_toml_fills_in_and_wins(tmp_path: Path) -> None:
    told = 'published = 2025-07-01\npublisher = "Example Press"\ntitle = "T"\nurl = "https://example.org/a"\n'
    write(tmp_path, "sources.toml", f'["page.txt"]\n{told}related_published = 2025-07-02\n')
    main, related, _ = read_text(tmp_path, PAGE).documents
    assert (main.title, main.publisher, main.url) == ("T", "Example Press", "https://example.org/a")
    assert (main.published, related.published) == (date(2025, 7, 1), date(2025, 7, 2))


BAD = {
    "empty": (b"", "is empty"),
    "blank": (b" \r\n\t\xc2\xa0\n", "holds only white space"),
    "mark": (b"\xef\xbb\xbf\n", "holds only white space"),
    "latin": ("Talks in Zürich ended.".encode("latin-1"), "is not UTF-8: byte 0xFC at offset 10"),
    "utf16": ("Talks ended.".encode("utf-16"), "is not UTF-8: byte 0xFF at offset 0; it looks like UTF-16"),
    "surrogate": (b"Talks \xed\xa0\x80 ended.", "is not UTF-8: byte 0xED at offset 6"),
    "nul": (b"Talks ended.\x00", "is binary, not text: byte 0x00 at offset 12"),
    "controls": (
        b"\x01\x02\x03\x04 Talks ended.",
        "is binary, not text: 4 control characters, the first at byte offset 0",
    ),
    "furniture": (b"Share\nFacebook Twitter\nBack to top\n", "holds no article"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_costs_only_itself(case: str, tmp_path: Path) -> None:
    content, message = BAD[case]
    bad = write(tmp_path, "bad.txt", content)
    write(tmp_path, "good.txt", ARTICLE)
    reading = read([tmp_path])
    (failure,) = reading.failures
    assert isinstance(failure, DocumentError)
    assert failure.path == bad
    assert message in str(failure)
    assert "\n" not in str(failure)
    assert [one.source_file for one in reading.documents] == ["good.txt"]


def test_a_broken_sources_toml_costs_only_its_own_news(tmp_path: Path) -> None:
    write(tmp_path, "sources.toml", '["page.txt"]\npublished = \n')
    reading = read_text(tmp_path, ARTICLE)
    (failure,) = reading.failures
    assert f"{tmp_path / 'sources.toml'}:2: S002" in str(failure)
    assert len(reading.documents) == 1


def test_nothing_to_read_is_an_empty_reading() -> None:
    assert read([]).documents == ()
    assert read([]).failures == ()
