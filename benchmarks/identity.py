"""What it costs to find out who is who among many names, and whether the cost grows with the names or with the pairs.

Usage: python benchmarks/identity.py [--names N] [--steps K]
       python benchmarks/identity.py --articles A [--steps K]

Names are made up from a fixed table of syllables, so that every run sees the same: persons with given and family
names, some with a middle name, each in two or three spellings (diacritics, a transliteration, the surname alone), and
organisations in British and American spelling. Articles of a hundred things each name them. The run is repeated with
half, a quarter, ... of the names; the last column is the exponent of growth between a row and the one before it, 1 for
cost in proportion to the names and 2 for cost in proportion to the pairs. Every run checks that nothing was joined
that is two, and counts what was left apart although it is one.

With --articles, summaries of so many articles are made up and written to a temporary file, and a `Resolver` takes them
from there one by one: persons with offices, one of four by surname alone, bodies, countries, and noun phrases that are
things of their article. Few are named often and most once, as in news. The table tells, for each number of articles,
how many keys are held, seconds of processor time for taking all summaries, deciding, and telling 1,000 articles who is
who, and how many bytes of resident memory a key takes: when all are taken, at the peak, and when all is decided. Each
number of articles is measured in a process of its own.
"""

import argparse
import itertools
import math
import multiprocessing
import pickle
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kgbuild.knowledge import Knowledge, load
from kgbuild.knowledge.gazetteer import fold
from kgbuild.model import Chain, EntityType, Extraction, Mention, MentionKind, Where
from kgbuild.resolve import Resolver, Summary, Told, resolve

PER_ARTICLE = 100
_ONSETS = "b d f g k l m n p r s t v z br dr gr kr pl st tr".split()
_VOWELS = "a e i o u".split()
_CODAS = "n r s l m t k d".split()
_KINDS = "Institute Foundation Federation Committee Association Laboratory".split()
_SPELLINGS = (("Defence", "Defense"), ("Programme", "Program"), ("Organisation", "Organization"), ("Centre", "Center"))
_OFFICES = [f"{a} {b}".strip() for a in ("", "deputy", "chief", "former") for b in "minister judge mayor envoy".split()]
_COUNTRIES = "UA RU US TR FR DE GB CN IN BR".split()


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


def summaries(count: int) -> Iterator[Summary]:
    """Make up summaries: 9 persons, 7 bodies, 4 countries and 10 noun phrases each, the same on every run."""
    chance = random.Random(5)
    for number in range(count):
        article = f"article/some_title_of_news-{number * 2654435761 % 2**64:016x}"
        told = [_told_person(int(count * 3 * chance.random() ** 3), article, chance.random() < 0.25) for _ in range(9)]
        told += [_told_body(int(count * 2 * chance.random() ** 3)) for _ in range(7)]
        told += [_told(f"iso:{code}", EntityType.COUNTRY, code) for code in chance.sample(_COUNTRIES, 4)]
        told += [
            Told(f"here:{article}:{n}:{n + 9}", EntityType.GROUP, 1, (), "some people", ("own-article",), (), (), ("",))
            for n in range(10)
        ]
        yield Summary(article, tuple({one.key: one for one in told}.values()))


def _told_person(number: int, article: str, alone: bool) -> Told:
    given, family = word(number * 31 % 7919, 2).title(), word(number * 7919 % 400_009, 4).title()
    name = family if alone else f"{given} {family}"
    offices = (_OFFICES[number % len(_OFFICES)],) if number % 3 == 0 else ()
    genders = (("male", "female")[number % 4 // 2],) if number % 2 else ()
    key = f"person@{article}:{fold(name)}" if alone else f"person:{fold(name)}"
    return _told(key, EntityType.PERSON, name)._replace(offices=offices, genders=genders)


def _told_body(number: int) -> Told:
    name = f"{word(number, 3).title()} {word(number * 7, 4).title()} {_KINDS[number % len(_KINDS)]}"
    return _told(f"organization:{fold(name)}", EntityType.ORGANIZATION, name)


def _told(key: str, kind: EntityType, name: str) -> Told:
    return Told(key, kind, 2, ((name, 1),), "", ("same-name",), (), (), (fold(name),))


class Cost(NamedTuple):
    """Hold what resolving summaries cost: keys, seconds for each step, MiB more than before at each."""

    keys: int
    add: float
    finish: float
    local: float
    added: float
    peak: float
    finished: float


def measure_summaries(count: int) -> Cost:
    """Resolve so many made-up summaries from a file."""
    knowledge = load()
    _ = knowledge.gazetteer, knowledge.identity, knowledge.institutions
    with tempfile.TemporaryFile() as file:
        for summary in summaries(count):
            pickle.dump(summary, file)
        file.seek(0)
        before, resolver, times = _resident(), Resolver(knowledge), [time.process_time()]
        for _ in range(count):
            resolver.add(pickle.load(file))
        times.append(time.process_time())
        added, keys = _resident() - before, resolver.held
        resolved = resolver.finish()
        times.append(time.process_time())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before
        finished = _resident() - before
        file.seek(0)
        for _ in range(min(count, 1000)):
            resolved.local(pickle.load(file))
        times.append(time.process_time())
    add, finish, local = (end - begin for begin, end in itertools.pairwise(times))
    return Cost(keys, add, finish, local, added, peak, finished)


def _resident() -> float:
    """Tell how many bytes of memory this process has."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()


def print_summaries(most: int, steps: int) -> None:
    """Measure and print what summaries of articles cost."""
    head = ("articles", "keys", "add s", "finish s", "local s", "growth", "B/key", "peak", "after")
    print(" ".join(f"{name:>9}" for name in head))
    before: tuple[int, float] | None = None
    for step in reversed(range(steps)):
        count = most // 10**step
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            cost = pool.apply(measure_summaries, (count,))
        spent = cost.add + cost.finish
        growth = math.log(spent / before[1]) / math.log(cost.keys / before[0]) if before else float("nan")
        memory = " ".join(f"{size / cost.keys:9.0f}" for size in (cost.added, cost.peak, cost.finished))
        times = f"{cost.add:9.1f} {cost.finish:9.1f} {cost.local:9.2f} {growth:9.2f}"
        print(f"{count:9} {cost.keys:9} {times} {memory}")
        before = (cost.keys, spent)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, default=120_000)
    parser.add_argument("--articles", type=int, help="resolve made-up summaries of so many articles")
    parser.add_argument("--steps", type=int, help="how many sizes to measure (4; 2 with --articles)")
    options = parser.parse_args()
    if options.articles:
        print_summaries(options.articles, options.steps or 2)
        return
    steps = options.steps or 4
    knowledge = load()
    _ = knowledge.gazetteer, knowledge.identity, knowledge.institutions
    print(f"{'names':>9} {'cpu s':>8} {'us/name':>8} {'false':>6} {'missed':>7} {'growth':>7}")
    before: tuple[int, float] | None = None
    for step in reversed(range(steps)):
        count, seconds, false, missed = measure(options.names >> step, knowledge)
        growth = math.log(seconds / before[1]) / math.log(count / before[0]) if before else float("nan")
        print(f"{count:9} {seconds:8.2f} {seconds / count * 1e6:8.1f} {false:6} {missed:7} {growth:7.2f}")
        before = (count, seconds)


if __name__ == "__main__":
    main()
