"""From a sentence or an IRI to the mentions, clauses, rules and triples behind it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from kgbuild.errors import KgbuildError
from kgbuild.explain.seen import Explanation, SeenChain, SeenFact, SeenFrame, SeenJoin, SeenMention, SeenPlace
from kgbuild.model import (
    Claim,
    Document,
    Event,
    Frame,
    Interpretation,
    Iri,
    KnowledgeGraph,
    Literal,
    Position,
    Quantity,
    Relation,
    Resolution,
    Time,
    Triple,
    Where,
)
from kgbuild.rdf import NIF, PREFIXES, TYPE, XSD, reified

_BARE = frozenset(XSD(name).value for name in ("boolean", "decimal", "integer"))
Fact = Event | Relation | Position | Claim | Quantity | Time


def explain(
    interpretations: Sequence[Interpretation],
    resolution: Resolution,
    graph: KnowledgeGraph,
    *,
    sentence: str = "",
    iri: str = "",
) -> tuple[Explanation, ...]:
    """Show how the facts of a sentence, or about an IRI, came about.

    Args:
        interpretations: what each article says.
        resolution: who is who.
        graph: what was assembled from these.
        sentence: words of a sentence, any case, any white space; every sentence that holds them is explained.
        iri: a thing or a fact: its full IRI, or short as Turtle has it (`person:Rustem_Umerov`).

    Returns:
        One explanation a sentence, in the order of the files, or one for the IRI.

    Raises:
        KgbuildError: no sentence holds the words, or the graph does not know the IRI.
    """
    view = _View(interpretations, resolution, graph)
    if iri:
        return (view.of_iri(iri),)
    wanted = _flat(sentence).casefold()
    found = tuple(
        view.of_sentence(interpretation, where)
        for interpretation in interpretations
        for where in interpretation.extraction.sentences
        if wanted in _flat(where.of(interpretation.document.text)).casefold()
    )
    if not found:
        raise KgbuildError(f"no sentence that was read holds {sentence!r}", "Give a few words of it as they stand.")
    return found


def shorten(term: Iri | Literal, base: str) -> str:
    """Write a term as the Turtle of a build does, things by their kind.

    >>> shorten(Iri("https://example.org/person/Ada_Lind"), "https://example.org/")
    'person:Ada_Lind'
    """
    if isinstance(term, Literal):
        text = '"' + term.value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
        if term.language:
            return f"{text}@{term.language}"
        if term.datatype in _BARE:
            return term.value
        return f"{text}^^{shorten(Iri(term.datatype), base)}" if term.datatype else text
    kind, slash, name = term.value.removeprefix(base).partition("/")
    if term.value.startswith(base) and slash:
        return f"{'id-' if kind in PREFIXES else ''}{kind}:{name}"
    for prefix, namespace in PREFIXES.items():
        if term.value.startswith(namespace):
            return f"{prefix}:{term.value.removeprefix(namespace)}"
    return f"<{term.value}>"


def expand(name: str, base: str) -> str:
    """Write a name in full: an IRI as it is, `person:Ada_Lind` or `person/Ada_Lind` under *base*, `kg:leads` as known.

    >>> expand("person:Ada_Lind", "https://example.org/")
    'https://example.org/person/Ada_Lind'
    """
    name = name.strip().removeprefix("<").removesuffix(">").removeprefix("kgid:")
    prefix, colon, local = name.partition(":")
    if local.startswith("//") or prefix == "urn":
        return name
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + local
    return base + (f"{prefix.removeprefix('id-')}/{local}" if colon else name)


class _View:
    """Look at one build from the side of its evidence."""

    def __init__(
        self, interpretations: Sequence[Interpretation], resolution: Resolution, graph: KnowledgeGraph
    ) -> None:
        self.interpretations = interpretations
        self.resolution = resolution
        self.base = graph.base
        self.triples = list(_all_triples(graph))
        self.mention_iris = {triple.subject for triple in self.triples if triple.predicate == NIF("beginIndex")}
        self.names = {entity.id: entity.label for entity in resolution.entities.values()}
        for interpretation in interpretations:
            for fact in _facts(interpretation):
                self.names[fact.id] = _headline(fact, interpretation.document)

    def of_sentence(self, interpretation: Interpretation, where: Where) -> Explanation:
        """Explain one sentence of one article."""
        document = interpretation.document
        facts = [fact for fact in _facts(interpretation) if _rests_on(fact, where)]
        subjects = {self.base + fact.id for fact in facts}
        touched = [
            index for index, mention in enumerate(interpretation.extraction.mentions) if where.overlaps(mention.where)
        ]
        return Explanation(
            about=_flat(where.of(document.text)),
            source_file=document.source_file,
            mentions=tuple(self._mention(interpretation, index) for index in touched),
            chains=tuple(self._chains(interpretation, lambda n, members: bool(set(members) & set(touched)))),
            frames=tuple(self._frames(interpretation, lambda frame: where.overlaps(frame.trigger))),
            facts=tuple(self._fact(interpretation, fact) for fact in facts),
            triples=self._lines(triple for triple in self.triples if triple.subject.value in subjects),
        )

    def of_iri(self, iri: str) -> Explanation:
        """Explain one thing, fact or article over all articles.

        Raises:
            KgbuildError: the graph does not know it.
        """
        full = expand(iri, self.base)
        name = full.removeprefix(self.base)
        about = [
            triple for triple in self.triples if full in (triple.subject.value, getattr(triple.object, "value", ""))
        ]
        if not about:
            raise KgbuildError(f"the graph does not know {full}", "Copy an IRI from the graph, or give --sentence.")
        explanations = [self._about_id(interpretation, name) for interpretation in self.interpretations]
        return Explanation(
            about=full,
            mentions=tuple(mention for part in explanations for mention in part.mentions),
            chains=tuple(chain for part in explanations for chain in part.chains),
            joins=tuple(self._joins(name)),
            frames=tuple(frame for part in explanations for frame in part.frames),
            facts=tuple(fact for part in explanations for fact in part.facts),
            triples=self._lines(triple for triple in about if triple.subject not in self.mention_iris),
        )

    def _joins(self, name: str) -> Iterator[SeenJoin]:
        """Give why names of an entity were joined over articles."""
        entity = self.resolution.entities.get(name)
        for join in entity.joins if entity is not None else ():
            yield SeenJoin(join.one, join.other, join.rule)

    def _about_id(self, interpretation: Interpretation, name: str) -> Explanation:
        """Gather what one article has to say about an entity or a fact."""
        extraction = interpretation.extraction
        chains = [
            number
            for number in range(len(extraction.chains))
            if self.resolution.entity_of.get((extraction.document_id, number)) == name
        ]
        members = sorted({index for number in chains for index in extraction.chains[number].mentions})
        itself = [fact for fact in _facts(interpretation) if fact.id == name]
        places = [where for fact in itself for where in fact.evidence.where]
        facts = [fact for fact in _facts(interpretation) if fact.id == name or name in _parts(fact)]
        return Explanation(
            about=name,
            mentions=tuple(self._mention(interpretation, index) for index in members),
            chains=tuple(self._chains(interpretation, lambda number, _: number in chains)),
            frames=tuple(self._frames(interpretation, lambda frame: any(frame.trigger.overlaps(w) for w in places))),
            facts=tuple(self._fact(interpretation, fact) for fact in facts),
        )

    def _mention(self, interpretation: Interpretation, index: int) -> SeenMention:
        mention = interpretation.extraction.mentions[index]
        things = [
            self._named(self.resolution.entity_of.get((interpretation.extraction.document_id, number), ""))
            for number, chain in enumerate(interpretation.extraction.chains)
            if index in chain.mentions
        ]
        return SeenMention(
            place=_place(interpretation, mention.where),
            kind=mention.kind.value,
            stands_for=tuple(thing for thing in things if thing),
            rules=mention.rules,
            score=mention.score,
            hidden=mention.hidden,
        )

    def _chains(
        self, interpretation: Interpretation, wanted: Callable[[int, tuple[int, ...]], bool]
    ) -> Iterator[SeenChain]:
        extraction = interpretation.extraction
        for number, chain in enumerate(extraction.chains):
            if wanted(number, chain.mentions):
                yield SeenChain(
                    source_file=interpretation.document.source_file,
                    stands_for=self._named(self.resolution.entity_of.get((extraction.document_id, number), "")),
                    type=chain.type.value,
                    name=chain.name,
                    mentions=tuple(_counted(_flat(extraction.mentions[index].text) for index in chain.mentions)),
                    rules=chain.rules,
                )

    def _frames(self, interpretation: Interpretation, wanted: Callable[[Frame], bool]) -> Iterator[SeenFrame]:
        extraction, text = interpretation.extraction, interpretation.document.text
        for frame in extraction.frames:
            if wanted(frame):
                sides = []
                for filler in frame.fillers:
                    where = filler.where if filler.mention is None else extraction.mentions[filler.mention].where
                    sides.append((filler.side, _flat(where.of(text))))
                yield SeenFrame(
                    place=_place(interpretation, frame.trigger),
                    lemma=frame.lemma,
                    pos=frame.pos,
                    sides=tuple(sides),
                    traits=tuple(_traits(frame)),
                    rules=frame.rules,
                )

    def _fact(self, interpretation: Interpretation, fact: Fact) -> SeenFact:
        return SeenFact(
            kind=type(fact).__name__.lower(),
            iri=self.base + fact.id,
            says=_headline(fact, interpretation.document) + "".join(f"; {side}" for side in self._sides(fact)),
            evidence=tuple(_place(interpretation, where) for where in fact.evidence.where),
            rules=fact.evidence.rules,
            score=fact.evidence.score,
        )

    def _sides(self, fact: Fact) -> Iterator[str]:
        """Name who and what takes part in a fact, in the terms of the graph."""
        for side in ("actor", "recipient", "theme", "place", "speaker", "content", "addressee", "subject", "object",
                     "holder", "of", "time", "medium"):  # fmt: skip
            value = getattr(fact, side, None)
            ids = (value,) if isinstance(value, str) else value or ()
            if ids:
                yield f"{side}: {', '.join(self.names.get(each, each) for each in ids)}"
        for trait in ("polarity", "modality"):
            value = getattr(fact, trait, None)
            if value is not None and value.value not in ("positive", "actual"):
                yield f"{trait}: {value.value}"

    def _named(self, entity: str) -> str:
        """Give an entity's IRI and its label."""
        return (
            f"{self.names[entity]} ({shorten(Iri(self.base + entity), self.base)})" if entity in self.names else entity
        )

    def _lines(self, triples: Iterable[Triple]) -> tuple[str, ...]:
        found = set()
        for subject, predicate, value in triples:
            verb = "a" if predicate == TYPE else shorten(predicate, self.base)
            found.add(f"{shorten(subject, self.base)} {verb} {shorten(value, self.base)} .")
        return tuple(sorted(found))


def _all_triples(graph: KnowledgeGraph) -> Iterator[Triple]:
    """Pour out what the graph says, statements written out."""
    yield from graph.shared
    for _, triples in graph.articles:
        yield from triples
    for statement in graph.statements:
        yield from reified(statement)


def _facts(interpretation: Interpretation) -> Iterator[Fact]:
    """Give everything that one article says, kind by kind."""
    yield from interpretation.events
    yield from interpretation.relations
    yield from interpretation.positions
    yield from interpretation.claims
    yield from interpretation.quantities
    yield from interpretation.times


def _headline(fact: Fact, document: Document) -> str:
    """Say in a few words what a fact is, without those who take part."""
    first = _flat(fact.evidence.where[0].of(document.text)) if fact.evidence.where else ""
    match fact:
        case Event():
            return f"{fact.event_class} ({first})"
        case Relation():
            return fact.predicate if fact.asserted else f"{fact.predicate} (not asserted)"
        case Position():
            return f"{'former ' if fact.former else ''}{fact.title}"
        case Claim():
            return f"claim ({first})"
        case Quantity():
            bounds = fact.value if fact.value is not None else f"{fact.minimum} to {fact.maximum}"
            return f"{first}: {bounds} {fact.unit}".rstrip()
        case Time():
            return f"{first}: {fact.value or 'not resolved'}"


def _parts(fact: Fact) -> set[str]:
    """Collect the ids of all that takes part in a fact."""
    found: set[str] = set()
    for side in ("actor", "recipient", "theme", "place", "speaker", "content", "addressee", "of"):
        value = getattr(fact, side, None) or ()
        found |= {value} if isinstance(value, str) else set(value)
    return found | {
        value
        for side in ("subject", "object", "holder", "time", "medium")
        if isinstance(value := getattr(fact, side, None), str)
    }


def _rests_on(fact: Fact, sentence: Where) -> bool:
    """Tell whether any evidence of a fact lies in a sentence."""
    return any(sentence.overlaps(where) for where in fact.evidence.where)


def _traits(frame: Frame) -> Iterator[str]:
    """Name what is special about a clause."""
    if frame.negated:
        yield "negated"
    yield from frame.auxiliaries
    if frame.tense:
        yield frame.tense
    if frame.heading:
        yield "in a heading"
    if frame.quoted:
        yield "quoted"


def _place(interpretation: Interpretation, where: Where) -> SeenPlace:
    """Show characters with their sentence."""
    text = interpretation.document.text
    around = next((s for s in interpretation.extraction.sentences if s.overlaps(where)), where)
    return SeenPlace(
        source_file=interpretation.document.source_file,
        begin=where.begin,
        end=where.end,
        text=where.of(text),
        sentence=_flat(around.of(text)),
    )


def _counted(texts: Iterable[str]) -> Iterator[str]:
    """Give each text once, in the order in which they come, with how often it came if that is more than once."""
    for text, number in Counter(texts).items():
        yield text if number == 1 else f"{text} (x{number})"


def _flat(text: str) -> str:
    """Put a text on one line."""
    return " ".join(text.split())
