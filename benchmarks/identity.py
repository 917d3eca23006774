"""What it costs to find out who is who among many names, and whether the cost grows with the names or with the pairs.

Usage: python benchmarks/identity.py [--names N] [--steps K] [--articles A]

Names are made up from a fixed table of syllables, so that every run sees the same: persons with given and family
names, some with a middle name, each in two or three spellings (diacritics, a transliteration, the surname alone), and
organisations in British and American spelling. Articles of a hundred things each name them. The run is repeated with
half, a quarter, ... of the names; the last column is the exponent of growth between a row and the one before it, 1 for
cost in proportion to the names and 2 for cost in proportion to the pairs. Every run checks that nothing was joined
that is two, and counts what was left apart although it is one.
"""

import argparse
import math
import time
from collections.abc import Iterator
from typing import NamedTuple

from kgbuild.knowledge import Knowledge, load
from kgbuild.model import Chain, EntityType, Extraction, Mention, MentionKind, Where
from kgbuild.resolve import resolve

PER_ARTICLE = 100
_ONSETS = "b d f g k l m n p r s t v z br dr gr kr pl st tr".split()
_VOWELS = "a e i o u".split()
_CODAS = "n r s l m t k d".split()
_KINDS = "Institute Foundation Federation Committee Association Laboratory".split()
_SPELLINGS = (("Defence", "Defense"), ("Programme", "Program"), ("Organisation", "Organization"), ("Centre", "Center"))


class Named(NamedTuple):
    """Hold a thing and one way of writing its name."""

    thing: int
    name: str
    kind: EntityType


def word(number: int, syllables: int) -> str:
    """Make a word of its own for each number; numbers of one word differ in a whole syllable."""
    letters = []
    for _ in range(syllables):
        number, onset = divmod(number, len(_ONSETS))
        letters.append(_ONSETS[onset] + _VOWELS[(onset * 7 + len(letters)) % len(_VOWELS)])
    return "".join(letters) + _CODAS[number % len(_CODAS)]


def world(names: int) -> Iterator[Named]:
    """Make up things until they have so many distinct names."""
    made = 0
    for thing in range(names):
        forms = list(_person(thing) if thing % 4 else _body(thing))
        kind = EntityType.PERSON if thing % 4 else EntityType.ORGANIZATION
        for form in forms:
            yield Named(thing, form, kind)
        made += len(forms)
        if made >= names:
            return


def _person(number: int) -> Iterator[str]:
    given, family = word(number * 31 % 7919, 2).title(), word(number, 4).title()
    middle = f" {word(number % 97, 2).title()}" if number % 5 == 0 else ""
    yield f"{given}{middle} {family}"
    yield f"{given}{middle} {family.replace('a', 'á', 1)}" if "a" in family else f"{given} {family}"
    if number % 3 == 0:
        yield f"{given}{middle} {family.replace('i', 'y', 1)}"


def _body(number: int) -> Iterator[str]:
    british, american = _SPELLINGS[number // 4 % len(_SPELLINGS)]
    rest = f"{word(number, 4).title()} {_KINDS[number // 16 % len(_KINDS)]}"
    yield f"{british} {rest}"
    yield f"{american} {rest}"


def articles(named: list[Named]) -> list[Extraction]:
    """Spread names over articles, so that the spellings of one thing stand in different ones."""
    count = math.ceil(len(named) / PER_ARTICLE)
    made = []
    for number in range(count):
        mentions, chains, begin = [], [], 0
        for index, one in enumerate(named[number::count]):
            where = Where(begin, begin + len(one.name))
            mentions.append(Mention(where, one.name, MentionKind.NAME, one.kind, where, one.name, where))
            chains.append(Chain((index,), one.kind, one.name, True))
            begin += len(one.name) + 1
        made.append(Extraction(f"article/{number:06}", mentions=tuple(mentions), chains=tuple(chains)))
    return made


def measure(names: int, knowledge: Knowledge) -> tuple[int, float, int, int]:
    """Resolve so many names; give distinct names, seconds of processor time, false joins and missed joins."""
    named = list(world(names))
    read = articles(named)
    began = time.process_time()
    resolution = resolve(read, knowledge)
    seconds = time.process_time() - began
    count = len(read)
    thing_of = {
        (read[number].document_id, index): one.thing
        for number in range(count)
        for index, one in enumerate(named[number::count])
    }
    things: dict[str, set[int]] = {}
    parts: dict[int, set[str]] = {}
    for chain, entity in resolution.entity_of.items():
        things.setdefault(entity, set()).add(thing_of[chain])
        parts.setdefault(thing_of[chain], set()).add(entity)
    false = sum(len(found) - 1 for found in things.values())
    missed = sum(len(found) - 1 for found in parts.values())
    return len({one.name for one in named}), seconds, false, missed


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, default=120_000)
    parser.add_argument("--steps", type=int, default=4)
    options = parser.parse_args()
    knowledge = load()
    _ = knowledge.gazetteer, knowledge.identity, knowledge.institutions
    print(f"{'names':>9} {'cpu s':>8} {'us/name':>8} {'false':>6} {'missed':>7} {'growth':>7}")
    before: tuple[int, float] | None = None
    for step in reversed(range(options.steps)):
        count, seconds, false, missed = measure(options.names >> step, knowledge)
        growth = math.log(seconds / before[1]) / math.log(count / before[0]) if before else float("nan")
        print(f"{count:9} {seconds:8.2f} {seconds / count * 1e6:8.1f} {false:6} {missed:7} {growth:7.2f}")
        before = (count, seconds)


if __name__ == "__main__":
    main()
