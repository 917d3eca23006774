"""Whose voice a relation is told in: what stands only inside reported words is said, not asserted.

A relation that every place of its evidence puts inside the reported clause or the quotation of a claim is a content of
that claim, and the article does not assert it. One place outside is enough for the article's own voice. The claims'
own contents are kept; the statements come after them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kgbuild.model import Claim, Entity, EntityType, Position, Relation, Where


def attribute(
    relations: Sequence[Relation],
    positions: Sequence[Position],
    claims: Sequence[Claim],
    sentences: Sequence[Where],
) -> tuple[tuple[Relation, ...], tuple[Claim, ...]]:
    """Hand relations and positions that are only said to the claims that say them.

    Args:
        relations: the article's relations.
        positions: its positions; they are contents of claims like relations.
        claims: its claims.
        sentences: its sentences: a claim whose words are a whole sentence doesn't tell what in it is reported.

    Returns:
        The relations, those that are only said not asserted, and the claims with what they say.
    """
    reported = [_reported(claim, frozenset(sentences)) for claim in claims]
    content: dict[int, list[str]] = {}
    told: list[Relation] = []
    for relation in relations:
        number = _teller(relation.evidence.where, reported)
        told.append(relation if number is None else replace(relation, asserted=False))
        if number is not None:
            content.setdefault(number, []).append(relation.id)
    for position in positions:
        number = _teller(position.evidence.where, reported)
        if number is not None:
            content.setdefault(number, []).append(position.id)
    spoken = [replace(claim, content=(*claim.content, *content.get(n, ()))) for n, claim in enumerate(claims)]
    return tuple(told), tuple(spoken)


def _reported(claim: Claim, sentences: frozenset[Where]) -> tuple[Where, ...]:
    """Give the stretches that a claim reports."""
    clause = (claim.text,) if claim.text is not None and claim.text not in sentences else ()
    return (*clause, *claim.quotations)


def _teller(places: Sequence[Where], reported: Sequence[tuple[Where, ...]]) -> int | None:
    """Give the first claim whose reported words hold one of *places*, if every place is held by some claim."""
    tellers: list[int] = []
    for place in places:
        number = next((n for n, spans in enumerate(reported) if any(span.contains(place) for span in spans)), None)
        if number is None:
            return None
        tellers.append(number)
    return min(tellers, default=None)


def name_authors(
    claims: Sequence[Claim], relations: Sequence[Relation], entities: Mapping[str, Entity]
) -> tuple[Claim, ...]:
    """Let those speak whose paper it is, where the article tells whose (`the memorandum proposes ...`)."""
    authors: dict[str, list[str]] = {}
    for relation in relations:
        document = entities[relation.subject].type is EntityType.DOCUMENT
        if (
            document
            and relation.predicate == "affiliatedWith"
            and relation.object not in authors.get(relation.subject, [])
        ):
            authors.setdefault(relation.subject, []).append(relation.object)
    told: list[Claim] = []
    for claim in claims:
        speaker = [name for one in claim.speaker for name in authors.get(one, [one])]
        told.append(replace(claim, speaker=tuple(dict.fromkeys(speaker))))
    return tuple(told)
