"""A change redoes what depends on it, and nothing else."""

import shutil

import pytest

from kgbuild.errors import KgbuildError
from kgbuild.export import export
from kgbuild.knowledge import load
from kgbuild.paths import ontology_dir, shapes_dir
from kgbuild.work import keys, update
from tests.work.folders import (
    SENTENCES,
    build,
    exported,
    from_nothing,
    in_memory,
    mixed,
    packs,
    records,
    settings,
    wishes,
    write,
)

pytestmark = pytest.mark.usefixtures("stand_in")


@pytest.fixture
def collection(tmp_path):
    return mixed(tmp_path / "in")


def test_changed_data_file_redoes_all_but_language(collection, tmp_path, annotated):
    own = shutil.copytree(ontology_dir(), tmp_path / "ontology")
    known = load(own)
    store = tmp_path / "store"
    build([collection], store / "work", store, given=settings(knowledge=known))
    read = len(annotated)
    language = records(store / "work").count("language")
    assert language > 5
    with (own / "cues" / "titles.tsv").open("a", encoding="utf-8") as file:
        file.write("# a remark\n")
    there = packs(store / "work")
    update(store, wishes())
    assert len(annotated) == read
    assert records(store / "work").count("language") == language
    kept = there.items() & packs(store / "work").items()
    assert {name.partition("/")[0] for name, _ in kept} == {"read"}  # what the model said is copied out of its packs
    assert exported(store) == from_nothing([collection])


def test_changed_ruling_redoes_only_what_it_concerns(news, tmp_path, annotated):
    same = write(tmp_path / "same.tsv", "one\tother\treason\n")
    other = write(news / "c.txt", "Nobody had asked Anna Lind for her opinion on the lighthouse before this day.\n")
    store = tmp_path / "store"
    build([news], store / "work", store, given=settings(knowledge=load(same=[same])))
    assert records(store / "work").count("said") == 3
    write(same, "one\tother\treason\nAnna Berg\tJón Arnarson\tone pen name\n")
    del annotated[:]
    there = packs(store / "work")
    built = update(store, wishes())
    assert annotated == []
    assert built.summary["stages"]["extract"]["shards"] == 0
    assert built.summary["stages"]["say"]["articles"] == 2, f"all but {other.name}"
    assert {name for name in there if name.startswith(("read", "extract"))} <= packs(store / "work").keys()
    whole = in_memory([news], knowledge=load(same=[same]))
    assert exported(store) == export(whole.graph, "trig")
    assert exported(store).count(b"a kg:Person") == 2


def test_changed_shapes_redo_only_the_last_stage(news, tmp_path, annotated):
    own = shutil.copytree(shapes_dir(), tmp_path / "shapes")
    store = tmp_path / "store"
    build([news], store / "work", store, given=settings(knowledge=load(None, own)))
    with next(own.glob("*.ttl")).open("a", encoding="utf-8") as file:
        file.write("# a remark\n")
    del annotated[:]
    built = update(store, wishes())
    assert annotated == []
    assert built.summary["stages"]["extract"]["shards"] == 0
    assert built.summary["stages"]["say"]["articles"] == 2


def test_changed_model_redoes_language(news, store, annotated, monkeypatch):
    monkeypatch.setattr(keys, "model", lambda name: f"another digest of {name}")
    update(store, wishes())
    assert sorted(annotated) == ["a.txt", "b.txt"]
    assert exported(store) == from_nothing([news])


def test_other_code_redoes_what_it_makes(store, annotated, monkeypatch):
    real = keys.code
    monkeypatch.setattr(keys, "code", lambda stage: real(stage) + "!" * (stage == "extract"))
    built = update(store, wishes())
    assert annotated == []
    assert built.summary["stages"]["read"]["shards"] == 0
    assert built.summary["stages"]["extract"]["articles"] == 2


def test_other_model_name_is_refused(news, store):
    with pytest.raises(KgbuildError, match=r"work: made with model default, not fast\. Name another work folder"):
        build([news], store / "work", store, given=settings(model="fast"))


def test_work_that_nothing_needs_any_more_is_removed(news, store):
    before = packs(store / "work")
    write(news / "a.txt", f"{SENTENCES[4]}\n")
    write(news / "b.txt", f"{SENTENCES[2]}\n")
    update(store, wishes())
    assert not before.keys() & packs(store / "work").keys()
