"""Killed at any moment and started again, a build gives the same bytes, and makes no finished shard again."""

import contextlib
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kgbuild.errors import OutputError
from kgbuild.work import WorkFolder, add, building, remove, storing, update
from kgbuild.work import packs as packing
from tests.work.folders import SENTENCES, build, exported, finished, from_nothing, wishes, write

ROOT = Path(__file__).resolve().parent.parent.parent
KILLS = 50


class Killed(BaseException):
    """Stand in for `kill -9`: nothing of ours is expected to catch it."""


MOMENTS = {
    "before anything of the folder": (WorkFolder, "prepare", "before"),
    "before the marker of the folder": (packing, "_settle", "before"),
    "before a pack has its name": (packing.PackWriter, "finish", "before"),
    "between pack and manifest": (packing, "write_json", "before"),
    "between manifest and catalogue": ("Catalog", "enter", "before"),
    "between catalogue and tidying": (WorkFolder, "tidy", "before"),
    "between two stages": (building.Building, "_resolve", "before"),
    "before the list of files": (WorkFolder, "set_inputs", "before"),
    "between list of files and store": (WorkFolder, "set_inputs", "after"),
    "while the store is written": (storing, "_load", "before"),
    "between the store and what is noted of it": (storing, "write_kept", "before"),
    "after the store": (storing, "write_kept", "after"),
    "while what nothing needs is removed": (WorkFolder, "drop", "after"),
}


def kill_at(monkeypatch, moment, number):
    """Raise at a moment when it comes for the *number*-th time."""
    from kgbuild.work import catalog

    owner, name, when = MOMENTS[moment]
    owner = catalog.Catalog if owner == "Catalog" else owner
    real = getattr(owner, name)
    count = 0

    def killing(*given, **named):
        nonlocal count
        count += 1
        if count == number and when == "before":
            raise Killed
        found = real(*given, **named)
        if count == number:
            raise Killed
        return found

    monkeypatch.setattr(owner, name, killing)
    if owner is packing:
        from kgbuild.work import folder

        monkeypatch.setattr(folder, name, killing, raising=False)


@pytest.mark.usefixtures("stand_in")
class TestUglyMoments:
    """Here the process only seems to be killed: what it has on the disk at that moment is all that is left."""

    @pytest.fixture(autouse=True)
    def _leave_all_lying(self, monkeypatch):
        """A process that is killed tidies nothing up."""
        monkeypatch.setattr(packing.PackWriter, "abandon", lambda self: self._stream.close())
        monkeypatch.setattr(building, "_SHARD_ARTICLES", 1)
        monkeypatch.setattr(building, "_SHARD_FILES", 2)

    @pytest.fixture
    def collection(self, tmp_path):
        folder = tmp_path / "in"
        for n, text in enumerate(SENTENCES):
            write(folder / f"{n}.txt", f"{text}\n")
        return folder

    @pytest.mark.parametrize("number", [1, 3])
    @pytest.mark.parametrize("moment", MOMENTS)
    def test_first_build(self, collection, tmp_path, moment, number):
        store = tmp_path / "store"
        with pytest.MonkeyPatch.context() as patch:
            kill_at(patch, moment, number)
            with contextlib.suppress(Killed):
                build([collection], store / "work", store)
        there = finished(store / "work")
        build([collection], store / "work", store)
        assert exported(store) == from_nothing([collection])
        assert there.items() <= finished(store / "work").items()

    @pytest.mark.parametrize("moment", list(MOMENTS)[4:])
    @pytest.mark.parametrize("what", ["build", "add", "remove", "update"])
    def test_change_of_a_store(self, collection, tmp_path, moment, what):
        store = tmp_path / "store"
        build([collection], store / "work", store)
        before = exported(store)
        new = write(tmp_path / "new" / "x.txt", f"{SENTENCES[0]} Jón Lind was there too.\n")
        do, wanted = {
            "build": (lambda: build([collection, new], store / "work", store), [collection, new]),
            "add": (lambda: add([new], store, wishes()), [collection, new]),
            "remove": (lambda: remove([collection / "1.txt"], store, wishes()), None),
            "update": (lambda: update(store, wishes()), [collection]),
        }[what]
        if what == "update":
            write(collection / "2.txt", f"{SENTENCES[0]} Jón Lind was there too.\n")
        with pytest.MonkeyPatch.context() as patch:
            kill_at(patch, moment, 1)
            with contextlib.suppress(Killed):
                do()
        wanted = wanted or [path for path in collection.iterdir() if path.name != "1.txt"]
        assert exported(store) in (before, from_nothing(wanted)), "the old graph or the new one"
        do()
        assert exported(store) == from_nothing(wanted)
        update(store, wishes())
        assert exported(store) == from_nothing(wanted)


class TestFullDisk:
    """A disk that is full while this or that is written."""

    @pytest.fixture(autouse=True)
    def _small_shards(self, monkeypatch):
        monkeypatch.setattr(building, "_SHARD_ARTICLES", 1)

    @pytest.mark.usefixtures("stand_in")
    @pytest.mark.parametrize("number", range(1, 25, 3))
    def test_is_told_and_the_same_command_goes_on(self, news, tmp_path, number):
        """What is brought onto the disk as the *number*-th thing finds no room: marker, plan, pack, manifest, ..."""
        real, count = os.fsync, 0

        def full(descriptor):
            nonlocal count
            count += 1
            if count >= number:
                raise OSError(28, "No space left on device")
            real(descriptor)

        store = tmp_path / "store"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "fsync", full)
            with pytest.raises(OutputError, match=r"No space left on device"):
                build([news], store / "work", store)
        there = finished(store / "work")
        assert not list((store / "work").glob("*/.writing-*"))
        build([news], store / "work", store)
        assert there.items() <= finished(store / "work").items()
        assert exported(store) == from_nothing([news])

    @pytest.mark.slow
    def test_is_told_in_one_line_whatever_is_written(self, tmp_path):
        """No file may grow beyond a limit that is raised step by step, as if room was made bit by bit."""
        collection(tmp_path / "in")
        said = set()
        for limit in (100, 1_000, 9_000, 40_000):
            limits = (resource.RLIMIT_FSIZE, (limit, limit))
            done = run(tmp_path, preexec_fn=lambda limits=limits: resource.setrlimit(*limits))
            if done.returncode == 0:
                break
            assert done.returncode == 2, done.stderr
            (line,) = done.stderr.splitlines()
            said.add(line)
        assert len(said) >= 2, said
        done = run(tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert (tmp_path / "out.trig").read_bytes() == undisturbed(tmp_path)


def collection(folder, count=10):
    """Make a tiny collection for the real pipeline."""
    for n in range(count):
        text = f"Foreign Minister Anna Berg of Norway met Prime Minister Jón Árnason in Reykjavik on day {n}.\n"
        write(folder / f"{n}.txt", f"{text}\nBerg said that both countries had agreed to exchange {40 + n} officers.\n")
        write(folder / "sources.toml", "".join(f'["{m}.txt"]\npublished = 2025-06-0{m + 1}\n' for m in range(9)))
    return folder


def command(top, out="out.trig", work="work", jobs=1):
    arguments = ["build", "in", "--model", "fast", "--work", work, "-o", out, "--quiet", "--jobs", str(jobs)]
    return {
        "args": [sys.executable, "-m", "kgbuild", *arguments],
        "cwd": top,
        # (a compiled file that is half written would harm whoever comes next)
        "env": {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        "text": True,
    }


def run(top, **options):
    return subprocess.run(**command(top), capture_output=True, check=False, **options)


def undisturbed(top):
    """Build the same in memory, in a process of its own."""
    given = command(top, out="whole.trig")
    given["args"] = [one for one in given["args"] if one not in ("--work", "work")]
    subprocess.run(**given, check=True)
    return (top / "whole.trig").read_bytes()


@pytest.mark.slow
def test_killed_at_fifty_moments(tmp_path):
    """Not with the language model, which would only lengthen the time in which nothing is written."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.work.killing", str(tmp_path), str(KILLS), "7"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{KILLS} killed in ")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Make a collection, and what a build that nobody disturbs gives."""
    top = tmp_path_factory.mktemp("corpus")
    collection(top / "in")
    undisturbed(top)
    return top


@pytest.mark.slow
class TestKilledWithWorkers:
    @pytest.mark.parametrize("kill", [os.kill, os.killpg], ids=["parent", "all"])
    def test_and_started_again(self, corpus, kill):
        work = corpus / f"work-{kill.__name__}"
        there = {}
        for stage, shards in (("extract", 2), ("say", 1))[: 1 + (kill is os.killpg)]:
            given = command(corpus, out=f"{work.name}.trig", work=work.name, jobs=2)
            with subprocess.Popen(**given, start_new_session=True) as process:
                wait_for(process, work / stage, shards)
                kill(process.pid, signal.SIGKILL)
            now = finished(work)
            assert there.items() <= now.items()
            there = now
        assert len(list((work / "extract").glob("*.json"))) >= 2
        done = subprocess.run(**given, capture_output=True, check=False)  # at once: workers may still be there
        assert (done.returncode, done.stderr) == (0, "")
        assert (corpus / f"{work.name}.trig").read_bytes() == (corpus / "whole.trig").read_bytes()
        assert there.items() <= finished(work).items()

    def test_interrupt_ends_all_without_a_word(self, corpus):
        given = command(corpus, out="never.trig", work="interrupted", jobs=2)
        with subprocess.Popen(**given, start_new_session=True, stderr=subprocess.PIPE) as process:
            wait_for(process, corpus / "interrupted" / "extract", 1)
            os.killpg(process.pid, signal.SIGINT)
            _, complained = process.communicate(timeout=60)
        assert (process.returncode, complained) == (130, "")
        assert not (corpus / "never.trig").exists()


def wait_for(process, folder, shards):
    """Wait until so many shards of a stage are finished."""
    end = time.monotonic() + 120
    while len(list(folder.glob("*.json"))) < shards:
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < end
        time.sleep(0.005)
