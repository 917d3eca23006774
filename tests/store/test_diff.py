from dataclasses import replace
from pathlib import Path

import pytest

from kgbuild.export import export
from kgbuild.model import Iri, KnowledgeGraph, Literal, Triple
from kgbuild.rdf import KG, SKOS, quads
from kgbuild.store import diff, keep
from kgbuild.store.diff import facts
from tests.graphs import sample_graph


def written(tmp_path: Path, graph: KnowledgeGraph, name: str) -> Path:
    path = tmp_path / name
    path.write_bytes(export(graph, {".ttl": "turtle", ".nq": "nquads", ".jsonld": "jsonld"}.get(path.suffix, "trig")))
    return path


def changed(graph: KnowledgeGraph, old: str, new: Iri | Literal) -> KnowledgeGraph:
    """Put a value in the place of every value that ends like *old*."""

    def change(triple: Triple) -> Triple:
        return triple._replace(object=new) if triple.object.value.endswith(old) else triple

    return replace(graph, articles=tuple((name, tuple(map(change, triples))) for name, triples in graph.articles))


def test_facts_are_lines_of_plain_names(tmp_path: Path):
    found = {(kind, says) for kind, says, _ in facts(written(tmp_path, sample_graph(), "a.trig"))}
    assert ("relation", "Port Aven locatedIn Norland") in found
    assert ("relation", "Ostrian delegation affiliatedWith Ostria (not asserted)") in found
    assert ("office", "Ada Lind: Foreign Minister of Norland") in found
    assert ("event", "Meet(actor: Norland, Ostria; place: Port Aven; time: 2025-06-02)") in found
    assert (
        "event",
        "Deny(actor: Ostrian delegation; theme: Release(actor: Norland, Ostria; theme: prisoners) future) negative",
    ) in found
    assert ("entity", "City Port Aven") in found
    assert any(kind == "claim" and says.startswith("Ada Lind in radio: both sides") for kind, says in found)
    assert any(kind == "quantity" and says.startswith("about 300 prisoners of Release(") for kind, says in found)


@pytest.mark.parametrize("name", ["b.ttl", "b.nq", "b.jsonld"])
def test_another_format_is_no_difference(tmp_path: Path, name: str):
    found = diff(written(tmp_path, sample_graph(), "a.trig"), written(tmp_path, sample_graph(), name))
    assert not found
    assert found.same > 10


def test_a_store_is_no_difference(tmp_path: Path):
    keep(quads(sample_graph()), tmp_path / "store")
    assert not diff(written(tmp_path, sample_graph(), "a.trig"), tmp_path / "store")


def test_offsets_rules_and_scores_are_no_difference(tmp_path: Path):
    moved = changed(changed(sample_graph(), "125", Literal("126")), "release", Literal("other-rule"))
    assert moved != sample_graph()
    assert not diff(written(tmp_path, sample_graph(), "a.trig"), written(tmp_path, moved, "b.trig"))


def test_a_fact_that_changes_is_one_removed_and_one_added(tmp_path: Path):
    other = changed(sample_graph(), "Foreign Minister", Literal("Home Minister"))
    found = diff(written(tmp_path, sample_graph(), "a.trig"), written(tmp_path, other, "b.trig"))
    assert found.removed == (("office", "Ada Lind: Foreign Minister of Norland", "aven.txt"),)
    assert found.added == (("office", "Ada Lind: Home Minister of Norland", "aven.txt"),)


def test_a_thing_of_another_name_is_an_entity_more(tmp_path: Path):
    graph = sample_graph()
    new = Iri(graph.base + "person/Bo_Berg")
    more = (Triple(new, Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), KG("Person")),)
    more = (*more, Triple(new, SKOS("prefLabel"), Literal("Bo Berg")))
    other = replace(graph, shared=(*graph.shared, *more))
    found = diff(written(tmp_path, graph, "a.trig"), written(tmp_path, other, "b.trig"))
    assert found.removed == ()
    assert found.added == (("entity", "Person Bo Berg", ""),)
