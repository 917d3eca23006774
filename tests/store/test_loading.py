import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kgbuild.errors import KgbuildError, OutputError
from kgbuild.rdf import DEFAULT_BASE, Kinds
from kgbuild.records import Joined, Place
from kgbuild.store import Kept, Piece, keep_pieces, loading, open_graph, read_marker

FULL_DISK = """
import sys
from functools import partial
from pathlib import Path
from kgbuild.errors import KgbuildError, OutputError
from kgbuild.rdf import DEFAULT_BASE, Kinds
from kgbuild.store import keep_pieces, loading

loading._FIRST_PIECES = 0
pieces = [partial(b"".join, [b'<urn:%d> <urn:p> "%d" <urn:g> .\\n' % (n, n) for n in range(200_000)])]
try:
    keep_pieces(pieces, Path(sys.argv[1]), digest="1" * 64, kinds=Kinds(DEFAULT_BASE), graphs=1)
except OutputError as error:
    print(error)
"""


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(loading, "_FIRST_PIECES", 1)
    monkeypatch.setattr(loading, "_PIECES_A_PROCESS", 2)


def as_piece(quads: bytes) -> Piece:
    return partial(bytes, quads)


def pieces(number: int) -> Iterator[Piece]:
    for piece in range(number):
        yield as_piece(b"<urn:a> <urn:p> <urn:b%d> <urn:g> .\n<urn:a> <urn:p> <urn:same> <urn:g> .\n" % piece)


def kept(folder: Path, given: Iterator[Piece], digest: str = "0") -> Kept:
    return keep_pieces(given, folder, digest=digest * 64, kinds=Kinds(DEFAULT_BASE), graphs=1)


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 6])
def test_all_pieces_come_in_whoever_loads_them(tmp_path: Path, number: int):
    done = kept(tmp_path / "store", pieces(number))
    assert len(open_graph(tmp_path / "store").store) == (number + 1 if number else 0)
    assert bool(done.peak_bytes) == (number > 1)
    assert not list((tmp_path / "store").glob("writing-*"))


def test_a_process_loads_so_many_and_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    started = []
    start = loading.Pool

    def counting(*given: Any) -> loading.Pool[Piece, loading._Told]:
        started.append(given)
        return start(*given)

    monkeypatch.setattr(loading, "Pool", counting)
    kept(tmp_path / "store", pieces(6))
    assert len(started) == 3  # for the second and third piece, the next two, and the sixth
    assert len(open_graph(tmp_path / "store").store) == 7


def test_what_is_known_to_be_large_is_loaded_elsewhere_from_the_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(loading, "_FEW_TRIPLES", 2)
    monkeypatch.setattr(loading, "_Database", None)  # nothing is loaded here
    done = keep_pieces(pieces(2), tmp_path / "store", digest="0" * 64, kinds=Kinds(DEFAULT_BASE), graphs=1, triples=3)
    assert done.peak_bytes > 0
    assert done.marker.triples == 3
    assert len(open_graph(tmp_path / "store").store) == 3


def test_an_empty_piece_ends_nothing(tmp_path: Path):
    kept(tmp_path / "store", iter([*pieces(2), as_piece(b""), *pieces(4), as_piece(b"")]))
    assert len(open_graph(tmp_path / "store").store) == 5


def test_a_killed_process_costs_nothing_that_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "store"
    kept(folder, pieces(2))
    before = read_marker(folder)
    fill = loading.Pool._fill
    children = []

    def fatal(pool: loading.Pool[Piece, loading._Told], *given: Any) -> bool:
        found = fill(pool, *given)
        if pool._workers and not children:
            children.append(pool._workers[0].process.pid)
            os.kill(children[0] or 0, signal.SIGKILL)
        return found

    monkeypatch.setattr(loading.Pool, "_fill", fatal)
    with pytest.raises(OutputError, match=r"store: the graph cannot be kept \(the process that writes it was killed\)"):
        kept(folder, pieces(4), "1")
    assert children
    assert read_marker(folder) == before
    assert len(open_graph(folder).store) == 3
    assert not list(folder.glob("writing-*"))
    kept(folder, pieces(4), "1")
    assert len(open_graph(folder).store) == 5


def test_a_disk_that_is_full_for_another_process_is_one_line(tmp_path: Path):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))

    command = [sys.executable, "-c", FULL_DISK, str(tmp_path / "store")]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=small_files, check=False)
    assert done.stdout.startswith(f"{tmp_path / 'store'}: the graph cannot be kept (")
    assert done.stdout.count("\n") == 1
    assert not done.stderr
    assert not list((tmp_path / "store").glob("writing-*"))


def test_what_our_own_code_raises_elsewhere_is_raised_here(tmp_path: Path):
    with pytest.raises(SyntaxError):
        kept(tmp_path / "here", iter([as_piece(b"no triples\n")]))
    with pytest.raises(RuntimeError, match=r"SyntaxError"):
        kept(tmp_path / "elsewhere", iter([*pieces(1), as_piece(b"no triples\n")]))


def test_what_is_wrong_with_a_piece_is_told_whoever_reads_it(tmp_path: Path):
    for number, place in enumerate(("here", "elsewhere")):
        with pytest.raises(KgbuildError, match=r"x\.pack: cannot be read"):
            kept(tmp_path / place, iter([*pieces(number), Joined(tmp_path, (Place("x.pack", 0, 1),))]))
        assert not list((tmp_path / place).glob("writing-*"))


def test_pieces_are_loaded_together_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    loaded: list[int] = []

    class Told(loading._Database):
        def _put_in(self) -> None:
            loaded.append(len(self._gathered))
            super()._put_in()

    quad = b"<urn:a> <urn:p> <urn:b> .\n"
    database = Told(tmp_path / "data", 2 * len(quad))
    for _ in range(5):
        database.load(as_piece(quad))
    database.close()
    assert loaded == [2, 2, 1]
