"""What a worker of a cluster does with a shard: makes sure that it is the right one for it, and makes the pack.

A worker of a cluster may serve many builds, one after the other and on other hosts, so more can be wrong than with a
process that the build itself has started: another kgbuild or Python, a folder that it does not see, data files that
have changed since it read them. All of that comes home as words.
"""

import contextlib
import faulthandler
import platform
import socket
import sys
import threading
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kgbuild.errors import KgbuildError
from kgbuild.work import keys
from kgbuild.work.folder import Settings, WorkFolder
from kgbuild.work.packs import MANIFEST, read_manifest
from kgbuild.work.plans import ReadItem
from kgbuild.work.units import run_unit

Answer = tuple[str, str, str]
"""How the work ended, in the words of `Ended`; a message or traceback; a remedy."""


@dataclass(frozen=True, slots=True)
class Errand:
    """Tell a worker which build a shard is of.

    Attributes:
        root: the work folder.
        stage: the stage.
        python: which Python the build runs on.
        patience_seconds: how long an article may take.
    """

    root: str
    stage: str
    python: str
    patience_seconds: float

    @classmethod
    def to(cls, root: str, stage: str, patience_seconds: float) -> "Errand":
        """Send workers out from this process."""
        return cls(str(Path(root).absolute()), stage, _python(), patience_seconds)


_LOCK = threading.Lock()
"""One shard a process at a time: desk, caches and the watch are the process's own."""


def make_shard(errand: Errand, name: str) -> Answer:
    """Make the pack of a shard in this worker, unless somebody has, or has died of it."""
    with _LOCK:
        try:
            folder = WorkFolder(Path(errand.root))
            there = read_manifest(folder.stem(errand.stage, name).with_suffix(MANIFEST))
            if there is not None and not there.failures:
                return "done", "", ""
            _compare(errand, folder)
            if folder.at(errand.stage, name):
                return "died", "", ""  # whoever had it before us never came to its end
            with _watched(errand.patience_seconds) as alive:
                _see(errand, folder, name)
                run_unit(errand.root, errand.stage, name, alive)
        except KgbuildError as error:
            return "failed", f"worker on {socket.gethostname()}: {error.message}", error.remedy
        except OSError as error:
            return "failed", f"worker on {socket.gethostname()}: {error}", "Is the storage shared by all hosts?"
        except Exception:  # noqa: BLE001 - it goes home, where it is raised
            return "crashed", traceback.format_exc(), ""
        return "done", "", ""


def _python() -> str:
    return f"{platform.python_implementation()} {sys.version_info[0]}.{sys.version_info[1]}"


class _Last:
    """Remember for which settings this process has compared itself with a build."""

    settings: Settings | None = None


def _compare(errand: Errand, folder: WorkFolder) -> None:
    """Make sure that this process gives what any other would.

    Raises:
        KgbuildError: the work folder is not there, or Python, model or data files are others than the build's.
    """
    if not folder.root.is_dir():
        raise KgbuildError(
            f"does not see the work folder {folder.root}", "It must lie on storage that all hosts share."
        )
    if errand.python != _python():
        raise KgbuildError(f"runs {_python()}, the build {errand.python}", "Install the same version on all hosts.")
    settings = folder.settings()
    if settings is None or settings == _Last.settings:
        return
    if _Last.settings is not None:
        _forget()
    knowledge = settings.knowledge
    own = {"model": keys.model(settings.model), "data": keys.data(knowledge), "shapes": keys.shapes(knowledge)}
    others = [what for what, digest in own.items() if settings.digests[what] != digest]
    if others:
        raise KgbuildError(f"has another {others[0]} than the build", "Install the same version on all hosts.")
    _Last.settings = settings


def _forget() -> None:
    """Forget what was read of data files for an earlier build; which code runs here stays what it is."""
    for name, module in list(sys.modules.items()):
        if name.startswith("kgbuild.") and name != keys.__name__:
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def _see(errand: Errand, folder: WorkFolder, name: str) -> None:
    """Make sure that this host sees the folders of the files that are to be read.

    A file that is not there costs that file only, but where a whole folder is missing, storage is not shared.
    """
    if errand.stage != "read":
        return
    for item in folder.plan(errand.stage, name):
        if isinstance(item, ReadItem) and not Path(item.path).parent.is_dir():
            remedy = "Articles must lie on storage that all hosts share."
            raise KgbuildError(f"does not see the folder {Path(item.path).parent}", remedy)


@contextlib.contextmanager
def _watched(seconds: float) -> Iterator["_Watch"]:
    """End this process when it stays on one article for too long; whoever started it starts another."""
    try:
        yield _Watch(seconds)
    finally:
        faulthandler.cancel_dump_traceback_later()


@dataclass(frozen=True, slots=True)
class _Watch:
    seconds: float

    def __call__(self) -> None:
        """Begin to count anew."""
        faulthandler.dump_traceback_later(self.seconds, exit=True, file=sys.__stderr__ or 2)
