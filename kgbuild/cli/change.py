"""`kgbuild add`, `kgbuild remove`, `kgbuild update`: change what a store is made of."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgbuild.cli.build import summary
from kgbuild.cli.options import Articles, Jobs, KeepGoing
from kgbuild.cli.terminal import say
from kgbuild.cli.work import EngineName, How, MaxErrors, Quiet, Scheduler, run_in_folder, tell

if TYPE_CHECKING:
    from kgbuild.work import Wishes, WorkBuild

Store = Annotated[
    Path, typer.Argument(metavar="STORE", help="A store that `kgbuild build --store` made.", show_default=False)
]
Gone = Annotated[
    list[Path],
    typer.Argument(metavar="PATH", help="Files and folders that the store was made of.", show_default=False),
]


def add(
    store: Store,
    paths: Articles,
    jobs: Jobs = 1,
    engine: EngineName = "local",
    scheduler: Scheduler = None,
    keep_going: KeepGoing = False,
    max_errors: MaxErrors = None,
    quiet: Quiet = False,
) -> int:
    """Add articles to a store, without reading those again that it has.

    Afterwards the store is the same as one that was built from all of its files at once. A file that is given again is
    read again if it has changed. Exit status as for `build`.

        kgbuild add news-store incoming/2025-06-03
    """
    from kgbuild.work import add

    how = How(engine, jobs, scheduler, keep_going, max_errors, quiet)
    return _change(store, lambda wanted: add(paths, store, wanted), how)


def remove(
    store: Store,
    paths: Gone,
    jobs: Jobs = 1,
    engine: EngineName = "local",
    scheduler: Scheduler = None,
    keep_going: KeepGoing = False,
    quiet: Quiet = False,
) -> int:
    """Take files out of a store: those that are named and those below folders that are named.

    Afterwards the store is the same as one that was built without them. The files themselves are left alone, and
    `update` does not bring them back; `add` does.

        kgbuild remove news-store incoming/2025-06-03/withdrawn.html
    """
    from kgbuild.work import remove

    how = How(engine, jobs, scheduler, keep_going, None, quiet)
    return _change(store, lambda wanted: remove(paths, store, wanted), how)


def update(
    store: Store,
    jobs: Jobs = 1,
    engine: EngineName = "local",
    scheduler: Scheduler = None,
    keep_going: KeepGoing = False,
    max_errors: MaxErrors = None,
    quiet: Quiet = False,
) -> int:
    """Look at the files of a store again: changed ones are read again, new ones come in, vanished ones go.

    New are those that lie in a folder that was given to `build` or `add`. After a change of a data file or a new
    version of kgbuild, only what it concerns is done again.

        kgbuild update news-store --jobs 4
    """
    from kgbuild.work import update

    how = How(engine, jobs, scheduler, keep_going, max_errors, quiet)
    return _change(store, lambda wanted: update(store, wanted), how)


def _change(store: Path, change: Callable[["Wishes"], "WorkBuild"], how: How) -> int:
    """Change a store and tell what came of it."""
    built = run_in_folder(change, how, texts=store)
    if built is None:
        return 2
    status = tell(built, place=store, report=None, quiet=how.quiet)
    if not how.quiet:
        say(summary(built.counts, built.seconds, store))
    return status
