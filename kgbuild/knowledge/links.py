"""What constructions between two mentions state: the tables `links.tsv` and `link_words.tsv` of `ontology/frames/`.

Codes of the errors raised here, besides those of `rows` (L001 to L005): `L006` an unknown construction; `L007` an
unknown class; `L008` an unknown predicate; `L009` an unknown reading; `L010` an unknown word in the column `how`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kgbuild.errors import DataError
from kgbuild.knowledge.rows import Row, read_rows, values
from kgbuild.model import EntityType

LINK_COLUMNS = ("construction", "word", "noun", "head", "dependent", "predicate", "reading")
WORD_COLUMNS = ("word", "how", "verb")
PREDICATES = ("leads", "memberOf", "locatedIn", "affiliatedWith", "annexedBy", "hasMember")
_CONSTRUCTIONS = frozenset(
    {"apposition", "predicate", "possessor", "adjective", "compound", "comma", "list", "preposition", "verb"}
)


@dataclass(frozen=True, slots=True)
class LinkReading:
    """Hold one row: which links it reads, and the relation that they state.

    `predicate` is "" for a row that says that nothing is stated; `line` names the row for `kgbuild explain`.
    """

    construction: str
    words: frozenset[str]
    nouns: frozenset[str]
    heads: frozenset[EntityType]
    dependents: frozenset[EntityType]
    predicate: str
    head_is_subject: bool
    line: int

    def fits(self, construction: str, word: str, noun: str, head: EntityType, dependent: EntityType) -> bool:
        """Tell whether the row reads a link of this construction, word, head noun and classes."""
        return (
            self.construction == construction
            and (not self.words or word in self.words)
            and (not self.nouns or noun in self.nouns)
            and (not self.heads or head in self.heads)
            and (not self.dependents or dependent in self.dependents)
        )


@dataclass(frozen=True, slots=True)
class LinkReadings:
    """Hold the rows in the order in which they are tried, and the words that join otherwise than grammar tells.

    Attributes:
        rows: the readings.
        verb_of: noun -> the verb that it stands for (`annexation` -> `annex`).
        of_subject: verbs whose `as` tells what their subject is.
    """

    rows: tuple[LinkReading, ...] = ()
    verb_of: Mapping[str, str] = field(default_factory=dict)
    of_subject: frozenset[str] = frozenset()

    def read(
        self, construction: str, word: str, noun: str, head: EntityType, dependent: EntityType
    ) -> LinkReading | None:
        """Give the first row that fits and states something, or None."""
        for row in self.rows:
            if row.fits(construction, word, noun, head, dependent):
                return row if row.predicate else None
        return None


def load_links(frames_dir: Path) -> LinkReadings:
    """Read the two tables of *frames_dir*.

    Raises:
        DataError: a row is wrong, with its file and line.
    """
    verb_of: dict[str, str] = {}
    of_subject: set[str] = set()
    for row in read_rows(frames_dir / "link_words.tsv", WORD_COLUMNS, "L", required=2):
        word, how, verb = row.cells
        _check(row, "L010", how, {"noun", "subject"})
        if how == "noun":
            verb_of[word] = verb
        else:
            of_subject.add(word)
    readings = tuple(_reading(row) for row in read_rows(frames_dir / "links.tsv", LINK_COLUMNS, "L"))
    return LinkReadings(readings, verb_of, frozenset(of_subject))


def _reading(row: Row) -> LinkReading:
    construction, words, nouns, heads, dependents, predicate, reading = row.cells
    _check(row, "L006", construction, _CONSTRUCTIONS)
    _check(row, "L008", predicate, {*PREDICATES, "-"})
    _check(row, "L009", reading, {"head", "dependent"})
    return LinkReading(
        construction,
        frozenset(values(words)),
        frozenset(values(nouns)),
        _classes(row, heads),
        _classes(row, dependents),
        "" if predicate == "-" else predicate,
        reading == "head",
        row.line,
    )


def _classes(row: Row, cell: str) -> frozenset[EntityType]:
    for value in values(cell):
        _check(row, "L007", value, set(EntityType))
    return frozenset(EntityType(value) for value in values(cell))


def _check(row: Row, code: str, value: str, allowed: Iterable[str]) -> None:
    if value not in set(allowed):
        known = ", ".join(sorted(allowed))
        raise DataError(code, row.path, row.line, f"`{value}` is not allowed here", f"Use one of: {known}.")
