"""Which work folder keeps what a store is made of: one inside it, one around it, or one that it was told of.

    STORE/work               for `build --store STORE`
    WORK/store               for `build --work WORK`
    STORE/work-folder        for both: the way to the work folder, as seen from the store

The work folder in turn notes which store its list of files belongs to, since it may be used for several graphs one
after the other. Both ways are relative, so that store and work folder can be moved together.
"""

import os
from pathlib import Path

from kgbuild.errors import KgbuildError
from kgbuild.work.folder import WorkFolder

STORE = "store"
"""The store inside a work folder, for a build that names none."""
INSIDE = "work"
"""The work folder inside a store, for a build that names none."""
_POINTER = "work-folder"


def way_to(store: Path, work: Path) -> str:
    """Tell where a store lies as seen from a work folder."""
    return os.path.relpath(os.path.realpath(store), os.path.realpath(work))


def point_at(store: Path, work: Path) -> None:
    """Let a store know its work folder."""
    pointer = store / _POINTER
    if os.path.realpath(work) == os.path.realpath(store / INSIDE) or way_to(store, work) == STORE:
        pointer.unlink(missing_ok=True)
    else:
        pointer.write_text(os.path.relpath(os.path.realpath(work), os.path.realpath(store)) + "\n", encoding="utf-8")


def work_folder_of(store: Path) -> WorkFolder:
    """Find the work folder of a store.

    Raises:
        KgbuildError: it has none, or the one that it was told of is gone.
    """
    told = _told(store)
    if told is not None and not told.is_dir():
        raise KgbuildError(f"{store}: its work folder {told} is not there", "Build it again with --work and --store.")
    if told is not None:
        return WorkFolder(told)
    inside, here = WorkFolder(store / INSIDE), Path(os.path.realpath(store))
    if inside.root.is_dir():
        return inside
    around = WorkFolder(here.parent)
    if here.name == STORE and around.is_one:
        return around
    raise KgbuildError(f"{store}: no store that can be changed", "Build it with --store first.")


def _told(store: Path) -> Path | None:
    try:
        way = (store / _POINTER).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise KgbuildError(f"{store / _POINTER}: cannot be read ({error})", "Build the store again.") from error
    return Path(os.path.normpath(store / way))
