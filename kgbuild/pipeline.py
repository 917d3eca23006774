"""Which stage comes after which, and over how many processes.

Nothing is decided here about language or about graphs: files are read into documents, each document is annotated
and extracted by itself, then all of them are resolved together, interpreted one by one, assembled, checked, and
what does not conform is held back. Since an article is always read by itself, it is read the same whichever
process reads it and whatever stands beside it: the result never depends on `jobs`.

An article that cannot be read, or on which our own code fails, costs none of the others: `workers` tells how.
"""

import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kgbuild.assemble import assemble, checked_base
from kgbuild.counts import Counts
from kgbuild.errors import CrashError, KgbuildError
from kgbuild.interpret import interpret
from kgbuild.knowledge import Knowledge, load
from kgbuild.model import Document, Extraction, Interpretation, KnowledgeGraph, Resolution
from kgbuild.rdf import DEFAULT_BASE
from kgbuild.read import Options, read
from kgbuild.resolve import resolve
from kgbuild.stages import Reader, check, entities_in, make_reader, merge, size
from kgbuild.validate import Report, Violation
from kgbuild.workers import Outcome, read_all

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how many articles it has done and how many there are."""


@dataclass(frozen=True, slots=True)
class Build:
    """Hold all that came of a build.

    Attributes:
        graph: what conforms to the shapes, ready to be exported.
        report: what the shapes say about all that was assembled, before anything was held back.
        interpretations: what each article says, in the order of the files; with `resolution`, what `explain` shows.
        resolution: who is who over all articles.
        failures: one error for each file that could not be read and each article that was left out, by file.
        notes: what a reader should know although nothing failed (`no publication date`, ...).
        counts: how much each stage made.
        seconds: wall-clock seconds by stage, in the order of the stages; in no output file.
    """

    graph: KnowledgeGraph
    report: Report
    interpretations: tuple[Interpretation, ...]
    resolution: Resolution
    failures: tuple[KgbuildError | CrashError, ...]
    notes: tuple[str, ...]
    counts: Counts
    seconds: tuple[tuple[str, float], ...]

    @property
    def assembled(self) -> KnowledgeGraph:
        """Assemble all of it anew, with what was held back; equal to `graph` when all of it conforms."""
        return assemble(self.interpretations, self.resolution, self.graph.base)


class _Clock:
    """Measure how long each stage takes."""

    def __init__(self) -> None:
        self.seconds: list[tuple[str, float]] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what is done inside."""
        begin = time.perf_counter()
        yield
        self.seconds.append((name, time.perf_counter() - begin))


def build(
    paths: Sequence[Path],
    *,
    model: str = "default",
    jobs: int = 1,
    base: str = DEFAULT_BASE,
    knowledge: Knowledge | None = None,
    keep_going: bool = False,
    progress: Progress | None = None,
    options: Options | None = None,
) -> Build:
    """Build one graph from text files and folders, and check it.

    Args:
        paths: files and folders, in any order: the graph does not depend on it.
        model: name of a pipeline that ships (`default`, `fast`), or the path or package name of another one.
        jobs: how many processes read articles; each loads the model once.
        base: the IRI under which things are minted.
        knowledge: the data files, already loaded; None loads those that ship.
        keep_going: leave out an article on which our own code raises or whose process dies, and count it.
        progress: told how far the reading of articles is.
        options: how collections are read; None for what `kgbuild.read` does by itself.

    Returns:
        The build; with no readable article its graph is empty and `failures` says why.

    Raises:
        KgbuildError: an option, a data file or the model is wrong, or (without *keep_going*) a process died.
        CrashError: our own code raised on an article, and *keep_going* is off.
    """
    base = checked_base(base)
    clock = _Clock()
    with clock.stage("knowledge"):
        known = load() if knowledge is None else knowledge
    with clock.stage("read"):
        reading = read(paths, ontology=known.ontology_dir, options=options)
    with clock.stage("extract"):
        ready = partial(make_reader, model, known)
        outcomes = _extract_all(reading.documents, ready, jobs, keep_going, progress or _silent)
    read_well = [
        (document, outcome.extraction)
        for document, outcome in zip(reading.documents, outcomes, strict=True)
        if outcome.extraction is not None
    ]
    failed = [outcome.error for outcome in outcomes if outcome.error is not None]
    with clock.stage("interpret"):
        interpretations, resolution, crashes = _interpret_all(read_well, known, keep_going)
    with clock.stage("assemble"):
        graphs = [assemble([one], resolution, base) for one in interpretations]
    with clock.stage("validate"):
        documents = [one.document for one in interpretations]
        originals = {document.id for document in documents}
        parts = [check(one, known, document, originals)[0] for one, document in zip(graphs, documents, strict=True)]
        graph = merge(parts, base)
        violations = sorted((one for part in parts for one in part.violations), key=Violation.order)
    return Build(
        graph=graph,
        report=Report(tuple(violations), known),
        interpretations=interpretations,
        resolution=resolution,
        failures=(*reading.failures, *failed, *crashes),
        notes=reading.notes,
        counts=_count(interpretations, resolution, graph, sum(part.held_back for part in parts)),
        seconds=tuple(clock.seconds),
    )


def _silent(stage: str, done: int, total: int) -> None:
    """Tell nobody how far the work is."""


def _extract_all(
    documents: Sequence[Document], ready: Callable[[], Reader], jobs: int, keep_going: bool, progress: Progress
) -> list[Outcome]:
    """Read every article, in this process or in *jobs* others; outcomes come in the order of *documents*."""
    outcomes: dict[int, Outcome] = {}
    with closing(read_all(documents, ready, jobs)) as found:  # ends its processes before an error goes on
        for index, outcome in found:
            if outcome.error is not None and not keep_going:
                raise outcome.error
            outcomes[index] = outcome
            progress("extract", len(outcomes), len(documents))
    return [outcomes[index] for index in range(len(documents))]


def _interpret_all(
    read_well: Sequence[tuple[Document, Extraction]], knowledge: Knowledge, keep_going: bool
) -> tuple[tuple[Interpretation, ...], Resolution, tuple[CrashError, ...]]:
    """Find who is who over all articles, then what each article says.

    An article that has to be left out may have had a say in who is who, so the rest begins anew without it.
    """
    resolution = resolve([extraction for _, extraction in read_well], knowledge)
    interpretations: list[Interpretation] = []
    crashes: dict[str, CrashError] = {}
    for document, extraction in read_well:
        try:
            interpretations.append(interpret(document, extraction, resolution, knowledge))
        except Exception as error:
            crashes[document.id] = CrashError(document.source_file, traceback.format_exc())
            if not keep_going:
                raise crashes[document.id] from error
    if not crashes:
        return tuple(interpretations), resolution, ()
    rest = [pair for pair in read_well if pair[0].id not in crashes]
    interpreted, resolution, more = _interpret_all(rest, knowledge, keep_going)
    return interpreted, resolution, (*crashes.values(), *more)


def _count(
    interpretations: Sequence[Interpretation], resolution: Resolution, graph: KnowledgeGraph, held_back: int
) -> Counts:
    """Count what the stages made."""
    documents = [interpretation.document for interpretation in interpretations]
    extractions = [interpretation.extraction for interpretation in interpretations]
    return Counts(
        files=len({(document.source_file, document.content_hash) for document in documents}),
        articles=len(documents),
        duplicates=sum(document.duplicate_of is not None for document in documents),
        sentences=sum(len(extraction.sentences) for extraction in extractions),
        mentions=sum(len(extraction.mentions) for extraction in extractions),
        entities=entities_in(graph),
        events=sum(len(interpretation.events) for interpretation in interpretations),
        relations=sum(len(interpretation.relations) for interpretation in interpretations),
        positions=sum(len(interpretation.positions) for interpretation in interpretations),
        claims=sum(len(interpretation.claims) for interpretation in interpretations),
        quantities=sum(len(interpretation.quantities) for interpretation in interpretations),
        times=sum(len(interpretation.times) for interpretation in interpretations),
        triples=size(graph),
        held_back=held_back,
    )
