"""`build --work`, `build --store`, `add`, `remove`, `update` as a script meets them: files, lines, exit status."""

import json

import pytest

from kgbuild.cli.app import run
from kgbuild.work import WorkFolder, saying
from tests.graphs import without_label
from tests.work.folders import SENTENCES, exported, from_nothing, mixed, write

pytestmark = pytest.mark.usefixtures("stand_in")


@pytest.fixture
def store(news, tmp_path, capsys):
    place = tmp_path / "store"
    assert do("build", news, "--store", place, "-q") == 0
    capsys.readouterr()
    return place


def do(*arguments):
    return run([*map(str, arguments)])


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def test_work_folder_gives_the_file_that_memory_gives(news, tmp_path, capsys):
    assert do("build", news, "--work", tmp_path / "w", "-o", tmp_path / "g.ttl") == 0
    with_folder = capsys.readouterr().err
    assert do("build", news, "-o", tmp_path / "h.ttl") == 0
    without = capsys.readouterr().err
    assert (tmp_path / "g.ttl").read_bytes() == (tmp_path / "h.ttl").read_bytes()
    assert with_folder.replace("g.ttl", "h.ttl").partition(" (")[0] == without.partition(" (")[0]
    assert names(tmp_path) == ["g.ttl", "h.ttl"]


def test_texts_lie_beside_the_graph(tmp_path):
    folder = mixed(tmp_path / "in")
    assert do("build", folder, "--work", tmp_path / "w", "-o", tmp_path / "g.ttl", "-q") == 0
    assert do("build", folder, "-o", tmp_path / "h.ttl", "-q") == 0
    given, wanted = (names(tmp_path / f"{name}.ttl.texts") for name in "gh")
    assert given == wanted != []


def test_dash_is_standard_output(news, tmp_path, capsys):
    assert do("build", news, "--work", tmp_path / "w", "-o", "-", "--format", "nquads", "-q") == 0
    captured = capsys.readouterr()
    assert captured.out.encode() == from_nothing([news], "nquads")
    assert captured.err == ""


def test_summary_is_left_for_programs(news, tmp_path):
    write(news / "c.txt", b"caf\xe9 is no UTF-8 at all, is it")
    assert do("build", news, "--work", tmp_path / "w", "-q") == 0
    summary = json.loads((tmp_path / "w" / "summary.json").read_text())
    assert summary["counts"]["articles"] == 2
    assert [one["file"].endswith("c.txt") for one in summary["failures"]] == [True]
    assert summary["stages"].keys() >= {"read", "extract", "resolve", "say", "store"}
    assert not (tmp_path / "w" / "running.json").exists()


class TestChange:
    def test_add_remove_update(self, news, store, tmp_path, capsys):
        more = write(tmp_path / "more" / "c.txt", f"{SENTENCES[2]}\n")
        assert do("add", store, more) == 0
        assert exported(store) == from_nothing([news, more])
        assert "kgbuild: 3 articles, 2 entities, 0 events, 0 relations, 0 claims, " in capsys.readouterr().err
        assert do("remove", store, more, "-q") == 0
        assert exported(store) == from_nothing([news])
        write(news / "b.txt", f"{SENTENCES[3]}\n")
        assert do("update", store, "-q") == 0
        assert exported(store) == from_nothing([news])
        assert capsys.readouterr().err == ""

    def test_report_of_what_is_held_back_lies_beside_the_store(self, news, store, tmp_path, monkeypatch, capsys):
        monkeypatch.setattr(saying, "assemble", without_label(saying.assemble))
        write(news / "a.txt", f"{SENTENCES[2]}\n")
        assert do("update", store) == 1
        assert "store.report.txt tells what and where" in capsys.readouterr().err
        assert SENTENCES[2] in (tmp_path / "store.report.txt").read_text()


def one_line(capsys):
    said = capsys.readouterr().err
    assert said.count("\n") == 1, said
    return said


class TestBadInput:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["build", "{news}", "-", "--work", "{top}/w"], "standard input cannot be kept in a work folder"),
            (["build", "{news}", "-", "--store", "{top}/s"], "standard input cannot be kept in a work folder"),
            (["build", "{news}", "--work", "{news}"], "news: holds other things than a work folder"),
            (["build", "{news}", "--work", "{news}/a.txt"], "a.txt: "),
            (["build", "{news}", "--store", "{store}", "--model", "fast"], "made with model default, not fast"),
            (
                ["build", "{news}", "--store", "{store}", "--base", "https://example.org/"],
                "made with base https://w3id",
            ),
            (["build", "{news}", "--work", "{top}/w", "--model", "nope"], "no language model called 'nope'"),
            (["build", "{news}", "-o", "{top}/g.ttl", "--engine", "dask"], "--engine dask needs a folder"),
            (["add", "{news}", "{news}"], "news: no store that can be changed"),
            (["add", "{top}/none", "{news}"], "none: no store that can be changed"),
            (["remove", "{store}", "{top}/none.txt"], "none.txt: the store was made of no such file"),
            (["update", "{top}/none"], "none: no store that can be changed"),
        ],
    )
    def test_is_one_line_and_costs_nothing(self, news, store, tmp_path, capsys, arguments, said):
        before = exported(store)
        assert run([one.format(news=news, store=store, top=tmp_path) for one in arguments]) == 2
        assert said in one_line(capsys)
        assert exported(store) == before
        assert do("update", store, "-q") == 0
        assert exported(store) == before

    def test_two_builds_at_once(self, news, store, capsys):
        with WorkFolder(store / "work").alone():
            for arguments in (["build", news, "--store", store], ["add", store, news], ["update", store]):
                assert do(*arguments) == 2
                assert "store/work: another build is at work there. Wait for it to end." in one_line(capsys)

    def test_all_files_gone(self, news, store, capsys):
        before = exported(store)
        news.rename(news.with_name("away"))
        assert do("update", store) == 2
        assert "none of the files that it was made of is there any more. Is a disk missing?" in one_line(capsys)
        assert exported(store) == before

    def test_strict_gives_up_at_the_first_fault(self, news, store, tmp_path, capsys):
        before = exported(store)
        write(news / "c.txt", b"caf\xe9 is no UTF-8 at all, is it")
        assert do("build", news, "--store", store, "-o", tmp_path / "g.ttl", "--strict") == 2
        lines = capsys.readouterr().err.splitlines()
        assert [line.rpartition(": ")[2] for line in lines[-1:]] == ["nothing is written"]
        assert "c.txt: is not UTF-8" in lines[0]
        assert not (tmp_path / "g.ttl").exists()
        assert exported(store) == before

    def test_max_errors(self, news, store, tmp_path, capsys):
        before = exported(store)
        for n in range(3):
            write(tmp_path / "more" / f"{n}.txt", b"caf\xe9 is no UTF-8 at all, is it")
        write(tmp_path / "more" / "good.txt", f"{SENTENCES[2]}\n")
        assert do("add", store, tmp_path / "more", "--max-errors", "2") == 2
        (*faults, last) = capsys.readouterr().err.splitlines()
        assert len(faults) == 3
        assert last.endswith(
            "more than 2 inputs failed. What was finished is kept: run it again with a higher --max-errors."
        )
        assert exported(store) == before
        assert do("add", store, tmp_path / "more", "--max-errors", "3", "-q") == 0
        assert exported(store) == from_nothing([news, tmp_path / "more"])

    def test_nothing_readable(self, tmp_path, capsys):
        write(tmp_path / "in" / "c.txt", b"caf\xe9 is no UTF-8 at all, is it")
        assert do("build", tmp_path / "in", "--work", tmp_path / "w", "-o", tmp_path / "g.ttl") == 2
        assert "no article was found in what was given" in capsys.readouterr().err
        assert not (tmp_path / "g.ttl").exists()

    def test_our_own_fault_is_status_3_or_a_line(self, news, store, capsys):
        before = exported(store)
        write(news / "c.txt", "CRASH is what this article says and it does so.\n")
        assert do("update", store) == 3
        assert "ValueError: cannot read this" in capsys.readouterr().err
        assert exported(store) == before
        assert do("update", store, "--keep-going", "-q") == 0
        assert (
            one_line(capsys) == "kgbuild: c.txt: left out, kgbuild itself failed on it (ValueError: cannot read this)\n"
        )
        assert exported(store) == before
