"""`kgbuild score`: how much of what careful readers found is in a graph?"""

import dataclasses
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgbuild.cli.terminal import print_table

if TYPE_CHECKING:
    from kgbuild.score import Miss


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

    Everything is matched by where it stands in the text, never by how an IRI is spelled. For polarity and modality the
    one figure is the share that is right.

        kgbuild score seeds.ttl gold/seeds seeds
        kgbuild score seeds.ttl gold/seeds seeds --errors 10
    """
    from kgbuild.score import score as score_graph

    scores = score_graph(graph, gold, text)
    if as_json:
        shown = {**scores.figures(), "errors": [dataclasses.asdict(miss) for miss in scores.misses[:errors]]}
        typer.echo(json.dumps(shown if errors else scores.figures(), indent=2, ensure_ascii=False))
        return 0
    print_table(["figure", "precision", "recall", "F1", "right", "said", "gold"], list(_rows(scores.figures())))
    for miss in _examples(scores.misses, errors):
        typer.echo(f"\n{miss.document} [{miss.begin}:{miss.end}] {miss.what}: {miss.expected}")
        typer.echo(f"  “{' '.join(miss.words.split())}” in: {' '.join(miss.sentence.split())}")
    return 0


def _rows(figures: Mapping[str, Mapping[str, float]]) -> Iterator[list[str]]:
    """Write the figures as rows of a table; an accuracy has neither precision nor recall."""
    for name, values in figures.items():
        title = name.replace("_", " ")
        if "accuracy" in values:
            yield [title, "", "", f"{values['accuracy']:.3f}", "", "", f"{values['n']:.0f}"]
        else:
            shares = [f"{values[key]:.3f}" for key in ("p", "r", "f1")]
            yield [title, *shares, *(f"{values[key]:.0f}" for key in ("tp", "sys", "gold"))]


def _examples(misses: "Sequence[Miss]", number: int) -> "Iterator[Miss]":
    """Take the first *number* of each kind of mistake."""
    taken: Counter[str] = Counter()
    for miss in misses:
        if taken[miss.what] < number:
            taken[miss.what] += 1
            yield miss
