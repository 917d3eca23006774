"""From interpretations to one graph: articles, entities, and what each article says of them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kgbuild.assemble.facts import (
    write_claim,
    write_event,
    write_instant,
    write_position,
    write_quantity,
    write_relation,
    write_time,
)
from kgbuild.assemble.gazetteers import write_gazetteers
from kgbuild.assemble.ledger import Ledger, address, checked_base
from kgbuild.assemble.mentions import Mentions
from kgbuild.model import (
    Document,
    Entity,
    Interpretation,
    Iri,
    KnowledgeGraph,
    Literal,
    Mention,
    Resolution,
    Statement,
    Triple,
)
from kgbuild.rdf import DCTERMS, DEFAULT_BASE, KG, OWL, SCHEMA, SKOS, TYPE, XSD, integer


def assemble(
    interpretations: Sequence[Interpretation], resolution: Resolution, base: str = DEFAULT_BASE
) -> KnowledgeGraph:
    """Write what the articles say as one graph.

    An article that repeats another is named and marked as a duplicate, and says nothing. An entity is written when
    some article mentions it. The order of *interpretations* makes no difference.

    Args:
        interpretations: one an article.
        resolution: which entity each chain stands for.
        base: the IRI under which things are minted; a closing `/` is added where it lacks.

    Returns:
        The graph, every part of it sorted; without articles it is empty.

    Raises:
        KgbuildError: *base* is no absolute IRI.
    """
    base = checked_base(base)
    said: dict[Iri, set[Triple]] = {}
    shared: set[Triple] = set()
    statements: set[Statement] = set()
    mentioned: set[str] = set()
    days: set[date] = set()
    for interpretation in interpretations:
        ledger = Ledger(interpretation.document, base)
        shared |= _write_article(ledger)
        if interpretation.document.duplicate_of is None:
            mentions = Mentions(ledger, interpretation.extraction.sentences)
            mentioned |= _write_mentions(interpretation, resolution, ledger, mentions)
            statements |= _write_facts(interpretation, resolution, ledger, mentions)
            for time in interpretation.times:
                days |= write_time(time, ledger, mentions)
            mentions.write()
        said.setdefault(ledger.article, set()).update(ledger.triples)
    for name in mentioned:
        shared |= _write_entity(resolution.entities[name], base)
    for day in days:
        shared |= write_instant(day, base)
    return KnowledgeGraph(
        base=base,
        articles=tuple((article, _in_order(said[article])) for article in sorted(said)),
        shared=tuple(sorted(shared, key=order_of)),
        statements=tuple(sorted(statements, key=order_of_statements)),
    )


def order_of(triple: Triple) -> tuple[str, str, int, Iri | Literal]:
    """Order triples by their characters; IRIs, which have one part, before literals, which have three."""
    (subject,), (predicate,), value = triple
    return subject, predicate, len(value), value


def _in_order(triples: Iterable[Triple]) -> tuple[Triple, ...]:
    """Sort many triples as `order_of` says: a few of each subject, and the subjects."""
    by_subject: dict[Iri, list[Triple]] = {}
    for triple in triples:
        by_subject.setdefault(triple.subject, []).append(triple)
    return tuple(triple for subject in sorted(by_subject) for triple in sorted(by_subject[subject], key=order_of))


def order_of_statements(one: Statement) -> tuple[Iri, Iri, tuple[Iri, Iri], bool]:
    """Order statements by article and name."""
    return one.article, one.iri, one.fact[:2], one.asserted


def _write_article(ledger: Ledger) -> set[Triple]:
    """Describe the article itself; give what belongs to the page that it shares with others."""
    document, article = ledger.document, ledger.article
    ledger.say(article, TYPE, KG("Article"))
    ledger.say(article, KG("sourceFile"), Literal(document.source_file))
    ledger.say(article, KG("contentHash"), Literal(document.content_hash))
    ledger.say(article, KG("textLength"), integer(len(document.text)))
    for predicate, words in (
        ("title", document.title),
        ("publisher", document.publisher),
        ("creator", document.creator),
    ):
        if words:
            ledger.say(article, DCTERMS(predicate), Literal(words))
    for name, words in (
        ("textHash", document.text_hash),
        ("dateSource", document.date_source),
        ("dateCertainty", document.date_certainty),
        ("datelinePlace", document.dateline_place),
        ("agency", document.agency),
    ):
        if words:
            ledger.say(article, KG(name), Literal(words))
    if document.published is not None:
        ledger.say(article, DCTERMS("issued"), Literal(document.published.isoformat(), XSD("date").value))
    if document.url:
        ledger.say(article, SCHEMA("url"), address(document.url))
    ledger.refer(article, KG("duplicateOf"), [document.duplicate_of])
    ledger.refer(article, KG("wireStory"), [document.wire_story])
    ledger.refer(article, DCTERMS("isPartOf"), [document.part_of])
    return _page(document, ledger) | _wire_story(document, ledger)


def _page(document: Document, ledger: Ledger) -> set[Triple]:
    """Describe the page that carries several articles, if there is one."""
    if document.part_of is None:
        return set()
    return {Triple(ledger.iri(document.part_of), TYPE, SCHEMA("WebPage"))}


def _wire_story(document: Document, ledger: Ledger) -> set[Triple]:
    """Describe the agency text that several articles retell, if this is one of them."""
    if document.wire_story is None:
        return set()
    return {Triple(ledger.iri(document.wire_story), TYPE, KG("WireStory"))}


def _write_entity(entity: Entity, base: str) -> set[Triple]:
    """Describe an entity: class, names, and what it is called elsewhere."""
    node = Iri(base + entity.id)
    return {
        Triple(node, TYPE, KG(entity.type.value)),
        Triple(node, SKOS("prefLabel"), Literal(entity.label)),
        *(Triple(node, SKOS("altLabel"), Literal(label)) for label in entity.alt_labels if label != entity.label),
        *(Triple(node, OWL("sameAs"), address(other)) for other in entity.same_as),
        *write_gazetteers(entity, base),
    }


def _write_mentions(
    interpretation: Interpretation, resolution: Resolution, ledger: Ledger, mentions: Mentions
) -> set[str]:
    """Write the mentions of entities; give the ids of the entities that the article mentions.

    A hidden mention (`Ukrainian` inside `Ukrainian delegation`) counts only for an entity that takes part in a fact
    and is not mentioned in any other way.
    """
    visible: dict[str, list[Mention]] = {}
    hidden: dict[str, list[Mention]] = {}
    extraction = interpretation.extraction
    for index, chain in enumerate(extraction.chains):
        entity = resolution.entity_of[interpretation.document.id, index]
        for number in chain.mentions:
            mention = extraction.mentions[number]
            (hidden if mention.hidden else visible).setdefault(entity, []).append(mention)
    needed = set(_involved(interpretation))
    for entity, found in hidden.items():
        if entity in needed and entity not in visible:
            visible[entity] = found
    for entity, found in visible.items():
        for mention in found:
            mentions.point(ledger.iri(entity), [mention.where], mention.kind, mention.rules, mention.score)
    return set(visible)


def _involved(interpretation: Interpretation) -> Iterator[str]:
    """Go through the ids that the article's facts speak of; some of them may be of other facts."""
    for event in interpretation.events:
        yield from (*event.actor, *event.recipient, *event.theme, *event.place)
    for relation in interpretation.relations:
        yield from (relation.subject, relation.object)
    for position in interpretation.positions:
        yield from (position.holder, *position.of)
    for claim in interpretation.claims:
        yield from (*claim.speaker, *claim.addressee, *([claim.medium] if claim.medium else []))
    for quantity in interpretation.quantities:
        yield from [quantity.of] if quantity.of else []


def _write_facts(
    interpretation: Interpretation, resolution: Resolution, ledger: Ledger, mentions: Mentions
) -> set[Statement]:
    """Write events, positions, claims and quantities; give the statements of binary relations."""
    for event in interpretation.events:
        write_event(event, ledger, mentions)
    for position in interpretation.positions:
        write_position(position, ledger, mentions)
    for claim in interpretation.claims:
        write_claim(claim, ledger, mentions, resolution.entities.keys())
    for quantity in interpretation.quantities:
        write_quantity(quantity, ledger, mentions)
    return {write_relation(relation, ledger, mentions) for relation in interpretation.relations}
