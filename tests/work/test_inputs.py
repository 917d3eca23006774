"""The files of a graph, held as characters."""

import tracemalloc

import pytest

from kgbuild.work.inputs import Files, Input, Inputs

PLAIN = Input("/news/a.txt", "/news/a.txt", "12-345", "0f" * 16)
LINKED = Input("/news/Çırağan.txt", "/elsewhere/b.txt", "0-0", "1e" * 16)
FOREIGN = Input("/news/\udcff.txt", "/news/\udcff.txt", "9-9", "2d" * 16)  # a name that is not UTF-8


def test_files_come_back_as_they_went_in() -> None:
    files = Files([PLAIN, LINKED, FOREIGN])
    assert list(files) == [PLAIN, LINKED, FOREIGN]
    assert (files[0], files[-1], len(files)) == (PLAIN, FOREIGN, 3)
    assert list(files[1:]) == [LINKED, FOREIGN]
    with pytest.raises(IndexError):
        _ = files[3]


def test_files_are_equal_when_they_name_the_same() -> None:
    assert Files([PLAIN, LINKED]) == Files([PLAIN, LINKED])
    assert Files([PLAIN, LINKED]) != Files([LINKED, PLAIN])
    assert not Files()
    assert Inputs() == Inputs()


def test_a_long_list_of_files_takes_little_memory() -> None:
    names = map("/news/{:07}.txt".format, range(1000))
    tracemalloc.start()
    files = Files(Input(name, name, "1234-1700000000000000000", "0f" * 16) for name in names)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(files) == 1000
    assert held < 150 * 1000
