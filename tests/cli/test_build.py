"""`kgbuild build` as a script meets it: what is written where, and with which exit status."""

import json

import pytest

from kgbuild import pipeline
from kgbuild.cli.app import run
from tests.graphs import without_label

pytestmark = pytest.mark.usefixtures("stand_in")


@pytest.fixture
def wrong_labels(monkeypatch):
    """Let the graph lose a label, which the shapes ask for."""
    monkeypatch.setattr(pipeline, "assemble", without_label(pipeline.assemble))


def build(*arguments):
    return run(["build", *map(str, arguments)])


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def test_good_articles_give_a_graph_and_a_summary(news, tmp_path, capsys):
    out = tmp_path / "g.ttl"
    assert build(news, "-o", out) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    (*notes, summary) = captured.err.splitlines()
    assert summary.startswith("kgbuild: 2 articles, 2 entities, 0 events, 0 relations, 0 claims, ")
    assert f"-> {out} (" in summary
    assert all("no publication date" in note for note in notes)
    assert 'skos:prefLabel "Anna Berg"' in out.read_text(encoding="utf-8")
    assert names(tmp_path) == ["g.ttl"]


def test_quiet_says_nothing_when_all_is_good(news, tmp_path, capsys):
    assert build(news, "-o", tmp_path / "g.trig", "--quiet") == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("name", "mark"), [("g.ttl", "@prefix"), ("g.trig", "{"), ("g.nq", "<http"), ("g.jsonld", '"@context"')]
)
def test_suffix_tells_the_format(news, tmp_path, name, mark):
    assert build(news, "-o", tmp_path / name) == 0
    assert mark in (tmp_path / name).read_text(encoding="utf-8")


def test_dash_is_standard_output(news, capsys):
    assert build(news, "-o", "-", "--format", "nquads", "--quiet") == 0
    captured = capsys.readouterr()
    assert captured.out.count(" .\n") > 10
    assert captured.err == ""


def test_base_names_the_things(news, capsys):
    assert build(news, "-o", "-", "--quiet", "--base", "https://example.org/n/") == 0
    assert "https://example.org/n/" in capsys.readouterr().out


def test_unreadable_input_costs_a_line_and_not_the_others(news, tmp_path, capsys):
    (news / "c.txt").write_bytes(b"caf\xe9 is no UTF-8 at all, is it")
    assert build(news, "-o", tmp_path / "g.ttl", "--quiet") == 0
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "c.txt" in said
    assert (tmp_path / "g.ttl").exists()


def test_strict_writes_nothing_when_an_input_is_unreadable(news, tmp_path, capsys):
    (news / "c.txt").write_bytes(b"caf\xe9 is no UTF-8 at all, is it")
    assert build(news, "-o", tmp_path / "g.ttl", "--strict") == 2
    assert "kgbuild: nothing is written\n" in capsys.readouterr().err
    assert names(tmp_path) == []


def test_nothing_readable_writes_nothing(tmp_path, capsys):
    assert build(tmp_path / "no-such.txt", "-o", tmp_path / "g.ttl") == 2
    said = capsys.readouterr().err
    assert "no-such.txt" in said
    assert names(tmp_path) == []


def test_our_own_fault_is_status_3_and_writes_nothing(news, tmp_path, capsys):
    (news / "c.txt").write_text("CRASH is what this article says and it does so.\n")
    assert build(news, "-o", tmp_path / "g.ttl") == 3
    said = capsys.readouterr().err
    assert "c.txt" in said
    assert "ValueError: cannot read this" in said
    assert names(tmp_path) == []


def test_keep_going_leaves_the_article_out_and_says_so(news, tmp_path, capsys):
    (news / "c.txt").write_text("CRASH is what this article says and it does so.\n")
    assert build(news, "-o", tmp_path / "g.ttl", "--keep-going", "--quiet") == 0
    assert capsys.readouterr().err == (
        "kgbuild: c.txt: left out, kgbuild itself failed on it (ValueError: cannot read this)\n"
    )
    assert (tmp_path / "g.ttl").exists()


@pytest.mark.usefixtures("wrong_labels")
class TestViolations:
    def test_they_are_held_back_into_a_report_beside_the_graph(self, news, tmp_path, capsys):
        assert build(news, "-o", tmp_path / "g.ttl") == 1
        assert names(tmp_path) == ["g.ttl", "g.ttl.report.txt"]
        report = (tmp_path / "g.ttl.report.txt").read_text(encoding="utf-8")
        assert "a.txt, characters 21 to 33" in report
        assert "Anna Berg spoke with Jón Arnarson about the harbour today." in report
        assert "kgsh:" in report
        said = capsys.readouterr().err
        assert "g.ttl.report.txt tells what and where" in said
        assert "held back" in said
        assert run(["validate", str(tmp_path / "g.ttl")]) == 0

    def test_report_goes_where_it_is_asked_for_in_the_form_of_its_name(self, news, tmp_path):
        assert build(news, "-o", tmp_path / "g.ttl", "--report", tmp_path / "r.json") == 1
        assert names(tmp_path) == ["g.ttl", "r.json"]
        report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
        assert report["conforms"] is False
        assert report["violations"][0]["file"] == "a.txt"

    def test_report_of_a_graph_on_standard_output_goes_to_standard_error(self, news, capsys):
        assert build(news, "-o", "-", "--quiet") == 1
        captured = capsys.readouterr()
        assert captured.out.startswith("@prefix")
        assert "does not conform" in captured.err


def test_old_report_does_not_outlive_its_graph(news, tmp_path):
    (tmp_path / "g.ttl.report.txt").write_text("about an earlier graph")
    assert build(news, "-o", tmp_path / "g.ttl") == 0
    assert names(tmp_path) == ["g.ttl"]


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            ["--sentence", "SPOKE   with Jón"],
            ["Anna Berg spoke with Jón Arnarson", "Mentions", "[0:9] “Anna Berg” name", "a.txt"],
        ),
        (["--iri", "person:Anna_Berg"], ["id/person/Anna_Berg", "b.txt", 'skos:prefLabel "Anna Berg"']),
    ],
)
def test_explain_shows_where_a_thing_comes_from(news, question, parts, capsys):
    assert run(["explain", str(news), *question]) == 0
    said = capsys.readouterr().out
    assert [part for part in parts if part not in said] == []


def test_explain_has_a_form_for_programs(news, capsys):
    assert run(["explain", str(news), "--sentence", "went home", "--json"]) == 0
    (explanation,) = json.loads(capsys.readouterr().out)
    assert explanation["source_file"] == "b.txt"
    assert explanation["mentions"][0]["place"] == {
        "source_file": "b.txt",
        "begin": 13,
        "end": 22,
        "text": "Anna Berg",
        "sentence": "The minister Anna Berg went home early on that long day.",
    }


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (["--sentence", "no such words"], "no sentence that was read holds 'no such words'"),
        (["--iri", "person/Nobody"], "the graph does not know https://w3id.org/kgbuild/id/person/Nobody"),
    ],
)
def test_explain_says_what_it_cannot_find(news, question, said, capsys):
    assert run(["explain", str(news), *question]) == 2
    assert said in capsys.readouterr().err
