"""`kgbuild export`: a graph file or store in another format."""

from typing import Annotated

import typer

from kgbuild.cli.options import Format, Output, Source
from kgbuild.cli.output import check_writable, format_for, write_output


def export(
    source: Source,
    output: Output,
    form: Format = None,
    graph: Annotated[
        str,
        typer.Option(
            "--graph",
            metavar="ARTICLE",
            help="Only what one article says: its IRI, its short name (`article:x`) or its source file.",
            show_default=False,
        ),
    ] = "",
) -> int:
    """Write a graph file or a store in another format.

    Turtle holds one graph; TriG and N-Quads keep a named graph for each article, which Turtle cannot give back: build
    with `-o FILE.trig` or `--store` if you need them. A store is written bit by bit, however large it is.

        kgbuild export seeds.trig -o seeds.jsonld
        kgbuild export news-store -o one.ttl --graph 000_58ec316967ab19c3.txt
        kgbuild export seeds.ttl -o - --format nquads | sort | less
    """
    wanted = format_for(output, form)
    check_writable(output)

    from kgbuild.export import export_store

    write_output(output, lambda stream: export_store(source, wanted, stream, graph))
    return 0
