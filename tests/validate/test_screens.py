"""No screen misses what its query finds, and none asks a sound graph in vain."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.knowledge import load
from kgbuild.model import Iri, Literal, Triple
from kgbuild.nquads import by_line, parts_of
from kgbuild.rdf import DEFAULT_BASE, KG, RDF, RDFS, TIME, TYPE, XSD, from_triple
from kgbuild.validate import engine
from kgbuild.validate.index import Index
from kgbuild.validate.screens import may_find, screen_of, words_of
from tests.graphs import sample_graph
from tests.query.seeds import seeds_graph
from tests.shapes.mutants import MUTANTS, Mutant
from tests.shapes.test_shapes_catch import mutated

KNOWLEDGE = load()
SCHEMA = tuple(map(from_triple, KNOWLEDGE.ontology.schema))
SOUND = tuple(triple for _, lines in parts_of(sample_graph()) for triple in lines.values())
ODD: tuple[Iri | Literal, ...] = (
    *(Iri(DEFAULT_BASE + name) for name in ("event/x", "time/x")),
    *(KG(name) for name in ("Entity", "Event", "Person", "City", "Attack", "Assault", "Nothing")),
    *(Literal(text, XSD("integer").value) for text in ("0", "7", "007", "+7", "-1", "٧", "9" * 30)),
    *(Literal(text, XSD("boolean").value) for text in ("true", "false", "1", "0")),
    *(Literal(text, XSD("date").value) for text in ("2025-06-02", "2025-06-01Z", "-2025-06-02", "2025-02-31", "x")),
    *(Literal("x"), Literal("x", language="en"), Literal("007", XSD("decimal").value), Iri("_:b0")),
)
PROPERTIES = (
    *sorted({triple.predicate for triple in SOUND}),
    *(KG("unheardOf"), KG("theme"), TIME("hasEnd"), RDFS("subClassOf"), *map(RDF, ("subject", "predicate", "object"))),
)


def asked(triples: Sequence[Triple]) -> Mapping[str, tuple[bool, bool]]:
    """Say of each query whether it finds something, and whether its screen lets it be asked."""
    known = by_line((*triples, *SCHEMA))
    store, index = engine._store_of(known), Index(known.values())
    return {
        query.constraint: (any(True for _ in engine._rows(store, query.text)), may_find(query, index))
        for query in KNOWLEDGE.shapes.queries
    }


def missed(triples: Sequence[Triple]) -> list[str]:
    return [constraint for constraint, (finds, may) in asked(triples).items() if finds and not may]


def test_each_query_has_its_screen():
    missing = {one.constraint: words_of(one) for one in KNOWLEDGE.shapes.queries if screen_of(one) is None}
    assert not missing, "A query has changed: see whether its screen still misses nothing, then write down its digest."


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.shape}-{mutant.constraint}")
def test_no_screen_misses_what_is_wrong_with_a_mutant(mutant: Mutant):
    assert not missed([from_triple(triple) for triple in sorted(mutated(mutant), key=str)])


@pytest.mark.parametrize("number", range(2))
def test_nothing_is_asked_of_a_sound_graph(number: int):
    graph = (sample_graph, seeds_graph)[number]()
    triples = [triple for _, lines in parts_of(graph) for triple in lines.values()]
    assert set(asked(triples).values()) == {(False, False)}


_NODES = st.sampled_from(sorted({triple.subject for triple in SOUND}))
_VALUES = st.one_of(st.sampled_from(ODD), _NODES, st.sampled_from(sorted({one.object for one in SOUND}, key=str)))
_EDITS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(0, len(SOUND) - 1)),
        st.one_of(st.none(), st.builds(Triple, _NODES, st.sampled_from(PROPERTIES), _VALUES)),
        st.one_of(st.none(), _VALUES),
    ),
    min_size=1,
    max_size=5,
)


@given(_EDITS)
def test_no_screen_misses_what_is_wrong_with_a_spoiled_graph(edits: list[tuple[int | None, Triple | None, None]]):
    triples = list(SOUND)
    for place, added, value in edits:
        if place is not None and value is not None:
            triples[place] = triples[place]._replace(object=value)
        elif place is not None:
            triples[place] = SOUND[0]
        if added is not None:
            triples.append(added)
    assert not missed(triples)


@pytest.mark.parametrize("name", ["EventLoop", "MentionLength"])
def test_a_query_that_asks_something_else_has_no_screen(name: str):
    (query,) = [one for one in KNOWLEDGE.shapes.queries if one.constraint.endswith(f"#{name}-query")]
    assert screen_of(query) is not None
    assert screen_of(replace(query, text=query.text.replace("\n", "\n  "))) is not None
    other = replace(query, text=query.text.replace("?value", "?something"))
    assert screen_of(other) is None
    assert may_find(other, Index(SOUND))


def test_a_graph_of_whose_queries_none_may_find_something_goes_into_no_store(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(engine, "_store_of", lambda _: pytest.fail("a store is made"))
    assert engine.find(by_line(SOUND), KNOWLEDGE) == []


def test_what_a_screen_lets_through_is_for_the_query_to_say():
    person = next(triple.subject for triple in SOUND if triple[1:] == (TYPE, KG("Person")))
    of_two_kinds = Triple(person, TYPE, KG("City"))
    found = {finding.focus for finding in engine.find(by_line((*SOUND, of_two_kinds)), KNOWLEDGE)}
    assert person in found
