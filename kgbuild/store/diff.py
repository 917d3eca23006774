"""Compares two graphs by what they say, not by how it is written.

A fact is written as one line of plain names: an event by its class and who takes part, a claim by its speaker and
words, a relation by its two ends. Mentions, offsets, rules and the names of nodes are left out, so that two builds
whose texts stand elsewhere, or two ways of naming things, differ only where the news differs. What an article says
several times is counted.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kgbuild.model import EntityType
from kgbuild.rdf import KG, RDF, SKOS, Namespace
from kgbuild.store.opening import open_graph

_DEPTH = 3
_ROLES = ("actor", "recipient", "theme", "place", "time")
_ENTITIES = frozenset(KG(entity.value).value for entity in EntityType)
_PARTS: tuple[tuple[Namespace, str], ...] = (
    *((KG, name) for name in (*_ROLES, "polarity", "modality", "speaker", "addressee", "medium", "content")),
    *((KG, name) for name in ("claimText", "quotation", "holder", "title", "positionOf", "former", "asserted")),
    *((KG, name) for name in ("value", "minimum", "maximum", "modifier", "unit", "quantityOf", "timeValue")),
    *((RDF, name) for name in ("type", "subject", "predicate", "object")),
    (SKOS, "prefLabel"),
)
Fact = tuple[str, str, str]
"""The kind of a fact, what it says, and the source file of the article that says it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold what only one of two graphs says, sorted; a fact stands as often as it is said more."""

    removed: tuple[Fact, ...]
    added: tuple[Fact, ...]
    same: int

    def __bool__(self) -> bool:
        """Tell whether there is any difference."""
        return bool(self.removed or self.added)


def diff(before: Path, after: Path) -> Difference:
    """Compare two graph files or stores by their facts.

    Raises:
        KgbuildError: one of them can't be opened.
    """
    old, new = facts(before), facts(after)
    removed, added = old - new, new - old
    return Difference(tuple(sorted(removed.elements())), tuple(sorted(added.elements())), (old & new).total())


def facts(source: Path) -> Counter[Fact]:
    """Write down every fact of a graph.

    Raises:
        KgbuildError: it can't be opened.
    """
    opened = open_graph(source)
    try:
        return Counter(_Facts(opened.store).all())
    finally:
        opened.close()


class _Facts:
    """Turn the nodes of a graph into lines of plain names."""

    def __init__(self, store: ox.Store) -> None:
        self._said: dict[str, dict[str, list[str]]] = {}
        for namespace, name in _PARTS:
            for quad in store.quads_for_pattern(None, ox.NamedNode(namespace(name).value), None, None):
                parts = self._said.setdefault(_text(quad.subject), {})
                values = parts.setdefault(name, [])
                value = _text(quad.object)
                if value not in values:  # a fact that stands in several named graphs is one fact
                    values.append(value)
        self._files = _files(store)

    def all(self) -> Iterator[Fact]:
        """Write every fact, in each article that says it."""
        for node, parts in self._said.items():
            kind, says = self._fact(parts)
            if kind == "entity":
                yield kind, says, ""
            elif kind:
                for file in self._files.get(node, ("",)):
                    yield kind, says, file

    def _fact(self, parts: dict[str, list[str]]) -> tuple[str, str]:
        types = set(parts.get("type", ()))
        if entities := sorted(types & _ENTITIES):
            return "entity", f"{'/'.join(map(_local, entities))} {self._names(parts, 'prefLabel')}"
        for name, write in (
            ("Statement", self._relation),
            ("Position", self._office),
            ("Claim", self._claim),
            ("Quantity", self._quantity),
        ):
            if KG(name).value in types:
                return {"Statement": "relation", "Position": "office"}.get(name, name.lower()), write(parts)
        if KG("Event").value in types:
            return "event", self._event(parts, _DEPTH)
        return "", ""

    def _relation(self, parts: dict[str, list[str]]) -> str:
        voice = "" if "true" in parts.get("asserted", ()) else " (not asserted)"
        ends = [self._names(parts, name) for name in ("subject", "predicate", "object")]
        return f"{' '.join(ends)}{voice}"

    def _office(self, parts: dict[str, list[str]]) -> str:
        former = "former " if "true" in parts.get("former", ()) else ""
        of = self._names(parts, "positionOf")
        return f"{self._names(parts, 'holder')}: {former}{self._names(parts, 'title')}{f' of {of}' if of else ''}"

    def _event(self, parts: dict[str, list[str]], depth: int) -> str:
        class_ = "/".join(sorted(_local(one) for one in parts.get("type", ()) if one != KG("Event").value)) or "Event"
        sides = [f"{role}: {names}" for role in _ROLES if (names := self._names(parts, role, depth))]
        how = [_local(one) for name in ("polarity", "modality") for one in parts.get(name, ())]
        unusual = [one for one in how if one not in ("positive", "actual")]
        return f"{class_}({'; '.join(sides)}){''.join(f' {one}' for one in sorted(unusual))}"

    def _claim(self, parts: dict[str, list[str]]) -> str:
        to, medium = self._names(parts, "addressee"), self._names(parts, "medium")
        about = self._names(parts, "content")
        words = self._names(parts, "claimText")
        return (
            f"{self._names(parts, 'speaker') or 'somebody'}{f' to {to}' if to else ''}"
            f"{f' in {medium}' if medium else ''}: {words}{f' [{about}]' if about else ''}"
        )

    def _quantity(self, parts: dict[str, list[str]]) -> str:
        values = [f"{name} {self._names(parts, name)}" for name in ("minimum", "maximum") if name in parts]
        number = " ".join([self._names(parts, "modifier"), self._names(parts, "value"), *values]).strip()
        return f"{number} {self._names(parts, 'unit')} of {self._names(parts, 'quantityOf') or 'nothing'}"

    def _names(self, parts: dict[str, list[str]], name: str, depth: int = _DEPTH) -> str:
        return ", ".join(sorted(self._name(value, depth - 1) for value in parts.get(name, ())))

    def _name(self, value: str, depth: int) -> str:
        """Name a thing by its label or time, an event by what it says, a term by its local name."""
        parts = self._said.get(value, {})
        if "prefLabel" in parts:
            return min(parts["prefLabel"])
        if "timeValue" in parts:
            return min(parts["timeValue"])
        if depth > 0 and parts:
            kind, says = ("event", self._event(parts, depth)) if "polarity" in parts else self._fact(parts)
            if kind:
                return says
        types = sorted(map(_local, parts.get("type", ())))
        return types[0] if types else _number(_local(value))


def _number(value: str) -> str:
    """Write a decimal in one way, whatever a store made of it: `300.0` and `300` are the same number."""
    whole, point, rest = value.partition(".")
    if point and whole.lstrip("+-").isdecimal() and rest.isdecimal():
        rest = rest.rstrip("0")
        return f"{whole}.{rest}" if rest else whole
    return value


def _files(store: ox.Store) -> dict[str, tuple[str, ...]]:
    """Tell for each node in which source files it is mentioned."""

    def pairs(term: str) -> Iterator[tuple[str, str]]:
        for quad in store.quads_for_pattern(None, ox.NamedNode(term), None, None):
            yield _text(quad.subject), _text(quad.object)

    file_of = dict(pairs(KG("sourceFile").value))
    article_of = dict(pairs(KG("inArticle").value))
    found: dict[str, set[str]] = {}
    for mention, node in pairs(KG("mentionOf").value):
        found.setdefault(node, set()).add(file_of.get(article_of.get(mention, ""), ""))
    return {node: tuple(sorted(files)) for node, files in found.items()}


def _text(term: object) -> str:
    return str(getattr(term, "value", term))


def _local(iri: str) -> str:
    return iri.removeprefix(KG.iri)
