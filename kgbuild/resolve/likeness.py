"""When two spellings are one name: what writing a name in Latin letters and typing it vary, and no more.

Likeness alone is no reason: `Petersen` and `Peterson` are two names. Three things are taken for one spelling.
Letters that transliterations choose between (`i` and `y`, `ks` and `x`, `w` and `v`, doubled letters, umlauts written
out) are brought to one by `skeleton`, so that equal skeletons are found by a table and never by comparing pairs. Two
neighbouring letters that changed places, and one letter too many or too few well inside a long word, are typos. All
three only in words of some length, since short names differ by one letter and are still two (`Ann`, `Anna`).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

SHORTEST_SKELETON = 5
"""From this length on a word is brought to its skeleton; a shorter one must be written alike."""
SHORTEST_TYPO = 7
"""From this length on a word may hold a typo when something else speaks for it."""
LONG_TYPO = 9
"""From this length on a word may hold a typo although nothing else speaks for it."""

_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), usual)
    for pattern, usual in (
        (r"[yj]", "i"),
        (r"tsch|tch", "ch"),
        (r"sch", "sh"),
        (r"tz", "ts"),
        (r"ph", "f"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"q", "k"),
        (r"c(?=[aourlk]|$)", "k"),
        (r"(?<=k)h", ""),
        (r"ou|ue", "u"),
        (r"oe", "o"),
        (r"ae", "a"),
        (r"i+(?=[aeou])", "i"),
        (r"(.)\1+", r"\1"),
    )
)

_ANY = re.compile(r"[yjxwq]|sch|tch|tz|ph|c(?=[aourlk]|$)|kh|ou|ue|oe|ae|ii|(.)\1")
"""Finds whatever any of them changes: one look for the many words in which there is nothing to change."""


@lru_cache(maxsize=8_192)
def skeleton(word: str) -> str:
    """Bring a folded word to the letters that its transliterations share; a short word stays as it is.

    >>> skeleton("kyslytsya") == skeleton("kislitsia"), skeleton("mueller") == skeleton("muller"), skeleton("ali")
    (True, True, 'ali')
    """
    if len(word) < SHORTEST_SKELETON or _ANY.search(word) is None:
        return word
    for pattern, usual in _SOUNDS:
        word = pattern.sub(usual, word)
    return word


def shortened(word: str) -> Iterator[str]:
    """Give *word* without one letter, for each letter well inside it: neither the first nor one of the last two.

    >>> list(shortened("abcde"))
    ['acde', 'abde']
    """
    for place in range(1, len(word) - 2):
        if word[place] != word[place - 1]:
            yield word[:place] + word[place + 1 :]


def blanked(word: str) -> Iterator[str]:
    """Give *word* with one letter blanked, for each letter well inside it.

    >>> list(blanked("abcde"))
    ['a?cde', 'ab?de']
    """
    for place in range(1, len(word) - 2):
        yield f"{word[:place]}?{word[place + 1 :]}"


def swapped(word: str) -> Iterator[str]:
    """Give *word* with two different neighbours exchanged, for each pair behind the first letter.

    >>> list(swapped("abcd"))
    ['acbd', 'abdc']
    """
    for place in range(1, len(word) - 1):
        if word[place] != word[place + 1]:
            yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]
