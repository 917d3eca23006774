"""Takes out of a graph what violates the shapes, and what would be left dangling by that, and no more.

The smallest thing that heals a violation goes. A value that is wrong loses its triple (an event whose actor is no
entity stays an event, without that actor); a node that lacks something or has too much of it goes as a whole. With a
node go the triples that point at it and the statements about it; with a thing's last mention the thing; with a
mention's last thing the mention; with the last use of a sentence or a day that sentence or day. What then lacks
something in its turn (a position whose holder is gone) is found by asking the shapes again, until nothing violates
them.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from kgbuild.model import Iri, KnowledgeGraph, Statement, Triple
from kgbuild.rdf import KG, TIME
from kgbuild.validate.report import Report, Violation
from kgbuild.validate.validation import validate

_MENTION_OF = KG("mentionOf")
# Whoever is the object of one of these stands in the graph for its sake alone.
_HELD_BY = (KG("sentence"), TIME("hasBeginning"), TIME("hasEnd"))


@dataclass(frozen=True, slots=True)
class _Condemned:
    """Hold what has to go: whole nodes, and single triples."""

    nodes: frozenset[Iri]
    triples: frozenset[Triple]


def quarantine(graph: KnowledgeGraph, report: Report, elsewhere: Collection[Iri] = ()) -> KnowledgeGraph:
    """Give *graph* without what violates the shapes that *report* was made by; the rest stays as it is.

    Args:
        graph: the graph that the report is about.
        report: what the shapes say about it.
        elsewhere: articles that are described in another part of the whole, as for `validate`.

    Returns:
        A graph that conforms; the same one when it did already.
    """
    while not report.conforms:
        smaller = _without(graph, _condemned(graph, report.violations))
        if smaller == graph:
            raise RuntimeError(f"nothing can be taken out that would heal: {report.violations[0]}")
        graph, report = smaller, validate(smaller, report.knowledge, elsewhere=elsewhere)
    return graph


def _condemned(graph: KnowledgeGraph, violations: Iterable[Violation]) -> _Condemned:
    """Decide what the violations ask to be taken out."""
    written = {triple for _, triples in graph.articles for triple in triples} | set(graph.shared)
    nodes: set[Iri] = set()
    triples: set[Triple] = set()
    for violation in violations:
        wrong = None if violation.value is None else Triple(violation.focus, Iri(violation.path), violation.value)
        if wrong in written:
            triples.add(wrong)
        elif violation.constraint == "MaxCount" and violation.path.startswith("^<"):
            far = Iri(violation.path.removeprefix("^<").removesuffix(">"))
            nodes |= {triple.subject for triple in written if triple[1:] == (far, violation.focus)}
        else:
            nodes.add(violation.focus)
    return _Condemned(frozenset(nodes), frozenset(triples))


def _without(graph: KnowledgeGraph, condemned: _Condemned) -> KnowledgeGraph:
    """Take the condemned out, then what dangles, until nothing dangles."""
    before = _held(graph)
    smaller = _cut(graph, condemned)
    while dangling := _dangling(smaller, before):
        smaller = _cut(smaller, _Condemned(dangling, frozenset()))
    return smaller


def _cut(graph: KnowledgeGraph, condemned: _Condemned) -> KnowledgeGraph:
    """Take out nodes and triples; with a node go the statements about it, with an article all that it says."""

    def hit(statement: Statement) -> bool:
        ends = (statement.iri, statement.article, statement.fact.subject, statement.fact.object)
        return any(end in condemned.nodes for end in ends)

    nodes = condemned.nodes.union(statement.iri for statement in graph.statements if hit(statement))

    def stays(triple: Triple) -> bool:
        return triple not in condemned.triples and triple.subject not in nodes and triple.object not in nodes

    return replace(
        graph,
        articles=tuple(
            (article, tuple(filter(stays, triples))) for article, triples in graph.articles if article not in nodes
        ),
        shared=tuple(filter(stays, graph.shared)),
        statements=tuple(statement for statement in graph.statements if not hit(statement)),
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """Hold who is mentioned, who mentions, and who stands in the graph for another's sake."""

    mentioned: frozenset[Iri]
    mentioning: frozenset[Iri]
    serving: frozenset[Iri]


def _held(graph: KnowledgeGraph) -> _Held:
    mentioned: set[Iri] = set()
    mentioning: set[Iri] = set()
    serving: set[Iri] = set()
    for triple in _triples(graph):
        if triple.predicate == _MENTION_OF and isinstance(triple.object, Iri):
            mentioned.add(triple.object)
            mentioning.add(triple.subject)
        elif triple.predicate in _HELD_BY and isinstance(triple.object, Iri):
            serving.add(triple.object)
    return _Held(frozenset(mentioned), frozenset(mentioning), frozenset(serving))


def _triples(graph: KnowledgeGraph) -> Iterable[Triple]:
    for _, triples in graph.articles:
        yield from triples
    yield from graph.shared


def _dangling(graph: KnowledgeGraph, before: _Held) -> frozenset[Iri]:
    """Find nodes still in the graph that have lost their last mention, thing or user."""
    now = _held(graph)
    lost = (before.mentioned - now.mentioned) | (before.mentioning - now.mentioning) | (before.serving - now.serving)
    statements = {statement.iri for statement in graph.statements}
    present = {triple.subject for triple in _triples(graph)} | statements
    return frozenset(lost & present)
