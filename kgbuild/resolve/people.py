"""Full names of persons over articles: which of them are one person.

They are one when they differ only by what transliteration and typing vary, or when one leaves out what the other has in
the middle and only one person can be meant. Two full names that one article sets side by side are never taken for a
typo of one another. Everything is found through tables, so that the cost grows with the number of names and not with
that of pairs.
"""

from collections.abc import Iterator
from itertools import pairwise

from kgbuild.resolve.blocks import Blocks
from kgbuild.resolve.likeness import (
    LONG_TYPO,
    SHORTEST_SKELETON,
    SHORTEST_TYPO,
    blanked,
    shortened,
    skeleton,
    swapped,
)
from kgbuild.resolve.persons import abbreviates, leaves_out
from kgbuild.resolve.roster import Roster

_CROWD = 40
"""More names than this with one given and one family name tell nothing about who leaves out what."""


def join_full_names(roster: Roster) -> None:
    """Run the rules about full names, the surest first."""
    _join_spellings(roster)
    _join_languages(roster)
    _join_middle_names(roster)
    _join_typos(roster)


def _join_spellings(roster: Roster) -> None:
    """Join full names that sound alike; `Martina` and `Marina` are two names, and so nobody's spelling."""
    alike = Blocks()
    for key in roster.full:
        alike.add(roster.name(key).sound, key)
    for keys in alike.shared():
        for number, other in enumerate(keys):
            for one in keys[:number]:
                if _rivals(roster, one, other):
                    roster.joins.forbid(one, other)
        for number, other in enumerate(keys):
            for one in keys[:number]:
                same = roster.name(one) == roster.name(other)
                roster.join(one, other, "same-full-name" if same else "transliteration")


def _rivals(roster: Roster, one: str, other: str) -> bool:
    a, b = roster.name(one).parts[0], roster.name(other).parts[0]
    return a != b and bool(roster.gender(a)) and bool(roster.gender(b))


def _join_languages(roster: Roster) -> None:
    """Join full names whose given names are one in two languages, if the family name is long and rare.

    Rare means that it is none of those that very many bear.
    """
    cognates = roster.identity.cognates
    alike = Blocks()
    for key in roster.full:
        given, *rest = roster.name(key).parts
        if given in cognates and len(rest[-1]) >= SHORTEST_SKELETON:
            alike.add(f"{cognates[given]} {''.join(map(skeleton, rest))}", key)
    for keys in alike.shared():
        for other in keys[1:]:
            if not roster.vague(roster.name(other)) and not roster.side_by_side(keys[0], other):
                roster.join(keys[0], other, "given-name-in-another-language")


def _join_middle_names(roster: Roster) -> None:
    """Join a full name with the only one that has more of it, or has in full what it abbreviates."""
    ends = Blocks()
    for key in roster.full:
        parts = roster.name(key).parts
        ends.add(f"{parts[0]} {parts[-1]}", key)
    for keys in ends.shared():
        if len(keys) > _CROWD:
            continue
        for rule, fits in (("initial", abbreviates), ("middle-name-left-out", leaves_out)):
            for short in keys:
                longer = [k for k in keys if fits(roster.name(short).parts, roster.name(k).parts)]
                if len({roster.joins.root(key) for key in longer}) == 1:
                    roster.join(longer[0], short, rule)


def _join_typos(roster: Roster) -> None:
    """Join full names whose family names differ by a slip of the finger, and by nothing else."""
    for key in roster.full:
        *given, family = roster.name(key).parts
        for slip, rule, shortest in _slips(family):
            other = roster.called(" ".join((*given, slip)))
            if other is None or roster.side_by_side(key, other):
                continue
            if len(slip) >= shortest or (len(slip) >= SHORTEST_TYPO and roster.share_office(key, other)):
                roster.join(key, other, rule)
    for one, other in _one_letter_apart(roster):
        roster.join(one, other, "one-letter-off")


def _slips(word: str) -> Iterator[tuple[str, str, int]]:
    """Give what a long word may be a slip of, with the rule and the length from which it needs no other sign."""
    if len(word) > SHORTEST_TYPO:
        for slip in shortened(word):
            yield slip, "one-letter-off", LONG_TYPO
    if len(word) >= SHORTEST_TYPO:
        for slip in swapped(word):
            yield slip, "letters-swapped", SHORTEST_TYPO


def _one_letter_apart(roster: Roster) -> list[tuple[str, str]]:
    """Give pairs of full names with one office whose long family names differ in one letter of the inside.

    Only names that are alike but for the family name are brought into one table, so that each table stays small. The
    pairs come in the order of the names, then of the letters.
    """
    namesakes = Blocks()
    for key in roster.full:
        *given, family = roster.name(key).parts
        if len(family) >= SHORTEST_TYPO and roster.things[key].offices:
            namesakes.add(" ".join(given), key)
    found: list[tuple[str, int, int, str, str]] = []
    for keys in namesakes.shared():
        gaps = Blocks()
        first: dict[str, tuple[str, int]] = {}
        for key in keys:
            for place, gap in enumerate(blanked(roster.name(key).parts[-1])):
                gaps.add(gap, key)
                first.setdefault(gap, (key, place))
        for gap, (key, place) in first.items():
            for number, (one, other) in enumerate(pairwise(gaps.of(gap))):
                if roster.share_office(one, other) and not roster.side_by_side(one, other):
                    found.append((key, place, number, one, other))
    return [(one, other) for *_, one, other in sorted(found)]
