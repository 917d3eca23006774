import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kgbuild.store import pace

MANY_PIECES = """
import resource, sys
from functools import partial
from pathlib import Path
from kgbuild.rdf import DEFAULT_BASE, Kinds
from kgbuild.store import keep_pieces, loading, open_graph, pace

resource.setrlimit(resource.RLIMIT_NOFILE, (128, 128))
pace._IDLE_SECONDS = 0.2
loading._FIRST_PIECES = 200  # each is loaded by itself
pieces = [
    partial(
        b"".join, [b'<urn:%d-%d> <urn:p%d> "v%d %d" <urn:g%d> .\\n' % (n, i, i % 7, n, i, i % 100) for i in range(3000)]
    )
    for n in range(200)
]
folder = Path(sys.argv[1])
keep_pieces(pieces, folder, digest="0" * 64, kinds=Kinds(DEFAULT_BASE), graphs=100)
print(len(open_graph(folder).store))
"""


def test_more_tables_than_open_files_come_into_a_store(tmp_path: Path):
    told = subprocess.run(
        [sys.executable, "-c", MANY_PIECES, str(tmp_path / "store")], capture_output=True, text=True, check=False
    )
    assert told.stderr == ""
    assert told.stdout == "600000\n"


def test_files_are_asked_for_and_given_back(monkeypatch: pytest.MonkeyPatch):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    few = 256 if hard == resource.RLIM_INFINITY else min(256, hard)
    monkeypatch.setattr(pace, "_ENOUGH_FILES", few + 1 if hard == resource.RLIM_INFINITY else min(few + 1, hard))
    resource.setrlimit(resource.RLIMIT_NOFILE, (few, hard))
    try:
        with pace.many_files():
            assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == pace._ENOUGH_FILES
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (few, hard)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_the_next_piece_waits_while_small_tables_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pace, "_MOST_TABLES", 3)
    for name in range(8):
        (tmp_path / f"{name}.sst").touch()
    (tmp_path / "LOG").touch()
    waited = []

    def merge(_: float) -> None:
        waited.append(min(tmp_path.glob("*.sst")))
        waited[-1].unlink()

    monkeypatch.setattr(time, "sleep", merge)
    pace.Pace(tmp_path).keep()
    assert len(waited) == 5


def test_tables_that_stay_are_waited_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pace, "_MOST_TABLES", 3)
    monkeypatch.setattr(pace, "_IDLE_SECONDS", 0.1)
    for name in range(8):
        (tmp_path / f"{name}.sst").touch()
    watched = pace.Pace(tmp_path)
    begin = time.monotonic()
    watched.keep()
    assert 0.1 <= time.monotonic() - begin < 5
    (tmp_path / "another.sst").touch()
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("waits again"))
    watched.keep()


def test_opening_leaves_the_number_of_files_as_it_was(tmp_path: Path):
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    store = pace.open_lean(tmp_path / "many")
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == before
    del store
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (96, before[1]))  # fewer than are asked for
        assert len(pace.open_lean(tmp_path / "few")) == 0
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (96, before[1])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
