from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.assemble import assemble
from kgbuild.errors import KgbuildError
from kgbuild.export import export
from kgbuild.model import Evidence, Iri, KnowledgeGraph, Literal, Relation, Resolution, Time, Triple
from kgbuild.rdf import DCTERMS, DEFAULT_BASE, KG, NIF, OWL, SCHEMA, SKOS, TIME, TYPE, named_triples, quads
from tests.graphs import TEXT, document_of, interpretation_of, place, resolution_of, sample_graph


def iri(local: str) -> Iri:
    return Iri(DEFAULT_BASE + local)


def values(graph: KnowledgeGraph, subject: Iri, predicate: Iri) -> list[str]:
    return sorted(t.object.value for _, t in named_triples(graph) if t.subject == subject and t.predicate == predicate)


def subjects(graph: KnowledgeGraph, class_: Iri) -> list[Iri]:
    return sorted(t.subject for _, t in named_triples(graph) if t.predicate == TYPE and t.object == class_)


def test_the_sample_is_written_as_reviewed(golden: Callable[[str, bytes], None]):
    golden("sample.ttl", export(sample_graph(), "turtle"))


def test_nothing_gives_an_empty_graph():
    graph = assemble([], Resolution())
    assert graph == KnowledgeGraph(DEFAULT_BASE, (), (), ())


def test_every_mention_gives_the_characters_it_points_at():
    graph = sample_graph()
    mentions = subjects(graph, KG("Mention")) + subjects(graph, NIF("Sentence"))
    assert len(mentions) == 19
    for mention in mentions:
        (begin,), (end,) = (values(graph, mention, NIF(name)) for name in ("beginIndex", "endIndex"))
        assert values(graph, mention, NIF("anchorOf")) == [TEXT[int(begin) : int(end)]]
        assert values(graph, mention, KG("inArticle")) == [iri("article/aven").value]


def test_a_span_that_names_two_is_one_mention_of_both():
    graph = sample_graph()
    where = place(TEXT, "sides")
    mention = iri(f"mention/aven_{where.begin}_{where.end}_nominal")
    assert values(graph, mention, KG("mentionOf")) == [iri("country/Norland").value, iri("country/Ostria").value]


def test_a_mention_leads_to_its_sentence():
    graph = sample_graph()
    where = place(TEXT, "prisoners")
    (sentence,) = values(graph, iri(f"mention/aven_{where.begin}_{where.end}_nominal"), KG("sentence"))
    assert values(graph, Iri(sentence), NIF("anchorOf")) == [TEXT.splitlines()[1]]
    assert values(graph, Iri(sentence), KG("mentionOf")) == []


def test_a_hidden_mention_counts_only_where_nothing_else_names_what_a_fact_needs():
    where = place(TEXT, "Ostrian")
    hidden = iri(f"mention/aven_{where.begin}_{where.end}_name")
    assert hidden not in subjects(sample_graph(), KG("Mention"))

    document = document_of(TEXT)
    read = interpretation_of(document)
    chains = (read.extraction.chains[0], replace(read.extraction.chains[1], mentions=(5,)), *read.extraction.chains[2:])
    alone = replace(read, extraction=replace(read.extraction, chains=chains))
    assert hidden in subjects(assemble([alone], resolution_of([document])), KG("Mention"))

    unneeded = replace(alone, events=(), relations=())
    graph = assemble([unneeded], resolution_of([document]))
    assert hidden not in subjects(graph, KG("Mention"))
    assert values(graph, iri("country/Ostria"), SKOS("prefLabel")) == []


def test_an_entity_that_no_article_mentions_is_not_written():
    resolution = resolution_of([document_of(TEXT)])
    unseen = replace(resolution.entities["person/Ada_Lind"], id="person/Nobody", label="Nobody")
    graph = assemble(
        [interpretation_of(document_of(TEXT))],
        replace(resolution, entities={**resolution.entities, "person/Nobody": unseen}),
    )
    assert iri("person/Nobody") not in {triple.subject for _, triple in named_triples(graph)}
    assert iri("person/Ada_Lind") in subjects(graph, KG("Person"))


def test_only_asserted_facts_stand_plain():
    triples = {triple for _, triple in named_triples(sample_graph())}
    assert Triple(iri("city/Port_Aven"), KG("locatedIn"), iri("country/Norland")) in triples
    assert Triple(iri("group/delegation-1"), KG("affiliatedWith"), iri("country/Ostria")) not in triples
    assert values(sample_graph(), iri("statement/aven_2"), KG("asserted")) == ["false"]


def test_rules_are_sorted_and_scores_given():
    graph = sample_graph()
    claim = [t for _, t in named_triples(graph) if t.subject == iri("claim/aven_1") and t.predicate == KG("rule")]
    assert [t.object.value for t in claim] == ["reported-speech", "say"]
    assert values(graph, iri("claim/aven_1"), KG("score")) == ["0.9"]
    assert values(graph, iri("event/aven_1"), KG("score")) == ["1.0"]


def test_a_medium_is_a_thing_or_words():
    document = document_of(TEXT)
    read = interpretation_of(document)
    assert values(sample_graph(), iri("claim/aven_1"), KG("medium")) == ["radio"]
    by_thing = replace(read, claims=(replace(read.claims[0], medium="group/prisoners-1"),))
    graph = assemble([by_thing], resolution_of([document]))
    assert values(graph, iri("claim/aven_1"), KG("medium")) == [iri("group/prisoners-1").value]


@pytest.mark.parametrize(
    ("value", "begin", "end", "duration"),
    [
        ("2025-06-02", ["2025-06-02"], ["2025-06-02"], []),
        ("2024-02", ["2024-02-01"], ["2024-02-29"], []),
        ("2022", ["2022-01-01"], ["2022-12-31"], []),
        ("2025-W22", ["2025-05-26"], ["2025-06-01"], []),
        ("2025-05-11/2025-05-20", ["2025-05-11"], ["2025-05-20"], []),
        ("2025-05/2025-06", ["2025-05-01"], ["2025-06-30"], []),
        ("2025-06-02T14:30", ["2025-06-02"], ["2025-06-02"], []),
        ("P30D", [], [], ["P30D"]),
        ("P2W", [], [], ["P14D"]),
        ("2025-13", [], [], []),
        ("2025-06/2025-05", [], [], []),
        ("XXXX-06", [], [], []),
        (None, [], [], []),
    ],
)
def test_times_have_days_to_compare(value: str | None, begin: list[str], end: list[str], duration: list[str]):
    document = document_of(TEXT)
    read = replace(interpretation_of(document), times=(Time("time/t", Evidence((place(TEXT, "Monday"),)), value),))
    graph = assemble([read], resolution_of([document]))
    node = iri("time/t")
    assert values(graph, node, KG("timeValue")) == ([value] if value else [])
    assert values(graph, node, TIME("hasXSDDuration")) == duration
    for predicate, wanted in ((TIME("hasBeginning"), begin), (TIME("hasEnd"), end)):
        instants = [Iri(one) for one in values(graph, node, predicate)]
        assert [day for one in instants for day in values(graph, one, TIME("inXSDDate"))] == wanted
    assert len(subjects(graph, TIME("Instant"))) == len({*begin, *end})


def test_a_duplicate_is_named_and_says_nothing():
    first, second = document_of(TEXT), document_of(TEXT, "copy.txt", duplicate_of="article/aven")
    graph = assemble([interpretation_of(first), interpretation_of(second)], resolution_of([first, second]))
    copy = iri("article/copy")
    assert values(graph, copy, KG("duplicateOf")) == [iri("article/aven").value]
    assert not [t for _, t in named_triples(graph) if t.predicate == KG("inArticle") and t.object == copy]
    assert [t.subject for name, t in named_triples(graph) if name == copy] == [copy] * 9


def test_articles_of_one_page_share_it():
    first = document_of(TEXT, part_of="page/aven")
    second = document_of(TEXT, "other.txt", source_file="aven.txt", part_of="page/aven")
    graph = assemble([interpretation_of(first), interpretation_of(second)], resolution_of([first, second]))
    assert subjects(graph, SCHEMA("WebPage")) == [iri("page/aven")]
    for name in ("aven", "other"):
        assert values(graph, iri(f"article/{name}"), DCTERMS("isPartOf")) == [iri("page/aven").value]
        assert values(graph, iri(f"article/{name}"), KG("sourceFile")) == ["aven.txt"]


def test_what_is_not_known_of_an_article_is_not_said():
    document = document_of(TEXT, title=None, published=None, publisher=None, url=None)
    graph = assemble([interpretation_of(document)], resolution_of([document]))
    said = {t.predicate for _, t in named_triples(graph) if t.subject == iri("article/aven")}
    assert said == {TYPE, KG("sourceFile"), KG("contentHash"), KG("textLength")}


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://a.example/x?y#z", Iri),
        ("https://a.example:8080/Çırağan%20(2)", Iri),
        ("www.example.org", Literal),
        ("https://a b", Literal),
        ("https://a.example/x[1].html", Literal),
        ("https://a.example/x#y#z", Literal),
        ("https://a.example/100%", Literal),
        ("https://[a", Literal),
    ],
)
def test_an_address_that_is_none_stays_characters(url: str, kind: type):
    graph = assemble([interpretation_of(document_of(TEXT, url=url))], resolution_of([document_of(TEXT)]))
    (found,) = [t.object for _, t in named_triples(graph) if t.predicate == SCHEMA("url")]
    assert isinstance(found, kind)


@given(st.text('ab/:?#[]@!%2{}|<>"\\^` é\u200b\x7f\ue000\ufffe\U0001f600\U000e0001', max_size=12))
def test_whatever_a_page_calls_its_address_the_graph_can_be_read_again(rest: str):
    document = document_of(TEXT, url=f"https://{rest}")
    graph = assemble([interpretation_of(document)], resolution_of([document]))
    assert len(list(quads(graph))) == len(list(named_triples(graph)))  # pyoxigraph raises on a broken IRI


def test_what_a_thing_is_called_elsewhere_is_linked():
    assert values(sample_graph(), iri("country/Ostria"), OWL("sameAs")) == ["http://www.wikidata.org/entity/Q1"]


def test_the_order_of_articles_and_facts_makes_no_difference():
    documents = [document_of(TEXT, f"{name}.txt") for name in ("c", "a", "b")]
    reads = [interpretation_of(document) for document in documents]
    graphs = {assemble(list(order), resolution_of(documents)) for order in permutations(reads)}
    turned = [
        replace(read, events=read.events[::-1], relations=read.relations[::-1], claims=read.claims[::-1])
        for read in reads
    ]
    graphs.add(assemble(turned, resolution_of(documents[::-1])))
    assert len(graphs) == 1


def test_facts_of_the_same_articles_are_not_said_twice():
    document = document_of(TEXT)
    once, twice = (assemble([interpretation_of(document)] * times, resolution_of([document])) for times in (1, 2))
    assert once == twice


@pytest.mark.parametrize(("base", "wanted"), [("https://a.example/id", "https://a.example/id/"), ("urn:x:", "urn:x:/")])
def test_a_base_ends_in_a_slash(base: str, wanted: str):
    graph = assemble([interpretation_of(document_of(TEXT))], resolution_of([document_of(TEXT)]), base)
    assert graph.base == wanted
    assert graph.articles[0][0] == Iri(f"{wanted}article/aven")


@pytest.mark.parametrize(
    "base", ["", "id/", "http://a.example/#", "http://a.example/a b/", "http://a.example/?x=", "http://[a/", "urn:a%zz"]
)
def test_a_base_that_is_none_is_refused(base: str):
    with pytest.raises(KgbuildError, match="so cannot be the base of IRIs"):
        assemble([], Resolution(), base)


def test_a_fact_without_evidence_is_written_without_mention_for_the_shapes_to_catch():
    document = document_of(TEXT)
    bare = Relation("statement/bare", "country/Norland", "memberOf", "country/Ostria", Evidence(()))
    graph = assemble([replace(interpretation_of(document), relations=(bare,))], resolution_of([document]))
    assert iri("statement/bare") in subjects(graph, KG("Statement"))
    assert not [
        t for _, t in named_triples(graph) if t.predicate == KG("mentionOf") and t.object == iri("statement/bare")
    ]


def test_where_text_and_date_come_from_and_what_is_retold_is_said():
    known = {
        "text_hash": "e" * 64,
        "date_source": "JSON-LD",
        "date_certainty": "stated",
        "dateline_place": "AVEN",
        "agency": "Reuters",
        "wire_story": "wire-story/aven",
    }
    document = document_of(TEXT, **known)
    graph = assemble([interpretation_of(document)], resolution_of([document]))
    said = {
        name: values(graph, iri("article/aven"), KG(name))
        for name in ("textHash", "dateSource", "dateCertainty", "datelinePlace", "agency", "wireStory")
    }
    assert list(said.values()) == [
        ["e" * 64],
        ["JSON-LD"],
        ["stated"],
        ["AVEN"],
        ["Reuters"],
        [iri("wire-story/aven").value],
    ]
    assert subjects(graph, KG("WireStory")) == [iri("wire-story/aven")]
