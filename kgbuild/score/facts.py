"""Claims, binary relations, offices, quantities and times."""

import re
from collections.abc import Sequence

from kgbuild.model import Iri
from kgbuild.rdf import KG, RDF
from kgbuild.score.align import Alignment, overlap
from kgbuild.score.classes import RELATIONS
from kgbuild.score.gold import Gold, GoldClaim, GoldRelation
from kgbuild.score.said import Said, Standing
from kgbuild.score.sheet import Sheet

_IDLE = frozenset({"of", "the", "for"})
_WORD = re.compile(r"\w+")

Stated = tuple[str, Iri | None, Iri | str | None, Iri]


def titles_agree(one: str, other: str) -> bool:
    """Tell whether two titles share at least half of their words, plurals and British spelling apart.

    >>> titles_agree("Minister of Defence", "Defense Minister"), titles_agree("Prime Minister", "President")
    (True, False)
    """
    words, others = _words(one), _words(other)
    return bool(words and others) and len(words & others) / len(words | others) >= 0.5


def _words(title: str) -> set[str]:
    plain = title.lower().replace("defence", "defense")
    return {word.rstrip("s") for word in _WORD.findall(plain) if word not in _IDLE}


def _live(gold: Gold, said: Said) -> list[Standing]:
    """Give whatever stands in the annotated part of a text."""
    return [one for one in said.standings.get(gold.name, []) if any(overlap(one.span, area) for area in gold.live)]


def compare_claims(gold: Gold, said: Said, alignment: Alignment, sheet: Sheet) -> None:
    """Match claims that have the cue in common and the same speaker, or both none."""
    ours = sorted({one.thing for one in _live(gold, said) if said.is_a(one.thing, KG("Claim"))})
    left = list(ours)
    for claim in gold.claims:
        found = next((one for one in left if _same_claim(one, claim, gold, said, alignment)), None)
        if found is not None:
            left.remove(found)
        else:
            speakers = ", ".join(map(gold.called, claim.speakers))
            sheet.miss(gold, claim.span, "claim missed", speakers or "no speaker")
    sheet.count("claims", len(ours) - len(left), len(ours), len(gold.claims))
    for thing in left:
        sheet.miss(gold, said.places[thing][gold.name][0].span, "claim spurious", "")


def _same_claim(thing: Iri, claim: GoldClaim, gold: Gold, said: Said, alignment: Alignment) -> bool:
    if claim.span is None or not alignment.hits(thing, [claim.span]):
        return False
    if not claim.speakers:
        return said.value(thing, KG("speaker")) is None
    return any(
        alignment.stands_for(speaker, id_) for speaker in said.things(thing, KG("speaker")) for id_ in claim.speakers
    )


def compare_relations(gold: Gold, said: Said, alignment: Alignment, sheet: Sheet) -> None:
    """Match relations by subject, predicate and object, and offices by holder and title."""
    left = _stated(gold, said)
    total = len(left)
    for relation in gold.relations:
        found = next((one for one in left if _same_relation(one, relation, alignment)), None)
        if found is not None:
            left.remove(found)
        else:
            expected = f"{gold.called(relation.subject)} {relation.predicate} {gold.called(relation.object)}"
            sheet.miss(gold, relation.span, "relation missed", expected)
    sheet.count("relations", total - len(left), total, len(gold.relations))
    for predicate, subject, value, thing in left:
        ends = (term.value.rsplit("/", 1)[-1] if isinstance(term, Iri) else str(term) for term in (subject, value))
        sheet.miss(gold, said.places[thing][gold.name][0].span, "relation spurious", f" {predicate} ".join(ends))


def _stated(gold: Gold, said: Said) -> list[Stated]:
    """Give the relations and offices that have evidence in the annotated part of a text."""
    stated: list[Stated] = []
    for thing in sorted({one.thing for one in _live(gold, said)}):
        if said.is_a(thing, RDF("Statement"), KG("Statement")):
            predicate = said.predicate(thing)
            if predicate in RELATIONS:
                subject, value = (_first(said.things(thing, RDF(name))) for name in ("subject", "object"))
                stated.append((predicate, subject, value, thing))
        elif said.is_a(thing, KG("Position")):
            holder, title = _first(said.things(thing, KG("holder"))), said.words(thing, KG("title"))
            stated.append(("position", holder, title or "", thing))
    return stated


def _first(things: Sequence[Iri]) -> Iri | None:
    return things[0] if things else None


def _same_relation(stated: Stated, relation: GoldRelation, alignment: Alignment) -> bool:
    predicate, subject, value, _ = stated
    if predicate != relation.predicate or not alignment.stands_for(subject, relation.subject):
        return False
    if isinstance(value, str):
        return titles_agree(value, relation.object)
    return alignment.stands_for(value, relation.object)


def compare_quantities(gold: Gold, said: Said, sheet: Sheet) -> None:
    """Match quantities that overlap and have the same value and bounds, give or take two per cent."""
    left = [one for one in _live(gold, said) if said.is_a(one.thing, KG("Quantity"))]
    total = len(left)
    for number in gold.quantities:
        found = next(
            (
                one
                for one in left
                if number.span and overlap(number.span, one.span) and _close(_numbers(one.thing, said), number.numbers)
            ),
            None,
        )
        if found is not None:
            left.remove(found)
        else:
            sheet.miss(gold, number.span, "quantity missed", _shown(number.numbers))
    sheet.count("quantities", total - len(left), total, len(gold.quantities))
    for one in left:
        sheet.miss(gold, one.span, "quantity spurious", _shown(_numbers(one.thing, said)))


def _numbers(thing: Iri, said: Said) -> tuple[float | None, ...]:
    found = (said.words(thing, KG(name)) for name in ("value", "minimum", "maximum"))
    return tuple(None if words is None else float(words) for words in found)


def _shown(numbers: Sequence[float | None]) -> str:
    names = ("value", "minimum", "maximum")
    return ", ".join(f"{name} {one:g}" for name, one in zip(names, numbers, strict=True) if one is not None)


def _close(ours: Sequence[float | None], theirs: Sequence[float | None]) -> bool:
    for one, other in zip(ours, theirs, strict=True):
        if one is None or other is None:
            if one is not other:
                return False
        elif abs(one - other) > max(0.02 * abs(other), 1e-9):
            return False
    return True


def compare_times(gold: Gold, said: Said, sheet: Sheet) -> None:
    """Match times that overlap and have the same value; those that can't be resolved do not count."""
    left = [
        one
        for one in _live(gold, said)
        if said.is_a(one.thing, KG("Time")) and said.value(one.thing, KG("timeValue")) is not None
    ]
    total = len(left)
    for time in gold.times:
        found = next(
            (
                one
                for one in left
                if time.span and overlap(time.span, one.span) and said.words(one.thing, KG("timeValue")) == time.value
            ),
            None,
        )
        if found is not None:
            left.remove(found)
        else:
            sheet.miss(gold, time.span, "time missed", time.value)
    sheet.count("times", total - len(left), total, len(gold.times))
    for one in left:
        sheet.miss(gold, one.span, "time spurious", said.words(one.thing, KG("timeValue")) or "")
