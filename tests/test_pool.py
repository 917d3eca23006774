"""Processes that work on jobs."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from kgbuild.pool import Pool


def test_the_next_job_is_ready_when_a_process_gets_free() -> None:
    taken: list[int] = []

    def jobs() -> Iterator[int]:
        for number in range(4):
            taken.append(number)
            yield -number

    pool = Pool[int, int](abs, 1, patience_seconds=60.0)
    ends = pool.run(jobs())
    assert next(ends).result == 0
    assert taken == [0, 1]
    assert [one.result for one in ends] == [1, 2, 3]
    pool.close()


PARENT = """
import multiprocessing, threading, time
from kgbuild.pool import Pool

pool = Pool(time.sleep, 1, 600.0)
threading.Thread(target=lambda: list(pool.run([600.0])), daemon=True).start()
while not multiprocessing.active_children():
    time.sleep(0.01)
print(multiprocessing.active_children()[0].pid, flush=True)
time.sleep(600)
"""


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path("/proc", str(process), "stat")  # one that has ended stays listed where nobody asks how
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


def test_a_worker_that_hangs_ends_when_its_parent_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        time.sleep(1.0)  # it has begun to sleep by then, or else finds the pipe closed
        assert _runs(worker)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    until = time.monotonic() + 20
    while _runs(worker) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _runs(worker)
