"""Comparing in bounded memory gives what holding each article against each other does."""

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from kgbuild.read import Compared, Trace, Verdicts, compare
from kgbuild.read.copies import COPY_SHARE, LEAST_BLOCK
from kgbuild.read.postings import LIMIT, Postings, Scratch
from kgbuild.read.retellings import COMMON_RUN, RETELLING_DAYS, RETELLING_RUNS, RETELLING_SHARE
from kgbuild.read.traces import trace_of

Text = tuple[str, date | None]


def collection(dice: random.Random, count: int) -> list[Text]:
    """Make texts of phrases, some edited from others: words changed, ends cut off, other texts put behind."""
    words = [f"word{number}" for number in range(dice.choice([60, 300, 5000]))]
    phrases = [" ".join(dice.choices(words, k=dice.randrange(3, 12))) for _ in range(dice.choice([10, 100, 2000]))]
    texts: list[Text] = []
    for _ in range(count):
        own = dice.choice(texts)[0].split() if texts and dice.random() < 0.5 else []
        if own:
            changed = dice.choice([0.0, 0.02, 0.05, 0.1, 0.2])
            own = [dice.choice(words) if dice.random() < changed else word for word in own]
            own = own[: int(len(own) * dice.choice([0.3, 0.7, 1, 1])) + 1]
            own += dice.choice(texts)[0].split()[: dice.choice([0, 0, 20, 200])]
        else:
            own = dice.choices(phrases, k=dice.randrange(1, 60))
        day = None if dice.random() < 0.3 else date(2025, 1, dice.randrange(1, 15))
        texts.append((" ".join(own), day))
    return texts


def compared(
    texts: Sequence[Text], folder: Path | None = None, limit: int = LIMIT, block: int = LEAST_BLOCK
) -> Verdicts:
    traces = [trace_of([text]) for text, _ in texts]
    articles = (Compared(str(number), traces[number].fingerprint, day) for number, (_, day) in enumerate(texts))
    return compare(articles, traces.__getitem__, folder=folder, limit=limit, least_block=block)


def one_by_one(texts: Sequence[Text]) -> tuple[dict[int, int], dict[int, int]]:
    """Hold each article against each: the rules as they are meant, with nothing passed over but by sharing no band."""
    traces = [trace_of([text]) for text, _ in texts]
    repeats: dict[int, int] = {}
    for later, trace in enumerate(traces):
        same = (n for n in range(later) if traces[n].fingerprint == trace.fingerprint and n not in repeats)
        if (original := next(same, None)) is not None:
            repeats[later] = original
    equal = set(repeats)
    for later in range(len(traces)):
        for earlier in range(later):
            if {later, earlier}.isdisjoint(repeats) and in_a_band(traces[earlier], traces[later]):
                common = len(set(traces[earlier].runs) & set(traces[later].runs))
                if common >= COPY_SHARE * len(traces[later].runs):
                    repeats[later] = earlier
                elif common >= COPY_SHARE * len(traces[earlier].runs):
                    repeats[earlier] = later
    assert equal <= set(repeats)
    return {one: root(repeats, one) for one in repeats}, stories(
        texts, traces, [n for n in range(len(texts)) if n not in repeats]
    )


def root(links: dict[int, int], one: int) -> int:
    while links.get(one, one) != one:
        one = links[one]
    return one


def in_a_band(a: Trace, b: Trace) -> bool:
    if not (a.sketch and b.sketch):
        return False
    return bool((np.frombuffer(a.sketch, np.uint64) == np.frombuffer(b.sketch, np.uint64)).any())


def stories(texts: Sequence[Text], traces: Sequence[Trace], left: Sequence[int]) -> dict[int, int]:
    holders: dict[int, int] = {}
    for number in left:
        for run in traces[number].told:
            holders[run] = holders.get(run, 0) + 1
    rare = {number: {run for run in traces[number].told if holders[run] <= COMMON_RUN} for number in left}
    first: dict[int, int] = {}
    for later in left:
        for earlier in left[: left.index(later)]:
            days = [day for day in (texts[earlier][1], texts[later][1]) if day]
            sizes = min(len(traces[earlier].told), len(traces[later].told))
            if len(rare[later] & rare[earlier]) < max(RETELLING_RUNS, RETELLING_SHARE * sizes):
                continue
            if len(days) < 2 or abs((days[0] - days[1]).days) <= RETELLING_DAYS:
                heads = root(first, earlier), root(first, later)
                first[max(heads)] = min(heads)
    heads_of = {number: root(first, number) for number in left}
    return {one: head for one, head in heads_of.items() if list(heads_of.values()).count(head) > 1}


@pytest.mark.parametrize("seed", range(12))
def test_blocks_and_files_give_what_one_by_one_gives(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)  # noqa: S311 - it has to be the same on every run
    texts = collection(dice, 60)
    repeats, told = one_by_one(texts)
    at_once = compared(texts)
    assert at_once.duplicate_of == {str(one): str(original) for one, original in repeats.items()}
    assert at_once.first_of == {str(one): str(first) for one, first in told.items()}
    assert compared(texts, tmp_path, limit=dice.choice([10, 500]), block=dice.choice([1, 7, 25])) == at_once
    assert list(tmp_path.iterdir()) == []


def test_the_collections_have_copies_and_retellings() -> None:
    found = [compared(collection(random.Random(seed), 60)) for seed in range(12)]  # noqa: S311 - as above
    assert sum(len(one.duplicate_of) for one in found) > 100
    assert sum(len(one.first_of) for one in found) > 20


def test_nothing_compared_is_nothing_found() -> None:
    assert compared([]) == Verdicts()
    assert compared([("", None)]) == Verdicts()
    assert compared([("", None), ("...", None)]).duplicate_of == {"1": "0"}


@pytest.mark.parametrize("limit", [1, 50, 1000])
def test_postings_come_sorted_bucket_by_bucket(limit: int, tmp_path: Path) -> None:
    dice = np.random.default_rng(1)
    numbers = (dice.integers(0, 1 << 16, 300, dtype=np.uint64) << 32) | dice.integers(0, 2, 300, dtype=np.uint64)
    numbers = np.concatenate([numbers, numbers[:40], numbers[:1].repeat(3)])
    with Scratch(tmp_path, limit) as scratch:
        postings = Postings(scratch, "some", 48)
        for begin in range(0, len(numbers), 30):
            postings.add(numbers[begin : begin + 30])
        buckets = list(postings.sorted())
    assert np.concatenate(buckets).tolist() == sorted(numbers.tolist())
    halves = [set((bucket >> np.uint64(32)).tolist()) for bucket in buckets]
    assert sum(len(half) for half in halves) == len(set().union(*halves))
    assert all(len(bucket) <= limit or len(half) == 1 for bucket, half in zip(buckets, halves, strict=True))
    assert list(tmp_path.iterdir()) == []
