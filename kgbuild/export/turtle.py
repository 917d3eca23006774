"""Turtle and TriG for people: prefixes sorted, subjects grouped and apart, one predicate a line.

The writer is our own although pyoxigraph's, given sorted triples, is stable too and three times as fast. Here
subjects stand apart by an empty line, only the prefixes in use are declared, and the layout is part of the program, not
of the version of a library: a graph in someone's version control does not change because pyoxigraph did.
"""

from collections.abc import Iterable, Iterator, Mapping

from kgbuild.export.names import Names
from kgbuild.export.order import described
from kgbuild.model import Iri, Triple
from kgbuild.rdf import TYPE, natural_key

_INDENT = "    "


def turtle(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> str:
    """Write *triples* as one Turtle graph; only the prefixes that are used are declared."""
    names = Names(prefixes)
    body = list(_blocks(triples, names, ""))
    return _header(names) + "".join(body)


def trig(graphs: Mapping[Iri | None, Iterable[Triple]], prefixes: Mapping[str, str]) -> str:
    """Write named graphs as TriG: the default graph (None) first, then the others by name."""
    names = Names(prefixes)
    body = list(_blocks(graphs.get(None, ()), names, ""))
    for name in sorted((name for name in graphs if name is not None), key=lambda one: natural_key(one.value)):
        inner = list(_blocks(graphs[name], names, _INDENT))
        body.append(f"\n{names.iri(name)} {{{''.join(inner)}}}\n")
    return _header(names) + "".join(body)


def _header(names: Names) -> str:
    return "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in names.prefixes.items() if prefix in names.used)


def _blocks(triples: Iterable[Triple], names: Names, indent: str) -> Iterator[str]:
    """Write a block a subject, each begun by an empty line."""
    for subject, said in described(triples):
        lines = [
            f"{'a' if predicate == TYPE else names.iri(predicate)} {', '.join(names.term(value) for value in values)}"
            for predicate, values in said
        ]
        joined = f" ;\n{indent}{_INDENT}".join(lines)
        yield f"\n{indent}{names.iri(subject)} {joined} .\n"
