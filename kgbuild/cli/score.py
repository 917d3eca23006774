"""`kgbuild score`: how much of what careful readers found is in a graph?"""

import json
from pathlib import Path
from typing import Annotated

import typer


def score(
    graph: Annotated[Path, typer.Argument(metavar="GRAPH", help="A graph file.", show_default=False)],
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="Folder of annotations, `NAME.json` each.", show_default=False)
    ],
    text: Annotated[
        Path, typer.Argument(metavar="TEXT", help="Folder of the texts, `NAME.txt` each.", show_default=False)
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
    errors: Annotated[
        int, typer.Option("--errors", min=0, metavar="N", help="Show so many examples of each kind of mistake.")
    ] = 0,
) -> int:
    """Compare a graph with annotations that people made, and print precision, recall and F1 for each kind of fact.

    Everything is matched by where it stands in the text, never by how an IRI is spelled.

        kgbuild score seeds.ttl gold/seeds seeds
        kgbuild score seeds.ttl gold/seeds seeds --errors 10
    """
    from kgbuild.score import score as score_graph

    scores = score_graph(graph, gold, text)
    typer.echo(json.dumps(scores.to_dict(), indent=2) if as_json else scores.to_text(errors=errors))
    return 0
