"""Reads what stands around a number: bounds, the other end of a range, percent, money, a unit."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from kgbuild.extract.numbers import Kind, Number, read_number
from kgbuild.extract.quantities.text import Text
from kgbuild.knowledge.measures import Measures, Unit

_RISE = frozenset(
    "rise rises rose risen increase increases increased increasing rising fall falls fell fallen falling drop drops "
    "dropped dropping grow grows grew grown cut reduce reduced reducing decline declined go went gone jump jumped "
    "climb climbed raise raised raising lower lowered up down doubled expand expanded shrink shrank move moved "
    "change changed".split()
)
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Shape:
    """Hold a number with its surroundings, in lexemes.

    Attributes:
        number: the (first) number.
        first, last: the span of bound and number; `last` is not included.
        after: where reading goes on.
        value, minimum, maximum: as the guidelines want them.
        modifier: the words of the bound.
        bounded: a bound or a sign of money stands beside the number.
        percent: it is a share in percent.
        score: it is the result of a game, `3-0`.
        unit: a known unit beside it.
        unit_after: lexeme after the unit.
        rules: names of what was read.
    """

    number: Number
    first: int
    last: int
    after: int
    value: float | None
    minimum: float | None = None
    maximum: float | None = None
    modifier: str = ""
    bounded: bool = False
    percent: bool = False
    score: bool = False
    unit: Unit | None = None
    unit_after: int = 0
    rules: tuple[str, ...] = ()


def read_shape(text: Text, number: Number, measures: Measures) -> Shape:
    """Read everything around a number."""
    shape = Shape(number, number.first, number.after, number.after, number.value, unit_after=number.after)
    if number.kind is Kind.ORDINAL:
        return shape
    shape = _money_before(text, shape, measures)
    shape = _range(text, shape, measures)
    shape = _percent(text, shape)
    shape = _bound_before(text, shape, measures)
    shape = _bound_after(text, shape, measures)
    shape = _unit(text, shape, measures)
    return _vague(shape)


def _money_before(text: Text, shape: Shape, measures: Measures) -> Shape:
    """Take in the sign or code of a currency before the number: `$`, `US$`, `NZ $`, `EUR`."""
    at = shape.number.first
    sign = text.low(at - 1)
    if at == 0 or (text.is_word(at - 1) and not (text.words[at - 1].text.isupper() or sign == "rs")):
        return shape
    first, unit = at - 1, measures.units.get(sign)
    if text.is_word(at - 2) and text.words[at - 2].text.isupper() and sign in ("$", "£"):
        joined = measures.units.get(text.low(at - 2) + sign)
        first, unit = (at - 2, joined) if joined else (first, unit)
    if unit is None or unit.kind != "currency":
        return shape
    number = _million(text, shape.number)
    return replace(
        shape,
        number=number,
        first=first,
        last=number.after,
        after=number.after,
        value=number.value,
        bounded=True,
        unit=unit,
        unit_after=number.after,
        rules=("money",),
    )


def _million(text: Text, number: Number) -> Number:
    """Read the `m` and `b` of money as millions and billions."""
    scale = {"m": 1e6, "b": 1e9}.get(text.low(number.after))
    if scale is None or not text.tight(number.after) or number.scaled != 1:
        return number
    return replace(number, after=number.after + 1, value=round(number.value * scale, 6), scaled=scale)


def _range(text: Text, shape: Shape, measures: Measures) -> Shape:
    """Take in the other end of a range: `two to three`, `15-20`, `between 18 and 25`, `$4-5bn`, `1,000-for-1,000`."""
    at, number = shape.after, shape.number
    if number.kind not in (Kind.CARDINAL, Kind.FRACTION):
        return shape
    after_sign = at + 1 if text.low(at) in ("%", "percent") else at
    if text.low(after_sign) == "per" and text.low(after_sign + 1) == "cent":
        after_sign += 2
    begin = _between(text, shape.first)
    start = _other_end(text, after_sign, begin is not None)
    if start is None:
        return shape
    exchange = text.low(start - 1) in ("for", "-") and text.low(after_sign + 1) == "for"
    if measures.units.get(text.low(start)) == shape.unit and shape.unit is not None:
        start += 1
    other = read_number(text.words, start)
    if other is None or other.kind not in (Kind.CARDINAL, Kind.FRACTION):
        return shape
    other = _million(text, other) if shape.unit else other
    if exchange and other.value == number.value:
        return replace(shape, last=other.after, after=other.after, rules=(*shape.rules, "exchange"))
    return shape if exchange else _bounds(text, shape, other, begin)


def _bounds(text: Text, shape: Shape, other: Number, begin: int | None) -> Shape:
    """Make a range of a number and the *other* end behind it; *begin* is where `between` or `from` stands."""
    at, number = shape.after, shape.number
    low = (
        number.value * other.scaled
        if number.scaled == 1 and other.scaled > 1 and number.value < other.value / other.scaled
        else number.value
    )
    if _is_score(text, at, number, other):
        return replace(shape, after=other.after, last=other.after, score=True)
    if low >= other.value or (begin is None and _moves(text, shape.first)):
        return shape
    return replace(
        shape,
        first=shape.first if begin is None else begin,
        last=other.after,
        after=other.after,
        value=None,
        minimum=low,
        maximum=other.value,
        modifier="between" if begin is not None else "",
        bounded=True,
        rules=(*shape.rules, "range"),
    )


def _is_score(text: Text, at: int, one: Number, other: Number) -> bool:
    """Tell whether `3-0` is the result of a game or a vote and no range: small digits and no noun behind them."""
    digits = text.words[one.first].is_digits and text.words[other.first].is_digits and text.low(at) in ("-", "–", "—")
    falls = digits and one.value >= other.value and one.scaled == other.scaled
    behind = (text.nounlike(other.after) and not text.capital(other.after)) or text.low(other.after) in ("%", "-")
    return falls or (digits and other.value < 10 and not behind)


def _between(text: Text, first: int) -> int | None:
    """Find the `between` before a number, over `the ages of`."""
    if text.low(first - 1) == "between":
        return first - 1
    if [text.low(first - step) for step in (4, 3, 2, 1)] == ["between", "the", "ages", "of"]:
        return first - 4
    return None


def _other_end(text: Text, at: int, between: bool) -> int | None:
    """Find where the other end of a range begins, or None."""
    word = text.low(at)
    if word in ("-", "–", "—"):
        if text.low(at + 1) in ("to", "for") and text.low(at + 2) == "-":
            return at + 3
        return at + 1 if text.tight(at + 1) == text.tight(at) else None
    if word in ("to", "or") or (word == "and" and between):
        return at + 1
    return None


def _moves(text: Text, first: int) -> bool:
    """Tell whether `from 9 to 10` says how something changed, which is two numbers and no range."""
    if text.low(first - 1) != "from":
        return False
    return any(text.low(place) in _RISE for place in range(max(0, first - 7), first - 1))


def _percent(text: Text, shape: Shape) -> Shape:
    """Take in a percent sign and make shares of 1."""
    word, following = text.low(shape.after), text.low(shape.after + 1)
    if word in ("%", "percent", "pct"):
        end = shape.after + 1
    elif (word == "per" and following == "cent") or (word == "-" and following == "percent"):
        end = shape.after + 2
    else:
        return shape
    if text.low(end) in ("point", "points"):
        return shape

    def share(number: float | None) -> float | None:
        return None if number is None else round(number / 100, 12)

    return replace(
        shape,
        last=end,
        after=end,
        unit_after=end,
        value=share(shape.value),
        minimum=share(shape.minimum),
        maximum=share(shape.maximum),
        percent=True,
        rules=(*shape.rules, "percent"),
    )


class _Edges(NamedTuple):
    """Hold the last words of bounds before numbers, and the first words of bounds behind them and of units."""

    before: frozenset[str]
    after: frozenset[str]
    units: frozenset[str]


@lru_cache(maxsize=4)
def _edges(measures: Measures) -> _Edges:
    """Gather the words without which no bound or unit has to be looked up."""
    return _Edges(
        frozenset(words.split(" ")[-1] for words in measures.before),
        frozenset(words.split(" ")[0] for words in measures.after),
        frozenset(form.split(" ")[0] for form in measures.units),
    )


def _bound_before(text: Text, shape: Shape, measures: Measures) -> Shape:
    """Take in the longest bound before the number."""
    if text.low(shape.first - 1) not in _edges(measures).before:
        return shape
    for length in range(_LONGEST, 0, -1):
        start = shape.first - length
        if start < 0:
            continue
        words = " ".join(text.low(place) for place in range(start, shape.first))
        effect = measures.before.get(words)
        odd = (effect == "about" and shape.number.kind is Kind.VAGUE) or (words == "some" and shape.number.value < 10)
        odd = odd or (words == "over" and text.particle(start))
        if effect is not None and not odd and not text.busy[start]:
            return _bounded(text, shape, effect, start, shape.last, text.written(start, shape.first))
    return shape


def _bound_after(text: Text, shape: Shape, measures: Measures) -> Shape:
    """Take in a bound after the number: `or more`, `and under`, `-plus`."""
    start = shape.after + 1 if text.low(shape.after) == "-" and text.tight(shape.after + 1) else shape.after
    for length in (3, 2, 1) if text.low(start) in _edges(measures).after else ():
        words = " ".join(text.low(place) for place in range(start, start + length))
        effect = measures.after.get(words)
        if effect is not None and not (words in ("plus", "+") and start == shape.after and not text.tight(start)):
            end = start + length
            shape = _bounded(text, shape, effect, shape.first, end, text.written(start, end))
            return replace(shape, after=end, unit_after=end)
    return shape


def _bounded(text: Text, shape: Shape, effect: str, first: int, last: int, words: str) -> Shape:
    """Turn the value into a bound, as the words ask."""
    value, minimum, maximum = shape.value, shape.minimum, shape.maximum
    if value is not None and shape.number.kind is not Kind.VAGUE:
        if effect == "minimum":
            value, minimum = None, value
        elif effect == "maximum":
            value, maximum = None, value
    modifier = f"{words} {shape.modifier}".strip()
    return replace(
        shape,
        first=first,
        last=last,
        value=value,
        minimum=minimum,
        maximum=maximum,
        modifier=modifier,
        bounded=True,
        rules=(*shape.rules, f"bound:{effect}"),
    )


def _unit(text: Text, shape: Shape, measures: Measures) -> Shape:
    """Find a known unit after the number, over a hyphen or one adjective (`20 working days`)."""
    if shape.percent or shape.unit is not None:
        return shape
    at = shape.after
    if text.low(at) in ("-", "‑"):
        at += 1
    for start in (at, at + 1):
        for length in (4, 3, 2, 1) if text.low(start) in _edges(measures).units else ():
            if start + length > len(text.words):
                continue
            form = " ".join(text.low(place) for place in range(start, start + length))
            unit = measures.units.get(form)
            if unit is not None and (start == at or (unit.kind == "duration" and text.low(at) in _DAY_KINDS)):
                if unit.name == "metre" and form == "m" and _counts_million(text, shape, start):
                    number = _million(text, shape.number)
                    shape = replace(
                        shape, number=number, last=number.after, after=number.after, unit_after=number.after
                    )
                    return replace(shape, value=shape.value and shape.value * 1e6)
                return replace(shape, unit=unit, unit_after=start + length, rules=(*shape.rules, f"unit:{unit.name}"))
    return shape


_DAY_KINDS = frozenset("working business calendar consecutive straight full further more additional long whole".split())
_BUILT = frozenset("tall high long deep wide above below from away race sprint freestyle hurdles butterfly".split())


def _counts_million(text: Text, shape: Shape, at: int) -> bool:
    """Tell the `m` of `10m people` from the metres of `10m high`."""
    following = text.low(at + 1)
    return text.tight(at) and text.nounlike(at + 1) and following not in _BUILT and shape.minimum is None


def _vague(shape: Shape) -> Shape:
    """Make the value of a vague number its minimum."""
    if shape.number.kind is not Kind.VAGUE or shape.value is None:
        return shape
    return replace(shape, value=None, minimum=shape.value)
