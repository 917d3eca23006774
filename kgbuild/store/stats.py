"""Counts what a graph holds, for a person who wants to know what there is before asking."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kgbuild.rdf import DCTERMS, KG, RDF, TYPE
from kgbuild.store.opening import Opened, open_graph

_NOT_FACTS = ("Mention", "Article", "Event", "Statement")


@dataclass(frozen=True, slots=True)
class Stats:
    """Hold what a graph holds.

    Attributes:
        triples: how many, each named graph counted by itself.
        graphs: how many named graphs.
        size_bytes: what the file or folder takes on the disk.
        articles: how many; `first_day` and `last_day` are the days of the earliest and the latest, "" if unknown.
        mentions: how many places in the texts the facts point at.
        classes: class of the ontology -> how many things; broader classes count their narrower ones' things only
            where the graph says so.
        relations: predicate -> how many statements, by how many of them an article asserts itself.
        settings: what the store was made with; empty for a file.
    """

    triples: int
    graphs: int
    size_bytes: int
    articles: int
    first_day: str
    last_day: str
    mentions: int
    classes: Mapping[str, int]
    relations: Mapping[str, tuple[int, int]]
    settings: Mapping[str, str]


def stats(source: Path) -> Stats:
    """Count what a graph file or store holds.

    Raises:
        KgbuildError: it can't be opened.
    """
    opened = open_graph(source)
    try:
        return _counted(opened)
    finally:
        opened.close()


def _counted(opened: Opened) -> Stats:
    count = f"SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) {{ ?thing <{TYPE.value}> ?class }} GROUP BY ?class"
    classes = {name.removeprefix(KG.iri): int(n) for name, n in _rows(opened.store, count) if name.startswith(KG.iri)}
    day = DCTERMS("issued").value
    ((first, last),) = _rows(opened.store, f"SELECT (MIN(?d) AS ?a) (MAX(?d) AS ?b) {{ ?x <{day}> ?d }}")
    said = (
        f"SELECT ?predicate (COUNT(DISTINCT ?s) AS ?all) (COUNT(DISTINCT ?told) AS ?own) "
        f"{{ ?s <{RDF('predicate').value}> ?predicate "
        f"OPTIONAL {{ ?s <{KG('asserted').value}> true BIND (?s AS ?told) }} }} GROUP BY ?predicate"
    )
    relations = {name.removeprefix(KG.iri): (int(n), int(own)) for name, n, own in _rows(opened.store, said)}
    return Stats(
        triples=len(opened.store) if opened.triples is None else opened.triples,
        graphs=sum(1 for _ in opened.store.named_graphs()),
        size_bytes=_size(opened.source),
        articles=classes.get("Article", 0),
        first_day=first,
        last_day=last,
        mentions=classes.get("Mention", 0),
        classes={name: n for name, n in sorted(classes.items()) if name not in _NOT_FACTS},
        relations=dict(sorted(relations.items())),
        settings=dict(opened.settings),
    )


def _rows(store: ox.Store, text: str) -> Iterator[tuple[str, ...]]:
    """Ask, and give each row's characters; an unbound cell is empty."""
    found = store.query(text, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - only SELECT is asked here
    for solution in found:
        yield tuple("" if term is None else str(getattr(term, "value", term)) for term in solution)


def _size(source: Path) -> int:
    if not source.is_dir():
        return source.stat().st_size
    return sum(path.stat().st_size for path in source.rglob("*") if path.is_file())
