"""Packs that are mostly waste are packed anew, and nobody notices but the disk."""

import errno
from collections import Counter

import pytest

from kgbuild.work import building, remove, update
from kgbuild.work import packs as packing
from kgbuild.work.folder import WorkFolder
from tests.work.folders import SENTENCES, build, exported, from_nothing, packs, records, wishes, write

pytestmark = pytest.mark.usefixtures("stand_in")
MANY = 12


@pytest.fixture
def many(tmp_path):
    """Make a dozen articles in a folder, no two alike."""
    for number in range(MANY):
        write(tmp_path / "in" / f"{number:02}.txt", f"{SENTENCES[number % 5]} That was on day {number} of the fair.\n")
    return tmp_path / "in"


@pytest.fixture
def store(many, tmp_path, monkeypatch):
    """Build them: one pack a stage."""
    monkeypatch.setattr(building, "_PARTS_A_WORKER", 1)
    build([many], tmp_path / "store" / "work", tmp_path / "store")
    assert len(packs(tmp_path / "store" / "work")) == 3
    return tmp_path / "store"


def size(work):
    return sum(path.stat().st_size for path in work.glob("*/*.pack"))


def gone(many, left):
    return [many / f"{number:02}.txt" for number in range(left, MANY)]


def test_what_is_needed_of_a_wasteful_pack_is_all_that_stays(many, store):
    before, there = size(store / "work"), packs(store / "work")
    remove(gone(many, 8), store, wishes())
    assert there.items() <= packs(store / "work").items()  # more than half is needed
    remove(gone(many, 2), store, wishes())
    assert not packs(store / "work").keys() & there.keys()
    assert len(packs(store / "work")) == 3
    assert size(store / "work") < before / 2
    found = Counter(records(store / "work"))
    assert found == Counter(file=2, page=2, trace=2, language=2, extraction=2, summary=2, said=2, quads=2, shared=2)
    left = [many / "00.txt", many / "01.txt"]
    assert exported(store) == from_nothing(left)


def test_the_next_build_finds_everything(many, store, annotated):
    remove(gone(many, 2), store, wishes())
    for path in gone(many, 2):
        path.unlink()
    del annotated[:]
    there = packs(store / "work")
    built = update(store, wishes())
    assert {stage: told["shards"] for stage, told in built.summary["stages"].items() if "shards" in told} == {
        "read": 0,
        "extract": 0,
        "say": 0,
    }
    assert annotated == []
    assert packs(store / "work") == there
    (store / "work" / "catalog.sqlite").unlink()
    update(store, wishes())
    assert packs(store / "work") == there


def test_texts_of_pages_are_given_although_their_packs_are_replaced(tmp_path, monkeypatch):
    monkeypatch.setattr(building, "_PARTS_A_WORKER", 1)
    store = tmp_path / "store"
    pages = [
        write(tmp_path / "in" / f"{number}.html", f"<html><body><p>{text} So it was.</p></body></html>\n")
        for number, text in enumerate(SENTENCES)
    ]
    build([tmp_path / "in"], store / "work", store)
    there = packs(store / "work")
    for path in pages[1:]:
        path.unlink()
    taken = {}
    update(store, wishes(take_text=taken.__setitem__))
    assert [text.strip() for text in taken.values()] == [f"{SENTENCES[0]} So it was."]
    assert not packs(store / "work").keys() & there.keys()


def test_waste_is_kept_where_there_is_no_room(many, store, monkeypatch):
    there = packs(store / "work")
    copy = packing.PackWriter.copy

    def full(writer, record, data):
        copy(writer, record, data)
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(packing.PackWriter, "copy", full)
        remove(gone(many, 2), store, wishes())
    assert there.items() <= packs(store / "work").items()
    assert not list((store / "work").glob(f"*/{packing.WRITING}*"))
    assert exported(store) == from_nothing([many / "00.txt", many / "01.txt"])
    update(store, wishes())
    assert not packs(store / "work").keys() & there.keys()


def test_killed_before_the_old_packs_go(many, store, monkeypatch):
    there = packs(store / "work")
    with monkeypatch.context() as patch:
        patch.setattr(WorkFolder, "drop", lambda *_: None)
        remove(gone(many, 2), store, wishes())
    assert there.keys() < packs(store / "work").keys()
    update(store, wishes())
    assert len(packs(store / "work")) == 3
    assert not packs(store / "work").keys() & there.keys()
    assert exported(store) == from_nothing([many / "00.txt", many / "01.txt"])


def test_one_pack_holds_what_is_needed_of_several(many, tmp_path):
    store = tmp_path / "store"
    build([many], store / "work", store)
    read = [name for name in packs(store / "work") if name.startswith("read/")]
    assert len(read) == 4  # of three files each
    remove([many / f"{number:02}.txt" for number in range(MANY) if number % 3], store, wishes())
    (whole,) = (name for name in packs(store / "work") if name.startswith("read/"))
    assert whole not in read
    assert exported(store) == from_nothing([many / f"{number:02}.txt" for number in range(0, MANY, 3)])
