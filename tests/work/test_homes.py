"""A store is changed through the work folder that it was built in, wherever that lies."""

import shutil

import pytest

from kgbuild.errors import KgbuildError
from kgbuild.work import add, remove, update
from tests.work.folders import SENTENCES, build, exported, from_nothing, wishes, write

pytestmark = pytest.mark.usefixtures("stand_in")


@pytest.fixture
def more(tmp_path):
    return write(tmp_path / "more" / "c.txt", f"{SENTENCES[2]}\n")


def test_a_work_folder_beside_the_store_is_found(news, more, tmp_path):
    store = tmp_path / "store"
    build([news], tmp_path / "cache", store)
    add([more], store, wishes())
    assert exported(store) == from_nothing([news, more])
    remove([more], store, wishes())
    assert exported(store) == from_nothing([news])
    assert not (store / "work").exists()


def test_the_store_inside_a_work_folder_is_changed(news, more, tmp_path):
    build([news], tmp_path / "cache")
    add([more], tmp_path / "cache" / "store", wishes())
    assert exported(tmp_path / "cache" / "store") == from_nothing([news, more])


def test_both_can_be_moved_together(news, more, tmp_path):
    (tmp_path / "here" / "stores").mkdir(parents=True)
    build([news], tmp_path / "here" / "cache", tmp_path / "here" / "stores" / "a")
    shutil.move(tmp_path / "here", tmp_path / "there")
    store = tmp_path / "there" / "stores" / "a"
    add([more], store, wishes())
    assert exported(store) == from_nothing([news, more])


def test_a_work_folder_that_serves_another_store_now_is_refused(news, more, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    build([news], tmp_path / "cache", first)
    build([more], tmp_path / "cache", second)
    before = exported(first)
    with pytest.raises(KgbuildError, match="cache has been used for another graph since"):
        update(first, wishes())
    assert exported(first) == before
    build([news], tmp_path / "cache", first)
    update(first, wishes())
    assert exported(first) == before


def test_a_work_folder_that_is_gone_is_told(news, tmp_path):
    store = tmp_path / "store"
    build([news], tmp_path / "cache", store)
    shutil.rmtree(tmp_path / "cache")
    with pytest.raises(KgbuildError, match=r"cache is not there\. Build it again with --work and --store"):
        update(store, wishes())


def test_the_last_build_counts(news, more, tmp_path):
    store = tmp_path / "store"
    build([news], store / "work", store)
    build([more], tmp_path / "cache", store)
    update(store, wishes())
    assert exported(store) == from_nothing([more])
    build([news], store / "work", store)
    update(store, wishes())
    assert exported(store) == from_nothing([news])
