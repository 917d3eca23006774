"""`kgbuild gazetteer`: names and identifiers of your own."""

from pathlib import Path
from typing import Annotated

import typer

from kgbuild.cli.output import check_writable
from kgbuild.cli.terminal import say

gazetteer = typer.Typer(no_args_is_help=True, help="Names of your own, for `kgbuild build --gazetteer`.")


@gazetteer.command("build")
def build_gazetteer(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCE",
            help="Tables of your own, GeoNames dumps, Wikidata JSON dumps, or query results as JSON or CSV; "
            "gzip, bzip2 and zip are unpacked.",
            show_default=False,
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT", help="The file to write.", show_default=False)
    ],
    version: Annotated[
        str,
        typer.Option(
            metavar="TEXT",
            help="What the graph shall call this version (`2025-06`); by default the start of each source's SHA-256.",
        ),
    ] = "",
    least: Annotated[
        int,
        typer.Option("--min-population", min=0, metavar="N", help="Leave out cities of dumps with fewer inhabitants."),
    ] = 0,
    ontology: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Another ontology folder than the one that ships, for its names/wikidata-classes.tsv.",
            show_default=False,
        ),
    ] = None,
) -> int:
    """Compile a gazetteer out of your own tables and of dumps, into one file.

    A table of your own names its columns in its first line: name, type, country, aliases, acronyms, links, latitude,
    longitude, weight, source, with tabs between. What it lists is found in texts as the names that ship are. Dumps
    only give links (`owl:sameAs`) to names that are found anyway, where the article speaks enough for it.

        kgbuild gazetteer build mine.tsv cities15000.zip -o my.gazetteer --version 2025-06
        kgbuild gazetteer build latest-all.json.gz -o wikidata.gazetteer --min-population 1000
    """
    from kgbuild.gazetteer import compile_gazetteer

    check_writable(output)
    compiled = compile_gazetteer(sources, output, version=version, ontology=ontology, least=least)
    for title, count in compiled.things:
        say(f"{title}: {count:,} things")
    say(f"{compiled.names:,} names -> {output}")
    return 0
