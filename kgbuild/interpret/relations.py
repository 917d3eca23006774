"""Read links and offices as relations and positions, by the table of readings.

A relation is stated by a construction between two mentions; here both become entities, and repeated statements of
one relation become one, with all their evidence. A relation that stands only inside quotation marks is said by
somebody and is not asserted.
"""

from collections.abc import Iterable, Iterator

from kgbuild.knowledge import Knowledge
from kgbuild.model import (
    Document,
    EntityType,
    Evidence,
    Extraction,
    Link,
    MentionKind,
    Office,
    Position,
    Relation,
    Resolution,
    Where,
    mint,
)
from kgbuild.model.quotation import quotations

_CHIEFS = frozenset({"head", "leader", "chief", "chairman", "chairwoman", "chairperson", "chair", "commander"})


class _Reader:
    """Turn mention indices of one article into entities, and gather facts with their evidence."""

    def __init__(
        self, document: Document, extraction: Extraction, resolution: Resolution, knowledge: Knowledge
    ) -> None:
        self.document = document
        self.extraction = extraction
        self.resolution = resolution
        self.knowledge = knowledge
        self.chains_of: dict[int, list[int]] = {}
        for number, chain in enumerate(extraction.chains):
            for member in chain.mentions:
                self.chains_of.setdefault(member, []).append(number)
        self.facts: dict[tuple[str, str, str], list[tuple[Where, str]]] = {}

    def entity(self, mention: int) -> str | None:
        """Give the entity of a mention that names one thing; None for none or several."""
        chains = self.chains_of.get(mention, [])
        return self.resolution.entity_of[self.document.id, chains[0]] if len(chains) == 1 else None

    def type_of(self, mention: int) -> EntityType | None:
        """Give the class of the entity of a mention."""
        entity = self.entity(mention)
        return self.resolution.entities[entity].type if entity is not None else None

    def add(self, subject: int, predicate: str, other: int, where: Where, rule: str) -> None:
        """Note that the article states a relation between the entities of two mentions."""
        a, b = self.entity(subject), self.entity(other)
        if a is not None and b is not None and a != b:
            self.facts.setdefault((a, predicate, b), []).append((where, rule))

    def stretch(self, *mentions: int) -> Where:
        """Give the stretch of text from the first to the last of *mentions*."""
        places = [self.extraction.mentions[m].where for m in mentions]
        return Where(min(p.begin for p in places), max(p.end for p in places))


def interpret_relations(
    document: Document, extraction: Extraction, resolution: Resolution, knowledge: Knowledge
) -> tuple[tuple[Relation, ...], tuple[Position, ...]]:
    """Read the links and offices of one article.

    Returns:
        Relations and positions, sorted by id; each once, with every place that states it as evidence.
    """
    reader = _Reader(document, extraction, resolution, knowledge)
    for link in extraction.links:
        _read_link(reader, link)
    _read_institutions(reader)
    positions = _positions(reader)
    quoted = tuple(q for p in document.paragraphs for q in quotations(p.of(document.text), p.begin))
    relations = [_relation(document, key, found, quoted) for key, found in reader.facts.items()]
    return tuple(sorted(relations, key=lambda r: r.id)), tuple(sorted(positions, key=lambda p: p.id))


def _read_link(reader: _Reader, link: Link) -> None:
    head, dependent = reader.type_of(link.head), reader.type_of(link.dependent)
    if head is None or dependent is None:
        return
    mention = reader.extraction.mentions[link.head]
    noun = "name" if mention.kind is MentionKind.NAME else mention.lemma
    row = reader.knowledge.links.read(link.kind, link.lemma, noun, head, dependent)
    if row is None or (row.predicate == "memberOf" and _holds_office_there(reader.extraction, link)):
        return
    subject, other = (link.head, link.dependent) if row.head_is_subject else (link.dependent, link.head)
    where = reader.stretch(link.head, link.dependent)
    rule = f"links.tsv:{row.line}"
    reader.add(subject, row.predicate, other, where, rule)
    if row.predicate in {"affiliatedWith", "locatedIn"}:
        for member in _announced(reader.extraction, subject):
            reader.add(member, row.predicate, other, where, f"{rule}+members")


def _holds_office_there(extraction: Extraction, link: Link) -> bool:
    """Tell whether the link only says where somebody has an office (`commander of X`), which the position says."""
    return any(office.bearer == link.head and link.dependent in office.of for office in extraction.offices)


def _announced(extraction: Extraction, mention: int) -> Iterator[int]:
    """Give the names that a plural stands before (`Russian state news agencies TASS and RIA Novosti`)."""
    if extraction.mentions[mention].number != "plural":
        return
    for link in extraction.links:
        name = extraction.mentions[link.dependent].kind is MentionKind.NAME
        if link.head == mention and link.kind in {"list", "naming", "apposition"} and name:
            yield link.dependent


def _read_institutions(reader: _Reader) -> None:
    """State of each institution of a country that it is the country's, where the article sets both side by side."""
    countries = {chain.key: n for n, chain in enumerate(reader.extraction.chains) if chain.key.startswith("iso:")}
    for chain in reader.extraction.chains:
        institution = chain.key.startswith("institution:") and not chain.key.startswith("institution:people:")
        country = countries.get(chain.key.split(":", 2)[2]) if institution else None
        if country is None:
            continue
        other = reader.extraction.chains[country].mentions[0]
        mention = chain.mentions[0]
        reader.add(
            mention, "affiliatedWith", other, reader.extraction.mentions[mention].where, "institution-of-country"
        )


def _positions(reader: _Reader) -> list[Position]:
    """Make a position of each office of a named person; one who leads a body also leads it."""
    gathered: dict[tuple[str, str, bool], list[Office]] = {}
    for office in reader.extraction.offices:
        title = reader.knowledge.cues.title(office.lemma)
        holder = reader.entity(office.bearer)
        if title is None or holder is None or not title.makes_position or not _named(reader, office.bearer):
            continue
        if not _only_leads(reader, office, title.phrase):
            written = " ".join(office.title.of(reader.document.text).lower().replace("defence", "defense").split())
            gathered.setdefault((holder, written, office.former), []).append(office)
        if title.leads and not office.former and "title-of-part" not in office.rules:
            for owner in office.of:
                chief = title.phrase in _CHIEFS and reader.type_of(owner) is EntityType.ORGANIZATION
                if chief or reader.type_of(owner) is EntityType.GROUP:
                    reader.add(office.bearer, "leads", owner, reader.stretch(office.bearer, owner), "title-leads")
    return [_position(reader, key, offices) for key, offices in _told_fully(gathered).items()]


_Gathered = dict[tuple[str, str, bool], list[Office]]


def _told_fully(gathered: _Gathered) -> _Gathered:
    """Join a title with the fuller one of the same person and kind (`ambassador`, `ambassador to the UN`)."""
    full: _Gathered = {}
    for key in sorted(gathered, key=lambda k: (-len(k[1].split()), k)):
        holder, written, former = key
        lemma = gathered[key][0].lemma
        words = set(lemma.split())
        longer = (k for k in full if k[0] == holder and k[2] == former and words <= set(full[k][0].lemma.split()))
        host = next((k for k in longer if set(written.split()) <= set(k[1].split())), key)
        full.setdefault(host, []).extend(gathered[key])
    return full


def _only_leads(reader: _Reader, office: Office, phrase: str) -> bool:
    """Tell who heads a group (`the head of the delegation`), which `leads` says wholly, from who has an office."""
    groups = bool(office.of) and all(reader.type_of(owner) is EntityType.GROUP for owner in office.of)
    return groups and phrase in _CHIEFS and not office.former


def _named(reader: _Reader, mention: int) -> bool:
    chains = reader.chains_of.get(mention, [])
    return len(chains) == 1 and reader.extraction.chains[chains[0]].named


def _position(reader: _Reader, key: tuple[str, str, bool], offices: list[Office]) -> Position:
    holder, written, former = key
    owners = {reader.entity(m) for office in offices for m in office.of} - {None, holder}
    title = max((o.title.of(reader.document.text) for o in offices), key=lambda t: (len(t), t))
    rules = {rule for office in offices for rule in office.rules}
    return Position(
        id=mint("position", f"{holder.rsplit('/', 1)[-1]}_{written}", reader.document.id, holder, written, str(former)),
        holder=holder,
        title=" ".join(title.split()),
        evidence=Evidence(tuple(sorted({o.title for o in offices})), tuple(sorted(rules))),
        of=tuple(sorted(owner for owner in owners if owner is not None)),
        former=former,
    )


def _relation(
    document: Document,
    key: tuple[str, str, str],
    found: Iterable[tuple[Where, str]],
    quoted: tuple[Where, ...],
) -> Relation:
    subject, predicate, other = key
    places = tuple(sorted({where for where, _ in found}))
    rules = tuple(sorted({rule for _, rule in found}))
    name = f"{subject.rsplit('/', 1)[-1]}_{predicate}_{other.rsplit('/', 1)[-1]}"
    return Relation(
        id=mint("statement", name, document.id, subject, predicate, other),
        subject=subject,
        predicate=predicate,
        object=other,
        evidence=Evidence(places, rules),
        asserted=any(not any(q.contains(place) for q in quoted) for place in places),
    )
