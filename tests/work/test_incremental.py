"""Whatever is added, taken out, changed or lost: a store is what a build of the same files from nothing gives."""

import os
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, note, strategies
from hypothesis import settings as limits

from kgbuild.errors import KgbuildError
from kgbuild.work import add, remove, storing, update
from tests.work.folders import (
    SENTENCES,
    build,
    exported,
    from_nothing,
    packs,
    wishes,
    write,
)

pytestmark = pytest.mark.usefixtures("stand_in")


class TestAdd:
    def test_store_is_that_of_all_files(self, news, store, tmp_path, annotated):
        more = write(tmp_path / "more" / "c.txt", f"{SENTENCES[2]}\n")
        add([more], store, wishes())
        assert exported(store) == from_nothing([news, more])
        assert Counter(annotated)["a.txt"] == 1, "only in memory"

    def test_what_repeats_what_and_who_is_who_change_with_it(self, news, store, tmp_path):
        first = write(tmp_path / "more" / "a-first.txt", f"{SENTENCES[0]}\n\nAnna Berg and Jón Arnarson.\n")
        twin = write(tmp_path / "more" / "b.txt", (news / "b.txt").read_bytes())
        add([first, twin], store, wishes())
        assert exported(store) == from_nothing([news, first, twin])

    def test_changed_file_is_left_as_it_was_until_it_is_given_again(self, news, store, tmp_path):
        before = exported(store)
        write(news / "a.txt", f"{SENTENCES[4]}\n")
        more = write(tmp_path / "c.txt", f"{SENTENCES[2]}\n")
        add([more], store, wishes())
        assert exported(store) != from_nothing([news, more])
        remove([more], store, wishes())
        assert exported(store) == before
        add([news / "a.txt"], store, wishes())
        assert exported(store) == from_nothing([news])

    def test_vanished_file_is_left_as_it_was(self, news, store, tmp_path):
        wanted = from_nothing([news, write(tmp_path / "c.txt", f"{SENTENCES[2]}\n")])
        (news / "a.txt").unlink()
        add([tmp_path / "c.txt"], store, wishes())
        assert exported(store) == wanted

    def test_adding_again_does_nothing(self, news, store):
        before, there = exported(store), packs(store / "work")
        add([news], store, wishes())
        assert (exported(store), packs(store / "work")) == (before, there)

    def test_it_does_not_matter_from_where(self, news, store, tmp_path, monkeypatch):
        more = write(tmp_path / "elsewhere" / "c.txt", f"{SENTENCES[2]}\n")
        monkeypatch.chdir(more.parent)
        there = packs(store / "work")
        add([Path("c.txt")], store, wishes())
        assert packs(store / "work").items() >= {k: v for k, v in there.items() if not k.startswith("say")}.items()
        assert exported(store) == from_nothing([news, more])


class TestRemove:
    def test_store_is_that_of_the_rest(self, news, store):
        remove([news / "b.txt"], store, wishes())
        assert exported(store) == from_nothing([news / "a.txt"])

    def test_folder_stands_for_what_is_below_it(self, news, store, tmp_path):
        add([write(tmp_path / "more" / "deep" / "c.txt", f"{SENTENCES[2]}\n")], store, wishes())
        remove([tmp_path / "more"], store, wishes())
        assert exported(store) == from_nothing([news])

    def test_all_may_be_taken_out(self, news, store):
        remove([news], store, wishes())
        assert exported(store, "nquads") == b""

    def test_twice_is_as_once(self, news, store):
        remove([news / "b.txt"], store, wishes())
        remove([news / "b.txt"], store, wishes())
        assert exported(store) == from_nothing([news / "a.txt"])

    def test_unknown_file_is_told_and_nothing_happens(self, news, store):
        before = exported(store)
        with pytest.raises(KgbuildError, match=r"none\.txt: the store was made of no such file"):
            remove([news / "a.txt", news / "none.txt"], store, wishes())
        assert exported(store) == before
        update(store, wishes())
        assert exported(store) == before

    def test_relative_path_and_link_mean_the_same_file(self, news, store, tmp_path, monkeypatch):
        monkeypatch.chdir(news)
        remove([Path("b.txt")], store, wishes())
        (tmp_path / "link").symlink_to(news / "a.txt")
        remove([tmp_path / "link"], store, wishes())
        assert exported(store, "nquads") == b""

    def test_update_does_not_bring_it_back_but_add_does(self, news, store):
        before = exported(store)
        remove([news / "b.txt"], store, wishes())
        update(store, wishes())
        assert exported(store) == from_nothing([news / "a.txt"])
        add([news], store, wishes())
        assert exported(store) == before


class TestUpdate:
    def test_changed_new_and_vanished_files_are_noticed(self, news, store):
        write(news / "a.txt", f"{SENTENCES[4]}\n")
        (news / "b.txt").unlink()
        write(news / "deep" / "c.txt", f"{SENTENCES[2]}\n")
        update(store, wishes())
        assert exported(store) == from_nothing([news])

    def test_what_stands_beside_files_is_noticed(self, news, store):
        write(news / "sources.toml", '["a.txt"]\npublished = 2025-06-03\n')
        update(store, wishes())
        assert exported(store) == from_nothing([news])
        assert b"2025-06-03" in exported(store)
        write(news / "sources.toml", '["a.txt"]\npublished = 2025-06-04\n')
        add([news / "a.txt"], store, wishes())
        assert exported(store) == from_nothing([news])

    def test_nothing_changed_nothing_done(self, store):
        there = packs(store / "work")
        update(store, wishes())
        assert packs(store / "work") == there

    def test_touched_file_is_read_again_but_not_its_language(self, news, store, annotated):
        os.utime(news / "a.txt", ns=(1, 1))
        update(store, wishes())
        assert annotated == []

    def test_file_that_could_not_be_read_is_tried_again(self, news, store, monkeypatch):
        (news / "a.txt").rename(news / "a.txt.away")
        (news / "a.txt").symlink_to(news / "nowhere.txt")
        built = update(store, wishes())
        assert any("a.txt: is not there" in str(one) for one in built.failures)
        assert exported(store) == from_nothing([news / "b.txt"])
        for _ in range(2):
            assert len(update(store, wishes()).failures) == 1
        (news / "a.txt.away").rename(news / "nowhere.txt")
        update(store, wishes())
        assert exported(store) == from_nothing([news])

    def test_it_does_not_matter_from_where(self, news, tmp_path, monkeypatch):
        store = tmp_path / "store"
        monkeypatch.chdir(tmp_path)
        build([Path("news")], store / "work", store)
        there = packs(store / "work")
        monkeypatch.chdir("/")
        update(store, wishes())
        assert packs(store / "work") == there
        assert exported(store) == from_nothing([news])

    def test_all_gone_is_no_reason_to_empty_the_store(self, news, store):
        before = exported(store)
        news.rename(news.with_name("unmounted"))
        with pytest.raises(KgbuildError, match="none of the files that it was made of is there any more"):
            update(store, wishes())
        assert exported(store) == before
        news.with_name("unmounted").rename(news)
        update(store, wishes())
        assert exported(store) == before


def test_small_change_is_made_in_what_is_there_and_a_large_one_anew(tmp_path, monkeypatch):
    changes = []
    real = storing.find_change
    monkeypatch.setattr(storing, "find_change", lambda *given: changes.append(real(*given)) or changes[-1])
    folder, store = tmp_path / "in", tmp_path / "store"
    for name, text in STAYING.items():
        write(folder / name, text)
    build([folder], store / "work", store)
    write(folder / "staying" / "1.txt", f"{SENTENCES[0]}\n")
    update(store, wishes())
    assert exported(store) == from_nothing([folder])
    add([write(tmp_path / "one.txt", f"{SENTENCES[1]}\n")], store, wishes())
    remove([tmp_path / "one.txt"], store, wishes())
    assert exported(store) == from_nothing([folder])
    for name in ("2", "3", "4"):
        write(folder / "staying" / f"{name}.txt", f"{SENTENCES[int(name)]}\n")
    update(store, wishes())
    assert exported(store) == from_nothing([folder])
    assert [change is not None for change in changes] == [False, True, True, True, False]


def test_what_the_build_writes_is_no_article(news):
    """The store may lie in the folder that is read."""
    store = news / "store"
    build([news], store / "work", store)
    first = exported(store)
    build([news], store / "work", store)
    update(store, wishes())
    assert exported(store) == first


WORDS = enumerate(("bought in town", "saw at sea", "wrote down at night", "lost in the snow", "found in a boat", "ate"))
STAYING = {f"staying/{n}.txt": f"Number {n} of the list is what Jón Arnarson {word} today.\n" for n, word in WORDS}
NAMES = ("a.txt", "b.txt", "sub/a.txt", "sub/c.txt", "rows.jsonl")
TEXTS = (
    *(f"{one}\n" for one in SENTENCES),
    f"{SENTENCES[0]}\n\n{SENTENCES[1]}\n",
    "Anna Berg, who is called Anna Arnarson by nobody, met Jón Arnarson and Jón Lind at the old quay.\n",
    "too short\n",
)
STEPS = strategies.one_of(
    strategies.tuples(strategies.just("write"), strategies.sampled_from(NAMES), strategies.sampled_from(TEXTS)),
    strategies.tuples(strategies.just("unlink"), strategies.sampled_from(NAMES), strategies.just("")),
    strategies.tuples(strategies.just("add"), strategies.sampled_from((*NAMES, "sub", ".")), strategies.just("")),
    strategies.tuples(strategies.just("remove"), strategies.sampled_from((*NAMES, "sub")), strategies.just("")),
    strategies.tuples(strategies.just("update"), strategies.just(""), strategies.just("")),
)


def content(name, text):
    return (
        text if not name.endswith("jsonl") else "".join(f'{{"text": "{line}"}}\n' for line in text.split("\n") if line)
    )


class Twin:
    """Play a store with nothing but names and texts: which file it was made of, and as it was when it was read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.read: dict[str, str] = {}
        self.removed: set[str] = set()
        self.roots: set[str] = set()

    def there(self, name: str) -> dict[str, str]:
        found = {one: path.read_text() for one in (*NAMES, *STAYING) if (path := self.folder / one).exists()}
        return {one: text for one, text in found.items() if name in (".", one, *map(str, Path(one).parents))}

    def add(self, name: str) -> None:
        self.roots.add(name)
        self.removed -= self.there(name).keys()
        self.read |= self.there(name)

    def remove(self, name: str) -> None:
        gone = {one for one in self.read if name in (one, *map(str, Path(one).parents))}
        self.removed |= gone
        self.read = {one: text for one, text in self.read.items() if one not in gone}

    def update(self) -> None:
        found = {}
        for root in self.roots:
            found |= self.there(root)
        self.read = {one: text for one, text in found.items() if one not in self.removed}


@limits(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(first=strategies.sampled_from(TEXTS), steps=strategies.lists(STEPS, min_size=4, max_size=10))
def test_store_is_always_that_of_a_build_from_nothing(first, steps):
    top = Path(tempfile.mkdtemp())
    try:
        play(top, first, steps)
    finally:
        shutil.rmtree(top)


def play(top, first, steps):
    """Take steps with a store and with its twin, and compare the two after each."""
    folder, store = top / "in", top / "store"
    for name, text in (("a.txt", first), ("b.txt", TEXTS[6]), *STAYING.items()):
        write(folder / name, content(name, text))
    twin = Twin(folder)
    twin.add(".")
    build([folder], store / "work", store)
    for verb, name, text in steps:
        note(f"{verb} {name} {text!r}")
        path = folder if name == "." else folder / name
        if verb == "write":
            write(path, content(name, text))
        elif verb == "unlink":
            path.unlink(missing_ok=True)
        else:
            change(verb, path, name, store, twin)
            assert exported(store) == from_read(top, twin), verb


def change(verb, path, name, store, twin):
    """Take one step with both."""
    try:
        if verb == "add":
            add([path], store, wishes())
            twin.add(name)
        elif verb == "remove":
            remove([path], store, wishes())
            twin.remove(name)
        else:
            update(store, wishes())
            twin.update()
    except KgbuildError as error:
        note(str(error))


def from_read(top, twin):
    """Build from nothing what the twin has read, in a folder of the same name."""
    real, aside = twin.folder, top / "aside"
    real.rename(aside)
    try:
        for name, text in twin.read.items():
            write(real / name, text)
        return from_nothing([real / name for name in twin.read]) if twin.read else b""
    finally:
        shutil.rmtree(real, ignore_errors=True)
        aside.rename(real)
