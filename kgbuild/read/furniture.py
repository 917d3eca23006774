"""The rules of site furniture: what a page of news carries besides the news, as data that anybody can extend.

The rules stand in `ontology/cues/furniture.yaml`, which explains their form. They are wordings, not code, and each
brings examples of what it cuts and near misses that it leaves, so that a rule can be judged without running a build.

Codes:
    R001 the file is missing, cannot be read, or is not YAML
    R002 the file or an entry lacks a key that it must have
    R003 an entry has a key that nobody knows
    R004 a value is of the wrong type, or not one of those allowed
    R005 a wording cannot be understood
    R006 two rules have the same id
    R007 an example of `cuts` is not cut by its rule
    R008 a near miss of `keeps` is cut by its rule
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

from kgbuild.errors import DataError
from kgbuild.knowledge.lines import LOADER
from kgbuild.paths import ontology_dir
from kgbuild.read.templates import compile_wording, needle_of, needle_text

LINE_LIMIT_CHARACTERS = 400
"""Longer paragraphs are text, whatever they begin with; only their sentences and ends are looked at."""

_WORDINGS = ("line", "starts", "ends", "sentence")
_AROUND = {
    "line": ("", "[.:!]?"),
    "starts": ("", r"(?:(?<!\w)|(?!\w)).*"),
    "ends": (r"(?P<before>^|[.!?)\]\"”’]\s+|[(\[])", r"[.)\]]*$"),
    "sentence": ("", "[.!]?"),
}
"""What stands before and behind a wording in each of its uses."""

_CHOICES = {
    "place": ("anywhere", "top", "bottom", "end"),
    "then": ("", "related", "furniture"),
    "teaser": ("", "opens", "follows"),
    "between": ("", "subhead"),
}
_KNOWN = {"id", "says", "cuts", "keeps", *_WORDINGS, *_CHOICES}
_TRIM = " \t\u00a0•►▶»›→←↑↓⟶✉★☆|·"
_RUN = re.compile(r"\s\s|[^\S ]")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9À-Þ])")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(\"'“‘])(?:[A-Z]|[A-Z](?:\.[A-Z])+|Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Capt|Sen|Rep|Gov|St|No|Brig|Maj|Adm|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|vs)\.$"
)


@dataclass(frozen=True, slots=True)
class Match:
    """Say which rule cuts what: `begin` and `end` count characters of the words that were looked at.

    Attributes:
        gives: what the wording captured (`published`, `creator`, `publisher`), as written on the page.
    """

    rule: "Rule"
    begin: int
    end: int
    gives: Mapping[str, str] = field(default_factory=dict)


class Wording(NamedTuple):
    """Hold one wording: its pattern, and letters without which a text need not be held against it."""

    pattern: re.Pattern[str]
    needle: str


@dataclass(frozen=True, slots=True)
class Rule:
    """Hold one rule of the file, its wordings compiled."""

    id: str
    line: tuple[Wording, ...] = ()
    ends: tuple[Wording, ...] = ()
    sentence: tuple[Wording, ...] = ()
    place: str = "anywhere"
    then: str = ""
    teaser: str = ""
    between: str = ""

    def whole(self, words: str, text: str) -> Match | None:
        """Tell whether the rule takes a whole line or paragraph, short enough to be furniture.

        Args:
            words: the line.
            text: the same as `needle_text` writes it.
        """
        if len(words) > LINE_LIMIT_CHARACTERS:
            return None
        bare = words.strip(_TRIM) or words.strip()
        for pattern in _likely(self.line, text):
            found = pattern.fullmatch(bare)
            if found:
                gives = {name: value for name, value in found.groupdict().items() if value}
                return Match(self, 0, len(words), gives)
        for pattern in _likely(self.ends, text):
            found = pattern.search(bare)
            if found and not _is_sentence(bare[: found.end("before")]):
                return Match(self, 0, len(words))
        return None

    def parts(self, words: str, text: str) -> Iterator[Match]:
        """Find the sentences inside a paragraph, and the end of it, that the rule takes; arguments as for `whole`."""
        patterns = _likely(self.sentence, text)
        for begin, end in sentences(words) if patterns else ():
            if any(pattern.fullmatch(words[begin:end]) for pattern in patterns):
                yield Match(self, begin, end)
        for pattern in _likely(self.ends, text):
            found = pattern.search(words, max(0, len(words) - LINE_LIMIT_CHARACTERS))
            if found:
                begin = found.end("before")
                yield Match(self, begin - 1 if words[begin - 1 : begin] in ("(", "[") else begin, len(words))

    def takes(self, words: str) -> bool:
        """Tell whether the rule cuts anything of *words*."""
        text = needle_text(words)
        return self.whole(words, text) is not None or next(self.parts(words, text), None) is not None


def _likely(wordings: Iterable[Wording], text: str) -> list[re.Pattern[str]]:
    """Give the patterns that a text may match."""
    return [wording.pattern for wording in wordings if wording.needle in text]


def _squeeze(words: str) -> tuple[str, Sequence[int]]:
    """Make one space of each run of white space, and tell where each character that is left stood.

    Long runs, as markup leaves them, would cost the patterns dearly: each space of a wording may match any part of one.
    """
    if not _RUN.search(words):
        return words, range(len(words))
    places = [n for n, sign in enumerate(words) if not (sign.isspace() and n and words[n - 1].isspace())]
    return "".join(" " if words[n].isspace() else words[n] for n in places), places


def _is_sentence(words: str) -> bool:
    """Tell whether a caption, whose credit is cut away, is a sentence that can be read."""
    return words.rstrip("([ ").endswith((".", "!", "?", "”", '."', ".'", ".’"))


def sentences(words: str) -> list[tuple[int, int]]:
    """Split a paragraph plainly, good enough to cut a sentence out; abbreviations with a capital do not end one.

    >>> sentences("Brig. Gen. Coe spoke. He left.")
    [(0, 21), (22, 30)]
    """
    found: list[tuple[int, int]] = []
    begin = 0
    for end in _SENTENCE_END.finditer(words):
        if _ABBREVIATED.search(words[max(begin, end.start() - 12) : end.start() + 1]):
            continue
        found.append((begin, end.start() + len(end[0].rstrip())))
        begin = end.end()
    if words[begin:].strip():
        found.append((begin, len(words)))
    return found


_ByNeedle = tuple[tuple[str, tuple[int, ...]], ...]
"""Letters, each with the numbers of the rules of which a wording has them."""


def _by_needle(rules: Iterable[Iterable[Wording]]) -> _ByNeedle:
    """Turn rules, each with its wordings, round, so that a text is asked once for letters that many wordings have."""
    found: dict[str, list[int]] = {}
    for number, wordings in enumerate(rules):
        for needle in {wording.needle for wording in wordings}:
            found.setdefault(needle, []).append(number)
    return tuple((needle, tuple(numbers)) for needle, numbers in sorted(found.items()))


@dataclass(frozen=True, slots=True)
class Furniture:
    """Hold all rules, in the order of the file: the first that matches decides."""

    rules: tuple[Rule, ...]
    _lines: _ByNeedle = field(init=False, repr=False, compare=False)
    _parts: _ByNeedle = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_lines", _by_needle((*rule.line, *rule.ends) for rule in self.rules))
        object.__setattr__(self, "_parts", _by_needle((*rule.sentence, *rule.ends) for rule in self.rules))

    def _asked(self, table: _ByNeedle, text: str) -> list[Rule]:
        """Give the rules of which a wording may match, in order."""
        numbers = {number for needle, own in table if needle in text for number in own}
        return [self.rules[number] for number in sorted(numbers)]

    def whole(self, words: str, places: frozenset[str]) -> Match | None:
        """Find the rule that takes a whole paragraph which stands in *places* (`top`, `bottom`, `end`)."""
        if len(words) > LINE_LIMIT_CHARACTERS:
            return None
        text = needle_text(words)
        for rule in self._asked(self._lines, text):
            if rule.place == "anywhere" or rule.place in places:
                match = rule.whole(words, text)
                if match:
                    return match
        return None

    def opens_related(self, words: str) -> bool:
        """Tell whether a paragraph is the title of a list of other articles."""
        text = needle_text(words)
        return any(rule.then == "related" and rule.whole(words, text) for rule in self.rules)

    def parts(self, words: str) -> tuple[Match, ...]:
        """Find what is to be cut out of a paragraph that is kept, in order and without overlaps."""
        plain, places = _squeeze(words)
        text = needle_text(plain)
        matches = (match for rule in self._asked(self._parts, text) for match in rule.parts(plain, text))
        found = sorted(matches, key=lambda match: (match.begin, -match.end))
        kept: list[Match] = []
        end = 0
        for match in found:
            if match.begin >= end:
                end = match.end
                kept.append(replace(match, begin=places[match.begin], end=places[match.end - 1] + 1))
        return tuple(kept)


def load_furniture(path: Path | None = None) -> Furniture:
    """Load and check the rules; None means those that ship.

    Raises:
        DataError: codes R001 to R008.
    """
    return _load(path or ontology_dir() / "cues" / "furniture.yaml")


def check_furniture(ontology: Path | None = None) -> tuple[DataError, ...]:
    """Tell the first mistake in the rules of an ontology folder; one that has no rules of its own has none."""
    path = (ontology or ontology_dir()) / "cues" / "furniture.yaml"
    if ontology is not None and not path.exists():
        return ()
    try:
        load_furniture(path)
    except DataError as error:
        return (error,)
    return ()


@lru_cache(maxsize=4)
def _load(path: Path) -> Furniture:
    """Load once a process: the rules do not change while a build runs."""
    top = _parse(path)
    file = _Entry(path, top)
    file.only({"lists", "rules"})
    lists = {name: file.texts(node, 1) for name, node in file.mapping("lists").items()}
    rules: dict[str, Rule] = {}
    for node in file.sequence("rules"):
        entry = _Entry(path, node)
        rule = _rule(entry, lists)
        if rule.id in rules:
            raise DataError("R006", path, entry.line, f"two rules are called `{rule.id}`", "Rename one of them.")
        rules[rule.id] = rule
    return Furniture(tuple(rules.values()))


def _parse(path: Path) -> yaml.Node:
    """Read the file into YAML's tree, which knows its lines."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=LOADER)
    except (OSError, UnicodeDecodeError) as error:
        raise DataError("R001", path, 0, f"cannot be read ({error})", "Restore the file.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise DataError("R001", path, line, f"is not YAML ({error.problem})", "Mend the line.") from error
    if node is None:
        raise DataError("R002", path, 0, "is empty", "Give it `lists` and `rules`.")
    return node


class _Entry:
    """Read one mapping of the file key by key, saying the line whenever something is not as it must be."""

    def __init__(self, path: Path, node: yaml.Node) -> None:
        self.path = path
        self.line = node.start_mark.line + 1
        if not isinstance(node, yaml.MappingNode):
            raise self.wrong(node, "is not a table of keys and values")
        self.values: dict[str, yaml.Node] = {str(key.value): value for key, value in node.value}
        self.lines = {str(key.value): key.start_mark.line + 1 for key, _ in node.value}

    def wrong(self, node: yaml.Node, message: str) -> DataError:
        """Make the error for a value of the wrong type."""
        return DataError("R004", self.path, node.start_mark.line + 1, message, "See the head of the file.")

    def only(self, known: set[str]) -> None:
        """Refuse keys that nobody reads."""
        for key, line in self.lines.items():
            if key not in known:
                raise DataError("R003", self.path, line, f"`{key}` is unknown", f"Use {', '.join(sorted(known))}.")

    def need(self, key: str) -> yaml.Node:
        """Give the value of a key that must be there."""
        if key not in self.values:
            raise DataError("R002", self.path, self.line, f"the entry lacks `{key}`", "Add it.")
        return self.values[key]

    def mapping(self, key: str) -> dict[str, yaml.Node]:
        """Give the value of *key*, which must be a table."""
        return _Entry(self.path, self.need(key)).values

    def sequence(self, key: str) -> list[yaml.Node]:
        """Give the value of *key*, which must be a list."""
        node = self.need(key)
        if not isinstance(node, yaml.SequenceNode):
            raise self.wrong(node, f"`{key}` is not a list")
        return list(node.value)

    def texts(self, node: yaml.Node, least: int) -> tuple[str, ...]:
        """Give a list of texts with at least *least* of them."""
        if not isinstance(node, yaml.SequenceNode) or len(node.value) < least:
            raise self.wrong(node, f"a list of at least {least} texts is wanted here")
        for item in node.value:
            if not isinstance(item, yaml.ScalarNode) or not item.value:
                raise self.wrong(item, "a text is wanted here")
        return tuple(str(item.value) for item in node.value)

    def choice(self, key: str, default: str) -> str:
        """Give one of the values that *key* allows."""
        node = self.values.get(key)
        if node is None:
            return default
        allowed = [value for value in _CHOICES[key] if value]
        if not isinstance(node, yaml.ScalarNode) or node.value not in allowed:
            raise self.wrong(node, f"`{key}` must be one of {', '.join(allowed)}")
        return str(node.value)


def _rule(entry: _Entry, lists: Mapping[str, tuple[str, ...]]) -> Rule:
    """Compile one rule and hold it to its own examples."""
    entry.only(_KNOWN)
    name = str(entry.need("id").value)
    entry.need("says")
    compiled = {key: _compiled(entry, key, lists) for key in _WORDINGS}
    if not any(compiled.values()):
        raise DataError("R002", entry.path, entry.line, f"`{name}` has no wordings", f"Add {' or '.join(_WORDINGS)}.")
    rule = Rule(
        id=name,
        line=compiled["line"] + compiled["starts"],
        ends=compiled["ends"],
        sentence=compiled["sentence"],
        place=entry.choice("place", "anywhere"),
        then=entry.choice("then", ""),
        teaser=entry.choice("teaser", ""),
        between=entry.choice("between", ""),
    )
    for key, code, wanted in (("cuts", "R007", True), ("keeps", "R008", False)):
        for node, example in zip(entry.sequence(key), entry.texts(entry.need(key), 1), strict=True):
            if rule.takes(example) is not wanted:
                verb = "does not cut" if wanted else "cuts"
                line = node.start_mark.line + 1
                message = f"`{name}` {verb} its own example `{example}`"
                raise DataError(code, entry.path, line, message, "Change the wordings or the example.")
    return rule


def _compiled(entry: _Entry, key: str, lists: Mapping[str, tuple[str, ...]]) -> tuple[Wording, ...]:
    """Compile the wordings under *key*; none when the rule has no such key."""
    if key not in entry.values:
        return ()
    made: list[Wording] = []
    for node, wording in zip(entry.sequence(key), entry.texts(entry.values[key], 1), strict=True):
        try:
            made.append(Wording(compile_wording(wording, lists, *_AROUND[key]), needle_of(wording)))
        except ValueError as error:
            line = node.start_mark.line + 1
            raise DataError("R005", entry.path, line, str(error), "See docs/reading.md for the signs.") from error
    return tuple(made)
