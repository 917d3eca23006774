"""`kgbuild build`: articles in, a checked graph out."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgbuild.cli.options import Articles, Base, Different, Fields, Format, Index, Jobs, KeepGoing, Model, Same
from kgbuild.cli.output import STDOUT, check_writable, format_for, write_output
from kgbuild.cli.run import build_graph, nothing_built, tell_failures
from kgbuild.cli.terminal import progress_bar, say
from kgbuild.cli.texts import read_options, write_texts
from kgbuild.cli.validate import ReportFormat, report_bytes, report_format
from kgbuild.errors import KgbuildError

if TYPE_CHECKING:
    from kgbuild.pipeline import Build


def build(
    paths: Articles,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="OUT", help="The file to write; `-` is standard output.", show_default=False
        ),
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Keep the graph in this folder, in place of what it held: a store, for graphs that are asked often.",
            show_default=False,
        ),
    ] = None,
    form: Format = None,
    model: Model = "default",
    jobs: Jobs = 1,
    base: Base = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing unless every input could be read; exit with 2.")
    ] = False,
    keep_going: KeepGoing = False,
    same: Same = None,
    different: Different = None,
    gazetteer: Index = None,
    field: Fields = None,
    report: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Where to write what violates the shapes, as text, or as JSON or Turtle if it ends in .json or .ttl. "
            "By default it is OUT.report.txt, and written only if something violates them.",
            show_default=False,
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No summary and no progress; only complaints.")] = False,
) -> int:
    """Read articles and write the graph of what they say.

    The graph is checked before it is written. What violates the shapes is held back and told in a report beside OUT,
    with the shape, the evidence and the sentence; the rest is written, and the exit status is 1.

    An input that cannot be read costs one line on standard error and none of the others; the exit status is then still
    that of the graph. It is 2, and nothing is written, when no input could be read, or with `--strict` when one of
    them could not.

        kgbuild build article.txt -o article.ttl
        kgbuild build seeds/ more/*.md -o news.trig --jobs 2
        kgbuild build seeds/ -o - --model fast | head
        kgbuild build seeds/ -o news.ttl --gazetteer my.gazetteer --different different.tsv
        kgbuild build seeds/ --store news-store
    """
    if output is None and store is None:
        raise KgbuildError("build needs somewhere to put the graph", "Give -o OUT, --store DIR or both.")
    targets = _Targets(output, store, report, "" if output is None else format_for(output, form), model)
    targets.check()
    with progress_bar(shown=not quiet) as progress:
        built = build_graph(
            paths,
            model=model,
            jobs=jobs,
            base=base,
            keep_going=keep_going,
            progress=progress,
            same=same,
            different=different,
            index=gazetteer,
            options=read_options(field),
        )
    tell_failures(built)
    if nothing_built(built) or (strict and built.failures):
        say("nothing is written" if built.failures else "no article was found in what was given")
        return 2
    if targets.place != STDOUT:
        write_texts((one.document for one in built.interpretations), targets.place)
    targets.write(built)
    if not quiet:
        for note in built.notes:
            say(f"note: {note}")
        say(summary(built, targets.place))
    return 0 if built.report.conforms else 1


@dataclass(frozen=True, slots=True)
class _Targets:
    """Know where the graph and the report go."""

    output: Path | None
    store: Path | None
    report: Path | None
    wanted: str
    model: str

    @property
    def place(self) -> Path:
        """Name the file, or the store where there is no file."""
        place = self.output or self.store
        assert place is not None  # noqa: S101 - one of them is asked for
        return place

    def check(self) -> None:
        """Find out before the work whether all of it can be written."""
        if self.output is not None:
            check_writable(self.output)
        if self.report is not None:
            check_writable(self.report)
        if self.store is not None:
            from kgbuild.store import check_place

            check_place(self.store)

    def write(self, built: "Build") -> None:
        """Write the report first, so that no graph stands there whose report is missing, then the graph."""
        from kgbuild.export import export

        content = b"" if self.output is None else export(built.graph, self.wanted)
        beside = self.place.with_name(self.place.name + ".report.txt")
        if self.report is not None:
            write_output(self.report, report_bytes(built.report, report_format(self.report)))
        elif not built.report.conforms and self.place == STDOUT:
            sys.stderr.write(report_bytes(built.report, ReportFormat.TEXT).decode())
        elif not built.report.conforms:
            write_output(beside, report_bytes(built.report, ReportFormat.TEXT))
            say(f"what violates the shapes was held back; {beside} tells what and where")
        elif self.place != STDOUT:
            beside.unlink(missing_ok=True)  # it told of an earlier graph of this name
        if self.store is not None:
            self._keep(built, self.store)
        if self.output is not None:
            write_output(self.output, content)

    def _keep(self, built: "Build", store: Path) -> None:
        from kgbuild import __version__
        from kgbuild.rdf import quads
        from kgbuild.store import keep

        settings = {"kgbuild": __version__, "model": self.model, "articles": str(built.counts.articles)}
        keep(quads(built.graph), store, base=built.graph.base, settings=settings)


def summary(built: "Build", output: Path) -> str:
    """Say in a few words what was built, for a person.

    The time is what the person waited for the stages, without the start of Python.
    """
    counts = built.counts
    parts = [
        plural(counts.articles - counts.duplicates, "article"),
        plural(counts.entities, "entity", "entities"),
        plural(counts.events, "event"),
        plural(counts.relations + counts.positions, "relation"),
        plural(counts.claims, "claim"),
        plural(counts.triples, "triple"),
    ]
    seconds = sum(duration for _, duration in built.seconds)
    where = "standard output" if output == STDOUT else str(output)
    held_back = f", {counts.held_back:,} held back" if counts.held_back else ""
    return f"{', '.join(parts)}{held_back} -> {where} ({seconds:.1f} s)"


def plural(number: int, one: str, many: str = "") -> str:
    """Count things in words.

    >>> plural(1, "article"), plural(1200, "entity", "entities")
    ('1 article', '1,200 entities')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
