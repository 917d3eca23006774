"""What workers do in tests: they do harm to themselves where the text or the name says so, once or always."""

import os
import signal
import time
from pathlib import Path

from kgbuild import annotate, stages
from kgbuild.errors import ModelError
from kgbuild.pool import alive
from kgbuild.work import Settings
from kgbuild.work.units import run_unit
from tests import stand_in


def errand(folder: str, name: str) -> None:
    """Do what a name says: `die`, `hang`, `raise`, `lack`, or nothing; `once-die` only the first time."""
    alive()
    with (Path(folder) / name).open("a") as file:
        file.write(f"{os.getpid()}\n")
    harm(name.partition(".")[0], Path(folder))


def harm(what: str, folder: Path) -> None:
    """Do harm."""
    once, _, how = what.rpartition("-")
    if once:
        try:
            (folder / f"harmed-{what}").touch(exist_ok=False)
        except FileExistsError:
            return
    if how == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    elif how == "hang":
        (folder / "hanging").touch()
        alive()
        time.sleep(300)
    elif how == "raise":
        raise ValueError("no such thing")
    elif how == "lack":
        raise ModelError("no model here", "Get one.")


def work(root: str, name: str) -> None:
    """Make a shard with the stand-in; an article whose first word is `HARM:` and something does that."""

    def find_names(document, docs, knowledge):
        first = document.text.split()[0]
        if first.startswith("HARM:"):
            harm(first.removeprefix("HARM:"), Path(root))
        return stand_in.find_names(document, docs, knowledge)

    stages.load_model = lambda name: name
    stages.annotate = stand_in.annotate
    stages.extract = find_names
    annotate.docs_to_bytes = stand_in.docs_to_bytes
    annotate.docs_from_bytes = stand_in.docs_from_bytes
    Settings.knowledge = property(stand_in.knowledge_of)
    stage, _, shard = name.partition("/")
    run_unit(root, stage, shard, alive)
