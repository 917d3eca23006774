"""`kgbuild stats`: what is in a graph."""

import dataclasses
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgbuild.cli.terminal import print_table
from kgbuild.errors import KgbuildError

if TYPE_CHECKING:
    from kgbuild.store import Stats


def stats(
    source: Annotated[
        Path | None, typer.Argument(metavar="[SOURCE]", help="A graph file or a store.", show_default=False)
    ] = None,
    work: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Tell instead how far the build in this work folder is, or what the last one took and gave.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
) -> int:
    """Count what a graph file or store holds: triples, articles, and how many things of each kind.

    kgbuild stats news-store
    kgbuild stats --work news-store/work
    """
    if work is not None:
        return _of_work(work, as_json=as_json)
    if source is None:
        raise KgbuildError("stats needs something to count", "Name a graph file or a store, or give --work DIR.")
    from kgbuild.store import stats as count

    found = count(source)
    if as_json:
        typer.echo(json.dumps(dataclasses.asdict(found), indent=1, ensure_ascii=False))
    else:
        print_table(("what", "how many", "note"), list(_rows(found)))
    return 0


def _of_work(folder: Path, *, as_json: bool) -> int:
    """Tell what is known of the builds in a work folder."""
    from kgbuild.work import WorkFolder, read_summary

    WorkFolder(folder).settings()  # complains if it is none
    running, ended = read_summary(folder)
    running = running if WorkFolder(folder).busy else None
    if as_json:
        typer.echo(json.dumps({"running": running, "last": ended}, indent=1, ensure_ascii=False))
        return 0
    if running is not None:
        done, total = running["done"], running["total"]
        print_table(
            ("running", "done", "of", "seconds"), [(running["stage"], *_numbers(done, total, running["seconds"]))]
        )
    if ended is None:
        typer.echo("no build has ended there yet")
        return 0
    rows = [
        (stage, f"{told['seconds']:,.1f}", *_numbers(told.get("articles", ""), told.get("words", ""), _peak(told)))
        for stage, told in ended["stages"].items()
    ]
    print_table(("stage of the last build", "seconds", "articles", "words", "MB of a worker"), rows)
    counts = [(name.replace("_", " "), f"{number:,}", "") for name, number in ended["counts"].items()]
    whole = ("whole build", f"{ended['seconds']:,.1f}", "seconds")
    memory = ("most memory of the build's own process", f"{ended['peak_bytes'] / 1e6:,.0f}", "MB")
    failed = [("failed", failure["file"], failure["reason"]) for failure in ended["failures"]]
    print_table(("what", "how many", "note"), [whole, memory, *counts, *failed])
    return 0


def _numbers(*numbers: float | str) -> tuple[str, ...]:
    """Write numbers for a person."""
    return tuple(f"{number:,}" if isinstance(number, int | float) else number for number in numbers)


def _peak(told: Mapping[str, float]) -> str:
    """Write the most memory of a worker in megabytes."""
    peak = told.get("peak_bytes_of_a_worker", 0)
    return f"{peak / 1e6:,.0f}" if peak else ""


def _rows(found: "Stats") -> Iterator[tuple[str, str, str]]:
    """Write the counts for a person."""
    yield "triples", f"{found.triples:,}", f"{found.size_bytes:,} bytes on the disk"
    yield "named graphs", f"{found.graphs:,}", ""
    days = " to ".join(dict.fromkeys((found.first_day, found.last_day)))
    yield "articles", f"{found.articles:,}", f"of {days}" if found.first_day else ""
    yield "mentions", f"{found.mentions:,}", ""
    for name, number in found.classes.items():
        yield name, f"{number:,}", ""
    for name, (number, own) in found.relations.items():
        yield name, f"{number:,}", f"{own:,} asserted"
    for name, value in found.settings.items():
        yield f"built with {name}", value, ""
