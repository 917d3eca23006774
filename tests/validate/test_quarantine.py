"""What violates the shapes is taken out with what would dangle, and nothing else is."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import pyoxigraph as ox
import pytest

from kgbuild.knowledge import Knowledge, load
from kgbuild.model import Iri, KnowledgeGraph, Literal, Triple
from kgbuild.rdf import KG, NIF, SKOS, TYPE, from_term, named_triples
from kgbuild.validate import quarantine, validate
from tests.graphs import sample_graph
from tests.shapes.mutants import MUTANTS, Mutant
from tests.shapes.test_shapes_catch import mutated


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def changed(change: Callable[[Triple], Triple | None]) -> KnowledgeGraph:
    """Give the sample graph with every triple changed, or dropped where *change* gives None."""
    graph = sample_graph()

    def kept(triples: tuple[Triple, ...]) -> tuple[Triple, ...]:
        return tuple(new for triple in triples if (new := change(triple)) is not None)

    return replace(
        graph,
        articles=tuple((article, kept(triples)) for article, triples in graph.articles),
        shared=kept(graph.shared),
    )


def dropped(predicate: Iri, subject: str = "") -> KnowledgeGraph:
    return changed(lambda triple: None if triple.predicate == predicate and subject in triple.subject.value else triple)


def subjects(graph: KnowledgeGraph, class_: str) -> set[str]:
    """Name the things of a class, the base and kind left away."""
    return {
        triple.subject.value.rpartition("/")[2]
        for _, triple in named_triples(graph)
        if triple.predicate == TYPE and triple.object == KG(class_)
    }


def triples(graph: KnowledgeGraph) -> set[Triple]:
    return {triple for _, triple in named_triples(graph)}


def healed(graph: KnowledgeGraph, knowledge: Knowledge) -> KnowledgeGraph:
    result = quarantine(graph, validate(graph, knowledge))
    assert validate(result, knowledge).violations == ()
    assert triples(result) <= triples(graph)
    return result


def test_a_conforming_graph_stays_as_it_is(knowledge: Knowledge):
    graph = sample_graph()
    assert quarantine(graph, validate(graph, knowledge)) is graph


def test_a_wrong_value_costs_its_triple_alone(knowledge: Knowledge):
    unknown = Iri("https://w3id.org/kgbuild/id/country/Nowhere")
    graph = changed(
        lambda triple: triple._replace(object=unknown) if triple.predicate == KG("place") else triple
    )  # fmt: skip
    result = healed(graph, knowledge)
    assert triples(graph) - triples(result) == {triple for triple in triples(graph) if triple.predicate == KG("place")}
    assert "aven_1" in subjects(result, "Meet")


def test_a_node_that_lacks_something_goes_with_its_mentions(knowledge: Knowledge):
    graph = dropped(KG("polarity"), "event/aven_1")
    result = healed(graph, knowledge)
    assert subjects(graph, "Meet") == {"aven_1"}
    assert subjects(result, "Meet") == set()
    gone = subjects(graph, "Mention") - subjects(result, "Mention")
    assert gone == {"aven_19_22_trigger"}
    # the city stays: it has a mention of its own
    assert subjects(result, "City") == {"Port_Aven"}


def test_what_rests_on_a_thing_goes_with_it(knowledge: Knowledge):
    result = healed(dropped(SKOS("prefLabel"), "Ada_Lind"), knowledge)
    assert subjects(result, "Person") == set()
    assert subjects(result, "Position") == set()
    # the claim has lost its speaker, not its content
    assert subjects(result, "Claim") == {"aven_1"}
    assert not any(triple.predicate == KG("speaker") for triple in triples(result))


def test_a_statement_goes_with_its_ends_and_takes_the_plain_fact_along(knowledge: Knowledge):
    graph = sample_graph()
    result = healed(dropped(SKOS("prefLabel"), "Port_Aven"), knowledge)
    assert any(triple.predicate == KG("locatedIn") for triple in triples(graph))
    assert not any(triple.predicate == KG("locatedIn") for triple in triples(result))
    assert [statement.asserted for statement in result.statements] == [False]


def test_a_last_mention_takes_its_thing_along(knowledge: Knowledge):
    graph = dropped(NIF("anchorOf"), "26_35_name")
    result = healed(graph, knowledge)
    assert subjects(result, "City") == set()
    assert "aven_1" in subjects(result, "Meet")


def test_a_sentence_and_a_day_go_with_their_last_use(knowledge: Knowledge):
    graph = changed(
        lambda triple: triple._replace(object=Literal("Monday")) if triple.predicate == KG("timeValue") else triple
    )
    without_time = quarantine(graph, validate(graph, knowledge))
    assert subjects(without_time, "Time") == {"a_2"}  # only the value was wrong
    result = healed(dropped(NIF("anchorOf"), "Monday"), knowledge)
    assert subjects(result, "Time") == {"a_2"}
    result = healed(dropped(KG("mentionKind"), "_time"), knowledge)
    assert subjects(result, "Time") == set()
    assert not any("instant/" in triple.subject.value for triple in triples(result))


def test_a_duplicate_loses_its_mentions_not_its_name(knowledge: Knowledge):
    graph = sample_graph()
    (article, said) = graph.articles[0]
    copy = Iri(article.value + "-copy")
    duplicate = (
        *(triple._replace(subject=copy) for triple in said if triple.subject == article),
        Triple(copy, KG("duplicateOf"), article),
        *(
            triple._replace(subject=Iri(triple.subject.value + "-copy"), object=copy)
            if triple.predicate == KG("inArticle")
            else triple._replace(subject=Iri(triple.subject.value + "-copy"))
            for triple in said
            if "/mention/" in triple.subject.value and "name" in triple.subject.value
        ),
    )
    both = replace(graph, articles=((article, said), (copy, duplicate)))
    result = healed(both, knowledge)
    assert copy.value.rpartition("/")[2] in subjects(result, "Article")
    assert subjects(result, "Mention") == subjects(graph, "Mention")


def test_an_article_goes_with_all_that_it_says(knowledge: Knowledge):
    result = healed(dropped(KG("textLength")), knowledge)
    assert (result.articles, result.statements) == ((), ())
    assert not subjects(result, "City")


@pytest.mark.parametrize("seed", range(10))
def test_a_graph_with_holes_can_be_healed(seed: int, knowledge: Knowledge):
    chance = random.Random(seed)  # noqa: S311 - holes, not secrets
    graph = changed(lambda triple: triple if chance.random() > 0.03 else None)
    assert not validate(graph, knowledge).conforms
    assert quarantine(graph, validate(graph, knowledge)) == healed(graph, knowledge)


def one_of_each_kind() -> Iterator[Mutant]:
    """Choose a mutant for every kind of constraint, and all those that queries catch."""
    seen: set[str] = set()
    for mutant in MUTANTS:
        if mutant.constraint not in seen or mutant.constraint == "SPARQL":
            seen.add(mutant.constraint)
            yield mutant


@pytest.mark.parametrize("mutant", list(one_of_each_kind()), ids=lambda mutant: f"{mutant.shape}-{mutant.constraint}")
def test_every_kind_of_fault_can_be_healed(mutant: Mutant, knowledge: Knowledge):
    found = []
    for triple in sorted(mutated(mutant), key=str):
        subject, predicate = from_term(triple.subject), from_term(triple.predicate)
        assert isinstance(subject, Iri)
        assert isinstance(predicate, Iri)
        assert isinstance(triple.predicate, ox.NamedNode)
        found.append(Triple(subject, predicate, from_term(triple.object)))
    graph = KnowledgeGraph("https://example.org/id/", (), tuple(found), ())
    result = healed(graph, knowledge)
    # one fault must not cost more than a handful of triples (most of all: an article that has to go)
    assert len(result.shared) > len(graph.shared) * 0.8
