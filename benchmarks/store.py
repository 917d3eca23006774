"""Measure a store of a million triples: building it, asking it, writing it out.

The graph is the gold of the sample articles, copied under other names until it is large enough. Each copy has articles,
events and entities of its own; in one copy of ten the entities are those of the original, so that some things are known
to many articles and most to few, as in news. A question is asked with values drawn from what has an answer to it.

    python -m benchmarks.store build STORE --triples 1000000
    python -m benchmarks.store ask STORE
    python -m benchmarks.store whole STORE
    python -m benchmarks.store export STORE
"""

import argparse
import random
import resource
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kgbuild.export import FORMATS, export_store
from kgbuild.model import Iri, Literal, Triple
from kgbuild.query import Recipe, list_cookbook
from kgbuild.query.sparql import fill
from kgbuild.rdf import DCTERMS, DEFAULT_BASE, KG, SKOS, named_triples, to_quad
from kgbuild.store import Opened, keep, open_graph
from tests.query.seeds import seeds_graph

_SHARED = 10
_DRAWS = 60


def copies(triples: int) -> Iterator[ox.Quad]:
    """Give the quads of the sample's graph again and again under other names."""
    graph = list(named_triples(seeds_graph()))
    for number in range(max(1, triples // len(graph))):
        keep_things = number % _SHARED == 0
        for name, triple in graph:
            article = None if name is None else _renamed(name, number)
            yield to_quad(article, _copied(triple, number, keep_things))


def _copied(triple: Triple, number: int, keep_things: bool) -> Triple:
    subject = triple.subject if keep_things and _is_thing(triple.subject) else _renamed(triple.subject, number)
    value = triple.object
    if isinstance(value, Iri):
        value = value if keep_things and _is_thing(value) else _renamed(value, number)
    elif triple.predicate == KG("sourceFile"):
        value = Literal(value.value.replace(".txt", f"-{number}.txt"))
    elif triple.predicate in (SKOS("prefLabel"), SKOS("altLabel")) and not keep_things:
        value = Literal(f"{value.value} {number}")
    elif triple.predicate == KG("timeValue"):
        value = Literal(value.value.replace("2025-06", f"{1975 + number}-06"))
    return Triple(subject, triple.predicate, value)


def _is_thing(iri: Iri) -> bool:
    return iri.value.startswith(f"{DEFAULT_BASE}thing/")


def _renamed(iri: Iri, number: int) -> Iri:
    if not iri.value.startswith(DEFAULT_BASE) or iri.value.startswith(f"{DEFAULT_BASE}instant/"):
        return iri
    return Iri(f"{iri.value}-c{number}")


def build(store: Path, triples: int) -> None:
    """Build the store."""
    begin = time.perf_counter()
    marker = keep(copies(triples), store)
    size = sum(path.stat().st_size for path in store.rglob("*") if path.is_file())
    print(f"{marker.triples:,} triples in {marker.graphs} graphs: {time.perf_counter() - begin:.1f} s, {size:,} bytes")


def ask(store: Path, names: list[str]) -> None:
    """Ask every question of the cookbook, each of its parameters by itself."""
    opened = open_graph(store)
    pools = _pools(opened)
    chance = random.Random(1)
    worst: list[tuple[float, str]] = []
    print(
        f"{'question':16} {'narrowed by':12} {'draws':>5} {'rows':>7} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8} "
        f"{'p95 CPU':>8}"
    )
    for recipe in list_cookbook():
        if names and recipe.name not in names:
            continue
        for parameter, _ in recipe.parameters:
            found = _asked(opened, recipe, parameter, pools, chance)
            if found:
                worst.append(found)
    worst.sort(reverse=True)
    print("slowest p95:", ", ".join(f"{name} {ms:.1f} ms" for ms, name in worst[:5]))


def _asked(
    opened: Opened, recipe: Recipe, parameter: str, pools: dict[str, list[str]], chance: random.Random
) -> tuple[float, str] | None:
    pool = pools.get(parameter, pools["name"])
    times, cpu, rows = [], [], []
    for value in chance.sample(pool, min(len(pool), _DRAWS * 4)):
        text = fill(recipe.text, {parameter: value}, recipe.name)
        begin, begin_cpu = time.perf_counter(), time.thread_time()
        found = list(opened.store.query(text, prefixes=dict(opened.prefixes), use_default_graph_as_union=True))
        taken, taken_cpu = (time.perf_counter() - begin) * 1000, (time.thread_time() - begin_cpu) * 1000
        if found or len(times) < 5:
            times.append(taken)
            cpu.append(taken_cpu)
            rows.append(len(found))
        if len(times) >= _DRAWS or sum(times) > 20_000:
            break
    p95 = _p95(times)
    print(
        f"{recipe.name:16} {parameter:12} {len(times):5} {max(rows):7,} {statistics.median(times):8.1f} {p95:8.1f} "
        f"{max(times):8.1f} {_p95(cpu):8.1f}",
        flush=True,
    )
    return p95, f"{recipe.name} --{parameter}"


def whole(store: Path, names: list[str]) -> None:
    """Ask every question of the cookbook of the whole store, without any of its parameters."""
    opened = open_graph(store)
    print(f"{'question':16} {'rows':>8} {'first row':>10} {'all rows':>10}  seconds of CPU time")
    for recipe in list_cookbook():
        if names and recipe.name not in names:
            continue
        text = fill(recipe.text, {}, recipe.name)
        begin, first, rows = time.thread_time(), 0.0, 0
        for _ in opened.store.query(text, prefixes=dict(opened.prefixes), use_default_graph_as_union=True):
            rows += 1
            first = first or time.thread_time() - begin
        print(f"{recipe.name:16} {rows:8,} {first:10.2f} {time.thread_time() - begin:10.2f}", flush=True)


def _p95(times: list[float]) -> float:
    return sorted(times)[max(0, -(-len(times) * 95 // 100) - 1)]


def _pools(opened: Opened) -> dict[str, list[str]]:
    """Gather the values that parameters may have."""

    def values(term: Iri) -> list[str]:
        quads = opened.store.quads_for_pattern(None, ox.NamedNode(term.value), None, None)
        return sorted({str(getattr(quad.object, "value", "")) for quad in quads})

    return {
        "name": values(SKOS("prefLabel")),
        "file": values(KG("sourceFile")),
        "day": values(KG("timeValue")),
        "class": [f"<{KG(name).value}>" for name in ("Person", "City", "Weapon", "Document", "Facility")],
        "publisher": values(DCTERMS("publisher")),
    }


def export(store: Path) -> None:
    """Write the store in every format, in a process whose memory is watched."""
    for name in FORMATS:
        begin = time.perf_counter()
        with Path("/dev/null").open("wb") as out:
            export_store(store, name, out)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{name:8} {time.perf_counter() - begin:6.1f} s, peak {peak:,.0f} MiB", flush=True)


def main() -> None:
    """Run one of the measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["build", "ask", "whole", "export"])
    parser.add_argument("store", type=Path)
    parser.add_argument("names", nargs="*", help="only these questions")
    parser.add_argument("--triples", type=int, default=1_000_000)
    given = parser.parse_args()
    if given.what == "build":
        build(given.store, given.triples)
    elif given.what == "ask":
        ask(given.store, given.names)
    elif given.what == "whole":
        whole(given.store, given.names)
    else:
        export(given.store)


if __name__ == "__main__":
    main()
