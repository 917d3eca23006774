"""Turns numbers and expressions of time into quantities and times of the graph.

Each mention becomes a thing of its own: two articles that both say `Monday` may mean two Mondays, and two sevens count
different things. A unit becomes the IRI of its vocabulary where `ontology/cues/units.tsv` has one, and stays words
otherwise. What a quantity measures is the event that the caller found for it, else the entity whose mention has the
counted noun for its head.
"""

from collections.abc import Mapping

from kgbuild.knowledge import Knowledge
from kgbuild.model import (
    Document,
    Evidence,
    Extraction,
    MentionKind,
    Quantity,
    QuantityMention,
    Resolution,
    Time,
    TimeMention,
    Where,
    mint,
)


def interpret_measures(
    document: Document,
    extraction: Extraction,
    resolution: Resolution,
    knowledge: Knowledge,
    events: Mapping[int, str] | None = None,
) -> tuple[tuple[Quantity, ...], tuple[Time, ...]]:
    """Mint the quantities and times of one article, in text order.

    Args:
        document: the article.
        extraction: its mentions, chains, quantities and times.
        resolution: which entity each chain is.
        knowledge: the table of units.
        events: index of a quantity -> id of the event that it measures; see `measured_events`.
    """
    quantities = tuple(
        Quantity(
            id=quantity_id(document, mention),
            evidence=Evidence((mention.where,), mention.rules),
            value=mention.value,
            minimum=mention.minimum,
            maximum=mention.maximum,
            modifier=mention.modifier,
            unit=knowledge.measures.unit_iri(mention.unit) or mention.unit,
            of=(events or {}).get(index) or _entity(document, extraction, resolution, mention),
        )
        for index, mention in enumerate(extraction.quantities)
    )
    times = tuple(
        Time(time_id(document, mention), Evidence((mention.where,), mention.rules), mention.value)
        for mention in extraction.times
    )
    return quantities, times


def measured_events(extraction: Extraction, event_of: Mapping[int, str]) -> dict[int, str]:
    """Find the event that each quantity measures: of a frame that it fills, or whose trigger it counts.

    Args:
        extraction: frames and quantities.
        event_of: index of a frame -> id of its event; frames that are no events are left out.

    Returns:
        Index of a quantity -> id of an event, for those that measure one. The first frame in text order wins.
    """
    found: dict[int, str] = {}
    counted: dict[Where, list[int]] = {}
    for index, quantity in enumerate(extraction.quantities):
        counted.setdefault(quantity.head, []).append(index)
    for number, frame in enumerate(extraction.frames):
        event = event_of.get(number)
        if event is None:
            continue
        for filler in frame.fillers:
            if filler.quantity is not None:
                found.setdefault(filler.quantity, event)
        for index in counted.get(frame.trigger, ()):
            found.setdefault(index, event)
    return found


def quantity_id(document: Document, mention: QuantityMention) -> str:
    """Mint the id of a quantity from its words, article and place."""
    place = (str(mention.where.begin), str(mention.where.end))
    return mint("quantity", mention.where.of(document.text), document.id, *place)


def time_id(document: Document, mention: TimeMention) -> str:
    """Mint the id of a time from its words, article and place."""
    place = (str(mention.where.begin), str(mention.where.end))
    return mint("time", mention.where.of(document.text), document.id, *place)


def _entity(
    document: Document, extraction: Extraction, resolution: Resolution, quantity: QuantityMention
) -> str | None:
    """Find the entity whose mention the counted noun heads, or the closest one around that noun."""
    around = [
        (mention.head != quantity.head, mention.where.length, index)
        for index, mention in enumerate(extraction.mentions)
        if mention.kind is not MentionKind.PRONOUN
        and mention.where.contains(quantity.head)
        and (quantity.head != quantity.where or mention.where.length > quantity.where.length)
    ]
    for _, _, index in sorted(around):
        for chain, members in enumerate(extraction.chains):
            if index in members.mentions:
                return resolution.entity_of.get((document.id, chain))
    return None
