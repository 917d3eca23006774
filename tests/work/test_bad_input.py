"""Whatever is wrong with a work folder, a store or the files: one clear line, nothing lost, and it can go on."""

import json
import sqlite3
from pathlib import Path

import pytest

from kgbuild.errors import KgbuildError, ModelError, OutputError
from kgbuild.work import StoppedError, WorkFolder, add, commands, remove, update
from kgbuild.work.building import find_inputs
from kgbuild.work.inputs import Inputs
from tests.work.folders import SENTENCES, build, exported, from_nothing, mixed, packs, settings, wishes, write

pytestmark = pytest.mark.usefixtures("stand_in")
LIST = '{{"roots": [], "removed": [], "files": [{}]}}'


@pytest.fixture
def work(news, tmp_path):
    """Make a work folder in which a build came to an end."""
    place = tmp_path / "work"
    build([news], place)
    return place


def changed(path: Path, **values) -> None:
    """Change values in a JSON file."""
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


class TestFolder:
    def test_of_another_version_is_refused(self, news, work):
        changed(work / "work.json", layout=99)
        with pytest.raises(KgbuildError, match=r"work: a work folder of version 99; this kgbuild works with"):
            build([news], work)

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"base": "https://example.org/"}, r"made with base https://w3id\.org/\S+, not https://example\.org/"),
            ({"model": "fast"}, "made with model default, not fast"),
        ],
    )
    def test_made_with_something_else_is_refused(self, news, work, given, said):
        there = packs(work)
        with pytest.raises(KgbuildError, match=said):
            build([news], work, given=settings(**given))
        assert packs(work) == there

    def test_with_other_fields_is_refused(self, news, work):
        from kgbuild.read import Options

        with pytest.raises(KgbuildError, match="made with fields none, not text=body"):
            build([news], work, given=settings(options=Options({"text": "body"})))

    def test_of_somebody_else_is_left_alone(self, news, tmp_path):
        write(tmp_path / "mine" / "letter.doc", "Dear Anna")
        with pytest.raises(OutputError, match="mine: holds other things than a work folder"):
            build([news], tmp_path / "mine")
        assert [path.name for path in (tmp_path / "mine").iterdir() if path.name != "lock"] == ["letter.doc"]

    def test_that_is_a_file_is_left_alone(self, news, tmp_path):
        path = write(tmp_path / "mine", "Dear Anna")
        with pytest.raises(OutputError, match=r"mine: (is a file|cannot be written)"):
            build([news], path)
        assert path.read_text() == "Dear Anna"

    @pytest.mark.parametrize("content", ["", "{", "[]", '"x"', "{}", '{"kind": "kgbuild work folder", "layout": 1}'])
    def test_with_a_damaged_marker_is_told(self, news, work, content):
        (work / "work.json").write_text(content)
        with pytest.raises(KgbuildError, match=r"work\.json: (cannot be read|damaged|not the marker)"):
            build([news], work)

    def test_with_an_unknown_setting_is_told(self, news, work):
        changed(work / "work.json", colour="blue")
        with pytest.raises(KgbuildError, match=r"work\.json: damaged"):
            build([news], work)

    def test_where_a_build_was_broken_off_at_its_very_beginning_is_taken(self, news, tmp_path):
        work = tmp_path / "work"
        work.mkdir()
        (work / "lock").touch()
        (work / ".writing-work.json.4711").write_text('{"kind"')
        assert exported(build([news], work).store) == from_nothing([news])
        assert not list(work.glob(".writing-*"))

    def test_is_for_one_build_at_a_time(self, news, work):
        with (
            WorkFolder(work).alone(),
            pytest.raises(OutputError, match=r"work: another build is at work there\. Wait for it to end\."),
        ):
            build([news], work)
        build([news], work)

    @pytest.mark.parametrize(
        "left", [".writing-inputs.json.1", "read/.writing-x.2", "say/x.plan", "say/x.at", "read/x.pack", "comparing-x"]
    )
    def test_is_swept(self, news, work, left):
        path = work / left
        if left.startswith("comparing"):
            path.mkdir()
        write(path / "x" if path.is_dir() else path, "left over")
        build([news], work)
        assert not path.exists()


class TestDamage:
    @pytest.mark.parametrize("stage", ["read", "extract", "say"])
    def test_shard_that_lacks_its_pack_or_end_is_made_anew(self, news, work, stage):
        before = exported(work / "store")
        for harm in (lambda pack: pack.unlink(), lambda pack: pack.write_bytes(pack.read_bytes()[:-1])):
            for pack in list((work / stage).glob("*.pack")):
                harm(pack)
            write(news / "sources.toml", '["a.txt"]\npublisher = "Example Press"\n')
            build([news], work)
            (news / "sources.toml").unlink()
            assert exported(build([news], work).store) == before

    def test_pack_with_other_bytes_is_named_and_made_anew_when_it_is_taken_away(self, news, work):
        pack = min((work / "extract").glob("*.pack"))
        pack.write_bytes(bytes(pack.stat().st_size))
        write(news / "c.txt", f"{SENTENCES[2]}\n")
        with pytest.raises(KgbuildError, match=rf"{pack.name}: damaged .* Remove this file and run the same again"):
            build([news], work)
        pack.unlink()
        assert exported(build([news], work).store) == from_nothing([news])

    @pytest.mark.parametrize("content", [None, b"", b"garbage " * 2000, b"SQLite format 3\x00" + bytes(5000)])
    def test_catalogue_is_made_anew(self, news, work, content):
        before, there = exported(work / "store"), packs(work)
        for path in work.glob("catalog.sqlite*"):
            path.unlink()
        if content is not None:
            (work / "catalog.sqlite").write_bytes(content)
        write(news / "c.txt", f"{SENTENCES[2]}\n")
        assert exported(build([news], work).store) == from_nothing([news])
        (news / "c.txt").unlink()
        assert exported(build([news], work).store) == before
        assert packs(work).items() >= {k: v for k, v in there.items() if not k.startswith("say")}.items()

    def test_catalogue_of_another_version_is_made_anew(self, news, work):
        base = sqlite3.connect(work / "catalog.sqlite")
        base.execute("pragma user_version = 99")
        base.close()
        assert exported(build([news], work).store) == from_nothing([news])

    def test_catalogue_that_breaks_on_the_way_is_told(self, news, work, monkeypatch):
        from kgbuild.work.catalog import Catalog

        def broken(self, room, key):
            raise sqlite3.DatabaseError("database disk image is malformed")

        monkeypatch.setattr(Catalog, "place", broken)
        with pytest.raises(OutputError, match=r"malformed\)\. If the disk is not full, remove catalog\.sqlite there"):
            build([news], work)

    @pytest.mark.parametrize("content", ["", "[]", "{}", *map(LIST.format, ("[1]", "[1, 2, 3, 4]"))])
    def test_list_of_files_that_is_damaged_is_told(self, news, tmp_path, content):
        store = tmp_path / "store"
        build([news], store / "work", store)
        before = exported(store)
        (store / "work" / "inputs.json").write_text(content)
        with pytest.raises(KgbuildError, match=r"inputs\.json: (damaged|cannot be read)"):
            add([write(tmp_path / "c.txt", f"{SENTENCES[2]}\n")], store, wishes())
        assert exported(store) == before
        build([news], store / "work", store)
        update(store, wishes())
        assert exported(store) == before


class TestFiles:
    def test_that_vanishes_between_planning_and_reading_costs_only_itself(self, news, tmp_path, monkeypatch):
        real = find_inputs

        def find_and_lose(*given):
            found = real(*given)
            (news / "b.txt").unlink()
            return found

        with monkeypatch.context() as patch:
            patch.setattr(commands, "find_inputs", find_and_lose)
            built = build([news], tmp_path / "work")
        assert [str(one).partition(": ")[2] for one in built.failures] == ["is not there. Check the name."]
        assert exported(built.store) == from_nothing([news])

    def test_that_changes_between_planning_and_reading_is_read_again_next_time(self, news, tmp_path, monkeypatch):
        real = find_inputs

        def find_and_change(*given):
            found = real(*given)
            write(news / "b.txt", f"{SENTENCES[2]}\n")
            return found

        store = tmp_path / "store"
        with monkeypatch.context() as patch:
            patch.setattr(commands, "find_inputs", find_and_change)
            build([news], store / "work", store)
        write(news / "b.txt", f"{SENTENCES[3]}\n")
        update(store, wishes())
        assert exported(store) == from_nothing([news])

    def test_from_standard_input_cannot_be_kept(self, news, tmp_path):
        with pytest.raises(KgbuildError, match="standard input cannot be kept in a work folder"):
            build([news, Path("-")], tmp_path / "work")

    def test_without_any_article_give_nothing(self, tmp_path):
        write(tmp_path / "in" / "a.txt", b"caf\xe9 is no UTF-8 at all, is it")
        with pytest.raises(StoppedError, match="no article was found in what was given") as raised:
            build([tmp_path / "in"], tmp_path / "work")
        assert [str(one).partition(": ")[2][:12] for one in raised.value.failures] == ["is not UTF-8"]

    @pytest.mark.parametrize(("most", "stops"), [(0, True), (2, True), (3, False), (None, False)])
    def test_may_fail_so_often(self, tmp_path, most, stops):
        folder = mixed(tmp_path / "in")
        if stops:
            with pytest.raises(StoppedError, match=f"more than {most} inputs failed") as raised:
                build([folder], tmp_path / "work", max_errors=most)
            assert len(raised.value.failures) > most
        assert exported(build([folder], tmp_path / "work").store) == from_nothing([folder])

    def test_may_fail_so_often_in_extraction_too(self, news, tmp_path):
        for n in range(3):
            write(news / f"c{n}.txt", f"CRASH is what article {n} says and it does so.\n")
        with pytest.raises(StoppedError, match="more than 2 inputs failed"):
            build([news], tmp_path / "work", keep_going=True, max_errors=2)
        built = build([news], tmp_path / "work", keep_going=True, max_errors=3)
        assert len(built.failures) == 3

    @pytest.mark.parametrize("name", ["none.txt", "none", "latin.txt", "photo.doc"])
    def test_that_give_nothing_are_not_added(self, news, tmp_path, name):
        store = tmp_path / "store"
        build([news], store / "work", store)
        before = exported(store)
        write(tmp_path / "latin.txt", b"caf\xe9 is no UTF-8 at all, is it")
        write(tmp_path / "photo.doc", b"\x00")
        with pytest.raises(StoppedError, match="no article was found in what was given") as raised:
            add([tmp_path / name], store, wishes())
        assert len(raised.value.failures) == 1
        assert exported(store) == before
        update(store, wishes())
        assert exported(store) == before


class TestStore:
    @pytest.mark.parametrize("change", [add, remove])
    def test_without_work_folder_cannot_be_changed(self, news, tmp_path, change):
        (tmp_path / "store").mkdir()
        for store in (tmp_path / "store", tmp_path / "none"):
            with pytest.raises(KgbuildError, match=r"no store that can be changed\. Build it with --store first"):
                change([news], store, wishes())

    def test_whose_first_build_never_ended_cannot_be_changed(self, news, tmp_path):
        store = tmp_path / "store"
        write(news / "c.txt", "CRASH is what this article says and it does so.\n")
        with pytest.raises(Exception, match=r"c\.txt"):
            build([news], store / "work", store)
        for change in (lambda: add([news / "a.txt"], store, wishes()), lambda: update(store, wishes())):
            with pytest.raises(KgbuildError, match=r"work: no build came to an end there\. Build it first\."):
                change()
        (news / "c.txt").unlink()
        build([news], store / "work", store)
        assert exported(store) == from_nothing([news])

    def test_that_is_somebody_elses_folder_is_told_before_any_work(self, news, tmp_path):
        write(tmp_path / "store" / "letter.doc", "Dear Anna")
        with pytest.raises(OutputError, match="store: holds other things than a store"):
            build([news], tmp_path / "work", tmp_path / "store")
        assert not (tmp_path / "work" / "read").exists()


def test_model_that_is_not_there_is_told_before_any_work(tmp_path):
    for name in ("nope", "", str(tmp_path / "nope")):
        with pytest.raises(ModelError, match="no language model called"):
            settings(model=name)


def test_shipped_model_goes_before_a_folder_of_its_name(tmp_path, monkeypatch):
    (tmp_path / "default").mkdir()
    monkeypatch.chdir(tmp_path)
    assert settings().model == "default"


def test_inputs_come_back_as_they_were(work):
    folder = WorkFolder(work)
    inputs = folder.inputs()
    folder.set_inputs(inputs)
    assert folder.inputs() == inputs
    folder.set_inputs(Inputs())
    assert folder.inputs() == Inputs()
