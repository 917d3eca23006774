"""Rulings and a gazetteer of one's own, as a script gives them to `kgbuild build` and `kgbuild explain`."""

import pickle

import pytest

from kgbuild.cli.app import run
from kgbuild.knowledge import load
from tests.gazetteer.slices import write

pytestmark = pytest.mark.usefixtures("stand_in")

OWN = """\
name\ttype\tcountry\taliases\tacronyms\tlinks\tlatitude\tlongitude\tweight\tsource
Anna Berg\tPerson\tIS\t\t\thttps://example.org/anna\t\t\t\town
"""


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "my.gazetteer"
    assert run(["gazetteer", "build", str(write(tmp_path, "own.tsv", OWN)), "-o", str(path), "--version", "7"]) == 0
    return path


def build(news, out, *options):
    status = run(["build", str(news), "-o", str(out), "-q", *map(str, options)])
    return status, out.read_text(encoding="utf-8") if out.exists() else ""


def test_link_and_gazetteer_are_in_the_graph(news, tmp_path, own):
    status, graph = build(news, tmp_path / "g.ttl", "--gazetteer", own)
    assert status == 0
    assert "owl:sameAs <https://example.org/anna>" in graph
    assert 'kg:gazetteerVersion "7"' in graph
    assert "Gazetteer" not in build(news, tmp_path / "plain.ttl")[1]


def test_rulings_join_and_part(news, tmp_path, capsys):
    same = write(tmp_path, "mine.tsv", "one\tother\treason\nAnna Berg\tJón Arnarson\tone pen name\n")
    _, graph = build(news, tmp_path / "g.ttl", "--same", same)
    assert graph.count("a kg:Person") == 1
    capsys.readouterr()
    assert run(["explain", str(news), "--iri", "person/Anna_Berg", "--same", str(same)]) == 0
    assert "Anna Berg = Jón Arnarson  by mine.tsv:2: one pen name" in capsys.readouterr().out


def test_broken_ruling_is_told_by_file_and_line(news, tmp_path, capsys):
    wrong = write(tmp_path, "d.tsv", "one\tother\treason\nAnna\n")
    assert build(news, tmp_path / "g.ttl", "--different", wrong) == (2, "")
    assert f"{wrong}:2: M005" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--same", "--different", "--gazetteer"])
def test_missing_file_is_told(news, tmp_path, capsys, option):
    assert build(news, tmp_path / "g.ttl", option, tmp_path / "none") == (2, "")
    assert "none" in capsys.readouterr().err


def test_knowledge_takes_the_files_along_to_other_processes(tmp_path, own):
    known = load(same=[tmp_path / "s.tsv"], different=[tmp_path / "d.tsv"], index=own)
    again = pickle.loads(pickle.dumps(known))  # noqa: S301 - our own bytes
    assert again == known
    assert again.gazetteer.look_up("Anna Berg")[0].same_as == ("https://example.org/anna",)
