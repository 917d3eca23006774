"""Arguments and options that several commands share, each described once."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class GraphFormat(StrEnum):
    """Name the formats in which a graph is written."""

    TURTLE = "turtle"
    TRIG = "trig"
    NQUADS = "nquads"
    JSONLD = "jsonld"
    TURTLE12 = "turtle12"
    TRIG12 = "trig12"
    NQUADS12 = "nquads12"


Articles = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH",
        help="Texts, web pages, feeds, mails, crawls, archives, or folders of them; `-` is standard input. "
        "A `sources.toml` in a folder may give dates and publishers.",
        show_default=False,
    ),
]
Output = Annotated[
    Path,
    typer.Option(
        "--output", "-o", metavar="OUT", help="The file to write; `-` is standard output.", show_default=False
    ),
]
Format = Annotated[
    GraphFormat | None,
    typer.Option(
        "--format",
        metavar="turtle|trig|nquads|jsonld|turtle12|trig12|nquads12",
        help="How to write the graph; by default the file's suffix tells. `12`: RDF 1.2, with triple terms.",
        show_default=False,
    ),
]
Model = Annotated[
    str,
    typer.Option(
        metavar="NAME", help="The language pipeline: `default` reads best, `fast` is quicker; or the path of another."
    ),
]
Jobs = Annotated[
    int,
    typer.Option(
        "--jobs", "-j", min=1, metavar="N", help="Read articles in so many processes; the graph stays the same."
    ),
]
Base = Annotated[
    str | None,
    typer.Option(
        metavar="IRI",
        help="The IRI under which things are named; `https://w3id.org/kgbuild/id/` if you give none.",
        show_default=False,
    ),
]
KeepGoing = Annotated[
    bool,
    typer.Option("--keep-going", help="Leave out an article on which kgbuild itself fails, instead of stopping there."),
]
Source = Annotated[Path, typer.Argument(metavar="SOURCE", help="A graph file or a store.", show_default=False)]
Same = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="FILE",
        help="A same.tsv: things that are one, whatever the rules say; may be repeated.",
        show_default=False,
    ),
]
Different = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="FILE",
        help="A different.tsv: things that are two, whatever the rules say; may be repeated.",
        show_default=False,
    ),
]
Index = Annotated[
    Path | None,
    typer.Option(
        "--gazetteer",
        metavar="FILE",
        help="A gazetteer of your own that `kgbuild gazetteer build` compiled, used on top of the names that ship.",
        show_default=False,
    ),
]
Fields = Annotated[
    list[str] | None,
    typer.Option(
        "--field",
        metavar="OURS=THEIRS",
        help="What a field of JSON lines is called, such as `text=data.body`; ours are text, html, title, published, "
        "publisher, creator, url.",
        show_default=False,
    ),
]
