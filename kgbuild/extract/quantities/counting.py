"""Tells numbers that count or measure something from numbers that are names, pronouns, clock times and the like."""

from kgbuild.extract.numbers import Kind, Number
from kgbuild.extract.quantities.text import FUNCTION_WORDS, Text
from kgbuild.knowledge.measures import Measures

_CLOCK = frozenset("am pm a.m p.m gmt utc est edt bst cet noon o'clock".split())
_POINTING = frozenset("the these those both our their your its".split())
_ROMAN = "ivxlc"


def counts(text: Text, number: Number, measures: Measures, bounded: bool, unit: bool) -> bool:
    """Tell whether a number as read is a quantity.

    Args:
        text: the paragraph.
        number: the number.
        measures: words that tell.
        bounded: a bound (`at least`) or a sign of money stands before it.
        unit: a known unit, a percent sign or a scale follows.
    """
    if number.kind is Kind.ORDINAL:
        return _orders(text, number, measures)
    if _glued(text, number):
        return False
    if bounded or unit or number.kind in (Kind.VAGUE, Kind.FRACTION, Kind.OCCASIONS):
        return True
    if _named(text, number, measures):
        return False
    if number.after == number.first + 1 and text.low(number.first) == "one":
        return _one(text, number)
    return not (number.value == 2 and _points_back(text, number, measures))


def _glued(text: Text, number: Number) -> bool:
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
    if text.low(after).rstrip(".") in _CLOCK or (text.low(after) in ("a", "p") and text.low(after + 1) == "."):
        return True
    if text.words[number.first].is_digits and text.tight(after) and text.is_word(after):
        return True
    return first == 0 and text.low(after) in (".", ")")


def _named(text: Text, number: Number, measures: Measures) -> bool:
    """Tell whether a number is part of a name: `Flight 494`, `Formula One`, `Artemis 1`, `posts 542 and 543`."""
    first = number.first
    before = text.low(first - 1)
    if text.is_word(first - 1) and (before in measures.numbered or before.removesuffix("s") in measures.numbered):
        return True
    if before in ("and", "or", ",") and text.words[first].is_digits and first > 2 and text.words[first - 2].is_digits:
        earlier = text.low(first - 3)
        if earlier in measures.numbered or earlier.removesuffix("s") in measures.numbered:
            return True
    if text.passage.heading or not text.is_word(first - 1) or text.opens(first - 1):
        return False
    if text.words[first].is_digits:
        known = before in FUNCTION_WORDS or before in measures.before
        follows = text.nounlike(number.after) and not text.capital(number.after) and text.low(number.after).endswith("s")
        return text.capital(first - 1) and not known and not (follows and text.pos(number.after) == "NOUN")
    return text.capital(first) and text.capital(first - 1)


def _one(text: Text, number: Number) -> bool:
    """Tell `one` that counts from the pronoun: a noun must follow, and nothing that makes it point or choose."""
    first, after = number.first, number.after
    if text.low(first - 1) in ("no", "this", "that", "any", "every", "each", "which", "the", "number", "new", "current"):
        return False
    if text.low(after) in ("day", "another", "way", "side", "thing", "hand", "time") and text.low(first - 1) != "only":
        return False
    if not text.nounlike(after) or text.low(after).endswith("ly") or text.low(after) in ("-",):
        return False
    token = text.tokens[first]
    if text.parsed and token is not None:
        return token.dep_.startswith("nummod") or text.opens(first)
    return not text.low(after).endswith(("ing", "ed"))


def _points_back(text: Text, number: Number, measures: Measures) -> bool:
    """Tell whether `the two sides` only points back to a pair told before."""
    if text.low(number.first - 1) not in _POINTING:
        return False
    for place in range(number.after, min(number.after + 4, len(text.words))):
        word = text.low(place)
        if word in measures.pairs or word.removesuffix("s") in measures.pairs or word.removesuffix("ies") + "y" in measures.pairs:
            return True
        if not text.nounlike(place) and word != "-":
            return False
    return False


def _orders(text: Text, number: Number, measures: Measures) -> bool:
    """Tell whether an ordinal puts rounds, packages, ranks in order; not `first step`, `5th Fleet`, `third countries`."""
    after = number.after
    joined = text.low(after) == "-"
    if joined:
        after += 1
    following = text.low(after)
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
