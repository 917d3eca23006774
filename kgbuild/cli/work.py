"""What `build`, `add`, `remove` and `update` have in common when a work folder keeps what was found."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgbuild.cli.output import STDOUT, write_output
from kgbuild.cli.terminal import say, work_bar
from kgbuild.cli.texts import text_writer
from kgbuild.cli.validate import ReportFormat, report_bytes, report_format

if TYPE_CHECKING:
    from kgbuild.errors import CrashError, KgbuildError
    from kgbuild.validate import Report
    from kgbuild.work import Wishes, WorkBuild

EngineName = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="local|dask",
        help="Who does the work: processes of this machine, or a Dask cluster (`pip install 'kgbuild[cluster]'`).",
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS", help="Where the scheduler of the cluster listens: `tcp://host:8786`.", show_default=False
    ),
]
MaxErrors = Annotated[
    int | None,
    typer.Option(
        "--max-errors",
        min=0,
        metavar="N",
        help="Give up when more than so many files or articles fail; what was finished is kept.",
        show_default=False,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No summary and no progress; only complaints.")]
_FOLDED = 3


@dataclass(frozen=True, slots=True)
class How:
    """Hold how the work is to be done; none of it shows in the graph."""

    engine: str
    jobs: int
    scheduler: str | None
    keep_going: bool
    max_errors: int | None
    quiet: bool


def run_in_folder(
    do: Callable[["Wishes"], "WorkBuild"], how: How, *, texts: Path | None, refusal: str = ""
) -> "WorkBuild | None":
    """Have a build in a work folder done, and show how far it is on a terminal.

    Args:
        do: does it.
        how: how.
        texts: the graph beside which texts that were taken out of pages are written; None writes none.
        refusal: what to say instead of why the build was given up.

    Returns:
        The build; None when it was given up, and the person has been told.
    """
    from kgbuild.work import StoppedError, Wishes, choose

    chosen = choose(how.engine, how.jobs, how.scheduler)
    take_text = None if texts is None else text_writer(texts)
    with work_bar(shown=not how.quiet) as progress:
        try:
            return do(Wishes(chosen, how.keep_going, how.max_errors, progress, take_text))
        except StoppedError as stopped:
            tell_failures(stopped.failures)
            say(refusal or str(stopped))
            return None


def tell(built: "WorkBuild", *, place: Path, report: Path | None, quiet: bool) -> int:
    """Tell a person what came of a build; give the exit status."""
    tell_failures(built.failures)
    write_report(built.report, place, report)
    if not quiet:
        for note in folded(built.notes):
            say(f"note: {note}")
    return 0 if built.report.conforms else 1


def tell_failures(failures: Sequence["KgbuildError | CrashError"]) -> None:
    """Say on one line for each input why it gave nothing."""
    from kgbuild.errors import CrashError

    for failure in failures:
        if isinstance(failure, CrashError):
            say(f"{failure.source_file}: left out, kgbuild itself failed on it ({failure.reason})")
        else:
            say(str(failure))


def write_report(found: "Report", place: Path, wanted: Path | None) -> None:
    """Write what violates the shapes where it is wanted, or beside the graph if there is anything."""
    beside = place.with_name(place.name + ".report.txt")
    if wanted is not None:
        write_output(wanted, report_bytes(found, report_format(wanted)))
    elif not found.conforms and place == STDOUT:
        sys.stderr.write(report_bytes(found, ReportFormat.TEXT).decode())
    elif not found.conforms:
        write_output(beside, report_bytes(found, ReportFormat.TEXT))
        say(f"what violates the shapes was held back; {beside} tells what and where")
    elif place != STDOUT:
        beside.unlink(missing_ok=True)  # it told of an earlier graph of this name


def folded(notes: Sequence[str]) -> list[str]:
    """Say once what is to be said of many files.

    >>> folded(["a.txt: no date", "b.txt: no date"])
    ['a.txt: no date', 'b.txt: no date']
    >>> folded([f"{name}.txt: no date" for name in "abcde"])
    ['5 files (a.txt, b.txt, c.txt, ...): no date']
    """
    by_words: dict[str, list[str]] = {}
    for note in notes:
        file, colon, words = note.partition(": ")
        by_words.setdefault(words if colon else note, []).append(file if colon else "")
    found: list[str] = []
    for words, files in by_words.items():
        if len(files) <= _FOLDED:
            found += [f"{file}: {words}" if file else words for file in files]
        else:
            found.append(f"{len(files):,} files ({', '.join(files[:_FOLDED])}, ...): {words}")
    return found
