"""What decides whether two names are one thing: spellings of words, family names, and what a person has ruled.

`names/spellings.tsv` brings words of names to one spelling (`Defence`, `Defense`); `names/surnames.tsv` says which
family names stand first and which are borne by so many that alone they tell nobody; `names/cognates.tsv` says which
given names are one in several languages; `same.tsv` and `different.tsv` hold rulings of the user, which win over every
rule. Those of `names/` may be left empty or away; more may be given.

Error codes, besides those of `rows` (N001 to N005 for the names, M001 to M005 for rulings):
    N006 two rows have one spelling
    N012 a cell that must be `yes` or empty is neither
    M006 a ruling names one and the same thing twice
    M007 a person and a place, or an article as a thing, cannot be one
    M008 same.tsv joins what different.tsv keeps apart
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from kgbuild.errors import DataError
from kgbuild.knowledge.naming import fold
from kgbuild.knowledge.rows import Row, read_rows, values

SPELLING_COLUMNS = ("spelling", "variants")
COGNATE_COLUMNS = ("names",)
SURNAME_COLUMNS = ("surname", "first", "many")
RULING_COLUMNS = ("one", "other", "reason")

_SHORTEST_STEM = 4
_PLACES = frozenset({"country", "region", "city", "facility", "place"})
_ROOMS = _PLACES | {"person", "organization", "group", "document", "weapon", "namedEvent"}


@dataclass(frozen=True, slots=True)
class Selector:
    """Say which thing a ruling means: by a name or by the local name of an IRI, perhaps of one article only.

    `name` is folded and "" when `iri` is given; `article` is the local name of an article's IRI or "".
    """

    name: str = ""
    iri: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Hold one row of same.tsv or different.tsv; `source` is its file's name and line."""

    one: Selector
    other: Selector
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Answer what is one spelling, what a family name tells, and what the user has ruled."""

    words: Mapping[str, str] = field(default_factory=dict)
    endings: tuple[tuple[str, str], ...] = ()
    dropped: frozenset[str] = frozenset()
    inverted: frozenset[str] = frozenset()
    first: frozenset[str] = frozenset()
    many: frozenset[str] = frozenset()
    cognates: Mapping[str, str] = field(default_factory=dict)
    same: tuple[Ruling, ...] = ()
    different: tuple[Ruling, ...] = ()

    def spelled(self, name: str) -> tuple[str, ...]:
        """Bring a name to the words that all its spellings share, folded.

        >>> Identity(words={"defence": "defense"}, inverted=frozenset({"ministry"})).spelled("Ministry of Defence")
        ('defense', 'ministry')
        """
        given = fold(name).split()
        found: list[str] = []
        while given:
            pair = " ".join(given[:2])
            taken = 2 if len(given) > 1 and pair in self.words else 1
            found.append(self._word(" ".join(given[:taken])))
            del given[:taken]
        while len(found) > 1 and found[-1] in self.dropped:
            found.pop()
        if len(found) > 2 and found[0] in self.inverted and found[1] == "of":
            found = [*found[3 if found[2] == "the" and len(found) > 3 else 2 :], found[0]]
        return tuple(found)

    def _word(self, word: str) -> str:
        if word in self.words:
            return self.words[word]
        for ending, usual in self.endings:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
                return word.removesuffix(ending) + usual
        return word


def load_identity(names_dir: Path, same: Sequence[Path] = (), different: Sequence[Path] = ()) -> Identity:
    """Read the tables of *names_dir* and further rulings.

    Raises:
        DataError: a table is broken, or two rulings contradict one another.
    """
    words: dict[str, str] = {}
    endings: dict[str, str] = {}
    dropped: frozenset[str] = frozenset()
    inverted: frozenset[str] = frozenset()
    for row in read_rows(names_dir / "spellings.tsv", SPELLING_COLUMNS, "N", required=2):
        usual, variants = row.cells
        if usual in {"-", "of-"}:
            folded = frozenset(map(fold, values(variants)))
            dropped, inverted = (dropped | folded, inverted) if usual == "-" else (dropped, inverted | folded)
            continue
        kept = endings if usual.startswith("-") else words
        for variant in values(variants):
            key = fold(variant.removeprefix("-"))
            if key in kept:
                raise DataError("N006", row.path, row.line, f"`{variant}` has a row already", "Make one row of both.")
            kept[key] = fold(usual.removeprefix("-"))
    first, many = _surnames(names_dir / "surnames.tsv")
    one = _rulings([names_dir / "same.tsv", *same], own=names_dir, joins=True)
    two = _rulings([names_dir / "different.tsv", *different], own=names_dir, joins=False)
    _agree(one, two)
    return Identity(
        words=MappingProxyType(words),
        endings=tuple(sorted(endings.items(), key=lambda pair: (-len(pair[0]), pair[0]))),
        dropped=dropped,
        inverted=inverted,
        first=first,
        many=many,
        cognates=MappingProxyType(_cognates(names_dir / "cognates.tsv")),
        same=tuple(ruling for ruling, _ in one),
        different=tuple(ruling for ruling, _ in two),
    )


def _surnames(path: Path) -> tuple[frozenset[str], frozenset[str]]:
    """Read which family names stand first, and which are borne by many."""
    first: set[str] = set()
    many: set[str] = set()
    seen: set[str] = set()
    for row in read_rows(path, SURNAME_COLUMNS, "N"):
        surname = fold(row.cells[0])
        if surname in seen:
            raise DataError("N006", path, row.line, f"`{row.cells[0]}` has a row already", "Take one away.")
        seen.add(surname)
        for cell, kept in zip(row.cells[1:], (first, many), strict=True):
            if cell not in {"", "yes"}:
                raise DataError(
                    "N012", path, row.line, f"`{cell}` is neither `yes` nor empty", "Write yes, or nothing."
                )
            if cell:
                kept.add(surname)
    return frozenset(first), frozenset(many)


def _cognates(path: Path) -> dict[str, str]:
    """Read which given names are one in several languages: each with the first of its row, all folded."""
    found: dict[str, str] = {}
    for row in read_rows(path, COGNATE_COLUMNS, "N"):
        names = tuple(map(fold, values(row.cells[0])))
        for name in names:
            if name in found:
                raise DataError("N006", path, row.line, f"`{name}` has a row already", "Make one row of both.")
            found[name] = names[0]
    return found


def _rulings(paths: Iterable[Path], *, own: Path, joins: bool) -> list[tuple[Ruling, Row]]:
    """Read rulings file by file; those of the ontology's own folder may be missing."""
    found: list[tuple[Ruling, Row]] = []
    for path in paths:
        if path.parent == own and not path.exists():
            continue
        for row in read_rows(path, RULING_COLUMNS, "M", required=2):
            one, other = _selector(row, row.cells[0]), _selector(row, row.cells[1])
            if one == other:
                remedy = "Name two things." if joins else "Add ` @ ` and an article to one of them."
                raise DataError("M006", path, row.line, "both cells mean the same", remedy)
            if joins:
                _check_rooms(row, one, other)
            found.append((Ruling(one, other, row.cells[2], f"{path.name}:{row.line}"), row))
    return found


def _selector(row: Row, cell: str) -> Selector:
    """Read a name or an IRI, full or short, with an article behind ` @ ` or without."""
    thing, _, article = (part.strip() for part in cell.partition(" @ "))
    article = _local(article) if article else ""
    local = _local(thing)
    room = local.partition("/")[0]
    if room == "article" or not thing:
        raise DataError("M007", row.path, row.line, f"`{cell}` is no thing", "Name a thing before ` @ `.")
    return (
        Selector(iri=local, article=article) if room in _ROOMS and "/" in local else Selector(fold(thing), "", article)
    )


def _local(text: str) -> str:
    """Cut an IRI to its local name (`person/Ada_Lind`), however it is written; other text stays as it is."""
    text = text.strip("<> ")
    if "://" in text:
        return "/".join(text.rstrip("/").rsplit("/", 2)[-2:])
    prefix, colon, name = text.partition(":")
    return f"{prefix.removeprefix('id-')}/{name}" if colon and prefix.isalpha() and " " not in prefix else text


def _check_rooms(row: Row, one: Selector, other: Selector) -> None:
    """Refuse to make a person and a place one."""
    rooms = {selector.iri.partition("/")[0] for selector in (one, other)}
    if "person" in rooms and rooms & _PLACES:
        raise DataError("M007", row.path, row.line, "a person is never a place", "Check the two IRIs.")


def _agree(same: Iterable[tuple[Ruling, Row]], different: Iterable[tuple[Ruling, Row]]) -> None:
    """Refuse rulings that say of one pair that it is one thing and two."""
    apart = {frozenset({ruling.one, ruling.other}): ruling.source for ruling, _ in different}
    for ruling, row in same:
        if (source := apart.get(frozenset({ruling.one, ruling.other}))) is not None:
            message = f"{source} keeps these two apart"
            raise DataError("M008", row.path, row.line, message, "Take one of the two rows away.")
