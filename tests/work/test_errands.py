"""A worker of a cluster makes its shard, or says in words why it is not the one to do so."""

import dataclasses
import errno
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kgbuild.knowledge import load
from kgbuild.paths import ontology_dir
from kgbuild.pool import Ended
from kgbuild.records import Packs, Place
from kgbuild.work import errands, settings_for
from kgbuild.work.catalog import Catalog
from kgbuild.work.errands import Errand, make_shard
from kgbuild.work.folder import STAGES, WorkFolder
from kgbuild.work.packs import AT, MANIFEST, PACK, Manifest, PackWriter, read_manifest
from kgbuild.work.plans import ReadItem
from kgbuild.work.shards import Foreman

NAME = "shard"
RULE = """
  - id: xyzzy
    says: A rule that is not there at first.
    line: [XYZZY more on this]
    cuts: [XYZZY more on this]
    keeps: [Anna Berg spoke about the harbour today.]
"""


@pytest.fixture(autouse=True)
def newcomer(monkeypatch):
    """Let each test begin as a worker that has seen no build."""
    monkeypatch.setattr(errands._Last, "settings", None)


@pytest.fixture
def folder(tmp_path, news):
    """Make a work folder in which the reading of two articles is planned."""
    return planned(tmp_path / "work", settings_for("fast"), news)


def planned(root: Path, settings, news: Path) -> WorkFolder:
    root.mkdir(exist_ok=True)
    folder = WorkFolder(root)
    folder.prepare(settings)
    items = [ReadItem(path.name, str(path), str(path)) for path in sorted(news.glob("*.txt"))]
    folder.set_plan("read", NAME, items)
    return folder


def ask(folder: WorkFolder, **changes) -> tuple[str, str, str]:
    return make_shard(dataclasses.replace(Errand.to(str(folder.root), "read", 600.0), **changes), NAME)


def test_shard_is_made_once(folder):
    assert ask(folder) == ("done", "", "")
    manifest = folder.stem("read", NAME).with_suffix(MANIFEST)
    assert read_manifest(manifest).numbers == {"articles": 2, "files": 2}
    before = manifest.read_bytes()
    assert ask(folder) == ("done", "", "")
    assert manifest.read_bytes() == before


def test_shard_on_which_somebody_died_is_left_alone(folder):
    folder.stem("read", NAME).with_suffix(AT).write_text("a.txt")
    assert ask(folder) == ("died", "", "")
    assert folder.at("read", NAME) == "a.txt"
    assert not folder.stem("read", NAME).with_suffix(PACK).exists()


def refused(answer: tuple[str, str, str]) -> str:
    how, message, remedy = answer
    assert how == "failed"
    assert message.startswith("worker on ")
    assert remedy
    assert "\n" not in message + remedy
    return message


def test_worker_with_another_python_says_so(folder):
    assert "runs CPython" in refused(ask(folder, python="CPython 2.7"))


def test_worker_with_another_kgbuild_says_so(folder, news):
    settings = folder.settings()
    for stage in STAGES:
        digests = {**settings.digests, f"code of {stage}": "another"}
        planned(folder.root, dataclasses.replace(settings, digests=digests), news)
        assert "another kgbuild" in refused(ask(folder))


@pytest.mark.parametrize("what", ["model", "data", "shapes"])
def test_worker_with_other_files_says_so(folder, what, news):
    settings = folder.settings()
    planned(folder.root, dataclasses.replace(settings, digests={**settings.digests, what: "another"}), news)
    assert f"another {what} than" in refused(ask(folder))


def test_worker_that_does_not_see_the_work_folder_says_so(folder, tmp_path):
    assert "does not see the work folder" in refused(ask(folder, root=str(tmp_path / "nowhere")))


def test_worker_that_does_not_see_the_articles_says_so(folder):
    folder.set_plan("read", NAME, [ReadItem("x", "/nowhere/at/all/x.txt", "/nowhere/at/all/x.txt")])
    assert "does not see the folder /nowhere/at/all" in refused(ask(folder))


def test_vanished_file_costs_that_file_only(folder, news):
    (news / "a.txt").unlink()
    assert ask(folder) == ("done", "", "")


def test_worker_reads_data_files_again_for_the_next_build(folder, tmp_path, news):
    """A worker outlives builds: rules that it has read may have changed when the next one comes."""
    (news / "a.txt").write_text("Anna Berg spoke about the harbour today.\n\nXYZZY more on this\n", encoding="utf-8")
    own = tmp_path / "ontology"
    shutil.copytree(ontology_dir(), own)
    said = []
    for build, rule in (("one", ""), ("two", RULE)):
        rules = own / "cues" / "furniture.yaml"
        rules.write_text(rules.read_text(encoding="utf-8") + rule, encoding="utf-8")
        work = planned(tmp_path / build, settings_for("fast", knowledge=load(own)), news)
        assert ask(work) == ("done", "", "")
        manifest = read_manifest(work.stem("read", NAME).with_suffix(MANIFEST))
        said.append(next(one.facts["articles"][0]["words"] for one in manifest.records if one.room == "page"))
    assert said[0] > said[1]


def test_one_shard_at_a_time(folder, monkeypatch):
    """Threads of one worker wait for one another."""
    inside, most = 0, 0

    def slow(*_args):
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        threading.Event().wait(0.05)
        inside -= 1

    monkeypatch.setattr(errands, "run_unit", slow)
    threads = [threading.Thread(target=ask, args=(folder,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_process_that_hangs_on_an_article_ends():
    code = (
        "import time\n"
        "from kgbuild.work.errands import _watched\n"
        "with _watched(0.5) as alive:\n    alive(); time.sleep(0.3); alive(); time.sleep(60)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=50, check=False)
    assert done.returncode == 1
    assert "Timeout" in done.stderr


def test_who_comes_second_leaves_the_pack_of_the_first(tmp_path):
    """A worker that was given up for dead may finish after the one that took its place."""
    stem = tmp_path / NAME
    late, first = PackWriter(stem), PackWriter(stem)
    first.add("page", "key", "the first")
    late.add("page", "key", "a late one, longer than the other")
    written = first.finish(Manifest("read", 0, ()))
    assert late.finish(Manifest("read", 0, ())) == written == read_manifest(stem.with_suffix(MANIFEST))
    (record,) = written.records
    packs = Packs(tmp_path)
    assert packs.load(Place(f"{NAME}{PACK}", record.offset, record.length)) == "the first"
    packs.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{NAME}{MANIFEST}", f"{NAME}{PACK}"]


def test_pack_gets_its_name_where_there_are_no_links(tmp_path, monkeypatch):
    def link(*_args):
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    writer = PackWriter(tmp_path / NAME)
    writer.add("page", "key", "whole")
    writer.finish(Manifest("read", 0, ()))
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{NAME}{MANIFEST}", f"{NAME}{PACK}"]


def test_pack_without_manifest_is_written_over(tmp_path):
    stem = tmp_path / NAME
    stem.with_suffix(PACK).write_bytes(b"somebody was killed right after this")
    writer = PackWriter(stem)
    writer.add("page", "key", "whole")
    writer.finish(Manifest("read", 0, ()))
    assert read_manifest(stem.with_suffix(MANIFEST)) is not None


def test_article_on_which_two_workers_died_is_set_aside(folder):
    """Dask repeats a shard whose worker died: each death counts once, and the article is known by the note."""
    items = folder.plan("read", NAME)
    guilty = items[1].key

    class Deadly:
        """Workers that die of one article, and the worker after each of them."""

        width = 1

        def run(self, root, stage, names):
            for name in names:
                if any(item.key == guilty for item in folder.plan(stage, name)):
                    folder.stem(stage, name).with_suffix(AT).write_text(guilty)
                yield Ended(name, make_shard(Errand.to(root, stage, 600.0), name)[0])

        def close(self):
            pass

    catalog = Catalog(folder.root, STAGES)
    tally = Foreman(folder, catalog, Deadly(), "read").do([items], lambda done, words: None)
    catalog.close()
    assert list(tally.failures) == [guilty]
    assert tally.failures[guilty].file.endswith("b.txt")
    assert (tally.retried, tally.numbers["files"]) == (2, 1)
