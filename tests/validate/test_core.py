"""The fast engine and pySHACL find the same: on sound graphs, on every mutant, on graphs with many faults."""

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from kgbuild.knowledge import Knowledge, load
from kgbuild.nquads import by_line
from kgbuild.rdf import from_triple, quads, to_quad
from kgbuild.validate import Engine, validate_file
from kgbuild.validate.core import read_core
from kgbuild.validate.engine import find
from tests.graphs import sample_graph
from tests.query.seeds import seeds_graph
from tests.score.perfect import spoiled
from tests.shapes.mutants import MUTANTS
from tests.shapes.test_shapes_catch import BASE, CONFORMING, mutated, triples


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def both(found: list[ox.Triple], knowledge: Knowledge) -> Counter[object]:
    told = by_line(map(from_triple, found))
    fast = Counter(find(told, knowledge, Engine.FAST))
    assert fast == Counter(find(told, knowledge, Engine.PYSHACL))
    return Counter(fast)


def test_our_shapes_are_supported(knowledge: Knowledge):
    assert read_core(knowledge.shapes.core)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.shape}-{mutant.constraint}")
def test_both_find_the_same_in_a_mutant(mutant: object, knowledge: Knowledge):
    assert both(sorted(mutated(mutant), key=str), knowledge)  # type: ignore[arg-type]  # a Mutant


def test_both_find_the_same_in_all_mutants_at_once(knowledge: Knowledge):
    faulty = set(BASE)
    for mutant in MUTANTS:
        faulty = (faulty - triples(mutant.take)) | triples(mutant.add)
    found = both(sorted(faulty, key=str), knowledge)
    assert found.total() > 100


def test_both_find_nothing_in_sound_graphs(knowledge: Knowledge):
    for graph in (sample_graph(), seeds_graph()):
        assert not both(list({quad.triple for quad in quads(graph)}), knowledge)


@pytest.mark.parametrize("seed", range(3))
def test_both_find_the_same_in_spoiled_seeds(seed: int, knowledge: Knowledge):
    found = {to_quad(None, triple).triple for triple in spoiled(seeds_graph(), seed, 0.05)}
    assert both(sorted(found, key=str), knowledge).total() > 100


@pytest.mark.parametrize(
    "constraint", ["sh:uniqueLang true", "sh:equals kgsh:x", "sh:node kgsh:Other", "sh:closed true"]
)
def test_what_is_not_known_is_left_to_pyshacl(constraint: str):
    text = f"""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kgsh: <https://w3id.org/kgbuild/shapes#> .
        kgsh:A a sh:PropertyShape ; sh:targetSubjectsOf kgsh:p ; sh:path kgsh:p ; sh:message "x" ; {constraint} ."""
    assert not read_core(tuple(quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)))


def test_a_store_is_held_to_the_shapes_too(knowledge: Knowledge, tmp_path: Path):
    from kgbuild.store import keep

    keep((ox.Quad(*triple) for triple in BASE), tmp_path / "store")
    for engine in Engine:
        assert validate_file(tmp_path / "store", knowledge, engine).violations == ()
        assert validate_file(CONFORMING, knowledge, engine).violations == ()
