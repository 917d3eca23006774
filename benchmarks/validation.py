"""Compare ways to hold one graph to the shapes, in one run: ours, and pySHACL in the ways that are commonly used.

Usage: python benchmarks/validation.py GRAPH [--whole]

GRAPH is a graph file. Every way is told in CPU seconds, without imports and without reading the files:

    ours            core constraints by pySHACL, queries by pyoxigraph, as `kgbuild validate` does
    core            the core part of that alone
    core, nested    the same constraints, but each property shape hung under a node shape that has its target
    whole           everything by pySHACL as it comes, only with --whole: minutes on a graph of some thousand triples
"""

import argparse
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
import pyshacl

from kgbuild.knowledge import load
from kgbuild.knowledge.shapes import SH
from kgbuild.nquads import by_line
from kgbuild.rdf import TYPE, from_triple, read_graph
from kgbuild.validate.engine import find, rdflib_graph

_TARGETS = {SH("targetClass").value, SH("targetSubjectsOf").value}


def nested(core: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Hang every property shape under a node shape of its own, which takes over its targets."""
    made = []
    for triple in core:
        if triple.predicate.value in _TARGETS and isinstance(triple.subject, ox.NamedNode):
            holder = ox.NamedNode(triple.subject.value + "-holder")
            made += [
                ox.Triple(holder, ox.NamedNode(TYPE.value), ox.NamedNode(SH("NodeShape").value)),
                ox.Triple(holder, triple.predicate, triple.object),
                ox.Triple(holder, ox.NamedNode(SH("property").value), triple.subject),
            ]
        else:
            made.append(triple)
    return made


def seconds(work: Callable[[], object]) -> float:
    """Measure the CPU time of one run."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--whole", action="store_true")
    chosen = parser.parse_args()
    knowledge = load()
    shapes = knowledge.shapes
    triples = list(dict.fromkeys(quad.triple for quad in read_graph(chosen.graph).quads))
    told = by_line(map(from_triple, triples))
    data = rdflib_graph({*triples, *knowledge.ontology.schema})

    def by_pyshacl(using: Iterable[ox.Triple]) -> None:
        pyshacl.validate(data, shacl_graph=rdflib_graph(using), inplace=True)

    by_pyshacl(shapes.core)  # the first run also loads what the others find loaded
    ways: dict[str, Callable[[], object]] = {
        "ours": lambda: find(told, knowledge),
        "core": lambda: by_pyshacl(shapes.core),
        "core, nested": lambda: by_pyshacl(nested(shapes.core)),
    }
    if chosen.whole:
        ways["whole"] = lambda: by_pyshacl(shapes.everything)
    print(f"{len(triples)} triples, {len(shapes.names)} shapes, CPU seconds")
    for name, way in ways.items():
        print(f"{name:14}{seconds(way):8.2f}")


if __name__ == "__main__":
    main()
