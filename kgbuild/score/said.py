"""What a graph says, by text: which things stand where, and what is said of them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kgbuild.model import Iri, Literal
from kgbuild.rdf import KG, NIF, RDF, TYPE, read_graph
from kgbuild.score.classes import ENTITY_CLASSES, HEADING
from kgbuild.score.segments import Span

Term = Iri | Literal


@dataclass(frozen=True, slots=True, order=True)
class Standing:
    """Say that a thing stands at a place of a text, and as which kind of mention."""

    begin: int
    end: int
    kind: str
    thing: Iri

    @property
    def span(self) -> Span:
        """Give the place."""
        return self.begin, self.end


class Said:
    """Look up what a graph says, named graphs merged."""

    def __init__(self, triples: Iterable[tuple[Iri, Iri, Term]]) -> None:
        self._values: dict[Iri, dict[Iri, set[Term]]] = defaultdict(lambda: defaultdict(set))
        for subject, predicate, value in triples:
            self._values[predicate][subject].add(value)
        self.standings: dict[str, list[Standing]] = defaultdict(list)
        self.places: dict[Iri, dict[str, list[Standing]]] = defaultdict(lambda: defaultdict(list))
        self._place_mentions()

    @classmethod
    def read(cls, path: Path) -> "Said":
        """Read a graph file.

        Raises:
            KgbuildError: it is missing, broken or of unknown kind.
        """
        return cls(triple for _, triple in read_graph(path).named_triples())

    def _place_mentions(self) -> None:
        files = {article: self.words(article, KG("sourceFile")) for article in self._values[KG("sourceFile")]}
        for mention, things in self._values[KG("mentionOf")].items():
            article = self.value(mention, KG("inArticle"))
            file = files.get(article) if isinstance(article, Iri) else None
            begin, end = (self.words(mention, NIF(name)) for name in ("beginIndex", "endIndex"))
            if file is None or begin is None or end is None:
                continue
            kind = self.words(mention, KG("mentionKind")) or "name"
            for thing in things:
                if isinstance(thing, Iri):
                    self.standings[file].append(Standing(int(begin), int(end), kind, thing))
        for file, standings in self.standings.items():
            standings.sort()
            for standing in standings:
                self.places[standing.thing][file].append(standing)

    def values(self, subject: Iri | None, predicate: Iri) -> list[Term]:
        """Give all values, in a fixed order."""
        found = self._values[predicate].get(subject, set()) if subject is not None else set()
        return sorted(found, key=lambda value: (isinstance(value, Literal), value.value))

    def things(self, subject: Iri | None, predicate: Iri) -> list[Iri]:
        """Give the values that are things."""
        return [value for value in self.values(subject, predicate) if isinstance(value, Iri)]

    def value(self, subject: Iri, predicate: Iri) -> Term | None:
        """Give one value, the first when there are several."""
        return next(iter(self.values(subject, predicate)), None)

    def words(self, subject: Iri, predicate: Iri) -> str | None:
        """Give the characters of one value."""
        value = self.value(subject, predicate)
        return None if value is None else value.value

    def local_name(self, subject: Iri, predicate: Iri) -> str | None:
        """Give what follows the last `#` or `/` of one value."""
        words = self.words(subject, predicate)
        return None if words is None else re.split(r"[#/]", words)[-1]

    def is_a(self, subject: Iri, *classes: Iri) -> bool:
        """Tell whether a thing is of one of the classes, by what the graph says itself."""
        found = self._values[TYPE].get(subject, set())
        return any(class_ in found for class_ in classes)

    @cached_property
    def _of_class(self) -> Mapping[Term, list[Iri]]:
        """Give the things of each class."""
        found: dict[Term, list[Iri]] = defaultdict(list)
        for thing, classes in self._values[TYPE].items():
            for class_ in classes:
                found[class_].append(thing)
        return found

    @cached_property
    def entity_type(self) -> Mapping[Iri, str]:
        """Give the type of each entity; one that has two is of the first, and of `Place` only if of no other after."""
        found: dict[Iri, str] = {}
        for name in ENTITY_CLASSES:
            for thing in self._of_class.get(KG(name), ()):
                if found.get(thing, "Place") == "Place":
                    found[thing] = name
        return found

    @cached_property
    def event_class(self) -> Mapping[Iri, str]:
        """Give the class of each event, the narrower where it has a heading too."""
        found: dict[Iri, str] = {}
        for name, heading in HEADING.items():
            for thing in self._of_class.get(KG(name), ()):
                if thing not in found or name != heading:
                    found[thing] = name
        return found

    def predicate(self, statement: Iri) -> str | None:
        """Give the local name of what a statement states."""
        return self.local_name(statement, RDF("predicate"))
