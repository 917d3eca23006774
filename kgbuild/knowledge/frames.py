"""What words mean: frame entries from `ontology/frames/*.yaml`, checked one by one.

`classes.yaml` lists the classes of events with the roles that their sides fill unless an entry says otherwise. Every
other file of that folder holds entries: which words, under which conditions, name an event of a class. Words that
attribute, deny or doubt are no events and stand in `ontology/cues/`. `docs/frames.md` explains the form to people who
edit it.

Every mistake is a `DataError` with file, line and remedy:

    F001  not readable as YAML                    F007  a role or side that does not exist
    F002  not a list of entries                   F008  a type that does not exist in a condition
    F003  a key is missing or unknown             F009  no example that gives something, or none that gives nothing
    F004  an id is missing, badly formed or used  F010  a way of telling that does not exist
    F005  a class that does not exist             F011  the same word under the same conditions in two entries
    F006  words are missing or badly formed
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kgbuild.errors import DataError
from kgbuild.knowledge.examples import FrameExample, read_examples
from kgbuild.knowledge.lines import Line, check_keys, mapping, read_yaml
from kgbuild.model import EntityType, Modality

_ROOT = "Event"
ROLES = frozenset({"actor", "recipient", "theme", "place"})
TELLINGS = frozenset(modality.value for modality in Modality)
ALIASES: Mapping[str, frozenset[str]] = {
    "Agent": frozenset({"Person", "Organization", "Country", "Group"}),
    "Site": frozenset({"City", "Region", "Country", "Facility", "Place"}),
    "Thing": frozenset({"Document", "Weapon", "Facility"}),
}
TYPES = frozenset({*(kind.value for kind in EntityType), "Event", "Clause", "Infinitive", "Any"})
_PREPOSITIONS = (
    "about above across after against ahead along amid among around as at away back before behind below "
    "between beyond by down during for forward from in inside into near of off on onto out over past "
    "regarding concerning round since through throughout to toward towards under until up upon via with "
    "within without together aside apart"
)
PREPOSITIONS = frozenset(_PREPOSITIONS.split())
SIDES = PREPOSITIONS | frozenset(
    {
     "subject", "object", "indirect", "clause", "complement", "possessor", "modifier", "bearer", "bare",
     "adverbial", "adverb", "according to", "because of", "out of", "such as", "including", "via", "using",
     "citing", "following", "alongside", "outside",
    }
)  # fmt: skip
HEAD = "head"
"""Where a condition asks for the word that the entry's word belongs to: as modifier, behind `of` or `in`, as object."""
_KEYS = frozenset({"id", "says", "class", "words", "roles", "when", "unless", "content", "examples"})
_POS = {"verbs": "verb", "nouns": "noun", "adjectives": "adjective"}


@dataclass(frozen=True, slots=True)
class Side:
    """Name a side of a clause and the types that may fill it; no types let everything in."""

    name: str
    types: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Word:
    """Hold one word or combination of words that an entry answers to.

    Attributes:
        pos: "verb", "noun" or "adjective".
        lemma: the word itself, lower case.
        particle: a particle or preposition that must go with it, "".
        noun: the head word that must stand behind the particle (or as the object), "".
        modifiers: words that must stand before a noun.
    """

    pos: str
    lemma: str
    particle: str = ""
    noun: str = ""
    modifiers: tuple[str, ...] = ()

    @property
    def length(self) -> int:
        """Count the words; a longer combination is the surer one."""
        return 1 + bool(self.particle) + bool(self.noun) + len(self.modifiers)


@dataclass(frozen=True, slots=True)
class Condition:
    """Ask that (or, in `unless`, that no) filler of a role or side be of a type or be one of some words."""

    at: str
    types: frozenset[str]
    lemmas: frozenset[str]


@dataclass(frozen=True, slots=True)
class FrameEntry:
    """Hold one row of meaning.

    Attributes:
        id: its name, unique over all files.
        says: what it stands for, in one sentence.
        event_class: a class of `classes.yaml`.
        words: what it answers to.
        roles: role -> sides that fill it, in order.
        when, unless: conditions.
        content: how the events in its theme are told (`requested`, ...), "" to leave them as they are.
        examples: sentences that hold it to account.
        path, line: where it stands.
    """

    id: str
    says: str
    event_class: str
    words: tuple[Word, ...]
    roles: Mapping[str, tuple[Side, ...]]
    when: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    content: str = ""
    examples: tuple[FrameExample, ...] = ()
    path: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class EventClass:
    """Hold one class of events: its heading, the roles its sides fill by default, how its themes are told."""

    name: str
    parent: str
    roles: Mapping[str, tuple[Side, ...]]
    content: str = ""


@dataclass(frozen=True, slots=True)
class Frames:
    """Hold all frame knowledge.

    Attributes:
        entries: every entry, by file and line.
        classes: name -> class.
        index: (part of speech, lemma) -> (entry, word) pairs, the longest combination first.
    """

    entries: tuple[FrameEntry, ...] = ()
    classes: Mapping[str, EventClass] = field(default_factory=dict)
    index: Mapping[tuple[str, str], tuple[tuple[FrameEntry, Word], ...]] = field(default_factory=dict)

    def candidates(self, pos: str, lemma: str) -> tuple[tuple[FrameEntry, Word], ...]:
        """List the entries that may know a word; a verb with a particle is known by its bare form."""
        return self.index.get((pos, lemma.split(" ")[0]), ())

    def heading(self, event_class: str) -> str:
        """Give the heading of a class; a heading is its own."""
        known = self.classes.get(event_class)
        return (known.parent or known.name) if known else event_class


def load_frames(folder: Path) -> Frames:
    """Read and check every file of a frames folder.

    Args:
        folder: `ontology/frames`.

    Raises:
        DataError: the first mistake, with its code, file, line and remedy.
    """
    classes = _load_classes(folder / "classes.yaml")
    entries: list[FrameEntry] = []
    seen: dict[str, FrameEntry] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name == "classes.yaml":
            continue
        content = read_yaml(path)
        if not isinstance(content.value, list):
            raise DataError(
                "F002", path, content.number, "is not a list of entries", "Begin each entry with `- id: ...`."
            )
        for item in content.value:
            entry = _entry(path, item, classes)
            if entry.id in seen:
                remedy = f"Choose another; {seen[entry.id].path}:{seen[entry.id].line} has it already."
                raise DataError("F004", path, item.number, f"the id {entry.id!r} is used twice", remedy)
            seen[entry.id] = entry
            entries.append(entry)
    return Frames(tuple(entries), classes, _index(entries))


def _index(entries: Sequence[FrameEntry]) -> dict[tuple[str, str], tuple[tuple[FrameEntry, Word], ...]]:
    """Sort entries by the words that they answer to, the most demanding first; refuse two that ask for the same."""
    found: dict[tuple[str, str], list[tuple[FrameEntry, Word]]] = {}
    taken: dict[tuple[object, ...], FrameEntry] = {}
    for entry in entries:
        for word in entry.words:
            key = (word, entry.when, entry.unless)
            if key in taken:
                other = taken[key]
                remedy = (
                    f"Take it out of one of them, or tell them apart by `when`; the other is {other.path}:{other.line}."
                )
                raise DataError(
                    "F011", entry.path, entry.line, f"{word.lemma!r} is also a word of {other.id!r}", remedy
                )
            taken[key] = entry
            found.setdefault((word.pos, word.lemma), []).append((entry, word))
    return {key: tuple(sorted(pairs, key=_demand)) for key, pairs in found.items()}


def _demand(pair: tuple[FrameEntry, Word]) -> tuple[int, int, int]:
    """Order by how much an entry asks for, the most first."""
    entry, word = pair
    return -word.length, -len(entry.when), -len(entry.unless)


def _load_classes(path: Path) -> dict[str, EventClass]:
    content = read_yaml(path)
    if not isinstance(content.value, dict):
        raise DataError("F002", path, content.number, "does not map classes to what they need", "See docs/frames.md.")
    classes: dict[str, EventClass] = {}
    for name, line in content.value.items():
        values = mapping(path, line, f"class {name}")
        check_keys(path, line, values, frozenset({"parent", "says", "roles", "content"}), frozenset({"says"}))
        parent = str(values["parent"].value) if "parent" in values else ""
        if name != _ROOT and parent not in classes:
            remedy = f"Name {_ROOT} or a class that stands above it in this file."
            raise DataError("F005", path, line.number, f"{name} stands under {parent!r}, which is no class", remedy)
        inherited = classes[parent].roles if parent else {}
        roles = {**inherited, **_roles(path, values.get("roles"))}
        telling = _telling(path, values.get("content")) or (classes[parent].content if parent else "")
        classes[name] = EventClass(name, "" if parent == _ROOT else parent, roles, telling)
    classes.pop(_ROOT, None)
    return classes


def _entry(path: Path, line: Line, classes: Mapping[str, EventClass]) -> FrameEntry:
    values = mapping(path, line, "an entry")
    check_keys(path, line, values, _KEYS, frozenset({"says", "class", "words", "examples"}))
    name = str(values["id"].value) if "id" in values else ""
    if not name or not all(part.isalnum() and part == part.lower() for part in name.split("-")):
        raise DataError(
            "F004",
            path,
            line.number,
            f"the id {name!r} is not lower-case words joined by `-`",
            "Write `id: like-this`.",
        )
    known = _class(path, values["class"], classes)
    return FrameEntry(
        id=name,
        says=str(values["says"].value),
        event_class=known.name,
        words=_words(path, values["words"]),
        roles={**known.roles, **_roles(path, values.get("roles"))},
        when=_conditions(path, values.get("when")),
        unless=_conditions(path, values.get("unless")),
        content=_telling(path, values.get("content")) or known.content,
        examples=read_examples(path, values["examples"]),
        path=path.name,
        line=line.number,
    )


def _class(path: Path, line: Line, classes: Mapping[str, EventClass]) -> EventClass:
    name = str(line.value)
    known = classes.get(name.removeprefix("kg:")) if name.startswith("kg:") else None
    if known is None:
        remedy = f"Use one of {', '.join('kg:' + other for other in sorted(classes))}."
        raise DataError("F005", path, line.number, f"{name!r} is no class", remedy)
    return known


def _telling(path: Path, line: Line | None) -> str:
    if line is None:
        return ""
    if line.value not in TELLINGS:
        remedy = f"Use one of {', '.join(sorted(TELLINGS))}."
        raise DataError("F010", path, line.number, f"{line.value!r} is no way of telling", remedy)
    return str(line.value)


def _words(path: Path, line: Line) -> tuple[Word, ...]:
    remedy = "Write `words: {verbs: [...], nouns: [...], adjectives: [...]}`, each word in its dictionary form."
    if not isinstance(line.value, dict) or not line.value:
        raise DataError("F006", path, line.number, "words are missing", remedy)
    found: list[Word] = []
    for group, words in line.value.items():
        if group not in _POS or not isinstance(words.value, list) or not words.value:
            raise DataError("F006", path, words.number, f"{group!r} is no list of words", remedy)
        for word in words.value:
            text = word.value
            if not isinstance(text, str) or not text.strip() or text != text.strip() or text != text.lower():
                raise DataError("F006", path, word.number, f"{text!r} is no word in lower case", remedy)
            found.append(word_of(_POS[group], text))
    return tuple(found)


def word_of(pos: str, text: str) -> Word:
    """Take a combination of words apart.

    >>> word_of("verb", "put on alert")
    Word(pos='verb', lemma='put', particle='on', noun='alert', modifiers=())
    >>> word_of("verb", "claim responsibility").noun, word_of("noun", "martial law").modifiers
    ('responsibility', ('martial',))
    """
    first, *rest = text.split(" ")
    if pos == "noun":
        if rest and rest[0] in PREPOSITIONS:
            return Word(pos, first, rest[0], rest[1] if len(rest) > 1 else "")
        *modifiers, head = text.split(" ")
        return Word(pos, head, modifiers=tuple(modifiers))
    particle = rest.pop(0) if rest and rest[0] in PREPOSITIONS else ""
    return Word(pos, first, particle, rest[-1] if rest else "")


def _roles(path: Path, line: Line | None) -> dict[str, tuple[Side, ...]]:
    if line is None:
        return {}
    found: dict[str, tuple[Side, ...]] = {}
    for role, sides in mapping(path, line, "roles").items():
        if role not in ROLES or not isinstance(sides.value, list):
            remedy = f"Write a list of sides for each of {', '.join(sorted(ROLES))}."
            raise DataError("F007", path, sides.number, f"{role!r} is no role here", remedy)
        found[role] = tuple(_side(path, side) for side in sides.value)
    return found


def _side(path: Path, line: Line) -> Side:
    name, _, types = str(line.value).partition(":")
    if name not in SIDES:
        remedy = "Use subject, object, indirect, clause, complement, possessor, modifier, bearer or a preposition."
        raise DataError("F007", path, line.number, f"{name!r} is no side of a clause", remedy)
    return Side(name, _types(path, line, types.split("+")) if types else frozenset())


def _types(path: Path, line: Line, names: Sequence[str]) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        plain = name.removeprefix("kg:")
        if plain not in TYPES and plain not in ALIASES:
            remedy = f"Use one of {', '.join(sorted(TYPES | ALIASES.keys()))}."
            raise DataError("F008", path, line.number, f"{name!r} is no type", remedy)
        found |= ALIASES.get(plain, frozenset({plain}))
    return frozenset(found)


def _conditions(path: Path, line: Line | None) -> tuple[Condition, ...]:
    if line is None:
        return ()
    found: list[Condition] = []
    for at, wanted in mapping(path, line, "a condition").items():
        if at not in ROLES | SIDES | {HEAD} or not isinstance(wanted.value, list):
            remedy = "Name a role or a side, and list types (`Group`) or words (`prisoner`) for it."
            raise DataError("F007", path, wanted.number, f"{at!r} is no role or side with a list", remedy)
        texts = [(str(item.value), item) for item in wanted.value]
        types = [_types(path, item, [text]) for text, item in texts if text[:1].isupper() or text.startswith("kg:")]
        lemmas = frozenset(text for text, _ in texts if not (text[:1].isupper() or text.startswith("kg:")))
        found.append(Condition(at, frozenset().union(*types), lemmas))
    return tuple(found)
