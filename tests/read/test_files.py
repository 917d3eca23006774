import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kgbuild.errors import DocumentError
from kgbuild.read import files, read
from kgbuild.read.files import SIZE_LIMIT_BYTES, distinguish, find_files, read_bytes
from tests.read.pages import ARTICLE, write


def names(folder: Path) -> list[str]:
    found, errors = find_files([folder])
    assert not errors
    return [str(file.path.relative_to(folder)) for file in found]


def test_folders_are_read_to_the_bottom_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.MD", "sub/c.markdown", ".hidden.txt", ".git/d.txt", "e.doc", "sources.toml"):
        write(tmp_path, name, ARTICLE)
    assert names(tmp_path) == ["a.MD", "b.txt", "sub/c.markdown"]


def test_links_that_go_in_circles_end(tmp_path: Path) -> None:
    write(tmp_path, "sub/a.txt", ARTICLE)
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    assert names(tmp_path) == ["sub/a.txt"]


def test_a_file_reached_by_a_link_is_one_file(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", ARTICLE)
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    assert names(tmp_path) == ["a.txt"]


def test_a_folder_without_texts_is_told(tmp_path: Path) -> None:
    write(tmp_path, "a.doc", ARTICLE)
    (failure,) = read([tmp_path]).failures
    assert "holds nothing that can be read" in str(failure)


@pytest.mark.parametrize(
    ("name", "message"),
    [("gone.txt", "is not there"), ("gone", "is not there"), ("a.doc", "is of no kind that is known")],
)
def test_a_path_that_is_no_text_is_told(name: str, message: str, tmp_path: Path) -> None:
    write(tmp_path, "a.doc", ARTICLE)
    (failure,) = read([tmp_path / name]).failures
    assert message in str(failure)


def test_a_name_that_the_system_refuses_is_told(tmp_path: Path) -> None:
    (failure,) = read([tmp_path / ("x" * 300 + ".txt")]).failures
    assert "cannot be read (file name too long)" in str(failure)


def test_a_dangling_link_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    (failure,) = read([tmp_path]).failures
    assert "is not there" in str(failure)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (failure,) = read([tmp_path]).failures
    assert "is not a plain file" in str(failure)


def test_a_file_of_100_mb_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    monkeypatch.setattr(Path, "open", _refuse(AssertionError("opened")))
    with pytest.raises(DocumentError, match=r"too large for an article \(100 MB, the limit is 10 MB\)"):
        read_bytes(path)


def test_the_limit_itself_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", b"x" * 50)
    assert len(read_bytes(path, limit=50)) == 50
    with pytest.raises(DocumentError, match="too large"):
        read_bytes(path, limit=49)
    assert SIZE_LIMIT_BYTES < 100_000_000


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (PermissionError(13, "Permission denied"), "cannot be read (permission denied)"),
        (FileNotFoundError(2, "No such file"), "is not there"),
        (OSError(5, "Input/output error"), "cannot be read (input/output error)"),
    ],
)
def test_a_file_that_fails_under_way_costs_only_itself(
    error: OSError, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = write(tmp_path, "bad.txt", ARTICLE)
    write(tmp_path, "good.txt", ARTICLE)
    untouched = files.read_bytes
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", _refuse(error, only=bad))
        reading = read([tmp_path])
    assert files.read_bytes is untouched
    (failure,) = reading.failures
    assert message in str(failure)
    assert [one.source_file for one in reading.documents] == ["good.txt"]


def test_an_unreadable_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "sub/a.txt", ARTICLE)
    write(tmp_path, "b.txt", ARTICLE)
    listed = os.scandir

    def scandir(folder: str):
        if folder.endswith("/sub"):
            raise PermissionError(13, "Permission denied")
        return listed(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    reading = read([tmp_path])
    (failure,) = reading.failures
    assert "the folder cannot be read (permission denied)" in str(failure)
    assert len(reading.documents) == 1


def test_equal_files_are_told_apart_by_the_nearest_folders() -> None:
    assert distinguish([Path("/a/x/s/f.txt"), Path("/a/y/s/f.txt")]) == ["x/s", "y/s"]
    assert distinguish([Path("/a/f.txt")]) == [""]


def _refuse(error: BaseException, only: Path | None = None) -> Callable[..., object]:
    opened = Path.open

    def refuse(self: Path, *args: object, **known: object) -> object:
        if only is None or self == only:
            raise error
        return opened(self, *args, **known)  # type: ignore[call-overload]

    return refuse
