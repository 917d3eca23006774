"""Finds the noun that a number counts, and the words for what it measures."""

from typing import NamedTuple

from kgbuild.extract.numbers import Kind
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


class Counted(NamedTuple):
    """Hold the words of a unit and the place of the noun that is counted, None where there is none."""

    unit: str
    head: Where | None


def counted(text: Text, shape: Shape, measures: Measures) -> Counted:
    """Say what a number counts or measures.

    The noun is what the parse hangs the number on, else the last word of the noun phrase that follows. For a unit
    (`30-day ceasefire`, `over 9 billion euros`) the noun is what comes after it, if it is joined on by a hyphen, and
    the unit itself otherwise.
    """
    phrase = _phrase(text, _start(text, shape))
    head = _head_of_parse(text, shape) or (text.where(phrase[-1], phrase[-1] + 1) if phrase else None)
    if _is_age(text, shape):
        return Counted("year of age", head)
    if shape.number.kind is Kind.ORDINAL:
        return Counted("ordinal", head)
    if shape.percent or (shape.number.kind is Kind.FRACTION and shape.unit is None):
        words = " ".join(text.written(place, place + 1) for place in phrase)
        return Counted(f"share of {words}" if words else "share", head)
    if shape.unit is not None:
        if shape.unit_after > shape.after and not _joined(text, shape):
            return Counted(shape.unit.name, text.where(shape.unit_after - 1, shape.unit_after))
        return Counted(shape.unit.name, head)
    if shape.number.kind is Kind.OCCASIONS:
        return Counted("times", None)
    return Counted(text.written(phrase[0], phrase[-1] + 1) if phrase else "", head)


def _joined(text: Text, shape: Shape) -> bool:
    """Tell whether the unit is joined on by a hyphen, so that the pair stands before another noun."""
    return text.low(shape.after) == "-" and text.nounlike(shape.unit_after)


def _start(text: Text, shape: Shape) -> int:
    """Find where the phrase of the counted noun begins: after the unit, over a hyphen, `of` and determiners."""
    at = max(shape.after, shape.unit_after)
    if text.low(at) in ("-", "‑"):
        at += 1
    partial = shape.percent or shape.number.kind in (Kind.FRACTION, Kind.VAGUE)
    while text.low(at) in ("of", "the", "all", "its", "their", "his", "her", "our", "these", "those") and (
        partial or text.low(at) == "of" or text.low(at - 1) == "of"
    ):
        at += 1
    return at


def _phrase(text: Text, at: int) -> list[int]:
    """Walk through the noun phrase that begins at a lexeme; hyphens inside it are stepped over.

    Without tags the walk ends at the first plural, since what follows the counted noun is then mostly a verb.
    """
    found: list[int] = []
    while at < len(text.words) and len(found) < _LONGEST_PHRASE:
        if text.low(at) == "-" and found and text.tight(at) and text.tight(at + 1):
            at += 1
            continue
        if not text.nounlike(at) or text.busy[at]:
            break
        found.append(at)
        if not text.tagged and text.low(at).endswith("s") and len(text.low(at)) > 3 and text.low(at + 1) != "-":
            break
        at += 1
    if text.tagged:
        while found and text.pos(found[-1]) not in ("NOUN", "PROPN"):
            found.pop()
    return found


def _head_of_parse(text: Text, shape: Shape) -> Where | None:
    """Follow the parse from the number to the noun that it modifies."""
    token = text.tokens[shape.number.after - 1]
    if not text.parsed or token is None:
        return None
    for _ in range(4):
        if token.head.i == token.i:
            return None
        relation = token.dep_.partition(":")[0]
        if relation not in (
            "nummod",
            "compound",
            "flat",
            "amod",
            "advmod",
            "quantmod",
            "det",
            "goeswith",
            "nmod",
            "fixed",
        ):
            return None
        token = token.head
        if token.pos_ in ("NOUN", "PROPN") and relation in ("nummod", "amod", "compound", "det"):
            inside = (
                shape.unit is not None and token.idx >= text.words[shape.after].begin and shape.unit_after > shape.after
            )
            if not inside or token.idx >= text.words[shape.unit_after - 1].end:
                return text.passage.where(token)
    return None


def _is_age(text: Text, shape: Shape) -> bool:
    """Tell whether a number is an age: `14-year-old`, `aged 25 and under`, `under 25 years of age`, `Sam, 42, of`."""
    first, after = shape.first, shape.after
    if any(tuple(text.low(after + step) for step in range(len(words))) == words for words in _AGE_AFTER):
        return True
    before = [text.low(first - step) for step in (3, 2, 1)]
    if before[2] in ("aged", "ages") or before[1:] in (["age", "of"], ["at", "age"], ["ages", "of"]):
        return True
    if "between the ages of" in text.written(first, shape.last).lower():
        return True
    value = shape.value
    set_off = (
        before[2] == "," and text.low(after) in (",", ".", ")") and text.is_word(first - 2) and text.capital(first - 2)
    )
    return bool(
        set_off and value and 1 <= value <= 115 and value == int(value) and text.words[shape.number.first].is_digits
    )
