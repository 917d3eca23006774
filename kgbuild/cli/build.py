"""`kgbuild build`: articles in, a checked graph out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgbuild.cli.options import Articles, Base, Different, Fields, Format, Index, Jobs, KeepGoing, Model, Same
from kgbuild.cli.output import STDOUT, check_writable, format_for, write_output
from kgbuild.cli.run import build_graph, nothing_built
from kgbuild.cli.terminal import progress_bar, say
from kgbuild.cli.texts import read_options, write_texts
from kgbuild.cli.work import (
    EngineName,
    How,
    MaxErrors,
    Quiet,
    Scheduler,
    folded,
    run_in_folder,
    tell,
    tell_failures,
    write_report,
)
from kgbuild.errors import KgbuildError

if TYPE_CHECKING:
    from kgbuild.counts import Counts


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
    work: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Keep in this folder what is found of each article, and go on there after an interruption. With "
            "`--store` it is the folder `work` in the store, if you name none.",
            show_default=False,
        ),
    ] = None,
    form: Format = None,
    model: Model = "default",
    jobs: Jobs = 1,
    engine: EngineName = "local",
    scheduler: Scheduler = None,
    max_errors: MaxErrors = None,
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
    quiet: Quiet = False,
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
        kgbuild build archive/ --store news-store --jobs 8 --keep-going --max-errors 100
    """
    if output is None and store is None and work is None:
        raise KgbuildError("build needs somewhere to put the graph", "Give -o OUT, --store DIR or both.")
    targets = _Targets(output, store, work, report, "" if output is None else format_for(output, form))
    targets.check()
    made_with = _MadeWith(model, base, same, different, gazetteer, field)
    if targets.work is not None:
        how = How(engine, jobs, scheduler, keep_going, 0 if strict else max_errors, quiet)
        return _build_in_folder(paths, targets, made_with, how, "nothing is written" if strict else "")
    if engine != "local":
        raise KgbuildError(
            f"--engine {engine} needs a folder that all workers share", "Give --work DIR or --store DIR."
        )
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
    tell_failures(built.failures)
    if nothing_built(built) or (strict and built.failures):
        say("nothing is written" if built.failures else "no article was found in what was given")
        return 2
    if targets.place != STDOUT:
        write_texts((one.document for one in built.interpretations), targets.place)
    from kgbuild.export import export

    write_report(built.report, targets.place, report)
    write_output(targets.place, export(built.graph, targets.wanted))
    if not quiet:
        for note in folded(built.notes):
            say(f"note: {note}")
        say(summary(built.counts, built.seconds, targets.place))
    return 0 if built.report.conforms else 1


@dataclass(frozen=True, slots=True)
class _MadeWith:
    """Hold what a graph is made with."""

    model: str
    base: str | None
    same: list[Path] | None
    different: list[Path] | None
    gazetteer: Path | None
    field: list[str] | None


def _build_in_folder(paths: list[Path], targets: "_Targets", made_with: _MadeWith, how: How, refusal: str) -> int:
    """Build in a work folder, and write the graph from the store that it goes into."""
    from kgbuild.export import export_store
    from kgbuild.knowledge import load
    from kgbuild.rdf import DEFAULT_BASE
    from kgbuild.work import build, settings_for

    known = load(same=made_with.same or (), different=made_with.different or (), index=made_with.gazetteer)
    _ = known.identity, known.local, known.shapes  # a mistake in a file is told before any article is read
    base = made_with.base or DEFAULT_BASE
    settings = settings_for(made_with.model, base, known, read_options(made_with.field))
    folder = targets.work
    assert folder is not None  # noqa: S101 - the caller looked
    built = run_in_folder(
        lambda wanted: build(paths, folder, settings, wanted, targets.store),
        how,
        texts=None if targets.place == STDOUT else targets.place,
        refusal=refusal,
    )
    if built is None:
        return 2
    status = tell(built, place=targets.place, report=targets.report, quiet=how.quiet)
    if targets.output is not None:
        write_output(targets.output, lambda stream: export_store(built.store, targets.wanted, stream))
    if not how.quiet:
        say(summary(built.counts, built.seconds, targets.place))
    return status


@dataclass(frozen=True, slots=True)
class _Targets:
    """Know where the graph and the report go, and where what was found is kept."""

    output: Path | None
    store: Path | None
    given_work: Path | None
    report: Path | None
    wanted: str

    @property
    def work(self) -> Path | None:
        """Name the work folder; a store brings its own."""
        return self.store / "work" if self.given_work is None and self.store is not None else self.given_work

    @property
    def place(self) -> Path:
        """Name the file, or the store where there is no file."""
        place = self.output or self.store or self.given_work
        assert place is not None  # noqa: S101 - one of them is asked for
        return place

    def check(self) -> None:
        """Find out before the work whether all of it can be written."""
        if self.output is not None:
            check_writable(self.output)
        if self.report is not None:
            check_writable(self.report)
        if self.store is not None:
            from kgbuild.store import prepare

            prepare(self.store)


def summary(counts: "Counts", stages: Sequence[tuple[str, float]], output: Path) -> str:
    """Say in a few words what was built, for a person.

    The time is what the person waited for the stages, without the start of Python.
    """
    parts = [
        plural(counts.articles - counts.duplicates, "article"),
        plural(counts.entities, "entity", "entities"),
        plural(counts.events, "event"),
        plural(counts.relations + counts.positions, "relation"),
        plural(counts.claims, "claim"),
        plural(counts.triples, "triple"),
    ]
    seconds = sum(duration for _, duration in stages)
    where = "standard output" if output == STDOUT else str(output)
    held_back = f", {counts.held_back:,} held back" if counts.held_back else ""
    return f"{', '.join(parts)}{held_back} -> {where} ({seconds:.1f} s)"


def plural(number: int, one: str, many: str = "") -> str:
    """Count things in words.

    >>> plural(1, "article"), plural(1200, "entity", "entities")
    ('1 article', '1,200 entities')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
