"""Tells numbers that count or measure something from numbers that are names, pronouns, clock times and the like."""

from kgbuild.extract.numbers import ORDINALS, Kind, Number, read_number
from kgbuild.extract.quantities.shape import Shape
from kgbuild.extract.quantities.text import FUNCTION_WORDS, Text
from kgbuild.knowledge.measures import Measures

_CLOCK = frozenset("am pm gmt utc est edt bst cet noon o'clock".split())
_POINTING = frozenset("the these those both".split())
_SPEECH = frozenset(
    "said says saying told tells telling wrote writes writing warned warns added adds admitted admits asked asks "
    "replied tweeted posted recalled explained claimed claims noted argued argues commented".split()
)


def counts(text: Text, shape: Shape, measures: Measures) -> bool:
    """Tell whether a number as read is a quantity.

    A bound, a unit or a sign of money makes nearly every number one; a bare number has to pass more questions.
    """
    number = shape.number
    if number.kind is Kind.ORDINAL:
        return _orders(text, number, measures)
    unit = shape.percent or shape.unit is not None
    if shape.score and not shape.bounded:
        return False
    if _glued(text, number, unit) or _clock(text, shape.after) or _idiom(text, number, measures, unit):
        return False
    if shape.bounded or unit or number.kind in (Kind.VAGUE, Kind.FRACTION, Kind.OCCASIONS):
        return True
    if _named(text, number, measures):
        return False
    if number.after == number.first + 1 and text.low(number.first) == "one":
        return _one(text, number)
    return not (number.value == 2 and _points_back(text, number, measures))


def _glued(text: Text, number: Number, unit: bool) -> bool:
    """Tell whether a number is a piece of a word, a clock time, a score, a telephone number or a list's number."""
    first, after = number.first, number.after
    if text.tight(first):
        before = text.low(first - 1)
        letter = text.is_word(first - 1) and not before.endswith(("us", "nz", "hk", "rs"))
        joined = before in ("-", "/", ":", ".", "_", "@", "+") and first > 1 and text.tight(first - 1)
        if letter or before in ("#", "/", "@", "_") or (joined and text.low(first - 2) not in ("mid",)):
            return True
    if text.low(after) == ":" and text.tight(after) and text.tight(after + 1):
        return True
    if text.low(after) == "/" and text.tight(after):
        return True
    if not unit and text.words[number.first].is_digits and text.tight(after) and text.is_word(after):
        return True
    return first == 0 and text.low(after) in (".", ")")


def _clock(text: Text, after: int) -> bool:
    """Tell whether `a.m.`, `GMT` and the like follow."""
    return text.low(after) in _CLOCK or (text.low(after) in ("a", "p") and text.low(after + 1) == ".")


def _idiom(text: Text, number: Number, measures: Measures, unit: bool) -> bool:
    """Tell whether a number stands in a set phrase: `one day`, `only one way`, `two-state`, `zero-sum`."""
    after, before = number.after, text.low(number.first - 1)
    if text.low(number.first) == "one" and after == number.first + 1:
        if text.low(after) in ("another", "way", "side", "thing", "hand", "time"):
            return True
        if text.low(after) == "day" and before not in (
            "only",
            "just",
            "for",
            "in",
            "than",
            "least",
            "about",
            "within",
            "lasted",
        ):
            return True
    joined = text.low(after) == "-" and text.tight(after) and text.is_word(after + 1)
    if text.low(number.first) == "zero" and not unit and (joined or not text.nounlike(after)):
        return True
    return joined and not unit and text.low(after + 1) in measures.uncounted


def _named(text: Text, number: Number, measures: Measures) -> bool:
    """Tell whether a number is part of a name: `Flight 494`, `Formula One`, `Artemis 1`, `posts 542 and 543`."""
    first = number.first
    before = text.low(first - 1)
    if before == "." and text.low(first - 2) in ("no", "nos") and text.capital(first - 2):
        return True
    if text.is_word(first - 1) and (before in measures.numbered or before.removesuffix("s") in measures.numbered):
        return True
    if before in ("and", "or", ",") and text.words[first].is_digits and first > 2 and text.words[first - 2].is_digits:
        earlier = text.low(first - 3)
        if earlier in measures.numbered or earlier.removesuffix("s") in measures.numbered:
            return True
    if not text.passage.heading and text.words[first].is_digits and _acronym(text, first - 1):
        return True
    if text.passage.heading or not text.is_word(first - 1) or text.opens(first - 1):
        return False
    if text.words[first].is_digits:
        known = before in FUNCTION_WORDS or before in measures.before
        follows = (
            text.nounlike(number.after) and not text.capital(number.after) and text.low(number.after).endswith("s")
        )
        return text.capital(first - 1) and not known and not (follows and text.pos(number.after) == "NOUN")
    return text.capital(first) and (text.capital(first - 1) or text.capital(number.after))


def _acronym(text: Text, at: int) -> bool:
    """Tell whether an acronym stands at a place, in brackets or not: `CTF 50`, `(CTF) 50`, `L 12`."""
    if text.low(at) == ")":
        at -= 1
    return text.is_word(at) and text.words[at].text.isupper() and text.low(at) not in ("a", "i")


def _one(text: Text, number: Number) -> bool:
    """Tell `one` that counts from the pronoun: a noun must follow, and nothing that makes it point or choose."""
    first, after = number.first, number.after
    if text.low(first - 1) in (
        "no",
        "this",
        "that",
        "any",
        "every",
        "each",
        "which",
        "the",
        "number",
        "new",
        "current",
        "last",
        "latest",
        "next",
        "only",
    ):
        return False
    if not text.nounlike(after) or text.low(after).endswith("ly") or text.low(after) in ("-",):
        return False
    if any(text.low(place) in _SPEECH for place in range(after + 1, after + 5)):
        return False
    if text.parsed:
        return text.token(first).dep.startswith("nummod") or text.opens(first)
    return not text.low(after).endswith(("ing", "ed"))


def _points_back(text: Text, number: Number, measures: Measures) -> bool:
    """Tell whether `the two sides` only points back to a pair told before."""
    if text.low(number.first - 1) not in _POINTING:
        return False
    for place in range(number.after, min(number.after + 4, len(text.words))):
        word = text.low(place)
        if (
            word in measures.pairs
            or word.removesuffix("s") in measures.pairs
            or word.removesuffix("ies") + "y" in measures.pairs
        ):
            return True
        if not text.nounlike(place) and word != "-":
            return False
    return False


def _orders(text: Text, number: Number, measures: Measures) -> bool:
    """Tell whether an ordinal puts rounds or ranks in order; not `first step`, `5th Fleet`, `third countries`."""
    after = number.after
    joined = text.low(after) == "-"
    if joined and text.low(after + 1) in ("and", "or") and read_number(text.words, after + 2) is not None:
        return True
    if joined:
        after += 1
    following = text.low(after)
    if following in ("and", "or") and text.low(after + 1) in ORDINALS:
        return number.value > 1
    if not text.is_word(after) or following in FUNCTION_WORDS or text.low(number.first - 1) == "-":
        return False
    series = any(_base(text.low(place), measures.series) for place in range(after, min(after + 4, len(text.words))))
    if number.value == 1:
        return _series_near(text, after, measures) and not joined
    if following in measures.uncounted or following.removesuffix("s") in measures.uncounted:
        return False
    if text.capital(after) and not text.passage.heading:
        return series
    if text.capital(number.first) and not text.opens(number.first) and not series:
        return False
    return text.nounlike(after)


def _series_near(text: Text, at: int, measures: Measures) -> bool:
    """Tell whether a noun that comes in series follows, with at most two words before it."""
    for place in range(at, min(at + 3, len(text.words))):
        if _base(text.low(place), measures.series):
            return True
        if not text.nounlike(place) or text.low(place).endswith("s"):
            return False
    return False


def _base(word: str, known: frozenset[str]) -> bool:
    """Tell whether a noun or its singular is known."""
    return word in known or (word.endswith("s") and word[:-1] in known)
