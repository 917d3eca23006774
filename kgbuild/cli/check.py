"""`kgbuild check`: are the data files in order?"""

from pathlib import Path
from typing import Annotated

import typer

from kgbuild.cli.terminal import say


def check(
    ontology: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Another ontology folder than the one that ships.", show_default=False),
    ] = None,
    shapes: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Another shapes folder than the one that ships.", show_default=False),
    ] = None,
) -> int:
    """Read all data files (ontology, frames, names, cues, shapes) and say what is wrong with them.

    Each mistake is one line on standard error with its file, line, code and what to change; with any, the exit status
    is 2.

        kgbuild check
        kgbuild check --ontology my-ontology/
    """
    from kgbuild.knowledge import check as check_data
    from kgbuild.read import check_rules

    errors = (*check_data(ontology, shapes), *check_rules(ontology))
    for error in errors:
        say(str(error))
    if errors:
        return 2
    say("the data files are in order")
    return 0
