"""Turtle and TriG for people: prefixes sorted, subjects grouped and apart, one predicate a line.

The writer is our own although pyoxigraph's, given sorted triples, is stable too and three times as fast. Here
subjects stand apart by an empty line, only the prefixes in use are declared, and the layout is part of the program, not
of the version of a library: a graph in someone's version control does not change because pyoxigraph did.

With *folded*, what RDF 1.2 adds takes the place of `rdf:subject`, `rdf:predicate` and `rdf:object`: a statement
`rdf:reifies` the triple itself.
"""

import tempfile
from collections.abc import Iterable, Iterator

from kgbuild.export.names import Names
from kgbuild.export.order import Entry
from kgbuild.export.source import Source
from kgbuild.model import Triple
from kgbuild.rdf import RDF, TYPE, parts_of_statement

_INDENT = "    "
_IN_MEMORY = 64 * 1024 * 1024
_BUFFER = 1024 * 1024


def turtle(source: Source, *, folded: bool = False) -> Iterator[str]:
    """Write the graphs of *source* as one in Turtle, piece by piece; only prefixes in use are declared."""
    names = Names(source.prefixes)
    blocks = (block for name in source.names for block in _blocks(source.entries(name), names, "", folded))
    return _under_header(names, blocks)


def trig(source: Source, *, folded: bool = False) -> Iterator[str]:
    """Write named graphs as TriG, piece by piece: the default graph first, then the others by name."""
    names = Names(source.prefixes)

    def body() -> Iterator[str]:
        for name in source.names:
            blocks = _blocks(source.entries(name), names, _INDENT if name else "", folded)
            if name is None:
                yield from blocks
            else:
                yield f"\n{names.iri(name)} {{"
                yield from blocks
                yield "}\n"

    return _under_header(names, body())


def _under_header(names: Names, body: Iterable[str]) -> Iterator[str]:
    """Give the header and then *body*: which prefixes it uses is known only when all of it is written."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="") as spool:
        spool.writelines(body)
        spool.seek(0)
        yield "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in names.prefixes.items() if name in names.used)
        while piece := spool.read(_BUFFER):
            yield piece


def _blocks(entries: Iterable[Entry], names: Names, indent: str, folded: bool) -> Iterator[str]:
    """Write a block a subject, each begun by an empty line."""
    for subject, said in entries:
        fact, rest = parts_of_statement(said) if folded else (None, said)
        lines = [
            f"{'a' if predicate == TYPE else names.iri(predicate)} {', '.join(names.term(value) for value in values)}"
            for predicate, values in rest
        ]
        if fact is not None:
            lines.insert(1, f"{names.iri(RDF('reifies'))} {_term(fact, names)}")
        joined = f" ;\n{indent}{_INDENT}".join(lines)
        yield f"\n{indent}{names.iri(subject)} {joined} .\n"


def _term(fact: Triple, names: Names) -> str:
    """Write a triple term."""
    return f"<<( {names.iri(fact.subject)} {names.iri(fact.predicate)} {names.term(fact.object)} )>>"
