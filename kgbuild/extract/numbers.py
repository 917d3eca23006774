"""Reads numbers in digits, in words, or both: `1.3 million`, `twenty-five`, `two-thirds`, `tens of thousands`.

A text is first cut into lexemes of its own, finer and steadier than a parser's tokens: `$1.5bn` is `$`, `1.5`, `bn`,
and `two-to-three` is five lexemes. Every reader starts at a lexeme and answers with the longest number there, or None.
Number words are a closed set and therefore code, not data.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

_PIECES = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[^\W\d_]+|\S")

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
_UNITS += "seventeen eighteen nineteen".split()
SMALL = {word: value for value, word in enumerate(_UNITS)}
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5, "crore": 1e7}
_SHORT_SCALES = {"k": 1e3, "mn": 1e6, "mln": 1e6, "bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12}
_VAGUE = {"dozens": 24.0, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12}
_OF_VAGUE = {"thousands": 1e3, "millions": 1e6, "billions": 1e9}
_FACTORS = {"tens": 10.0, "hundreds": 100.0}
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth".split()
)
_ORDINALS += "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split()
ORDINALS = {word: value for value, word in enumerate(_ORDINALS) if value}
ORDINAL_TENS = {word.removesuffix("y") + "ieth": value for word, value in TENS.items()}
_PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourths": 4}
_PARTS |= {word + ending: value for word, value in ORDINALS.items() if value > 4 for ending in ("", "s")}
_PARTS |= {"hundredth": 100, "hundredths": 100}
_SIGNS = {"½": 0.5, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 0.25, "¾": 0.75}
_SUFFIXES = ("st", "nd", "rd", "th")
_BEGINNINGS = SMALL.keys() | TENS.keys() | ORDINALS.keys() | ORDINAL_TENS.keys() | _SIGNS.keys() | _VAGUE.keys()
_BEGINNINGS |= _FACTORS.keys() | {"a", "an", "all", "few", "several", "scores", "half", "once", "twice", "thrice"}


class Lexeme(NamedTuple):
    """Hold a number, a run of letters or a sign, and whether white space stands before it."""

    text: str
    low: str
    begin: int
    end: int
    spaced: bool

    @property
    def is_word(self) -> bool:
        """Tell whether it is letters."""
        return self.text[0].isalpha()

    @property
    def is_digits(self) -> bool:
        """Tell whether it is a number in digits."""
        return self.text[0].isdecimal()


class Kind(StrEnum):
    """Tell what a number does: count, put in order, give a part, count vaguely, or count occasions."""

    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    FRACTION = "fraction"
    VAGUE = "vague"
    OCCASIONS = "occasions"


@dataclass(frozen=True, slots=True)
class Number:
    """Hold a number as read: the lexemes from `first` up to, not including, `after`, its value and kind.

    The value of a vague number (`dozens`) is the least that it can mean. `scaled` is the factor of the last word
    (`million`), which a range shares between its ends.
    """

    first: int
    after: int
    value: float
    kind: Kind
    scaled: float = 1.0


def lexemes(text: str) -> tuple[Lexeme, ...]:
    """Cut a text into lexemes; white space is dropped, offsets are kept.

    >>> [lexeme.text for lexeme in lexemes("$1.5bn for 1,000-for-1,000")]
    ['$', '1.5', 'bn', 'for', '1,000', '-', 'for', '-', '1,000']
    """
    found: list[Lexeme] = []
    last = 0
    for match in _PIECES.finditer(text):
        piece, (begin, end) = match.group(), match.span()
        found.append(Lexeme(piece, piece.lower() if piece != "’" else "'", begin, end, begin > last))
        last = end
    return tuple(found)


def small_number(text: str) -> float | None:
    """Read a whole text as one cardinal (`twenty-four`, `3.5`), or give None.

    >>> small_number("twenty-four"), small_number("grey")
    (24.0, None)
    """
    words = lexemes(text)
    number = _cardinal(words, 0) if words else None
    return number.value if number and number.after == len(words) else None


def beginnings(words: Sequence[Lexeme]) -> list[int]:
    """List the lexemes that some number can begin with: of most, that is all that has to be asked about numbers."""
    return [at for at, word in enumerate(words) if word.low in _BEGINNINGS or word.low[0].isdecimal()]


def read_number(words: Sequence[Lexeme], at: int) -> Number | None:
    """Read the longest number that begins at a lexeme, of whatever kind, or None."""
    if not beginnings(words[at : at + 1]):
        return None
    for read in (_vague, _fraction, _ordinal, _cardinal, _occasions):
        number = read(words, at)
        if number is not None:
            return number
    return None


def _low(words: Sequence[Lexeme], at: int) -> str:
    """Give the lexeme at a place in small letters, "" outside the text."""
    return words[at].low if 0 <= at < len(words) else ""


def _tight(words: Sequence[Lexeme], at: int) -> bool:
    """Tell whether the lexeme at a place follows the one before it without a blank."""
    return 0 < at < len(words) and not words[at].spaced


def _after_hyphen(words: Sequence[Lexeme], at: int) -> int:
    """Step over a hyphen."""
    return at + 1 if _low(words, at) in ("-", "‑") else at


def _vague(words: Sequence[Lexeme], at: int) -> Number | None:
    """Read `dozens`, `tens of thousands`, `several hundred`, `a few`, `scores of`."""
    word, following, third = _low(words, at), _low(words, at + 1), _low(words, at + 2)
    if word in _FACTORS and following == "of" and third in _OF_VAGUE:
        return Number(at, at + 3, _FACTORS[word] * _OF_VAGUE[third], Kind.VAGUE)
    if word in _VAGUE:
        return Number(at, at + 1, _VAGUE[word], Kind.VAGUE)
    if word == "scores" and following == "of":
        return Number(at, at + 1, 40, Kind.VAGUE)
    start = at + 1 if word == "a" and following == "few" else at
    if _low(words, start) not in ("few", "several"):
        return None
    scale = _low(words, start + 1)
    if scale == "dozen":
        return Number(at, start + 2, 24, Kind.VAGUE)
    if scale in SCALES:
        return Number(at, start + 2, SCALES[scale], Kind.VAGUE)
    return Number(at, at + 2, 2, Kind.VAGUE) if start > at else None


def _fraction(words: Sequence[Lexeme], at: int) -> Number | None:
    """Read `a third`, `two-thirds`, `half`, `half a million`, `one in three`, `¾`."""
    word = _low(words, at)
    if word == "all" and _low(words, at - 1) in ("nearly", "almost", "virtually"):
        return Number(at, at + 1, 1.0, Kind.FRACTION)
    if word in _SIGNS:
        return Number(at, at + 1, _SIGNS[word], Kind.FRACTION)
    if word == "half":
        return _half(words, at)
    count = 1.0 if word in ("a", "an", "one") else float(SMALL.get(word, 0))
    if word.isdecimal() and len(word) < 3:
        if (
            _low(words, at + 1) == "/"
            and _low(words, at + 2).isdecimal()
            and int(word) < int(_low(words, at + 2)) <= 10
        ):
            return Number(at, at + 3, int(word) / int(_low(words, at + 2)), Kind.FRACTION)
        count = float(word)
    if not count:
        return None
    named = _after_hyphen(words, at + 1)
    part = _PARTS.get(_low(words, named))
    agrees = part is not None and count < part and (count > 1) == words[named].low.endswith("s")
    if part and agrees and (count > 1 or named > at + 1 or _ends_phrase(words, named + 1)):
        return Number(at, named + 1, count / part, Kind.FRACTION)
    return _one_in(words, at, count)


def _half(words: Sequence[Lexeme], at: int) -> Number | None:
    """Read `half`, `half of`, `half a million`; not `half-hour`, `first half`, `half time`."""
    following, third = _low(words, at + 1), _low(words, at + 2)
    if following in ("a", "an", "-") and third in SCALES:
        return Number(at, at + 3, 0.5 * SCALES[third], Kind.CARDINAL, SCALES[third])
    if _low(words, at - 1) in ("first", "second", "other", "last", "latter", "early", "top", "-", "'"):
        return None
    if following in ("a", "an"):
        return Number(at, at + 2, 0.5, Kind.FRACTION)
    return Number(at, at + 1, 0.5, Kind.FRACTION) if _ends_phrase(words, at + 1) else None


def _one_in(words: Sequence[Lexeme], at: int, count: float) -> Number | None:
    """Read `one in three`, `four out of five`, `1 in 10`."""
    middle = at + 1
    if _low(words, middle) == "out" and _low(words, middle + 1) == "of":
        middle += 2
    elif (_low(words, middle) == "of" and _low(words, middle + 1) in ("every", "each")) or _low(words, middle) == "in":
        middle += 1
    else:
        return None
    middle += _low(words, middle) in ("every", "each")
    whole = _cardinal(words, middle)
    if whole is None or whole.value <= 1 or count >= whole.value:
        return None
    if _low(words, whole.after) in ("day", "days", "week", "weeks", "month", "months", "year", "years", "hours"):
        return None
    return Number(at, whole.after, count / whole.value, Kind.FRACTION)


_CLOSERS = frozenset(
    "of the its their his her our that those these all to in on at by for from as is are was were and or but who which "
    "have has had will would could may say says said believe think support supported favoured favored a more "
    "less".split()
)


def _ends_phrase(words: Sequence[Lexeme], at: int) -> bool:
    """Tell whether no noun follows that an ordinal or `half` could belong to."""
    if _low(words, at) == "-" and _tight(words, at):
        return False
    return at >= len(words) or not words[at].is_word or words[at].low in _CLOSERS


def _ordinal(words: Sequence[Lexeme], at: int) -> Number | None:
    """Read `second`, `17th`, `twenty-first`."""
    word = _low(words, at)
    if word in ORDINALS or word in ORDINAL_TENS:
        return Number(at, at + 1, ORDINALS.get(word) or ORDINAL_TENS[word], Kind.ORDINAL)
    if word in TENS:
        named = _after_hyphen(words, at + 1)
        if named > at + 1 and ORDINALS.get(_low(words, named), 10) < 10:
            return Number(at, named + 1, TENS[word] + ORDINALS[words[named].low], Kind.ORDINAL)
    if word.replace(",", "").isdecimal() and _low(words, at + 1) in _SUFFIXES and _tight(words, at + 1):
        return Number(at, at + 2, float(word.replace(",", "")), Kind.ORDINAL)
    return None


def _cardinal(words: Sequence[Lexeme], at: int) -> Number | None:
    """Read a number that counts, in digits or words, with its scale (`1.3 million`, `24K`, `two dozen`)."""
    if at >= len(words):
        return None
    if words[at].is_digits:
        value, after = _digits(words, at)
    elif words[at].low in ("a", "an") and (_low(words, at + 1) in SCALES or _low(words, at + 1) == "dozen"):
        value, after = 1.0, at + 1
    else:
        return _in_words(words, at)
    return _scaled(words, at, value, after)


def _digits(words: Sequence[Lexeme], at: int) -> tuple[float, int]:
    """Read digits, with a sign of a fraction close behind."""
    value, after = float(words[at].low.replace(",", "")), at + 1
    if _low(words, after) in _SIGNS and _tight(words, after):
        return value + _SIGNS[words[after].low], after + 1
    return value, after


def _scaled(words: Sequence[Lexeme], at: int, value: float, after: int) -> Number:
    """Take in `and a half` and the scales that follow."""
    scale = 1.0
    if [_low(words, after + step) for step in range(3)] == ["and", "a", "half"]:
        value, after = value + 0.5, after + 3
    if (_low(words, after) in _SHORT_SCALES and _tight(words, after)) or _low(words, after) in ("bn", "tn", "mn"):
        scale, after = _SHORT_SCALES[words[after].low], after + 1
    named = _after_hyphen(words, after)
    while _low(words, named) in SCALES or _low(words, named) == "dozen":
        scale *= SCALES.get(words[named].low, 12.0)
        after = named + 1
        named = _after_hyphen(words, after)
    return Number(at, after, round(value * scale, 6), Kind.CARDINAL, scale)


def _in_words(words: Sequence[Lexeme], at: int) -> Number | None:
    """Read number words: what is smaller is added, `hundred` and greater multiply what stands before."""
    total, current, place = 0.0, 0.0, at
    room = 1e15  # the next word must be smaller than this to be added
    while place < len(words):
        here = _after_hyphen(words, place) if place > at else place
        if (
            _low(words, here) == "and"
            and place > at
            and room in (100.0, 1e3)
            and _low(words, here + 1) in (SMALL | TENS)
        ):
            here += 1
        word = _low(words, here)
        value = SMALL.get(word, TENS.get(word))
        if value is not None and value < room:
            current += value
            room = 10.0 if word in TENS else 0.0
        elif word == "hundred" and 0 < current < 100 and place > at:
            current *= 100
            room = 100.0
        elif word in SCALES and place > at and current:
            total += current * SCALES[word]
            current, room = 0.0, min(SCALES[word], 1e3)
        else:
            break
        place = here + 1
    if place == at:
        return None
    if _low(words, place) == "dozen" or _low(words, place) == "and":
        return _scaled(words, at, total + current, place)
    last = words[place - 1].low
    return Number(at, place, total + current, Kind.CARDINAL, SCALES.get(last, 1.0))


def _occasions(words: Sequence[Lexeme], at: int) -> Number | None:
    """Read `twice`, `thrice`, and `once` where a bound before it makes it a count."""
    word = _low(words, at)
    if word in ("twice", "thrice"):
        return Number(at, at + 1, 2.0 if word == "twice" else 3.0, Kind.OCCASIONS)
    if word == "once" and _low(words, at - 1) in ("least", "than", "only", "exactly"):
        return Number(at, at + 1, 1.0, Kind.OCCASIONS)
    return None
