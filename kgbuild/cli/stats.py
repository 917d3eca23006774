"""`kgbuild stats`: what is in a graph."""

import dataclasses
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from kgbuild.cli.options import Source
from kgbuild.cli.terminal import print_table

if TYPE_CHECKING:
    from kgbuild.store import Stats


def stats(
    source: Source, as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False
) -> int:
    """Count what a graph file or store holds: triples, articles, and how many things of each kind.

    kgbuild stats news-store
    """
    from kgbuild.store import stats as count

    found = count(source)
    if as_json:
        typer.echo(json.dumps(dataclasses.asdict(found), indent=1, ensure_ascii=False))
    else:
        print_table(("what", "how many", "note"), list(_rows(found)))
    return 0


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
