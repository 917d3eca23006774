"""Finds articles over a collection that repeat one another with small edits, and those that retell one agency text.

A **copy** is told by runs of three words: an article whose runs stand in another one, all but a fifth or so, repeats
it. Which pairs are worth comparing is found by MinHash and locality-sensitive hashing, so that a collection of many
thousands is not compared pair by pair; each pair found so is then counted exactly, so the result depends on no random
number.

A **retelling** shares far less: agency text that was rewritten keeps some turns of phrase and changes the rest. It is
told by runs of five words that stand outside quotation marks in both articles and nearly nowhere else; a quotation
that two reporters both heard makes no common origin. Articles whose dates lie far apart retell nothing together.

Source: Broder, On the resemblance and containment of documents (1997).
"""

import re
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from rensa import RMinHash, RMinHashLSH

from kgbuild.read.repeats import plain_words

COPY_SHARE = 0.6
"""So many of the runs of three words of an article stand in the one that it repeats."""

LEAST_WORDS = 40
"""Shorter texts are alike by chance; of them only equal words make a repeat."""

RETELLING_RUNS = 20
RETELLING_SHARE = 0.05
RETELLING_DAYS = 3
_COMMON_RUN = 20
"""A run of words in more articles than this is a set phrase, not a trace of an origin."""

_COPY_RUN = 3
_RETELLING_RUN = 5
_PERMUTATIONS = 128
_BANDS = 64
"""Bands of two rows each: nine of ten pairs with a fifth of their runs in common are looked at, and counted exactly."""
_SEED = 1
_QUOTED = re.compile(r"[\"“„«][^\"”»]{0,1500}[\"”»]")


@dataclass(frozen=True, slots=True)
class Text:
    """Hold what comparing needs of one article: its words, as two lists of hashed runs.

    Attributes:
        key: the article's id.
        words: how many words it has.
        runs: hashes of its runs of three words, sorted.
        told: hashes of its runs of five words outside quotation marks, sorted.
    """

    key: str
    words: int
    published: date | None
    runs: "array[int]" = field(repr=False)
    told: "array[int]" = field(repr=False)


def text_of(key: str, paragraphs: Iterable[str], published: date | None) -> Text:
    """Prepare the paragraphs of an article for comparing."""
    joined = " ".join(paragraphs)
    words = plain_words(joined)
    outside = [plain_words(part) for part in _QUOTED.split(joined)]
    told = {run for part in outside for run in _runs(part, _RETELLING_RUN)}
    return Text(key, len(words), published, array("I", sorted(_runs(words, _COPY_RUN))), array("I", sorted(told)))


def _runs(words: Sequence[str], size: int) -> set[int]:
    """Hash all runs of *size* words; equal on every machine."""
    return {zlib.crc32(" ".join(words[n : n + size]).encode()) for n in range(len(words) - size + 1)}


def copies(texts: Sequence[Text]) -> dict[str, str]:
    """Tell which articles repeat which: id of the repeat -> id of the one that stays, which repeats nothing itself.

    Args:
        texts: in the order in which articles are taken for originals. Of two, the later one is the repeat, unless the
            earlier stands whole in the later and not the other way round.
    """
    index = RMinHashLSH(threshold=0.4, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    repeats: dict[str, str] = {}
    long = [text for text in texts if text.words >= LEAST_WORDS]
    for number, text in enumerate(long):
        sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        sketch.update([str(run) for run in text.runs])
        own = frozenset(text.runs)
        for other in sorted(set(index.query(sketch))):
            if long[other].key not in repeats and text.key not in repeats:
                _compare(long[other], text, own, repeats)
        if text.key not in repeats:
            index.insert(number, sketch)
    return {repeat: _root(repeats, original) for repeat, original in repeats.items()}


def _compare(earlier: Text, later: Text, runs: frozenset[int], repeats: dict[str, str]) -> None:
    """Note which of two articles repeats the other, if one does; *runs* are those of the later."""
    common = len(runs.intersection(earlier.runs))
    if common >= COPY_SHARE * len(later.runs):
        repeats[later.key] = earlier.key
    elif common >= COPY_SHARE * len(earlier.runs):
        repeats[earlier.key] = later.key


def _root(repeats: dict[str, str], key: str) -> str:
    """Follow repeats of repeats to the article that stays."""
    while key in repeats:
        key = repeats[key]
    return key


def retellings(texts: Sequence[Text]) -> dict[str, str]:
    """Group the articles that retell one agency text: id -> id of the first of its group, for groups of two or more."""
    holders: dict[int, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for run in text.told:
            if len(holders[run]) <= _COMMON_RUN:
                holders[run].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        if 2 <= len(numbers) <= _COMMON_RUN:
            shared.update((a, b) for n, a in enumerate(numbers) for b in numbers[n + 1 :])
    first: dict[int, int] = {}
    for (a, b), runs in sorted(shared.items()):
        if _retells(texts[a], texts[b], runs):
            a_first, b_first = _head(first, a), _head(first, b)
            first[max(a_first, b_first)] = min(a_first, b_first)
    heads = {number: _head(first, number) for number in range(len(texts))}
    sizes = Counter(heads.values())
    return {texts[number].key: texts[head].key for number, head in heads.items() if sizes[head] > 1}


def _retells(a: Text, b: Text, runs: int) -> bool:
    """Tell whether two articles share enough, and are close enough in time."""
    least = max(RETELLING_RUNS, RETELLING_SHARE * min(len(a.told), len(b.told)))
    near = not (a.published and b.published) or abs((a.published - b.published).days) <= RETELLING_DAYS
    return near and runs >= least


def _head(first: dict[int, int], number: int) -> int:
    """Follow a group to its first article."""
    while first.get(number, number) != number:
        number = first[number]
    return number
