"""Reading file by file and comparing in blocks must give what reading all at once gives."""

import pickle
import random
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgbuild.errors import DocumentError
from kgbuild.model import Document
from kgbuild.read import (
    FileReader,
    Folder,
    Place,
    ReadPage,
    compare,
    find_files,
    load_folder,
    read,
    salted,
    salts,
    story_of,
    to_compare,
    told,
)
from kgbuild.read import pages as reading_pages
from tests.read.pages import ARTICLE, PAGE, write
from tests.read.test_collections import ROW, rows, zipped

SENTENCES = [
    "The council of the harbour town voted on Monday to build a new pier for the ferries that cross the strait.",
    "Its members had argued about the cost for eleven years, and the mayor lost two elections over it.",
    "The mayor said that the first stone would be laid before winter and that fishermen could keep their berths.",
    "A group of residents wants to go to court because the pier would stand in front of the old lighthouse.",
    "The builders expect to need three summers for the work, one more than the plan had said.",
    "“We have waited for this since my father sailed here,” said a fisherman who watched from the gallery.",
    "Bakers in the capital closed their shops for a day to protest against the price of flour and gas.",
    "Their guild says that one in five will give up by spring unless the ministry pays a part of the bill.",
    "Hundreds of them marched from the old mill to the parliament with white aprons and empty baskets.",
    "The minister of farming promised to meet them on Thursday, but only if the shops are open by then.",
]
TEXT = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12).map(lambda lines: "\n".join(["Title", *lines]))
FILES = st.lists(st.tuples(st.sampled_from(["x", "y", "z"]), st.sampled_from("abcd"), TEXT), max_size=9)


def in_parts(paths: Iterable[Path], order: random.Random, limit: int, block: int) -> list[Document]:
    """Read each file with a reader of its own, in any order, and compare with as little memory as can be."""
    files, _ = find_files(paths)
    order.shuffle(files)
    read_ones = [one for file in files for one in FileReader().pages(file)]
    pages = [pickle.loads(pickle.dumps(one)) for one in read_ones if isinstance(one, ReadPage)]  # noqa: S301 - our own
    salt = salts(page.place for page in pages)
    final = [(page, salted(page, salt.get(page.place, ""))) for page in pages]
    ranked = sorted((one for page, documents in final for one in to_compare(page, documents)), key=lambda one: one[0])
    articles = (one for _, one, _ in ranked)
    verdicts = compare(articles, lambda number: ranked[number][2], limit=limit, least_block=block)
    by_id = {one.id: one for _, documents in final for one in documents}
    firsts = {one: by_id[first] for one, first in verdicts.first_of.items()}
    stories = {one: story_of(first.id, first.title, first.source_file) for one, first in firsts.items()}
    return [told(one, verdicts.duplicate_of, stories) for one in by_id.values()]


@settings(max_examples=60, deadline=None)
@given(FILES, st.randoms(use_true_random=False), st.sampled_from([1, 30, 1000]), st.integers(1, 9))
def test_parts_in_any_order_give_what_reading_at_once_gives(
    files: list[tuple[str, str, str]], order: random.Random, limit: int, block: int
) -> None:
    with tempfile.TemporaryDirectory() as name:
        for folder, stem, text in files:
            write(Path(name), f"{folder}/{stem}.txt", text)
        whole = read([Path(name)]).documents
        parts = in_parts([Path(name)], order, limit, block)
    assert sorted(parts, key=lambda one: one.id) == sorted(whole, key=lambda one: one.id)


def test_ids_without_and_with_salt(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        write(tmp_path, f"{folder}/page.txt", PAGE)
    files, _ = find_files([tmp_path])
    one, two = (page for file in files for page in FileReader().pages(file) if isinstance(page, ReadPage))
    assert [document.id for document in one.documents] == [document.id for document in two.documents]
    salt = salts([two.place, one.place])
    assert salt == {one.place: "x", two.place: "y"}
    assert salted(one, "") is one.documents
    documents = salted(one, "x")
    assert {document.id for document in documents}.isdisjoint(document.id for document in one.documents)
    assert documents[2].duplicate_of == documents[1].id
    assert len({document.part_of for document in (*documents, *salted(two, "y"), *one.documents)}) == 3
    assert [document.id for document in documents] == [
        document.id for document in read([tmp_path]).documents if document.id in {own.id for own in documents}
    ]


def test_a_page_of_its_own_name_or_content_has_no_salt() -> None:
    places = [Place(name, digest, f"/{name}", name, 0) for name in "ab" for digest in "12"]
    assert salts(places) == {}


def test_a_member_that_an_archive_holds_twice_is_two_articles(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        write(tmp_path, "a.zip", _twice())
    first, second = sorted(read([tmp_path]).documents, key=lambda one: one.duplicate_of or "")
    assert first.id != second.id
    assert second.duplicate_of == first.id


def _twice() -> bytes:
    import io
    import zipfile

    buffer = io.BytesIO(zipped(**{"a.txt": ARTICLE}))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("a.txt", ARTICLE)
    return buffer.getvalue()


def test_a_reader_gives_the_first_page_before_it_reads_the_last(tmp_path: Path) -> None:
    path = write(tmp_path, "news.jsonl", rows(ROW, "{broken") + "x" * 10)
    pages = FileReader().pages(find_files([path])[0][0])
    first = next(pages)
    assert isinstance(first, ReadPage)
    assert first.place.number == 0
    assert all(isinstance(one, DocumentError) for one in pages)


def test_faults_of_a_folder_are_told_by_the_folder(tmp_path: Path) -> None:
    write(tmp_path, "sources.toml", '["gone.txt"]\npublished = 2025-06-03\n["a.txt"]\npublished = "x"\n')
    write(tmp_path, "sources.csv", "file,published\na.txt,once\n")
    write(tmp_path, "a.txt", ARTICLE)
    folder = FileReader().folder(tmp_path)
    assert [error.code for error in folder.errors] == ["S005", "T003"]
    assert len(folder.notes) == 1


def test_what_a_folder_tells_is_read_once_until_its_files_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def load(folder: Path) -> Folder:
        asked.append(folder)
        return load_folder(folder)

    monkeypatch.setattr(reading_pages, "load_folder", load)
    reader = FileReader()
    for _ in range(3):
        assert reader.folder(tmp_path).sources.by_name == {}
    assert len(asked) == 1
    (tmp_path / "sources.toml").write_text('["a.txt"]\npublished = 2025-06-02\n')
    (tmp_path / "a.txt").write_text("x")
    for _ in range(2):
        assert reader.folder(tmp_path).sources.by_name["a.txt"].published == date(2025, 6, 2)
    (tmp_path / "sources.toml").write_text('["a.txt"]\npublished = 2025-06-03\n')
    assert reader.folder(tmp_path).sources.by_name["a.txt"].published == date(2025, 6, 3)
    (tmp_path / "sources.csv").write_text("file,publisher\na.txt,A Press\n")
    assert reader.folder(tmp_path).table.by_name["a.txt"]
    assert len(asked) == 4
