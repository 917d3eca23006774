"""Workers that are killed or hang are replaced and their shards done again; who does it twice is left out."""

import os
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from kgbuild.errors import CrashError, KgbuildError, ModelError
from kgbuild.pool import Pool
from kgbuild.work import Local, WorkFolder, choose, engines
from kgbuild.work.inputs import Input
from kgbuild.work.plans import ReadItem
from kgbuild.work.units import run_unit
from tests.work.folders import SENTENCES, build, exported, from_nothing, mixed, settings, write
from tests.work.workers import errand, work

ILL = "Anna Sund was ill on that day and stayed at home until the evening.\n"


@pytest.fixture
def pool(tmp_path):
    """Give a pool of two whose workers run errands."""
    made = Pool(partial(errand, str(tmp_path)), 2, 60.0)
    yield made
    made.close()


def ends(found):
    return {ended.job: ended for ended in found if ended.how != "alive"}


def test_each_name_ends_as_it_does_and_costs_no_other(pool, tmp_path):
    found = ends(pool.run(["a.1", "die.1", "b.1", "raise.1", "lack.1", "die.2", *(f"c.{n}" for n in range(8))]))
    hows = Counter(ended.how for ended in found.values())
    assert hows == {"done": 10, "died": 2, "crashed": 1, "failed": 1}
    assert str(found["lack.1"].error) == "no model here. Get one."
    assert "ValueError: no such thing" in found["raise.1"].trace
    assert all(len((tmp_path / name).read_text().split()) == 1 for name in found), "each was tried once"
    workers = {(tmp_path / name).read_text() for name in found if name.startswith("c")}
    assert len(workers) <= 3, "a worker stays for more than one name"
    assert ends(pool.run(["a.2"]))["a.2"].how == "done"


def test_worker_that_is_killed_from_outside_or_while_it_is_idle_is_replaced(pool):
    found = {}
    for ended in pool.run(["hang.1"]):
        if ended.how == "alive":
            os.kill(pool._workers[0].process.pid, signal.SIGKILL)
        found[ended.job] = ended.how
    assert found == {"hang.1": "died"}
    assert ends(pool.run(["a.1", "a.2"])).keys() == {"a.1", "a.2"}
    for process, _ in pool._idle:
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    assert {how.how for how in ends(pool.run(["a.1", "a.2", "a.3", "a.4"])).values()} == {"died", "done"}


def test_worker_that_hangs_is_ended(pool):
    for ended in pool.run(["hang.1"]):
        if ended.how == "alive":
            process, pool._patience = pool._workers[0].process, 0.5  # it has begun: no start of a process is in this
    assert ended.how == "hung"
    assert not process.is_alive()


def test_who_asks_no_more_leaves_nobody_at_work(pool):
    found = pool.run(["hang.1", "hang.2"])
    next(found)
    processes = [worker.process for worker in pool._workers]
    found.close()
    assert [process.is_alive() for process in processes] == [False, False]


class Impatient(Local):
    """Wait long for a worker that starts and loads, and hardly at all for one that is known to hang."""

    def run(self, root, stage, names):
        for ended in super().run(root, stage, names):
            hangs = Path(root) / "hanging"
            if ended.how == "hung":
                hangs.unlink()
            self._pool._patience = 0.5 if hangs.exists() else 100.0
            yield ended


@pytest.mark.slow
@pytest.mark.usefixtures("stand_in")
class TestArticles:
    @pytest.fixture(autouse=True)
    def _own_workers(self, monkeypatch):
        monkeypatch.setattr(engines, "_work", work)

    def test_two_workers_give_the_same_bytes(self, tmp_path):
        folder = mixed(tmp_path / "in")
        write(folder / "c.txt", "CRASH is what this article says and it does so.\n")
        built = build([folder], tmp_path / "work", engine=Local(2), keep_going=True)
        assert exported(built.store) == from_nothing([folder], keep_going=True)
        assert [one.reason for one in built.failures if isinstance(one, CrashError)] == ["ValueError: cannot read this"]
        assert built.summary["stages"]["extract"]["shards"] > 2

    @pytest.mark.parametrize(("how", "engine"), [("die", partial(Local, 2)), ("hang", partial(Impatient, 1))])
    def test_that_do_harm_once_do_none_and_twice_are_left_out(self, news, tmp_path, engine, how):
        for n in range(6):
            write(news / f"more{n}.txt", f"{SENTENCES[n % 5]} It stands in number {n} of the lot.\n")
        expected = from_nothing([news])
        write(news / "harm.txt", f"HARM:{how} {ILL}")
        built = build([news], tmp_path / "work", engine=engine())
        why = {"die": "was killed. It may have run out of memory.", "hang": "hung. It is left out."}[how]
        assert [str(one) for one in built.failures] == [f"harm.txt: the process that worked on it {why}"]
        assert exported(built.store) == expected
        write(news / "harm.txt", f"HARM:once-{how} {ILL}")
        built = build([news], tmp_path / "work", engine=engine())
        assert built.failures == ()
        assert exported(built.store) == from_nothing([news])
        assert built.summary["stages"]["extract"]["shards_done_again"] == 1


def test_worker_of_another_version_refuses(tmp_path):
    folder = WorkFolder(tmp_path / "work")
    made_with = settings()
    other = dict(made_with.digests) | {"code of say": "something else"}
    folder.root.mkdir()
    folder.prepare(replace(made_with, digests=other))
    one = Input("a.txt", "/a.txt", "1-1", "key")
    folder.set_plan("read", "name", [ReadItem(one.key, one.path, one.real)])
    with pytest.raises(KgbuildError, match="a worker runs another kgbuild than the build"):
        run_unit(str(folder.root), "read", "name")


@pytest.mark.slow
def test_missing_model_is_told_in_one_line(news, tmp_path):
    """The model vanishes after the build has begun: workers find that out, and the user is told once."""
    model = tmp_path / "model"
    write(model / "meta.json", "{}")
    with pytest.raises(KgbuildError, match=r"model: no spaCy pipeline in this folder") as raised:
        build([news], tmp_path / "work", given=settings(model=str(model)), engine=Local(2))
    assert "\n" not in str(raised.value)
    assert not isinstance(raised.value, ModelError), "it came home from a worker"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("spark", 1, None), "no engine called 'spark'"),
        (("dask", 1, None), "the engine dask needs an address"),
    ],
)
def test_engine_that_is_not_there_is_told(given, said):
    with pytest.raises(KgbuildError, match=said):
        choose(*given)


def test_the_process_that_leads_does_without_spacy():
    """Starting a build, and every command that finds nothing to do, would take half a second and 60 MB more."""
    code = (
        "import sys, kgbuild.work; print([name for name in ('spacy', 'onnxruntime', 'rdflib') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"
