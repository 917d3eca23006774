"""Our values as lines of N-Triples and N-Quads, without objects of a library in between.

What goes into a database by the hundred thousand is written here: to make an object for each term first would cost
several times as much. Terms come again and again, so that their forms are kept.
"""

from collections.abc import Iterable

import pyoxigraph as ox

from kgbuild.model import Iri, Literal, Triple

_BLANK = "_:"
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
_HELD = 16_384


def triple_lines(triples: Iterable[Triple]) -> str:
    """Write triples as N-Triples.

    Raises:
        ValueError: an IRI is none.
    """
    return "".join([f"{_FORMS[one]} {_FORMS[two]} {_FORMS[three]} .\n" for one, two, three in triples])


def quad_lines(named: Iterable[tuple[Iri | None, Triple]]) -> str:
    """Write triples, each with the named graph it belongs to (None: the default graph), as N-Quads.

    Raises:
        ValueError: an IRI is none.
    """
    lines = []
    for name, (subject, predicate, value) in named:
        line = f"{_FORMS[subject]} {_FORMS[predicate]} {_FORMS[value]}"
        lines.append(f"{line} .\n" if name is None else f"{line} {_FORMS[name]} .\n")
    return "".join(lines)


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
