"""JSON-LD that reads like plain JSON: short keys, ids relative to the base, numbers as numbers.

The context is fixed, not made from the data, so that two builds differ only in what they say. Terms of kgbuild's
own ontology need no prefix (`@vocab`); a key whose values are always things takes their ids as plain strings. A
value that does not fit its key's usual type (a unit in words, say) is written out as `{"@value": ...}`.
"""

import itertools
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kgbuild.export.order import Entry, Said
from kgbuild.export.source import Source
from kgbuild.model import Iri, Literal
from kgbuild.rdf import (
    DCTERMS,
    KG,
    NIF,
    OWL,
    PREFIXES,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    TIME,
    TYPE,
    XSD,
    Namespace,
)

_THINGS = (
    *("about", "actor", "addressee", "affiliatedWith", "annexedBy", "content", "duplicateOf", "hasMember", "hasReport"),
    *("holder", "inArticle", "leads", "locatedIn", "memberOf", "mentionOf", "place", "positionOf", "quantityOf"),
    *("recipient", "report", "sentence", "speaker", "theme", "time"),
)
_TERMS = ("polarity", "modality")
_DECIMALS = ("maximum", "minimum", "score", "value")
# Two prefixes would hide the keys `time` and `unit`, and one would take `geo:` addresses for its own.
_RENAMED = {"geo": "geosparql", "time": "owl-time", "unit": "qudt-unit"}
_PREFIXES = {_RENAMED.get(prefix, prefix): iri for prefix, iri in PREFIXES.items()}
_PREFIX_OF = {iri: prefix for prefix, iri in _PREFIXES.items()}
_BORROWED: Mapping[str, tuple[Namespace, str, str]] = {
    "anchorOf": (NIF, "anchorOf", ""),
    "altLabel": (SKOS, "altLabel", ""),
    "beginIndex": (NIF, "beginIndex", ""),
    "creator": (DCTERMS, "creator", ""),
    "endIndex": (NIF, "endIndex", ""),
    "exactMatch": (SKOS, "exactMatch", "@id"),
    "headline": (DCTERMS, "title", ""),
    "inXSDDate": (TIME, "inXSDDate", "xsd:date"),
    "isPartOf": (DCTERMS, "isPartOf", "@id"),
    "issued": (DCTERMS, "issued", "xsd:date"),
    "object": (RDF, "object", "@id"),
    "predicate": (RDF, "predicate", "@vocab"),
    "prefLabel": (SKOS, "prefLabel", ""),
    "publisher": (DCTERMS, "publisher", ""),
    "hasBeginning": (TIME, "hasBeginning", "@id"),
    "hasEnd": (TIME, "hasEnd", "@id"),
    "hasXSDDuration": (TIME, "hasXSDDuration", "xsd:duration"),
    "label": (RDFS, "label", ""),
    "sameAs": (OWL, "sameAs", "@id"),
    "subject": (RDF, "subject", "@id"),
    "url": (SCHEMA, "url", "@id"),
}
_PATH = re.compile(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)+")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")
_NAMESPACE = re.compile(r"(.*[#/])([A-Za-z0-9][A-Za-z0-9_-]*)", re.DOTALL)


def jsonld(source: Source) -> Iterator[str]:
    """Write graphs as JSON-LD, piece by piece: the default graph at the top, named graphs inside it.

    The ids are written relative to the base of *source*.
    """
    writer = _Writer(source.base)
    yield f'{{\n "@context": {_dumped(context(source.base), 1)},\n "@graph": ['
    nodes = itertools.chain(
        (_dumped(writer.node(*entry), 2) for entry in (source.entries(None) if None in source.names else ())),
        (writer.graph(name, source.entries(name)) for name in source.names if name is not None),
    )
    empty = True
    for node in nodes:
        yield f"{'' if empty else ','}\n  {node}"
        empty = False
    yield "]\n}\n" if empty else "\n ]\n}\n"


def _dumped(value: object, depth: int) -> str:
    """Write JSON that stands *depth* levels deep; no string of JSON has a line break in it."""
    return json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n" + " " * depth)


def context(base: str = "") -> dict[str, Any]:
    """Say what the keys mean; with a *base*, also what the ids are relative to."""
    keys: dict[str, Any] = {name: {"@id": f"kg:{name}", "@type": "@id"} for name in _THINGS}
    keys |= {name: {"@id": f"kg:{name}", "@type": "@vocab"} for name in _TERMS}
    keys |= {name: {"@id": f"kg:{name}", "@type": "xsd:decimal"} for name in _DECIMALS}
    for key, (namespace, name, kind) in _BORROWED.items():
        term = f"{_PREFIX_OF[namespace.iri]}:{name}"
        keys[key] = {"@id": term, "@type": kind} if kind else term
    start = {"@base": base} if base else {}
    return {**start, "@vocab": KG.iri, **dict(sorted(_PREFIXES.items())), **dict(sorted(keys.items()))}


class _Writer:
    """Turn triples into JSON nodes under the fixed context."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._key_of = {f"{space.iri}{name}": key for key, (space, name, _) in _BORROWED.items()}
        self._kind_of = dict.fromkeys(_THINGS, "@id") | dict.fromkeys(_TERMS, "@vocab")
        self._kind_of |= dict.fromkeys(_DECIMALS, XSD("decimal").value)
        for key, (_, _, kind) in _BORROWED.items():
            if kind:
                self._kind_of[key] = kind.replace("xsd:", XSD.iri)

    def graph(self, name: Iri, entries: Iterable[Entry]) -> str:
        """Write a named graph with its subjects."""
        return _dumped({"@id": self.thing(name), "@graph": [self.node(*entry) for entry in entries]}, 2)

    def node(self, subject: Iri, said: Said) -> dict[str, Any]:
        """Write one subject."""
        node: dict[str, Any] = {"@id": self.thing(subject)}
        for predicate, values in said:
            if predicate == TYPE and all(isinstance(value, Iri) for value in values):
                node["@type"] = _one(self._term(value.value) for value in values)
                continue
            key = self._key(predicate)
            node[key] = _one(self._value(value, self._kind_of.get(key, "")) for value in values)
        return node

    def thing(self, iri: Iri) -> str:
        """Write an id, relative to the base where that is safe."""
        local = iri.value.removeprefix(self._base)
        return local if local != iri.value and _PATH.fullmatch(local) else iri.value

    def _term(self, value: str) -> str:
        """Write a class or another term of a vocabulary; our own without prefix."""
        match = _NAMESPACE.fullmatch(value)
        if match is None:
            return value
        known = self._kind_of.keys() | _BORROWED.keys() | _PREFIXES.keys()
        if match[1] == KG.iri and _WORD.fullmatch(match[2]) and match[2] not in known:
            return match[2]
        prefix = _PREFIX_OF.get(match[1])
        return f"{prefix}:{match[2]}" if prefix else value

    def _key(self, predicate: Iri) -> str:
        key = self._key_of.get(predicate.value)
        if key is not None:
            return key
        local = predicate.value.removeprefix(KG.iri)
        if local != predicate.value and local in self._kind_of and local not in _BORROWED:
            return local
        return self._term(predicate.value)

    def _value(self, value: Iri | Literal, kind: str) -> Any:  # noqa: ANN401 - JSON is a string, a number or an object
        if isinstance(value, Iri):
            return self._reference(value, kind)
        if value.language:
            return {"@value": value.value, "@language": value.language}
        if kind and value.datatype == kind:
            return value.value
        if not kind and value.datatype == XSD("integer").value and _INTEGER.fullmatch(value.value):
            return int(value.value)
        if not kind and value.datatype == XSD("boolean").value and value.value in ("true", "false"):
            return value.value == "true"
        if value.datatype:
            return {"@value": value.value, "@type": self._term(value.datatype)}
        return {"@value": value.value} if kind else value.value

    def _reference(self, value: Iri, kind: str) -> str | dict[str, str]:
        if kind == "@vocab":
            term = self._term(value.value)
            return term if term != value.value else {"@id": value.value}
        return self.thing(value) if kind == "@id" else {"@id": self.thing(value)}


def _one(values: Iterable[Any]) -> Any:  # noqa: ANN401
    """Write a single value by itself, several as a list."""
    written = list(values)
    return written[0] if len(written) == 1 else written


def published() -> str:
    """Write the context as a file of its own, for other programs' JSON."""
    return json.dumps({"@context": context()}, indent=1) + "\n"


if __name__ == "__main__":
    sys.stdout.write(published())
