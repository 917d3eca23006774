"""Nouns that mean one thing a country or point back: `institutions.tsv`, `anaphora.tsv` and `synonyms.tsv`.

All three lie in `ontology/cues/`. Codes of the errors raised here, besides those of `rows` (I001 to I005): `I006` an
unknown entity type; `I007` an unknown word in the column `how`; `I008` a noun in two groups of synonyms.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kgbuild.errors import DataError
from kgbuild.knowledge.rows import read_rows, values
from kgbuild.model import EntityType

INSTITUTION_COLUMNS = ("head", "class", "label", "type")
ANAPHORA_COLUMNS = ("lemma", "how")
SYNONYM_COLUMNS = ("nouns",)
_HOW = frozenset({"hypernym", "country", "party", "side", "fresh", "kind"})


@dataclass(frozen=True, slots=True)
class Institution:
    """Hold an institution that a country has one of (`Armed Forces of {country}`)."""

    head: str
    class_: str
    label: str
    type: EntityType


@dataclass(frozen=True, slots=True)
class Institutions:
    """Look institutions and back-pointing nouns up.

    Attributes:
        by_head: last words of a noun phrase -> institution.
        by_class: class -> its first row, which gives the label.
        how: lemma -> the ways in which it points back.
        first_of: noun -> the first of the nouns that take up one another.
    """

    by_head: Mapping[str, Institution]
    by_class: Mapping[str, Institution]
    how: Mapping[str, frozenset[str]]
    first_of: Mapping[str, str] = field(default_factory=dict)
    _last_words: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_last_words", frozenset(head.split()[-1] for head in self.by_head))

    def plain(self, lemma: str) -> str:
        """Give the first noun of the group that *lemma* is in (`captive` -> `prisoner`), or *lemma* itself."""
        return self.first_of.get(lemma, lemma)

    def find(self, phrase: str) -> Institution | None:
        """Give the institution that *phrase* ends in, the longest head first; None if it names none."""
        words = phrase.lower().split()
        if not words or words[-1] not in self._last_words:
            return None
        for start in range(len(words)):
            row = self.by_head.get(" ".join(words[start:]))
            if row is not None:
                return row
        return None

    def points_back(self, lemma: str, how: str) -> bool:
        """Tell whether the noun *lemma* points back in the way *how*."""
        return how in self.how.get(lemma, frozenset())


def load_institutions(cues_dir: Path) -> Institutions:
    """Read the three tables of *cues_dir*.

    Raises:
        DataError: a row is wrong, with its file and line.
    """
    by_head: dict[str, Institution] = {}
    by_class: dict[str, Institution] = {}
    for row in read_rows(cues_dir / "institutions.tsv", INSTITUTION_COLUMNS, "I", required=4):
        head, class_, label, kind = row.cells
        if kind not in set(EntityType):
            raise DataError("I006", row.path, row.line, f"unknown type {kind!r}", "Use a class of entities.")
        made = Institution(head, class_, label, EntityType(kind))
        by_head[head] = made
        by_class.setdefault(class_, made)
    how: dict[str, frozenset[str]] = {}
    for row in read_rows(cues_dir / "anaphora.tsv", ANAPHORA_COLUMNS, "I", required=2):
        lemma, way = row.cells
        if way not in _HOW:
            raise DataError(
                "I007", row.path, row.line, f"unknown way {way!r}", f"Use one of {', '.join(sorted(_HOW))}."
            )
        how[lemma] = how.get(lemma, frozenset()) | {way}
    first_of: dict[str, str] = {}
    for row in read_rows(cues_dir / "synonyms.tsv", SYNONYM_COLUMNS, "I"):
        nouns = values(row.cells[0])
        for noun in nouns:
            if noun in first_of:
                raise DataError("I008", row.path, row.line, f"`{noun}` is in another group", "Put both into one row.")
            first_of[noun] = nouns[0]
    return Institutions(by_head, by_class, how, first_of)
