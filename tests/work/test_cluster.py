"""A real Dask cluster on this machine gives the same bytes, whoever of it is killed."""

import contextlib
import io
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kgbuild.errors import KgbuildError
from kgbuild.export import export_store
from kgbuild.pool import Ended
from kgbuild.work import Here, Wishes, WorkBuild, build, choose, settings_for
from kgbuild.work.cluster import Cluster
from kgbuild.work.errands import Errand
from kgbuild.work.packs import AT, MANIFEST

ROOT = Path(__file__).resolve().parent.parent.parent
WAIT_SECONDS = 180.0
PLACES = ("Oslo", "Lima", "Quito", "Accra", "Hanoi", "Sofia", "Dakar", "Rabat")


def wait_for(found: Callable[[], bool]) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while not found():
        assert time.monotonic() < until, "what was waited for did not come"
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Hosts:
    """A scheduler and its workers, each a process of its own that can be killed."""

    home: Path
    port: int = field(default_factory=free_port)
    scheduler: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def start(self, workers: int) -> "Hosts":
        self.scheduler = self._dask(
            "scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--dashboard-address", "127.0.0.1:0"
        )
        wait_for(self._answers)
        for _ in range(workers):
            self.add_worker()
        return self

    def add_worker(self) -> None:
        options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--memory-limit", "0", "--host", "127.0.0.1"]
        self.workers.append(self._dask("worker", self.address, *options, "--local-directory", str(self.home)))

    def _dask(self, *words: str) -> subprocess.Popen[bytes]:
        places = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
        environment = {**os.environ, "PYTHONPATH": places, "DASK_LOGGING__DISTRIBUTED": "critical"}
        with (self.home / "log").open("ab") as log:  # elsewhere than the test, as on another host
            command = [sys.executable, "-m", "dask", *words]
            return subprocess.Popen(command, cwd=self.home, env=environment, stdout=log, stderr=log)

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True
        return False

    def stop(self) -> None:
        for process in filter(None, [*self.workers, self.scheduler]):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def hosts(tmp_path_factory) -> Iterator[Hosts]:
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    running = Hosts(tmp_path_factory.mktemp("hosts"))
    try:
        yield running.start(workers=2)
    finally:
        running.stop()


@pytest.fixture(scope="module")
def texts(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    for number, place in enumerate(PLACES):
        text = (
            f"{place} agreed to pay {number + 2} million dollars.\n\nAnna Berg met John Smith in {place} on Monday.\n"
        )
        (folder / f"{place}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def expected(tmp_path_factory, texts) -> bytes:
    """What this process makes of the texts by itself."""
    return said(build_with(Here(), texts, tmp_path_factory.mktemp("here") / "work"))


def build_with(engine, texts: Path, work: Path) -> WorkBuild:
    return build([texts], work, settings_for("fast"), Wishes(engine))


def said(built: WorkBuild) -> bytes:
    out = io.BytesIO()
    export_store(built.store, "nquads", out)
    return out.getvalue()


def at_work(work: Path) -> int:
    """Count the shards of the stage with the model that somebody is at."""
    return sum(not note.with_suffix(MANIFEST).exists() for note in work.glob(f"extract/*{AT}"))


@pytest.mark.slow
def test_cluster_gives_the_same_bytes(hosts, texts, expected, tmp_path):
    built = build_with(Cluster(hosts.address), texts, tmp_path / "work")
    assert said(built) == expected
    assert built.failures == ()
    assert built.summary["stages"]["extract"]["shards"] == len(PLACES)


@pytest.mark.slow
def test_killed_worker_costs_a_second_attempt(hosts, texts, expected, tmp_path):
    work = tmp_path / "work"
    doomed = hosts.workers[0]

    def kill() -> None:
        wait_for(lambda: at_work(work) == 2)  # one shard each
        doomed.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    built = build_with(Cluster(hosts.address), texts, work)
    killer.join()
    assert doomed.wait() == -signal.SIGKILL
    assert said(built) == expected
    assert built.failures == ()
    assert built.summary["stages"]["extract"]["shards_done_again"] == 1


@pytest.mark.slow
def test_lost_scheduler_costs_one_line_and_nothing_that_was_finished(texts, expected, tmp_path):
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    home, work = tmp_path / "hosts", tmp_path / "work"
    home.mkdir()
    lost = Hosts(home)
    try:
        lost.start(workers=1)
        command = [sys.executable, "-m", "kgbuild", "build", str(texts), "--work", str(work), "--model", "fast"]
        where = ["--engine", "dask", "--scheduler", lost.address]
        with subprocess.Popen([*command, *where], cwd=ROOT, stderr=subprocess.PIPE, text=True) as building:
            wait_for(lambda: any(work.glob(f"extract/*{MANIFEST}")))
            lost.workers[0].send_signal(signal.SIGSTOP)  # so that it does not come to the end before
            lost.scheduler.kill()
            _, complaint = building.communicate(timeout=WAIT_SECONDS)
    finally:
        lost.stop()
    assert building.returncode == 2
    assert complaint.splitlines() == [
        f"kgbuild: {lost.address}: the scheduler is gone. Start it and its workers. "
        "What was finished is kept: run the same command again."
    ]
    built = build_with(Here(), texts, work)
    assert said(built) == expected
    assert built.summary["stages"]["extract"]["shards"] < len(PLACES)


@pytest.mark.slow
def test_scheduler_without_workers_is_told(texts, tmp_path):
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    alone = Hosts(tmp_path)
    engine = Cluster(alone.start(workers=0).address, workers_seconds=0.5)
    try:
        with pytest.raises(KgbuildError, match="has had no workers for"):
            engine.run(str(tmp_path), "read", ["name"]).__next__()
    finally:
        engine.close()
        alone.stop()


def test_scheduler_that_does_not_answer_is_told():
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    engine = Cluster(f"tcp://127.0.0.1:{free_port()}", reach_seconds=0.2)
    with pytest.raises(KgbuildError, match="no scheduler answers there"):
        _ = engine.width
    engine.close()


def test_missing_library_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(KgbuildError, match=r"kgbuild\[cluster\]"):
        _ = Cluster("tcp://127.0.0.1:8786").width


@pytest.mark.parametrize("address", ["", "host", "tcp://host", "http://host:8786", "tcp://host:port"])
def test_what_is_no_address_is_told_before_any_work(address):
    with pytest.raises(KgbuildError):
        choose("dask", 1, address)


@pytest.mark.parametrize("address", ["host:8786", "tcp://10.0.0.1:8786", "tls://scheduler.example:8786"])
def test_what_is_an_address_is_taken(address):
    assert choose("dask", 1, address) == Cluster(address)


@dataclass
class Answered:
    """A future as Dask gives it back."""

    error: BaseException | None = None
    answer: tuple[str, str, str] = ("done", "", "")
    status: str = "finished"

    def exception(self) -> BaseException | None:
        return self.error

    def result(self) -> tuple[str, str, str]:
        return self.answer


def outcome(future: Answered) -> Ended:
    engine = Cluster("tcp://127.0.0.1:8786")
    return engine._ended(Errand.to("work", "read", 1.0), "name", future)


def test_what_dask_says_is_understood():
    distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    killed = distributed.KilledWorker("key", None, 3)
    assert outcome(Answered(killed, status="error")) == Ended("name", "died")
    assert outcome(Answered(answer=("died", "", ""))) == Ended("name", "died")
    crashed = outcome(Answered(ZeroDivisionError("in Dask"), status="error"))
    assert (crashed.how, "ZeroDivisionError: in Dask" in crashed.trace) == ("crashed", True)
    assert outcome(Answered(answer=("crashed", "the trace", ""))) == Ended("name", "crashed", trace="the trace")
    failed = outcome(Answered(answer=("failed", "worker on host: no room", "Make some.")))
    assert (failed.how, str(failed.error)) == ("failed", "worker on host: no room. Make some.")
    for status in ("lost", "cancelled"):
        with pytest.raises(KgbuildError, match="the scheduler is gone"):
            outcome(Answered(status=status))
    with pytest.raises(KgbuildError, match="cannot load kgbuild"):
        outcome(Answered(ModuleNotFoundError("No module named 'kgbuild'"), status="error"))
