"""Our values as lines of N-Triples and N-Quads, without objects of a library in between.

What goes into a database by the hundred thousand is written here: to make an object for each term first would cost
several times as much. Terms come again and again, so that their forms are kept.
"""

from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

from kgbuild.model import Iri, KnowledgeGraph, Literal, Triple
from kgbuild.rdf import named_parts

_BLANK = "_:"
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
_HELD = 16_384

Parts = Sequence[tuple[Iri | None, Mapping[str, Triple]]]
"""A graph as it is written: the name of each named graph (None: the default graph), and its triples by their lines."""


def by_line(triples: Iterable[Triple]) -> dict[str, Triple]:
    """Give each triple once, in order, under the line that says it, without what ends the line.

    Raises:
        ValueError: an IRI is none.
    """
    return {f"{_FORMS[one[0]]} {_FORMS[one[1]]} {_FORMS[one[2]]}": one for one in triples}


def parts_of(graph: KnowledgeGraph) -> Parts:
    """Write everything that *graph* says once, to be checked and kept; in the order of `named_triples`."""
    return [(name, by_line(triples)) for name, triples in named_parts(graph)]


def ended(lines: Iterable[str], name: Iri | None = None) -> str:
    """Make N-Quads of lines in a named graph, and N-Triples of those in none."""
    end = " .\n" if name is None else f" {_FORMS[name]} .\n"
    return end.join([*lines, ""])


class _Forms(dict[Iri | Literal, str]):
    """Hold the forms of terms, as many as fit; a dictionary finds them quicker than `lru_cache` does."""

    def __missing__(self, term: Iri | Literal) -> str:
        """Write a term."""
        if len(self) >= _HELD:
            self.clear()
        form = self[term] = _form(term)
        return form


_FORMS = _Forms()


def _form(term: Iri | Literal) -> str:
    if isinstance(term, Iri):
        return term.value if term.value.startswith(_BLANK) else f"<{ox.NamedNode(term.value).value}>"
    text = term.value.translate(_ESCAPES)
    if term.language:
        return f'"{text}"@{term.language}'
    return f'"{text}"^^{_FORMS[Iri(term.datatype)]}' if term.datatype else f'"{text}"'
