"""What a person sees on standard error: complaints, notes, and how far a build is."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def complain(message: str) -> None:
    """Say on one line of standard error what is wrong; nothing is said when nobody can hear it."""
    try:
        sys.stderr.write(f"kgbuild: {message.strip()}\n")
        sys.stderr.flush()
    except OSError:
        pass


def inform(message: str) -> None:
    """Say something on standard error that is no complaint."""
    complain(message)


@contextmanager
def progress_bar(*, shown: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Show how many articles are read, on a terminal only.

    Args:
        shown: whether the person wants to see it at all.

    Yields:
        what the pipeline calls after each article; it does nothing when standard error is no terminal.
    """
    if not shown or not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("reading articles"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("read", total=None)
        yield lambda stage, done, total: bar.update(task, completed=done, total=total)
