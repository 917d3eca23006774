"""What is done with one article by itself, wherever and in whatever company it is done.

A build over one process, over many, and over many machines all call these functions, article by article. An article
is therefore read, interpreted and checked the same whatever stands beside it; what depends on other articles (who is
who, what repeats what) comes in as a value.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from kgbuild.annotate import annotate, load_model
from kgbuild.assemble import order_of, order_of_statements
from kgbuild.extract import extract
from kgbuild.knowledge import Knowledge
from kgbuild.model import Document, EntityType, Extraction, Iri, KnowledgeGraph, Triple
from kgbuild.nquads import Parts, parts_of
from kgbuild.rdf import KG, TYPE
from kgbuild.validate import Violation, quarantine, validate_parts

__all__ = [
    "Reader",
    "Said",
    "annotate",
    "ask_for_data",
    "check",
    "entities_in",
    "extract",
    "load_model",
    "make_reader",
    "merge",
    "size",
]

_KNOWN_IN = KG("knownIn")
_ENTITIES = frozenset(KG(kind.value) for kind in EntityType)

Reader = Callable[[Document], Extraction]
"""Annotate and extract one article, with a model loaded and the data files at hand."""


@dataclass(frozen=True, slots=True)
class Said:
    """Hold what one article says, checked.

    Attributes:
        graph: what conforms to the shapes.
        hanging: what stands in the whole graph only if the thing that it points at is described there: that thing
            may be one of other articles.
        violations: what the shapes say about all of it.
        held_back: how many triples were held back.
    """

    graph: KnowledgeGraph
    hanging: tuple[Triple, ...] = ()
    violations: tuple[Violation, ...] = ()
    held_back: int = 0


def make_reader(model: str, knowledge: Knowledge) -> Reader:
    """Load the model and the data files, and give back what reads an article with them."""
    nlp = load_model(model)
    ask_for_data(knowledge)

    def read_article(document: Document) -> Extraction:
        # one article a call: what shares a batch with it can then never change how it is read
        (docs,) = annotate((document,), nlp)
        return extract(document, docs, knowledge)

    return read_article


def ask_for_data(knowledge: Knowledge) -> None:
    """Read the data files of extraction now.

    Asked for here, a mistake in one is told as such; asked for while an article is read, it looks like ours.
    """
    _ = knowledge.gazetteer, knowledge.cues, knowledge.frames


def check(
    graph: KnowledgeGraph, knowledge: Knowledge, document: Document, originals: Collection[str]
) -> tuple[Said, Parts]:
    """Hold back what violates the shapes in the graph of one article.

    Args:
        graph: what was assembled of the article alone.
        knowledge: the ontology and the shapes.
        document: the article.
        originals: ids of articles of the build; a repeat must name one of them.

    Returns:
        What it says, and the same as it is written, which whoever keeps it need not do again.
    """
    described = {triple.subject for triple in graph.shared}
    hanging = tuple(one for one in graph.shared if one.predicate == _KNOWN_IN and one.object not in described)
    if hanging:
        graph = replace(graph, shared=tuple(triple for triple in graph.shared if triple not in hanging))
    others = [Iri(graph.base + name) for name in (document.duplicate_of,) if name is not None and name in originals]
    parts = parts_of(graph)
    report = validate_parts(parts, knowledge, elsewhere=others)
    if report.conforms:
        return Said(graph, hanging), parts
    rest = quarantine(graph, report, others)
    left = {triple.subject for triple in rest.shared}
    hanging = tuple(triple for triple in hanging if triple.subject in left)
    return Said(rest, hanging, report.violations, size(graph) - size(rest)), parts_of(rest)


def merge(parts: Sequence[Said], base: str) -> KnowledgeGraph:
    """Put what all articles say into one graph."""
    graphs = [part.graph for part in parts]
    shared = {triple for graph in graphs for triple in graph.shared}
    described = {triple.subject for triple in shared}
    shared |= {triple for part in parts for triple in part.hanging if triple.object in described}
    statements = (one for graph in graphs for one in graph.statements)
    return KnowledgeGraph(
        base=base,
        articles=tuple(sorted(pair for graph in graphs for pair in graph.articles)),
        shared=tuple(sorted(shared, key=order_of)),
        statements=tuple(sorted(statements, key=order_of_statements)),
    )


def size(graph: KnowledgeGraph) -> int:
    """Count a graph's triples as its parts hold them, statements once each."""
    return sum(len(triples) for _, triples in graph.articles) + len(graph.shared) + len(graph.statements)


def entities_in(graph: KnowledgeGraph) -> int:
    """Count the entities that a graph describes."""
    return sum(triple.predicate == TYPE and triple.object in _ENTITIES for triple in graph.shared)
