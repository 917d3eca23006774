"""Shows terms the way a person writes them: with prefixes instead of whole IRIs."""

import re

from kgbuild.knowledge.shapes import KGSH, SH
from kgbuild.model import Iri, Literal
from kgbuild.rdf import NAMESPACES

_KNOWN = sorted((KGSH, SH, *NAMESPACES), key=lambda namespace: -len(namespace.iri))


def compact(term: Iri | Literal) -> str:
    """Write a term short: `kg:Meet`, `<https://example.org/x>`, `13`, `"thirteen"`.

    >>> compact(Iri("https://w3id.org/kgbuild/ontology#Meet")), compact(Literal("thirteen"))
    ('kg:Meet', '"thirteen"')
    """
    if isinstance(term, Literal):
        return term.value if term.datatype else f'"{term.value}"'
    for namespace in _KNOWN:
        if term.value.startswith(namespace.iri):
            local = term.value.removeprefix(namespace.iri)
            if local and all(letter.isalnum() or letter in "_-." for letter in local):
                return f"{namespace.prefix}:{local}"
    return term.value if term.value.startswith("_:") else f"<{term.value}>"


def compact_path(path: str) -> str:
    """Write a path short.

    >>> compact_path("^<https://w3id.org/kgbuild/ontology#mentionOf>")
    '^kg:mentionOf'
    """
    if "<" not in path:
        return compact(Iri(path))
    return re.sub(r"<([^<>]+)>", lambda match: compact(Iri(match[1])), path)
