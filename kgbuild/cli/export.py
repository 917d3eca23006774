"""`kgbuild export`: a graph file in another format."""

from pathlib import Path
from typing import Annotated

import typer

from kgbuild.cli.options import Format, Output
from kgbuild.cli.output import check_writable, format_for, write_output


def export(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="A graph file.", show_default=False)],
    output: Output,
    form: Format = None,
) -> int:
    """Write a graph file in another format.

    Turtle holds one graph; TriG and N-Quads keep a named graph for each article, which Turtle cannot give back: build
    with `-o FILE.trig` if you need them.

        kgbuild export seeds.trig -o seeds.jsonld
        kgbuild export seeds.ttl -o - --format nquads | sort | less
    """
    wanted = format_for(output, form)
    check_writable(output)

    from kgbuild.export import export_file

    write_output(output, export_file(source, wanted))
    return 0
