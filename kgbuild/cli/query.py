"""`kgbuild query`: ask a graph."""

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgbuild.cli.terminal import print_table
from kgbuild.errors import KgbuildError

if TYPE_CHECKING:
    from kgbuild.query import Table


class TableFormat(StrEnum):
    """Name the forms of an answer."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def query(
    context: typer.Context,
    source: Annotated[
        Path | None,
        typer.Argument(metavar="SOURCE", help="A graph file or a store.", show_default=False),
    ] = None,
    question: Annotated[
        str | None,
        typer.Argument(
            metavar="QUERY", help="SPARQL, a file that ends in .rq, or a name of the cookbook.", show_default=False
        ),
    ] = None,
    form: Annotated[
        TableFormat, typer.Option("--format", metavar="table|csv|json", help="How to print the answer.")
    ] = TableFormat.TABLE,
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE",
            help="Narrow a cookbook question down; `--list` tells how.",
            show_default=False,
        ),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the questions of the cookbook and leave.")] = False,
) -> int:
    """Ask a graph a question in SPARQL, or one of the cookbook.

    A question of the cookbook is narrowed down by options of its own, which `--list` names.

    The usual prefixes (`kg:`, `skos:`, `nif:`, ...) need no declaration. The graph is only read; nothing is asked of
    another machine.

        kgbuild query seeds.ttl --list
        kgbuild query seeds.ttl offices
        kgbuild query seeds.ttl offices --name "Rustem Umerov" --format csv
        kgbuild query news-store who-said-what --speaker Umerov
        kgbuild query seeds.ttl 'SELECT ?name { ?person a kg:Person ; skos:prefLabel ?name }'
    """
    if list_:
        return _print_cookbook()
    if source is None or question is None or str(source).startswith("-"):
        raise KgbuildError("query needs a SOURCE and a QUERY", "See `kgbuild query --help`, or give --list.")

    from kgbuild.query import query as ask

    wanted = _assignments(values or []) | _own_options(context.args)
    _print_answer(ask(source, question, wanted), form)
    return 0


def _own_options(words: Sequence[str]) -> dict[str, str]:
    """Read the options of a question itself: `--speaker Umerov` or `--speaker=Umerov`."""
    found: dict[str, str] = {}
    rest = list(words)
    while rest:
        option, sign, value = rest.pop(0).partition("=")
        if not option.startswith("--") or option == "--":
            raise KgbuildError(f"query has no use for {option!r}", "Put quotation marks around what has spaces.")
        if not sign:
            if not rest:
                raise KgbuildError(f"{option} gives no value", f"Write {option} VALUE.")
            value = rest.pop(0)
        found[option.removeprefix("--").replace("-", "_")] = value
    return found


def _assignments(values: Sequence[str]) -> dict[str, str]:
    """Read `NAME=VALUE` pairs."""
    pairs = [value.partition("=") for value in values]
    for name, sign, _ in pairs:
        if not sign or not name:
            raise KgbuildError(f"--set {name!r} gives no value", "Write NAME=VALUE.")
    return {name: value for name, _, value in pairs}


def _print_answer(table: "Table", wanted: TableFormat) -> None:
    """Print an answer for a person or for a program."""
    from kgbuild.query import shown, to_csv, to_json

    if wanted is TableFormat.TABLE:
        print_table(table.columns, shown(table))
    else:
        sys.stdout.write(to_csv(table) if wanted is TableFormat.CSV else to_json(table))


def _print_cookbook() -> int:
    """Print the names of the cookbook, what each answers, and how each can be narrowed down."""
    from kgbuild.query import list_cookbook

    rows = []
    for recipe in list_cookbook():
        options = ", ".join(f"--{name} ({what})" for name, what in recipe.parameters)
        rows.append([recipe.name, recipe.title, options])
    print_table(["name", "question", "can be narrowed with"], rows)
    return 0
