"""`kgbuild load`: a graph into a triple store that runs elsewhere."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kgbuild.cli.options import Source
from kgbuild.cli.terminal import progress_bar, say
from kgbuild.errors import KgbuildError

_PASSWORD = "KGBUILD_PASSWORD"  # noqa: S105 - the name of a variable, not a password


class StoreProtocol(StrEnum):
    """Name the ways in which stores take data; the library's own names, which cost too much to load for `--help`."""

    GRAPH_STORE = "graph-store"
    UPDATE = "update"


class ProtocolName(StrEnum):
    """Name the ways to put triples into a store."""

    GRAPH_STORE = "graph-store"
    UPDATE = "update"


def load(
    source: Source,
    endpoint: Annotated[
        str, typer.Argument(metavar="ENDPOINT", help="The address where the store takes data.", show_default=False)
    ],
    protocol: Annotated[
        StoreProtocol, typer.Option(metavar="graph-store|update", help="How the store takes data at that address.")
    ] = StoreProtocol.GRAPH_STORE,
    query: Annotated[
        str,
        typer.Option(metavar="URL", help="Where it answers SPARQL, if ENDPOINT does not tell.", show_default=False),
    ] = "",
    user: Annotated[
        str,
        typer.Option(
            metavar="NAME", help=f"Log in, with the password in the variable {_PASSWORD}.", show_default=False
        ),
    ] = "",
    password_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Take the password from the first line of a file.", show_default=False),
    ] = None,
    default_graph: Annotated[
        str,
        typer.Option(
            metavar="IRI",
            help="A named graph for what stands outside the articles' graphs; by default the store's default graph.",
            show_default=False,
        ),
    ] = "",
    retries: Annotated[int, typer.Option(min=0, metavar="N", help="Repeat a request that failed so often.")] = 5,
    timeout: Annotated[float, typer.Option(min=1, metavar="SECONDS", help="How long to wait for an answer.")] = 300,
    journal: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Where to note down what was sent; by default SOURCE.loaded.", show_default=False
        ),
    ] = None,
    no_check: Annotated[bool, typer.Option("--no-check", help="Do not count in the end what has arrived.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be sent.")] = False,
) -> int:
    """Put a graph into a triple store, a named graph an article.

    A named graph of the same name is replaced. Run it again to go on after a failure or to send what has changed;
    what the store has already is not sent. In the end the triples of every graph are counted there.

        kgbuild load news-store http://localhost:7878/store
        kgbuild load news.trig http://localhost:8890/sparql-graph-crud-auth --user dba --default-graph urn:news:shared
        kgbuild load news.nq http://localhost:9999/blazegraph/sparql --protocol update --dry-run
    """
    from kgbuild.load import Endpoint, Protocol, plan
    from kgbuild.load import load as send

    store = Endpoint(
        endpoint,
        Protocol(protocol),
        query,
        user,
        _password(user, password_file),
        retries=retries,
        timeout_seconds=timeout,
    )
    if dry_run:
        found = plan(source, store, default_graph=default_graph, journal=journal)
        say(
            f"would send {found.triples:,} triples of {found.graphs - found.done:,} graphs in {found.requests:,} "
            f"requests ({found.size_bytes:,} bytes); {found.done:,} graphs were sent before"
        )
        return 0
    with progress_bar(shown=True, what="sending graphs") as progress:
        done = send(
            source,
            store,
            default_graph=default_graph,
            check=not no_check,
            journal=journal,
            progress=lambda number, total: progress("load", number, total),
        )
    counted = f", {done.counted:,} counted there" if done.counted else ""
    say(f"{done.triples:,} triples of {done.graphs:,} graphs sent, {done.done:,} were there already{counted}")
    return 0


def _password(user: str, path: Path | None) -> str:
    """Find the password, which never stands on the command line, where others could read it."""
    if path is None:
        return os.environ.get(_PASSWORD, "") if user else ""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KgbuildError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})") from error
    return lines[0] if lines else ""
