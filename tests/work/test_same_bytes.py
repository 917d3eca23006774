"""A build in a work folder gives the bytes of a build in memory, however the work is cut up."""

import pytest

from kgbuild import pipeline
from kgbuild.errors import CrashError
from kgbuild.export import export
from kgbuild.work import building, remove, saying
from kgbuild.work import engines as engines_of_work
from tests.gazetteer import slices
from tests.graphs import without_label
from tests.work.folders import (
    FORMS,
    SENTENCES,
    build,
    exported,
    from_nothing,
    in_memory,
    mixed,
    settings,
    wishes,
    write,
)

pytestmark = pytest.mark.usefixtures("stand_in")


@pytest.fixture
def collection(tmp_path):
    return mixed(tmp_path / "in")


def lines(errors):
    """Tell errors by one line each."""
    return sorted(f"{one.source_file} {one.reason}" if isinstance(one, CrashError) else str(one) for one in errors)


def test_collection_has_what_it_promises(collection):
    whole = in_memory([collection])
    documents = [one.document for one in whole.interpretations]
    assert whole.counts.duplicates >= 3
    assert len({one.id for one in documents if one.source_file == "same.txt"}) == 2
    assert len({one.wire_story for one in documents} - {None}) == 1
    assert sum(one.source_file.startswith("rows.jsonl") for one in documents) == 6
    assert [one.source_file for one in documents if one.text_hash and one.source_file.endswith("html")] == ["page.html"]
    assert len(whole.failures) == 3
    assert len(whole.notes) > 3


@pytest.mark.parametrize("form", FORMS)
def test_bytes_are_those_of_a_build_in_memory(collection, tmp_path, form):
    built = build([collection], tmp_path / "work")
    whole = in_memory([collection])
    assert exported(built.store, form) == export(whole.graph, form)


def test_all_else_is_told_as_in_memory(collection, tmp_path):
    built = build([collection], tmp_path / "work")
    whole = in_memory([collection])
    assert lines(built.failures) == lines(whole.failures)
    assert sorted(built.notes) == sorted(set(whole.notes))
    assert built.report.to_text() == whole.report.to_text()
    left_out = {"files"}  # in memory those are counted that gave an article
    counts, wanted = ({n: getattr(one.counts, n) for n in one.counts.__slots__} for one in (built, whole))
    assert {n: c for n, c in counts.items() if n not in left_out} == {
        n: c for n, c in wanted.items() if n not in left_out
    }


def test_paths_are_told_as_seen_from_where_the_user_stands(collection, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    built = build([collection.relative_to(tmp_path)], tmp_path / "work")
    assert any(line.startswith("in/latin.txt: is not UTF-8") for line in lines(built.failures))
    assert any(line.startswith("in/rows.jsonl: row 7 is not JSON") for line in lines(built.failures))
    assert any(line.startswith("in/mon/sources.toml:2: S002") for line in lines(built.failures))
    assert any(note.startswith("in/b.txt: no publication date") for note in built.notes)


@pytest.mark.parametrize(("articles", "files", "width"), [(1, 1, 1), (2, 3, 1), (64, 64, 7), (1, 64, 3)])
def test_cutting_into_shards_does_not_show(collection, tmp_path, monkeypatch, articles, files, width):
    monkeypatch.setattr(building, "_SHARD_ARTICLES", articles)
    monkeypatch.setattr(building, "_SHARD_FILES", files)
    built = build([collection], tmp_path / "work", engine=engines_of_work.Here(width))
    assert exported(built.store) == from_nothing([collection])


def test_order_of_paths_does_not_show(collection, tmp_path):
    paths = sorted(path for path in collection.rglob("*") if path.is_file() and path.suffix != ".toml")
    one, other, folder = (
        build(given, tmp_path / name) for name, given in (("1", paths), ("2", paths[::-1]), ("3", [collection]))
    )
    assert exported(one.store) == exported(other.store) == exported(folder.store)


def test_how_paths_are_written_does_not_show(collection, tmp_path, monkeypatch):
    monkeypatch.chdir(collection)
    here = build([collection.joinpath("mon").relative_to(collection), collection / "tue"], tmp_path / "work")
    assert exported(here.store) == from_nothing([collection / "mon", collection / "tue"])


def test_texts_of_pages_are_handed_out(collection, tmp_path):
    texts = {}
    build([collection], tmp_path / "work", take_text=texts.__setitem__)
    documents = [one.document for one in in_memory([collection]).interpretations]
    assert texts == {one.text_hash: one.text for one in documents if one.text_hash}
    assert len(texts) >= 6


def test_our_own_fault_rises_with_the_name_of_the_article(collection, tmp_path):
    write(collection / "c.txt", "CRASH is what this article says and it does so.\n")
    with pytest.raises(CrashError, match=r"c\.txt") as raised:
        build([collection], tmp_path / "work")
    assert "ValueError: cannot read this" in str(raised.value)


def test_our_own_fault_costs_one_article_when_asked_to_keep_going(collection, tmp_path):
    expected = from_nothing([collection])
    write(collection / "c.txt", "CRASH is what this article says and it does so.\n")
    write(collection / "copy-of-c.txt", "CRASH is what this article says and it does so.\n")
    whole = in_memory([collection], keep_going=True)
    built = build([collection], tmp_path / "work", keep_going=True)
    assert exported(built.store) == export(whole.graph, "trig")
    assert lines(built.failures) == lines(whole.failures)
    (collection / "c.txt").unlink()
    (collection / "copy-of-c.txt").unlink()
    assert exported(build([collection], tmp_path / "work").store) == expected


def fail_on(name, real):
    def interpret(document, *rest):
        if document.source_file == name:
            raise KeyError("lost")
        return real(document, *rest)

    return interpret


@pytest.mark.parametrize("name", ["a.txt", "b.txt", "rows.jsonl!3"])
def test_fault_in_interpretation_leaves_no_trace_of_its_article(collection, tmp_path, monkeypatch, name):
    monkeypatch.setattr(pipeline, "interpret", fail_on(name, pipeline.interpret))
    monkeypatch.setattr(saying, "interpret", fail_on(name, saying.interpret))
    with pytest.raises(CrashError, match=name):
        build([collection], tmp_path / "work")
    whole = in_memory([collection], keep_going=True)
    built = build([collection], tmp_path / "work", keep_going=True)
    assert exported(built.store) == export(whole.graph, "trig")
    assert lines(built.failures) == lines(whole.failures)
    assert built.report.to_text() == whole.report.to_text()


def test_fault_is_tried_again(collection, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(saying, "interpret", fail_on("b.txt", saying.interpret))
        assert any("b.txt" in line for line in lines(build([collection], tmp_path / "work", keep_going=True).failures))
        build([collection], tmp_path / "work", keep_going=True)
    built = build([collection], tmp_path / "work", keep_going=True)
    assert exported(built.store) == from_nothing([collection])


def test_what_violates_the_shapes_is_held_back_alike(collection, tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "assemble", without_label(pipeline.assemble))
    monkeypatch.setattr(saying, "assemble", without_label(saying.assemble))
    whole = in_memory([collection])
    built = build([collection], tmp_path / "work")
    again = build([collection], tmp_path / "work")
    assert not whole.report.conforms
    assert exported(built.store) == export(whole.graph, "trig")
    assert built.counts.held_back == whole.counts.held_back > 0
    for one in (built, again):
        assert one.report.to_text() == whole.report.to_text()


OWN = """\
name\ttype\tcountry\taliases\tacronyms\tlinks\tlatitude\tlongitude\tweight\tsource
Anna Berg\tPerson\tIS\t\t\thttps://example.org/anna\t\t\t\town
Tessaly\tCity\tGH\t\t\thttps://example.org/tessaly\t5.5\t-0.2\t40000\town
"""


@pytest.fixture
def own(tmp_path):
    """Compile a gazetteer that knows in which country a city lies."""
    from kgbuild.cli.app import run
    from kgbuild.knowledge import load

    path = tmp_path / "my.gazetteer"
    table = slices.write(tmp_path, "own.tsv", OWN)
    assert run(["gazetteer", "build", str(table), "-o", str(path), "--version", "7"]) == 0
    return load(index=path)


@pytest.mark.parametrize("country", ["Nobody has been to Ghana since.\n", "Nobody has been there since.\n"])
def test_gazetteer_of_ones_own_is_used_alike(collection, tmp_path, own, country):
    """What only the gazetteer knows, where a city lies, stands if the country is named by any article."""
    city = write(collection / "city.txt", "The ferry to Tessaly was late again on that long day in the spring.\n")
    write(collection / "country.txt", country)
    whole = in_memory([collection], knowledge=own)
    store = tmp_path / "store"
    built = build([collection], store / "work", store, given=settings(knowledge=own))
    assert exported(built.store) == export(whole.graph, "trig")
    assert b"https://example.org/tessaly" in exported(store)
    assert (b"kg:knownIn" in exported(store)) == ("Ghana" in country)
    remove([city], store, wishes())
    city.unlink()
    assert exported(store) == export(in_memory([collection], knowledge=own).graph, "trig")
    assert b"kg:knownIn" not in exported(store)


def test_words_that_say_the_same_are_read_once(tmp_path):
    """Two articles whose language is the same share it; what they say stays apart."""
    folder = tmp_path / "in"
    write(folder / "x.txt", f"{SENTENCES[0]}\n")
    write(folder / "y.txt", f"{SENTENCES[0]}\r\n")
    built = build([folder], tmp_path / "work")
    assert exported(built.store) == from_nothing([folder])
