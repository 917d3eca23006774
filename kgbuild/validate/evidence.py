"""Finds for a node that violates a shape the place in the texts where it stands.

A report that names only IRIs helps nobody who knows the news. The first mention of a node, by file and offset, is
where a person looks first. What violates may itself be a broken mention, so nothing here counts on its parts.
"""

from collections.abc import Iterable

import pyoxigraph as ox

from kgbuild.rdf import KG, NIF
from kgbuild.validate.report import Place

_MENTION_OF = KG("mentionOf").value
_PARTS = {
    KG("inArticle").value: "article",
    KG("sentence").value: "sentence",
    KG("sourceFile").value: "file",
    NIF("beginIndex").value: "begin",
    NIF("endIndex").value: "end",
    NIF("anchorOf").value: "text",
}


class Places:
    """Know where the things of a graph stand in its texts."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._parts: dict[str, dict[str, list[str]]] = {}
        self._mentions: dict[str, list[str]] = {}
        for triple in triples:
            predicate = triple.predicate.value
            if predicate == _MENTION_OF:
                self._mentions.setdefault(_value(triple.object), []).append(_value(triple.subject))
            elif predicate in _PARTS:
                parts = self._parts.setdefault(_value(triple.subject), {})
                parts.setdefault(_PARTS[predicate], []).append(_value(triple.object))

    def find(self, node: str) -> tuple[str, Place | None]:
        """Give the source file of a node and its first place there; "" and None when it has none."""
        strings = [node] if self._part(node, "article") else self._mentions.get(node, [])
        places = [place for string in strings if (place := self._place(string))]
        if not places:
            return self._file(node), None
        first = min(places, key=lambda place: (place.file, place.begin, place.end))
        return first.file, first

    def _place(self, string: str) -> Place | None:
        """Read a mention or sentence; None when its offsets are broken."""
        begin, end = self._part(string, "begin"), self._part(string, "end")
        if not (begin.isdecimal() and end.isdecimal()):
            return None
        sentence = self._part(string, "sentence")
        around = self._part(sentence, "text") or sentence
        text = self._part(string, "text")
        return Place(self._file(string), int(begin), int(end), text, around or text)

    def _file(self, node: str) -> str:
        """Name the source file of an article, or of the article that a mention stands in."""
        return self._part(node, "file") or self._part(self._part(node, "article"), "file")

    def _part(self, node: str, name: str) -> str:
        return min(self._parts.get(node, {}).get(name, ()), default="")


def _value(term: object) -> str:
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else str(getattr(term, "value", term))
