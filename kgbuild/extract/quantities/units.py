"""Finds the noun that a number counts, and the words for what it measures."""

from typing import NamedTuple

from kgbuild.extract.numbers import Kind, read_number
from kgbuild.extract.quantities.shape import Shape
from kgbuild.extract.quantities.text import Text
from kgbuild.knowledge.measures import Measures
from kgbuild.model import Where

_AGE_AFTER = (
    ("-", "year", "-", "old"),
    ("years", "old"),
    ("year", "old"),
    ("years", "of", "age"),
    ("-", "year", "-", "olds"),
)
_LONGEST_PHRASE = 6
_DETERMINERS = frozenset("of the all both its their his her our these those".split())
_DOWN = frozenset("nummod compound flat amod advmod quantmod det goeswith nmod fixed".split())
_PEOPLE = frozenset("people men women children boys girls those youths adults anyone everyone".split())
_AGE_BOUNDS = frozenset("under over above below".split())


class Counted(NamedTuple):
    """Hold the words of a unit and the place of the noun that is counted, None where there is none."""

    unit: str
    head: Where | None


def counted(text: Text, shape: Shape, measures: Measures) -> Counted:
    """Say what a number counts or measures.

    The noun is what the parse hangs the number on, else the last word of the noun phrase that follows. For a unit
    (`30-day ceasefire`, `over 9 billion euros`) the noun is what comes after it, if it is joined on by a hyphen, and
    the unit itself otherwise. Who has an age stands before it.
    """
    phrase = _phrase(text, _start(text, shape))
    last = text.where(phrase[-1], phrase[-1] + 1) if phrase else None
    age = _age(text, shape)
    if age is not None:
        return Counted("year of age", _before(text, age) or _head_of_parse(text, shape) or last)
    if shape.percent or (shape.number.kind is Kind.FRACTION and shape.unit is None):
        words = text.written(phrase[0], phrase[-1] + 1) if phrase else ""
        return Counted(f"share of {words}" if words else "share", last)
    head = _head_of_parse(text, shape) or last
    if shape.number.kind is Kind.ORDINAL:
        return Counted("ordinal", head)
    if shape.unit is not None:
        if shape.unit_after > shape.after and not _joined(text, shape):
            return Counted(shape.unit.name, text.where(shape.unit_after - 1, shape.unit_after))
        return Counted(shape.unit.name, head)
    if shape.number.kind is Kind.OCCASIONS:
        return Counted("times", None)
    if _hyphen(text, shape.after) and phrase:
        return Counted(text.low(phrase[0]), head)
    return Counted(text.written(phrase[0], phrase[-1] + 1) if phrase else "", head)


def _hyphen(text: Text, at: int) -> bool:
    """Tell whether a hyphen joins the next word on."""
    return text.low(at) in ("-", "‑") and text.tight(at)


def _joined(text: Text, shape: Shape) -> bool:
    """Tell whether the unit is joined on by a hyphen, so that the pair stands before another noun."""
    return _hyphen(text, shape.after) and text.nounlike(shape.unit_after)


def _start(text: Text, shape: Shape) -> int:
    """Find where the phrase of the counted noun begins: after the unit, over a hyphen, `of` and determiners."""
    at = max(shape.after, shape.unit_after)
    if _hyphen(text, at):
        at += 1
    if text.low(at) in ("”", '"') and text.nounlike(at + 1):
        at += 1
    partial = shape.percent or shape.number.kind in (Kind.FRACTION, Kind.VAGUE)
    if not partial and text.low(at) != "of":
        return at
    while text.low(at) in _DETERMINERS:
        at += 1
    whole = read_number(text.words, at)
    return whole.after if whole is not None and whole.kind is Kind.CARDINAL else at


def _phrase(text: Text, at: int) -> list[int]:
    """Walk through the noun phrase that begins at a lexeme; hyphens and `'s` inside it are stepped over.

    Without tags the walk ends at the first plural, since what follows the counted noun is then mostly a verb.
    """
    found: list[int] = []
    while at < len(text.words) and len(found) < _LONGEST_PHRASE:
        joint = _joint(text, at) if found else 0
        if joint:
            at += joint
            continue
        if not text.nounlike(at) or text.busy[at]:
            break
        found.append(at)
        if not text.tagged and _plural(text.low(at)) and not _joint(text, at + 1):
            break
        at += 1
    if text.tagged:
        while found and text.pos(found[-1]) not in ("NOUN", "PROPN"):
            found.pop()
    return found


def _plural(word: str) -> bool:
    """Tell whether a word looks like a plural."""
    return word in _PEOPLE or (word.endswith("s") and len(word) > 3)


def _joint(text: Text, at: int) -> int:
    """Count the lexemes of a hyphen or an `'s` inside a phrase."""
    if text.low(at) == "-" and text.tight(at) and text.tight(at + 1):
        return 1
    return 2 if text.low(at) in ("'", "’") and text.low(at + 1) == "s" and text.tight(at + 1) else 0


def _head_of_parse(text: Text, shape: Shape) -> Where | None:
    """Follow the parse from the number to the noun that it modifies; what a hyphen joins to it is passed over."""
    if not text.parsed:
        return None
    token = text.token(shape.number.after - 1)
    passed = shape.unit_after if shape.unit_after > shape.after else shape.after + 2 * _hyphen(text, shape.after)
    from_here = text.words[min(passed, len(text.words)) - 1].end
    for _ in range(4):
        relation = token.dep.partition(":")[0]
        if token.head.i == token.i or relation not in _DOWN:
            return None
        token = token.head
        if token.pos in ("NOUN", "PROPN") and token.idx >= from_here:
            return token.where
    return None


def _age(text: Text, shape: Shape) -> int | None:
    """Tell whether a number is an age, and before which lexeme its bearer ends.

    `14-year-old`, `aged 25 and under`, `under 25 years of age`, `at the age of 82`, `Thomas Sam, 42,`, `women over 60`.
    """
    first, after = shape.first, shape.after
    second, before = text.low(first - 2), text.low(first - 1)
    if text.written(first, shape.last).lower().startswith("between the ages"):
        return first
    if any(tuple(text.low(after + step) for step in range(len(words))) == words for words in _AGE_AFTER):
        return first - (before == "aged")
    if before in ("aged", "ages"):
        return first - 1 - (second == ",")
    if (second, before) in (("age", "of"), ("at", "age"), ("ages", "of")):
        return 0
    value = shape.value if shape.value is not None else (shape.minimum or shape.maximum or 0)
    if not 1 <= value <= 115 or value != int(value) or shape.unit is not None:
        return None
    return _bare_age(text, shape, before)


def _bare_age(text: Text, shape: Shape, before: str) -> int | None:
    """Tell `Thomas Sam, 42,` and `women over 60` from other numbers."""
    first, after = shape.first, text.low(shape.after)
    if before == ",":
        named = text.is_word(first - 2) and text.capital(first - 2) and not shape.modifier
        return first - 1 if named and after in (",", ".", ")") and text.words[first].is_digits else None
    plural = before in _PEOPLE or (
        text.pos(first - 1) in ("", "NOUN") and text.nounlike(first - 1) and before.endswith("s")
    )
    ends = not text.nounlike(shape.after) and after != "of"
    return first if ends and plural and shape.modifier.lower() in _AGE_BOUNDS else None


def _before(text: Text, at: int) -> Where | None:
    """Place the noun or name right before a lexeme."""
    at -= 1
    nounlike = at >= 0 and text.nounlike(at) and text.pos(at) in ("", "NOUN", "PROPN")
    return text.where(at, at + 1) if nounlike else None
