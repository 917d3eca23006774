"""Events, relations, positions, claims, quantities and times of one article, each in the terms of the ontology."""

from collections.abc import Collection
from datetime import date

from kgbuild.assemble.calendar import days, duration
from kgbuild.assemble.ledger import Ledger, address, decimal
from kgbuild.assemble.mentions import Mentions
from kgbuild.model import (
    Claim,
    Event,
    Iri,
    Literal,
    MentionKind,
    Position,
    Quantity,
    Relation,
    Statement,
    Time,
    Triple,
)
from kgbuild.rdf import KG, TIME, TYPE, XSD, boolean


def write_event(event: Event, ledger: Ledger, mentions: Mentions) -> None:
    """Write an event: its narrowest class, and `kg:Event` so that all are found without the ontology at hand."""
    node = ledger.declare(event.id, event.evidence, event.event_class, "Event")
    ledger.refer(node, KG("actor"), event.actor)
    ledger.refer(node, KG("recipient"), event.recipient)
    ledger.refer(node, KG("theme"), event.theme)
    ledger.refer(node, KG("place"), event.place)
    ledger.refer(node, KG("time"), [event.time])
    ledger.say(node, KG("polarity"), KG(event.polarity.value))
    ledger.say(node, KG("modality"), KG(event.modality.value))
    mentions.point(node, event.evidence.where, MentionKind.TRIGGER)


def write_relation(relation: Relation, ledger: Ledger, mentions: Mentions) -> Statement:
    """Write the evidence of a binary relation, and give the statement that carries the fact itself."""
    node = ledger.iri(relation.id)
    rules = (Literal(rule) for rule in relation.evidence.rules)
    ledger.say(node, KG("rule"), *rules)
    ledger.say(node, KG("score"), decimal(round(relation.evidence.score, 4)))
    mentions.point(node, relation.evidence.where, MentionKind.STATEMENT)
    fact = Triple(ledger.iri(relation.subject), KG(relation.predicate), ledger.iri(relation.object))
    return Statement(node, fact, ledger.article, relation.asserted)


def write_position(position: Position, ledger: Ledger, mentions: Mentions) -> None:
    """Write the office that a person holds or held."""
    node = ledger.declare(position.id, position.evidence, "Position")
    ledger.refer(node, KG("holder"), [position.holder])
    ledger.refer(node, KG("positionOf"), position.of)
    ledger.say(node, KG("title"), Literal(position.title))
    ledger.say(node, KG("former"), boolean(position.former))
    mentions.point(node, position.evidence.where, MentionKind.STATEMENT)


def write_claim(claim: Claim, ledger: Ledger, mentions: Mentions, entities: Collection[str]) -> None:
    """Write who says what to whom; a medium that is no entity of *entities* stays the words it was given in."""
    node = ledger.declare(claim.id, claim.evidence, "Claim")
    ledger.refer(node, KG("speaker"), claim.speaker)
    ledger.refer(node, KG("content"), claim.content)
    ledger.refer(node, KG("addressee"), claim.addressee)
    if claim.medium:
        ledger.say(node, KG("medium"), ledger.iri(claim.medium) if claim.medium in entities else Literal(claim.medium))
    text = ledger.document.text
    ledger.say(node, KG("quotation"), *(Literal(where.of(text)) for where in claim.quotations))
    if claim.text is not None:
        ledger.say(node, KG("claimText"), Literal(claim.text.of(text)))
    mentions.point(node, claim.evidence.where, MentionKind.CUE)


def write_quantity(quantity: Quantity, ledger: Ledger, mentions: Mentions) -> None:
    """Write a number: its value or bounds as decimals, its unit as an IRI where it is one."""
    node = ledger.iri(quantity.id)
    ledger.say(node, TYPE, KG("Quantity"))
    for predicate, value in (("value", quantity.value), ("minimum", quantity.minimum), ("maximum", quantity.maximum)):
        if value is not None:
            ledger.say(node, KG(predicate), decimal(value))
    if quantity.modifier:
        ledger.say(node, KG("modifier"), Literal(quantity.modifier))
    if quantity.unit:
        unit = quantity.unit
        ledger.say(node, KG("unit"), address(unit) if unit.startswith(("http://", "https://")) else Literal(unit))
    ledger.refer(node, KG("quantityOf"), [quantity.of])
    evidence = quantity.evidence
    mentions.point(node, evidence.where, MentionKind.QUANTITY, evidence.rules, evidence.score)


def write_time(time: Time, ledger: Ledger, mentions: Mentions) -> set[date]:
    """Write a time and its OWL-Time equivalents; give the days that it begins and ends on.

    The days themselves are `instants`, shared over all articles.
    """
    node = ledger.iri(time.id)
    ledger.say(node, TYPE, KG("Time"))
    evidence = time.evidence
    mentions.point(node, evidence.where, MentionKind.TIME, evidence.rules, evidence.score)
    if time.value is None:
        return set()
    ledger.say(node, KG("timeValue"), Literal(time.value))
    length = duration(time.value)
    if length is not None:
        ledger.say(node, TIME("hasXSDDuration"), Literal(length, XSD("duration").value))
    stretch = days(time.value)
    if stretch is None:
        return set()
    ledger.say(node, TYPE, TIME("Interval"))
    ledger.say(node, TIME("hasBeginning"), instant(stretch[0], ledger.base))
    ledger.say(node, TIME("hasEnd"), instant(stretch[1], ledger.base))
    return set(stretch)


def instant(day: date, base: str) -> Iri:
    """Name a day."""
    return Iri(f"{base}instant/{day.isoformat()}")


def write_instant(day: date, base: str) -> set[Triple]:
    """Describe a day as a `time:Instant`."""
    node = instant(day, base)
    return {
        Triple(node, TYPE, TIME("Instant")),
        Triple(node, TIME("inXSDDate"), Literal(day.isoformat(), XSD("date").value)),
    }
