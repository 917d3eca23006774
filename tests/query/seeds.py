"""The graph of the seeds as people read them: fixed, without a model, so that answers to questions are fixed too."""

from dataclasses import replace
from pathlib import Path

from kgbuild.model import Iri, KnowledgeGraph, Literal, Triple
from kgbuild.model.quotation import quotations
from kgbuild.rdf import KG, NIF, SKOS
from tests.score.perfect import perfect_graph

ROOT = Path(__file__).parents[2]


def seeds_graph() -> KnowledgeGraph:
    """Assemble the gold of the seeds, with other names and quotations as a build would add them."""
    graph = perfect_graph(ROOT / "gold" / "seeds", ROOT / "seeds")
    labels = {triple.subject: triple.object for triple in graph.shared if triple.predicate == SKOS("prefLabel")}
    more = {
        Triple(thing, SKOS("altLabel"), Literal(words))
        for _, triples in graph.articles
        for thing, words in _names(triples)
        if thing in labels and labels[thing] != Literal(words)
    }
    return replace(
        graph,
        shared=tuple(sorted({*graph.shared, *more}, key=str)),
        articles=tuple((name, _quoted(triples)) for name, triples in graph.articles),
    )


def _names(triples: tuple[Triple, ...]) -> list[tuple[Iri, str]]:
    """Give what is mentioned by name, with the name."""
    of = [(triple.subject, triple.object) for triple in triples if triple.predicate == KG("mentionOf")]
    kind = {triple.subject: triple.object.value for triple in triples if triple.predicate == KG("mentionKind")}
    words = {triple.subject: triple.object.value for triple in triples if triple.predicate == NIF("anchorOf")}
    return [(thing, words[mention]) for mention, thing in of if kind[mention] == "name" and isinstance(thing, Iri)]


def _quoted(triples: tuple[Triple, ...]) -> tuple[Triple, ...]:
    """Add what stands between quotation marks in the words of a claim."""
    more = [
        Triple(triple.subject, KG("quotation"), Literal(where.of(triple.object.value)))
        for triple in triples
        if triple.predicate == KG("claimText")
        for where in quotations(triple.object.value)
    ]
    return tuple(sorted({*triples, *more}, key=str))
