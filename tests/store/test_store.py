import fcntl
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kgbuild.errors import KgbuildError, OutputError
from kgbuild.model import KnowledgeGraph
from kgbuild.query import query, shown
from kgbuild.rdf import DEFAULT_BASE, quads
from kgbuild.store import check_place, graph_named, keep, open_graph, read_marker, stats
from tests.graphs import sample_graph


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    keep(quads(sample_graph()), tmp_path / "store", settings={"model": "none"})
    return tmp_path / "store"


def small(number: int) -> list[ox.Quad]:
    node = ox.NamedNode("urn:x")
    return [ox.Quad(node, node, ox.Literal(str(one))) for one in range(number)]


def test_a_store_gives_back_what_it_was_given(kept: Path):
    opened = open_graph(kept)
    assert len(opened.store) == len(set(quads(sample_graph())))
    assert opened.prefixes["person"] == f"{DEFAULT_BASE}person/"
    assert shown(query(kept, "offices")) == [["Ada Lind", "Foreign Minister", "Norland", "false", "aven.txt"]]


def test_the_marker_tells_what_is_in_it(kept: Path):
    marker = read_marker(kept)
    assert (marker.layout, marker.graphs, marker.base) == (1, 1, DEFAULT_BASE)
    assert marker.triples == len(set(quads(sample_graph())))
    assert marker.settings == {"model": "none"}
    assert json.loads((kept / "kgbuild-store.json").read_text())["kind"] == "kgbuild store"


def test_the_same_graph_gets_the_same_name_and_another_takes_its_place(kept: Path):
    before = read_marker(kept)
    assert keep(quads(sample_graph()), kept, settings={"model": "none"}) == before
    after = keep(small(3), kept)
    assert after.data != before.data
    assert not (kept / before.data).exists()
    assert len(open_graph(kept).store) == 3


def test_a_reader_keeps_what_it_reads_until_it_closes(kept: Path):
    opened = open_graph(kept)
    old = read_marker(kept).data
    keep(small(3), kept)
    assert (kept / old).is_dir()
    assert len(list(opened.store)) > 3
    opened.close()
    keep(small(4), kept)
    assert not (kept / old).exists()


def test_an_empty_graph_can_be_kept(tmp_path: Path):
    marker = keep(quads(KnowledgeGraph(DEFAULT_BASE, (), (), ())), tmp_path / "store")
    assert marker.triples == 0
    assert list(open_graph(tmp_path / "store").store) == []


def test_two_writers_are_one_too_many(kept: Path):
    with (kept / "writer").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(OutputError, match="another process is writing there"):
            keep(small(3), kept)
    assert shown(query(kept, "offices"))


def test_a_store_of_another_version_is_told(kept: Path):
    path = kept / "kgbuild-store.json"
    path.write_text(path.read_text().replace('"layout": 1', '"layout": 7'))
    with pytest.raises(KgbuildError, match=r"of version 7; this kgbuild reads version 1\. Build"):
        open_graph(kept)
    with pytest.raises(OutputError, match="a store of version 7"):
        check_place(kept)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"kind": "cake", "layout": 1}', '{"kind": "kgbuild store"}'])
def test_a_damaged_marker_is_told(kept: Path, text: str):
    (kept / "kgbuild-store.json").write_text(text)
    with pytest.raises(KgbuildError, match=r"kgbuild-store\.json: (cannot be read|not the marker)"):
        open_graph(kept)


def test_a_half_made_store_is_told_and_can_be_built_again(tmp_path: Path):
    store = tmp_path / "store"
    (store / "writing-1").mkdir(parents=True)
    (store / "writer").touch()
    with pytest.raises(KgbuildError, match=r"a store whose first build never ended\. Build it again"):
        open_graph(store)
    keep(small(3), store)
    assert not (store / "writing-1").exists()


def test_a_lost_database_is_told(kept: Path):
    (kept / read_marker(kept).data).rename(kept / "elsewhere")
    with pytest.raises(KgbuildError, match="the database that its marker names is not there"):
        open_graph(kept)


def test_a_place_that_is_no_store_is_left_alone(tmp_path: Path):
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "diary.txt").touch()
    for place, words in (
        ("file", "is a file"),
        ("folder", "holds other things than a store"),
        ("no/where", "does not exist"),
    ):
        with pytest.raises(OutputError, match=words):
            keep(small(3), tmp_path / place)
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["diary.txt"]


_WRITE = """
import pyoxigraph as ox, sys
from pathlib import Path
from kgbuild.store import keep
node = ox.NamedNode("urn:x")
print("begun", flush=True)
keep((ox.Quad(node, node, ox.Literal(str(n))) for n in range(int(sys.argv[2]))), Path(sys.argv[1]))
"""


def test_a_killed_build_leaves_the_old_graph_or_the_new(kept: Path):
    chance = random.Random(3)  # noqa: S311 - when to kill, not what to hide
    sizes = {read_marker(kept).triples}
    for number in range(6):
        sizes.add(30_000 + number)
        command = [sys.executable, "-c", _WRITE, str(kept), str(30_000 + number)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.random() * 0.6)
            process.send_signal(signal.SIGKILL)
        assert len(open_graph(kept).store) in sizes
    keep(small(5), kept)
    assert len(open_graph(kept).store) == 5
    assert not list(kept.glob("writing-*"))


def test_a_full_disk_costs_nothing_that_was_there(kept: Path):
    before = read_marker(kept)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))

    code = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n" + _WRITE
    command = [sys.executable, "-c", code, str(kept), "200000"]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=small_files, check=False)
    assert done.returncode == 1
    assert "the graph cannot be kept" in done.stderr
    assert read_marker(kept) == before
    assert shown(query(kept, "offices"))
    assert not list(kept.glob("writing-*"))


@pytest.mark.parametrize("name", ["article:aven", "article/aven", f"{DEFAULT_BASE}article/aven", "aven.txt"])
def test_an_article_is_found_by_each_of_its_names(kept: Path, name: str):
    assert graph_named(open_graph(kept), name).value == f"{DEFAULT_BASE}article/aven"


def test_an_article_that_is_not_there(kept: Path):
    with pytest.raises(KgbuildError, match=r"no graph named x\. There are https://.*article/aven\."):
        graph_named(open_graph(kept), "x")


def test_stats_count_what_is_there(kept: Path):
    found = stats(kept)
    assert (found.articles, found.graphs, found.first_day, found.last_day) == (1, 1, "2025-06-03", "2025-06-03")
    assert found.classes["Country"] == 2
    assert found.classes["Meet"] == 1
    assert found.relations == {"affiliatedWith": (1, 0), "locatedIn": (1, 1)}
    assert found.size_bytes > 1000
    assert found.settings == {"model": "none"}


def test_another_base_is_kept(tmp_path: Path):
    graph = replace(sample_graph(), base="https://other.example/")
    keep(quads(graph), tmp_path / "store", base=graph.base)
    assert open_graph(tmp_path / "store").base == "https://other.example/"
    assert os.listdir(tmp_path / "store")  # noqa: PTH208
