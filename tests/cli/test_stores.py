"""The commands about stores, as a person gives them."""

import json
from pathlib import Path

import pytest

from kgbuild.cli.app import run
from kgbuild.export import export
from kgbuild.rdf import quads
from kgbuild.store import keep
from tests.graphs import sample_graph


@pytest.fixture
def store(tmp_path: Path) -> Path:
    keep(quads(sample_graph()), tmp_path / "store")
    return tmp_path / "store"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "sample.trig"
    path.write_bytes(export(sample_graph(), "trig"))
    return path


@pytest.mark.usefixtures("stand_in")
def test_build_into_a_store_and_ask_it(news: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    place = tmp_path / "kept"
    assert run(["build", str(news), "--store", str(place), "-o", str(tmp_path / "out.ttl")]) in (0, 1)
    capsys.readouterr()
    assert run(["query", str(place), "articles", "--file", "a.txt", "--format", "csv"]) == 0
    assert "a.txt" in capsys.readouterr().out
    assert run(["diff", str(place), str(tmp_path / "out.ttl")]) == 0


@pytest.mark.usefixtures("stand_in")
def test_build_leaves_a_foreign_folder_alone(news: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "diary").mkdir()
    (tmp_path / "diary" / "monday.txt").touch()
    assert run(["build", str(news), "--store", str(tmp_path / "diary")]) == 2
    assert "holds other things than a store" in capsys.readouterr().err


def test_stats(store: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["stats", str(store)]) == 0
    assert "articles" in capsys.readouterr().out
    assert run(["stats", str(store), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["classes"]["Country"] == 2


def test_diff(store: Path, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["diff", str(store), str(file)]) == 0
    assert "0 removed, 0 added" in capsys.readouterr().out
    other = tmp_path / "other.trig"
    other.write_bytes(file.read_bytes().replace(b'"Foreign Minister"', b'"Home Minister"'))
    assert run(["diff", str(file), str(other)]) == 1
    said = capsys.readouterr().out
    assert "- office: Ada Lind: Foreign Minister of Norland  (aven.txt)\n+ office: Ada Lind: Home Minister" in said
    assert run(["diff", str(file), str(other), "--json"]) == 1
    assert len(json.loads(capsys.readouterr().out)["added"]) == 1


def test_export_of_one_article(store: Path, capsysbinary: pytest.CaptureFixture[bytes]):
    assert run(["export", str(store), "-o", "-", "--graph", "aven.txt"]) == 0
    assert b"Ada Lind said" in capsysbinary.readouterr().out
    assert run(["export", str(store), "-o", "-", "--format", "turtle12"]) == 0
    assert b"rdf:reifies <<(" in capsysbinary.readouterr().out


def test_validate_a_store_by_either_engine(store: Path, capsys: pytest.CaptureFixture[str]):
    for engine in ("fast", "pyshacl"):
        assert run(["validate", str(store), "--engine", engine]) in (0, 1)
    capsys.readouterr()


def test_a_dry_run_asks_nobody(store: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["load", str(store), "http://127.0.0.1:1/store", "--dry-run"]) == 0
    assert "triples of 2 graphs in 2 requests" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["load", "{store}", "http://127.0.0.1:1/store", "--retries", "0"], "cannot be reached (Connection refused)"),
        (["load", "{store}", "http://127.0.0.1:1/x"], "where does this store answer queries?"),
        (
            ["load", "{store}", "http://h/store", "--user", "a", "--password-file", "/no/file"],
            "/no/file: cannot be read",
        ),
        (["export", "{store}", "-o", "-", "--graph", "article:none"], "no graph named article:none"),
        (["query", "{store}", "offices", "--nme", "x"], "offices: no parameter 'nme'"),
        (["query", "{store}", "SELECT * {\n?s ! ?o }"], "query:2:"),
        (["stats", "/no/such/store"], "/no/such/store: no such file"),
        (["diff", "{store}", "/no/such/store"], "no such file"),
        (["serve", "/no/such/store"], "no such store"),
    ],
)
def test_bad_input_is_one_line(store: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]):
    assert run([argument.format(store=store) if "{store}" in argument else argument for argument in arguments]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
