"""Knows the words that tell what a mention, a title or a report is.

These are titles of persons, head nouns, first and last words of names, pronouns, words that attribute, hedges,
negation and modality.

Every table of `ontology/cues/` that is read here is a plain list of words with a few closed columns, so that somebody
who knows news can add a row. Words are looked up by their dictionary form, small letters, several words with one blank
between; for titles and nouns hyphens count as blanks and dots for nothing (`vice-president`, `Lt. Gen.`).

Error codes, besides those of `rows` (C001 to C005):
    C006 a word has two rows in one table
    C007 a cell holds a word that its column does not allow
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from kgbuild.errors import DataError
from kgbuild.knowledge.rows import Row, read_rows
from kgbuild.model import EntityType

TITLE_COLUMNS = ("title", "kind", "gender", "leads")
MODIFIER_COLUMNS = ("modifier", "meaning")
NOUN_COLUMNS = ("noun", "type", "plural_type")
ENDING_COLUMNS = ("word", "position", "type")
PRONOUN_COLUMNS = ("form", "kind", "person", "number", "gender")
REPORTING_COLUMNS = ("lemma", "pos", "stance", "addressee", "quotes", "event", "things")
HEDGE_COLUMNS = ("phrase", "effect")
NEGATION_COLUMNS = ("word", "pos", "kind")
MODALITY_COLUMNS = ("word", "pos", "modality")

_GENDERS = ("", "male", "female", "neuter")
_YES = ("", "yes")
_TYPES = tuple(str(kind) for kind in EntityType)

_Value = TypeVar("_Value")
_Frozen = MappingProxyType[str, _Value]


@dataclass(frozen=True, slots=True)
class Title:
    """Hold a word for what a person is.

    Attributes:
        phrase: dictionary form, `prime minister`.
        kind: `office`, `military` (a rank) or `profession`, which make a position; `role` (only a nominal) or
            `honorific` (`Mr`).
        gender: `male` or `female` when the word tells, else "".
        leads: whether the holder leads the organisation or group that the office belongs to.
    """

    phrase: str
    kind: str
    gender: str = ""
    leads: bool = False

    @property
    def makes_position(self) -> bool:
        """Tell whether to have it is a position."""
        return self.kind in {"office", "military", "profession"}


@dataclass(frozen=True, slots=True)
class Noun:
    """Hold the class of thing that a head noun names; `plural_type` is that of its plural."""

    noun: str
    type: EntityType
    plural_type: EntityType


@dataclass(frozen=True, slots=True)
class Pronoun:
    """Hold a pronoun's grammar.

    Attributes:
        form: as written, small letters.
        kind: `personal`, `possessive`, `reflexive`, `relative`, `demonstrative` or `indefinite`.
        person: 1, 2 or 3.
        number: `singular`, `plural` or "" for either.
        gender: `male`, `female`, `neuter` or "" for any.
    """

    form: str
    kind: str
    person: int
    number: str
    gender: str


@dataclass(frozen=True, slots=True)
class Reporting:
    """Hold a word that attributes.

    Attributes:
        lemma: dictionary form, a preposition of its phrase included (`according to`).
        pos: `verb`, `noun` or `phrase`.
        stance: `say`, `write`, `announce`, `confirm`, `deny`, `doubt`, `think`, `ask`, `show` or `cite`.
        addressee: where the hearer stands: `object` (`told him`), `to` (`said to him`) or "" for nowhere.
        quotes: whether it introduces direct speech.
        event: whether it is an event of the ontology too, so that it is a claim only with a stated content.
        things: whether it reports a thing as well as a clause (`confirmed the deal`).
    """

    lemma: str
    pos: str
    stance: str
    addressee: str = ""
    quotes: bool = False
    event: bool = False
    things: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """Hold any other cue: the word or phrase, its part of speech where told, and what it does."""

    word: str
    pos: str
    effect: str


@dataclass(frozen=True, slots=True)
class Cues:
    """Answer what a word tells; every mapping is by dictionary form in small letters and cannot be changed.

    Attributes:
        titles: offices, roles, honorifics and ranks; match the longest phrase first.
        modifiers: words before a title and what they do to it: `former`, `acting`, `incoming`, `late`, `deputy`.
        nouns: head nouns.
        first_words, last_words: words that tell a name's class by standing first (`Mount`) or last (`Palace`).
        words_behind: common nouns that tell the class of the name before them (`regime`).
        numbered: words behind which a number belongs to the name (`Resolution 2254`).
        pronouns: by form.
        reporting: verbs, nouns and phrases that attribute, by word and part of speech (`report noun`).
        hedges: phrase -> `claim` (said by nobody named), `possible` or `approximate`.
        negation: `not`, `never`, `without`, and verbs and nouns that deny what hangs on them (`fail`, `refusal`).
        modality: modals and words that plan, demand, offer or doubt what hangs on them, by word and part of speech.
    """

    titles: Mapping[str, Title] = field(default_factory=dict)
    modifiers: Mapping[str, str] = field(default_factory=dict)
    nouns: Mapping[str, Noun] = field(default_factory=dict)
    first_words: Mapping[str, EntityType] = field(default_factory=dict)
    last_words: Mapping[str, EntityType] = field(default_factory=dict)
    words_behind: Mapping[str, EntityType] = field(default_factory=dict)
    numbered: Mapping[str, EntityType] = field(default_factory=dict)
    pronouns: Mapping[str, Pronoun] = field(default_factory=dict)
    reporting: Mapping[str, Reporting] = field(default_factory=dict)
    hedges: Mapping[str, Cue] = field(default_factory=dict)
    negation: Mapping[str, Cue] = field(default_factory=dict)
    modality: Mapping[str, Cue] = field(default_factory=dict)
    _title_ends: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_title_ends", frozenset(phrase.rpartition(" ")[2] for phrase in self.titles))

    def ends_title(self, word: str) -> bool:
        """Tell whether some title ends in *word*: of most words, that is all that has to be asked about titles."""
        return _last_word(word) in self._title_ends

    def title(self, phrase: str) -> Title | None:
        """Find a title by its dictionary form (`prime minister`), or None."""
        return self.titles.get(_plain(phrase))

    def former(self, word: str) -> bool:
        """Tell whether *word* before a title says that the office is held no more (`ex`, `former`, `then`)."""
        return self.modifiers.get(_plain(word)) == "former"

    def modifier(self, word: str) -> str:
        """Tell what *word* does to the title after it: `former`, `acting`, `incoming`, `late`, `deputy`, or ""."""
        return self.modifiers.get(_plain(word), "")

    def noun_type(self, lemma: str, *, plural: bool = False) -> EntityType | None:
        """Tell the class of thing that a head noun names, or None."""
        noun = self.nouns.get(_plain(lemma))
        if noun is None:
            return None
        return noun.plural_type if plural else noun.type

    def ending_type(self, word: str) -> EntityType | None:
        """Tell the class of a name by its last word (`Palace`), or None."""
        return self.last_words.get(word.lower())

    def beginning_type(self, word: str) -> EntityType | None:
        """Tell the class of a name by its first word (`Mount`), or None."""
        return self.first_words.get(word.lower())

    def pronoun(self, form: str) -> Pronoun | None:
        """Find a pronoun as written, in any case, or None."""
        return self.pronouns.get(form.lower())

    def reports(self, lemma: str, pos: str = "verb") -> Reporting | None:
        """Find a word that attributes, by its dictionary form and part of speech (verb, noun, phrase), or None."""
        return self.reporting.get(f"{_plain(lemma)} {pos}")

    def modality_of(self, word: str, pos: str) -> str:
        """Tell in which way *word* (auxiliary, verb, noun, ...) lets what hangs on it be told; "" for plainly."""
        cue = self.modality.get(f"{_plain(word)} {pos}")
        return cue.effect if cue is not None else ""


def load_cues(cues_dir: Path) -> Cues:
    """Read every table of cues.

    Args:
        cues_dir: the folder `ontology/cues`.

    Raises:
        DataError: a table is missing or a row of it is broken.
    """
    endings = _keyed(cues_dir / "name_endings.tsv", ENDING_COLUMNS, 3, lambda row: (row.cells[1], _ending(row)), 2)
    return Cues(
        titles=_keyed(cues_dir / "titles.tsv", TITLE_COLUMNS, 2, _title),
        modifiers=_keyed(cues_dir / "title_modifiers.tsv", MODIFIER_COLUMNS, 2, _modifier),
        nouns=_keyed(cues_dir / "nouns.tsv", NOUN_COLUMNS, 2, _noun),
        first_words=_side(endings, "first"),
        last_words=_side(endings, "last"),
        words_behind=_side(endings, "behind"),
        numbered=_side(endings, "numbered"),
        pronouns=_keyed(cues_dir / "pronouns.tsv", PRONOUN_COLUMNS, 3, _pronoun),
        reporting=_keyed(cues_dir / "reporting.tsv", REPORTING_COLUMNS, 3, _reporting, 2),
        hedges=_keyed(cues_dir / "hedges.tsv", HEDGE_COLUMNS, 2, _hedge),
        negation=_keyed(cues_dir / "negation.tsv", NEGATION_COLUMNS, 3, _negation),
        modality=_keyed(cues_dir / "modality.tsv", MODALITY_COLUMNS, 3, _modality, 2),
    )


@lru_cache(maxsize=8_192)
def _plain(phrase: str) -> str:
    """Bring a word or phrase to the form of the tables: small letters, blanks for hyphens, no dots.

    >>> _plain("Vice-President"), _plain("Lt. Gen.")
    ('vice president', 'lt gen')
    """
    return " ".join(phrase.lower().replace("-", " ").replace(".", "").replace("’", "'").split())


@lru_cache(maxsize=8_192)
def _last_word(phrase: str) -> str:
    return _plain(phrase).rpartition(" ")[2]


def _keyed(
    path: Path, columns: tuple[str, ...], required: int, make: Callable[[Row], _Value], key_cells: int = 1
) -> _Frozen[_Value]:
    """Read a table into a mapping by its first cell (or first *key_cells* cells), each key once."""
    found: dict[str, _Value] = {}
    for row in read_rows(path, columns, "C", required):
        key = " ".join(_plain(cell) for cell in row.cells[:key_cells])
        if key in found:
            raise DataError("C006", path, row.line, f"`{key}` has a row already", "Put both into one row.")
        found[key] = make(row)
    return MappingProxyType(found)


def _one_of(row: Row, cell: str, allowed: Iterable[str]) -> str:
    """Let a cell pass that holds one of the words which its column allows."""
    if cell not in allowed:
        known = ", ".join(word or "(nothing)" for word in allowed)
        raise DataError("C007", row.path, row.line, f"`{cell}` is not allowed here", f"Use one of: {known}.")
    return cell


def _title(row: Row) -> Title:
    """Make a title of a row."""
    phrase, kind, gender, leads = row.cells
    return Title(
        _plain(phrase),
        _one_of(row, kind, ("office", "role", "honorific", "military", "profession")),
        _one_of(row, gender, _GENDERS[:3]),
        _one_of(row, leads, _YES) == "yes",
    )


def _modifier(row: Row) -> str:
    """Read what a modifier does to a title."""
    return _one_of(row, row.cells[1], ("former", "acting", "incoming", "late", "deputy"))


def _noun(row: Row) -> Noun:
    """Make a noun of a row; an empty last cell means that the plural is of the singular's class."""
    noun, kind, plural = row.cells
    single = EntityType(_one_of(row, kind, _TYPES))
    return Noun(_plain(noun), single, EntityType(_one_of(row, plural, _TYPES)) if plural else single)


def _ending(row: Row) -> EntityType:
    """Read the class that a word in or behind a name tells."""
    _one_of(row, row.cells[1], ("first", "last", "behind", "numbered"))
    return EntityType(_one_of(row, row.cells[2], _TYPES))


def _side(endings: Mapping[str, tuple[str, EntityType]], position: str) -> _Frozen[EntityType]:
    """Take the words of one position out of the table of endings."""
    suffix = f" {position}"
    return MappingProxyType(
        {key.removesuffix(suffix): kind for key, (where, kind) in endings.items() if where == position}
    )


def _pronoun(row: Row) -> Pronoun:
    """Make a pronoun of a row."""
    form, kind, person, number, gender = row.cells
    kinds = ("personal", "possessive", "reflexive", "relative", "demonstrative", "indefinite")
    return Pronoun(
        form.lower(),
        _one_of(row, kind, kinds),
        int(_one_of(row, person, ("1", "2", "3"))),
        _one_of(row, number, ("", "singular", "plural")),
        _one_of(row, gender, _GENDERS),
    )


def _reporting(row: Row) -> Reporting:
    """Make a reporting word of a row."""
    lemma, pos, stance, addressee, quotes, event, things = row.cells
    stances = ("say", "write", "announce", "confirm", "deny", "doubt", "think", "ask", "show", "cite")
    return Reporting(
        lemma.lower(),
        _one_of(row, pos, ("verb", "noun", "phrase")),
        _one_of(row, stance, stances),
        _one_of(row, addressee, ("", "object", "to")),
        _one_of(row, quotes, _YES) == "yes",
        _one_of(row, event, _YES) == "yes",
        _one_of(row, things, _YES) == "yes",
    )


def _hedge(row: Row) -> Cue:
    """Make a hedge of a row."""
    phrase, effect = row.cells
    return Cue(phrase.lower(), "", _one_of(row, effect, ("claim", "possible", "approximate")))


def _negation(row: Row) -> Cue:
    """Make a negation of a row."""
    word, pos, kind = row.cells
    parts = ("adverb", "determiner", "pronoun", "preposition", "conjunction", "verb", "noun", "adjective")
    return Cue(word.lower(), _one_of(row, pos, parts), _one_of(row, kind, ("plain", "implied", "stop")))


def _modality(row: Row) -> Cue:
    """Make a sign of modality of a row."""
    word, pos, modality = row.cells
    parts = ("auxiliary", "verb", "noun", "adjective", "adverb", "preposition", "conjunction")
    known = ("actual", "future", "requested", "proposed", "possible", "conditional")
    return Cue(word.lower(), _one_of(row, pos, parts), _one_of(row, modality, known))
