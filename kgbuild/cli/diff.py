"""`kgbuild diff`: what does one graph say that another does not?"""

import dataclasses
import json
import sys
from pathlib import Path
from typing import Annotated

import typer


def diff(
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help="A graph file or a store.", show_default=False)],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help="Another one.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
) -> int:
    """Compare two graphs by their facts: entities, relations, offices, events, claims and quantities.

    A line begins with `-` for what only BEFORE says and `+` for what only AFTER says, and ends with the article. How
    things are named, where they stand and which rules made them makes no difference. The exit status is 0 if both say
    the same and 1 if not.

        kgbuild diff yesterday.trig today.trig
    """
    from kgbuild.store import diff as compare

    found = compare(before, after)
    if as_json:
        typer.echo(json.dumps(dataclasses.asdict(found), indent=1, ensure_ascii=False))
    else:
        for sign, facts in (("-", found.removed), ("+", found.added)):
            for kind, says, file in facts:
                sys.stdout.write(f"{sign} {kind}: {' '.join(says.split())}{f'  ({file})' if file else ''}\n")
        sys.stdout.write(f"{len(found.removed):,} removed, {len(found.added):,} added, {found.same:,} the same\n")
    return 1 if found else 0
