"""Builds a collection over and over in child processes that are killed at random moments; run by `test_resume.py`.

    python -m tests.work.killing FOLDER KILLS SEED

Children are forked, so that no time goes into starting Python: all of it is time in which a build is at work.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

from kgbuild import annotate, stages
from kgbuild.work import Settings, building
from tests import stand_in
from tests.work.folders import SENTENCES, build, exported, finished, from_nothing, mixed, settings, write

STEP = 0.4
"""The share of the time of a whole build after which a child is killed at the latest."""


def put_stand_in() -> None:
    """Put the stand-in in the place of the language model, for good."""
    stages.load_model = lambda name: name
    stages.annotate = stand_in.annotate
    stages.extract = stand_in.find_names
    annotate.docs_to_bytes = stand_in.docs_to_bytes
    annotate.docs_from_bytes = stand_in.docs_from_bytes
    Settings.knowledge = property(stand_in.knowledge_of)
    building._SHARD_ARTICLES, building._SHARD_FILES = 3, 5


def forked(do) -> int:
    """Do something in a child process."""
    child = os.fork()
    if child:
        return child
    try:
        do()
        os._exit(0)
    except BaseException as error:  # noqa: BLE001 - the parent is told by the status, the person by the words
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        os._exit(1)


def ended(child: int) -> bool:
    """Wait for a child; tell whether it came to its end, and not to ours."""
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        return False
    assert os.WEXITSTATUS(status) == 0
    return True


def main(folder: Path, kills: int, seed: int) -> None:
    """Kill builds until enough were killed; each folder is gone on in until its build is done, and compared."""
    put_stand_in()
    source = mixed(folder / "in")
    for n in range(30):
        write(source / "more" / f"{n}.txt", f"{SENTENCES[n % 5]} It stands in number {n} of {n} lots.\n")
    given = settings()
    whole = from_nothing([source])  # with this the data files are loaded, for all children

    def work(name: str) -> None:
        built = build([source], folder / name, given=given)
        (folder / f"{name}.trig").write_bytes(exported(built.store))

    begin = time.monotonic()
    ended(forked(lambda: work("undisturbed")))
    longest = (time.monotonic() - begin) * STEP
    chance = random.Random(seed)  # noqa: S311 - moments, no secrets
    killed = rounds = 0
    while killed < kills:
        rounds += 1
        name = f"round{rounds}"
        done = False
        while not done:
            before = finished(folder / name)
            child = forked(lambda name=name: work(name))
            time.sleep(chance.uniform(0, longest))
            if killed < kills:
                os.kill(child, signal.SIGKILL)
            done = ended(child)
            killed += not done
            assert before.items() <= finished(folder / name).items(), "a finished shard was made again"
        assert (folder / f"{name}.trig").read_bytes() == whole
    assert (folder / "undisturbed.trig").read_bytes() == whole
    sys.stdout.write(f"{killed} killed in {rounds} rounds\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
