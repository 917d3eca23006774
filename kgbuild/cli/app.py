"""All commands together, and what becomes of the errors that leave them."""

import os
import sys
import traceback
import warnings
from collections.abc import Sequence
from typing import Annotated

import typer

from kgbuild import __version__
from kgbuild.cli.build import build
from kgbuild.cli.change import add, remove, update
from kgbuild.cli.check import check
from kgbuild.cli.diff import diff
from kgbuild.cli.explain import explain
from kgbuild.cli.export import export
from kgbuild.cli.gazetteer import gazetteer
from kgbuild.cli.load import load
from kgbuild.cli.query import query
from kgbuild.cli.read import read
from kgbuild.cli.score import score
from kgbuild.cli.serve import serve
from kgbuild.cli.stats import stats
from kgbuild.cli.terminal import say
from kgbuild.cli.validate import validate
from kgbuild.errors import KgbuildError

GOOD, NONCONFORMING, BAD_INPUT, OUR_FAULT = 0, 1, 2, 3
INTERRUPTED, PIPE_CLOSED = 130, 141  # as a shell reports a process that SIGINT or SIGPIPE ended

app = typer.Typer(
    name="kgbuild",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    """Print the version and leave, when it is asked for."""
    if wanted:
        typer.echo(f"kgbuild {__version__}")
        raise typer.Exit


@app.callback()
def kgbuild(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Read news articles into a knowledge graph: who did what to whom, when, where, and who says so.

    Every fact in the graph points at the characters that state it. A first try:

        kgbuild build article.txt -o article.ttl
        kgbuild query article.ttl --list

    Exit status: 0 all good, 1 the graph does not conform to the shapes, 2 bad usage or bad input, 3 a fault
    in kgbuild itself.
    """


for _command in (
    build,
    add,
    remove,
    update,
    read,
    validate,
    query,
    export,
    stats,
    diff,
    load,
    serve,
    explain,
    score,
    check,
):
    # a question of the cookbook brings options of its own, which only it knows
    own_options = {"allow_extra_args": True, "ignore_unknown_options": True} if _command is query else {}
    app.command(context_settings=own_options)(_command)
app.add_typer(gazetteer, name="gazetteer")


def run(arguments: Sequence[str]) -> int:
    """Run one command and turn whatever leaves it into an exit status, with one line for the person."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # the libraries' advice to programmers is no news to a reader of news
    try:
        status = app(args=list(arguments), standalone_mode=False, prog_name="kgbuild")
        sys.stdout.flush()
    except typer.TyperException as error:
        if error.format_message():  # without one, the help has been printed instead
            message = error.format_message()
            say(f"{message}{'' if message.endswith(('.', '?')) else '.'} See `{_command_of(error)} --help`.")
        return BAD_INPUT
    except KgbuildError as error:
        say(str(error))
        return BAD_INPUT
    except (BrokenPipeError, SystemExit):  # typer leaves with the second when it meets the first
        # whoever read our output has left; what is still buffered must not be tried again when Python ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except Exception:  # noqa: BLE001 - the last stop before the shell: the traceback is shown, the status says whose fault
        traceback.print_exc()
        say("this is a fault in kgbuild itself; please report it with the lines above")
        return OUR_FAULT
    return int(status or GOOD)


def _command_of(error: typer.TyperException) -> str:
    """Name the command whose usage was wrong."""
    context = getattr(error, "ctx", None)
    return context.command_path if context is not None else "kgbuild"
