"""Lines that are written without pyoxigraph say to it what its own objects say."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.model import Iri, Literal, Triple
from kgbuild.nquads import by_line, ended, parts_of
from kgbuild.rdf import KG, XSD, named_triples, quads, to_quad
from tests.graphs import sample_graph

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_LITERALS = st.one_of(
    _TEXT.map(Literal),
    _TEXT.map(lambda text: Literal(text, language="en")),
    _TEXT.map(lambda text: Literal(text, XSD("date").value)),
)
_IRIS = st.text("abcç-_.", max_size=5).map(lambda name: Iri(f"https://a.example/{name}"))
_SUBJECTS = st.one_of(_IRIS, st.sampled_from([Iri("_:b0"), Iri("_:b1")]))
_TRIPLES = st.builds(Triple, _SUBJECTS, _IRIS, st.one_of(_SUBJECTS, _LITERALS))


def parsed(lines: str, kind: ox.RdfFormat = ox.RdfFormat.N_QUADS) -> list[ox.Quad]:
    return list(ox.parse(lines, format=kind))


@given(st.lists(_TRIPLES, max_size=6), st.one_of(st.none(), _IRIS))
def test_any_triple_is_read_as_it_was_meant(triples: list[Triple], name: Iri | None):
    found = by_line(triples)
    assert list(found.values()) == list(dict.fromkeys(triples))
    lines = ended(found, name)
    assert lines.count("\n") == len(found)
    assert parsed(lines) == [to_quad(name, triple) for triple in found.values()]


def test_a_graph_is_read_as_it_was_meant():
    graph = sample_graph()
    parts = parts_of(graph)
    assert parsed("".join(ended(lines, name) for name, lines in parts)) == list(quads(graph))
    assert [(name, triple) for name, lines in parts for triple in lines.values()] == list(named_triples(graph))
    alone = parsed(ended(by_line(graph.shared)), ox.RdfFormat.N_TRIPLES)
    assert alone == [to_quad(None, triple) for triple in graph.shared]


@pytest.mark.parametrize("iri", ["https://a b", "https://a.example/>", "no IRI", ""])
def test_what_is_no_iri_is_refused(iri: str):
    with pytest.raises(ValueError, match=r"IRI|scheme|character"):
        by_line([Triple(Iri(iri), KG("actor"), Literal("x"))])
