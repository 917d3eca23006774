"""Archives are read member by member, and none of them does harm."""

import gzip
import io
import json
import random
import tarfile
from pathlib import Path

import pytest

from kgbuild.read import Limits, Options, read
from tests.read.pages import write
from tests.read.samples import BRIDGE, FERRY, ROW, TALKS, names, only_failure, rows, tarred, zipped


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", zipped(**{"b.txt": FERRY, "sub/a.md": TALKS, ".hidden.txt": BRIDGE, "c.png": b"\x89PNG"})),
        ("a.tar", tarred({"b.txt": FERRY.encode(), "sub/a.md": TALKS.encode(), "c.png": b"\x89PNG"}, "w")),
        ("a.tgz", tarred({"b.txt": FERRY.encode(), "sub/a.md": TALKS.encode()})),
        ("a.tar.bz2", tarred({"b.txt": FERRY.encode(), "sub/a.md": TALKS.encode()}, "w:bz2")),
        ("a.tar.xz", tarred({"b.txt": FERRY.encode(), "sub/a.md": TALKS.encode()}, "w:xz")),
    ],
)
def test_archives_are_read_member_by_member(name: str, content: bytes, tmp_path: Path) -> None:
    reading = read([write(tmp_path, name, content)])
    assert names(reading) == [f"{name}!b.txt", f"{name}!sub!a.md"]
    assert reading.failures == ()
    assert all(one.text_hash for one in reading.documents)


@pytest.mark.parametrize("name", ["a.txt.gz", "a.gz"])
def test_compressed_files_are_read_as_what_they_hold(name: str, tmp_path: Path) -> None:
    assert names(read([write(tmp_path, name, gzip.compress(TALKS.encode()))])) == [name]


def test_json_lines_in_a_zip_in_a_tar(tmp_path: Path) -> None:
    inner = zipped(**{"news.jsonl": rows(ROW, {"text": FERRY})})
    assert names(read([write(tmp_path, "a.tgz", tarred({"b.zip": inner}))])) == [
        "a.tgz!b.zip!news.jsonl!1",
        "a.tgz!b.zip!news.jsonl!2",
    ]


@pytest.mark.parametrize("cut", [5, 30])
def test_a_truncated_gzip_is_told(cut: int, tmp_path: Path) -> None:
    message = only_failure(read([write(tmp_path, "a.txt.gz", gzip.compress(TALKS.encode())[:-cut])]))
    assert "breaks off or is damaged" in message


def test_rows_before_the_place_where_a_gzip_breaks_off_are_read(tmp_path: Path) -> None:
    noise = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz", k=60_000))  # noqa: S311 - it has to be the same on every run
    data = gzip.compress(rows({"text": TALKS}, {"text": noise}).encode())
    reading = read([write(tmp_path, "a.jsonl.gz", data[: len(data) - 2000])])
    assert names(reading) == ["a.jsonl.gz!1"]
    assert "breaks off" in only_failure(reading)


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "C:/evil.txt", "..\\evil.txt"])
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_names_that_lead_out_of_an_archive_are_refused(name: str, kind: str, tmp_path: Path) -> None:
    members = {name: TALKS.encode(), "good.txt": FERRY.encode()}
    content = zipped(**members) if kind == "zip" else tarred(members)
    reading = read([write(tmp_path, f"a.{kind}", content)])
    assert names(reading) == [f"a.{kind}!good.txt"]
    assert "leads out of its archive" in only_failure(reading)
    assert [path.name for path in tmp_path.iterdir()] == [f"a.{kind}"]


def test_links_in_a_tar_are_not_followed(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        info = tarfile.TarInfo("a.txt")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    assert "is a link, which is not followed" in only_failure(read([write(tmp_path, "a.tar", buffer.getvalue())]))


def test_a_bomb_stops_at_the_limit_of_a_page(tmp_path: Path) -> None:
    bomb = zipped(**{"bomb.txt": b"0" * 40_000_000, "good.txt": TALKS})
    assert len(bomb) < 50_000
    reading = read([write(tmp_path, "a.zip", bomb)])
    assert names(reading) == ["a.zip!good.txt"]
    assert "is too large for an article (the limit is 10 MB)" in only_failure(reading)


def test_a_bomb_of_many_pages_stops_at_the_limit_of_the_whole(tmp_path: Path) -> None:
    bomb = zipped(**{f"{n:02}.txt": TALKS + "x" * 9000 for n in range(50)})
    reading = read([write(tmp_path, "a.zip", bomb)], options=Options(limits=Limits(unpacked_bytes=100_000)))
    assert 0 < len(reading.documents) < 50
    assert any("unfolds to more than" in str(failure) for failure in reading.failures)


def test_an_archive_of_too_many_members_stops(tmp_path: Path) -> None:
    members = {f"{n}.txt": TALKS.encode() for n in range(9)}
    reading = read([write(tmp_path, "a.tar", tarred(members, "w"))], options=Options(limits=Limits(members=5)))
    assert len(reading.documents) == 5
    assert "holds more than 5 members" in only_failure(reading)


def test_archives_in_archives_end(tmp_path: Path) -> None:
    content = zipped(**{"a.txt": TALKS})
    for _ in range(5):
        content = zipped(**{"inner.zip": content})
    reading = read([write(tmp_path, "a.zip", content)])
    assert reading.documents == ()
    assert "lies more than 3 archives deep" in only_failure(reading)


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tgz", "a.gz", "a.warc"])
def test_a_collection_that_is_none_is_told(name: str, tmp_path: Path) -> None:
    if name == "a.warc":
        pytest.importorskip("warcio")
    assert "damaged" in only_failure(read([write(tmp_path, name, b"This is no archive at all, only some text.")]))


def test_a_locked_member_is_told(tmp_path: Path) -> None:
    content = bytearray(zipped(**{"a.txt": TALKS}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    assert "is locked with a password" in only_failure(read([write(tmp_path, "a.zip", bytes(content))]))


def test_a_file_of_1_gb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.html"
    with path.open("wb") as file:
        file.truncate(1_000_000_000)
    assert "is too large for an article (1000 MB, the limit is 10 MB)" in only_failure(read([path]))


def test_a_row_of_1_gb_is_passed_over_piece_by_piece(tmp_path: Path) -> None:
    path = tmp_path / "large.jsonl"
    with path.open("wb") as file:
        file.truncate(100_000_000)
        file.seek(0, 2)
        file.write(("\n" + json.dumps({"text": TALKS})).encode())
    reading = read([path])
    assert names(reading) == ["large.jsonl!2"]
    assert "row 1 is too large" in only_failure(reading)
