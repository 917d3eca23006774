"""What a person sees on standard error: complaints, notes, and how far a build is."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import TaskID

_PIPE_WIDTH = 10_000


def say(message: str) -> None:
    """Say something to the person, on one line of standard error; nothing is said when nobody can hear it."""
    try:
        sys.stderr.write(f"kgbuild: {' '.join(message.split())}\n")
        sys.stderr.flush()
    except OSError:
        pass


@contextmanager
def progress_bar(*, shown: bool, what: str = "reading articles") -> Iterator[Callable[[str, int, int], None]]:
    """Show how far the work is, on a terminal only.

    Args:
        shown: whether the person wants to see it at all.
        what: what is being done.

    Yields:
        what the pipeline calls after each article; it does nothing when standard error is no terminal.
    """
    if not shown or not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("read", total=None)
        yield lambda stage, done, total: bar.update(task, completed=done, total=total)


@contextmanager
def work_bar(*, shown: bool) -> Iterator[Callable[[str, int, int, int], None]]:
    """Show how far a build in a work folder is, on a terminal only: the stage, articles and words a second, time left.

    Args:
        shown: whether the person wants to see it at all.

    Yields:
        what the build calls as it gets on, with the stage, how much is done and to do, and how many words were read.
    """
    if not shown or not sys.stderr.isatty():
        yield lambda stage, done, total, words: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[speed]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def progress(stage: str, done: int, total: int, words: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(f"{stage:8}", total=total, speed="")
            seconds = bar.tasks[tasks[stage]].elapsed or 0.0
            rate = f"{done / seconds:.1f}/s" if seconds >= 1 else ""
            rate += f" {words / seconds:,.0f} words/s" if seconds >= 1 and words else ""
            bar.update(tasks[stage], completed=done, total=total, speed=rate)

        yield progress


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table on standard output: fitted to a terminal, or as wide as it needs to be in a pipe."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console = Console(width=None if sys.stdout.isatty() else _PIPE_WIDTH)
    with console.capture() as captured:
        console.print(table)
    lines = [line.rstrip() for line in captured.get().splitlines()]
    sys.stdout.write("\n".join(line for line in lines if line) + f"\n{len(rows)} row{'' if len(rows) == 1 else 's'}\n")
