"""A small article read by hand, so that assembling, writing, asking and scoring are tested without a model."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

import rdflib

from kgbuild.assemble import assemble
from kgbuild.model import (
    Chain,
    Claim,
    Document,
    Entity,
    EntityType,
    Event,
    Evidence,
    Extraction,
    Interpretation,
    Iri,
    KnowledgeGraph,
    Mention,
    MentionKind,
    Modality,
    Polarity,
    Position,
    Quantity,
    Relation,
    Resolution,
    Section,
    SectionKind,
    Time,
    Where,
)
from kgbuild.rdf import NAMESPACES, named_triples

TEXT = (
    "Norland and Ostria met in Port Aven on Monday.\n"
    "Foreign Minister Ada Lind said that both sides would free about 300 prisoners.\n"
    "The Ostrian delegation, a small group, denied it.\n"
)
_MONDAY = "time/a_2"


def place(text: str, words: str, number: int = 1) -> Where:
    """Find the *number*-th occurrence of *words* in *text*."""
    begin = -1
    for _ in range(number):
        begin = text.index(words, begin + 1)
    return Where(begin, begin + len(words))


def _sentences(text: str) -> tuple[Where, ...]:
    return tuple(place(text, line) for line in text.splitlines() if line)


def document_of(text: str, name: str = "aven.txt", **known: object) -> Document:
    """Make an article of *text*, a paragraph a line."""
    values: dict[str, object] = {
        "id": f"article/{name.removesuffix('.txt')}",
        "source_file": name,
        "text": text,
        "content_hash": "0" * 64,
        "sections": (Section(Where(0, len(text)), SectionKind.ARTICLE),),
        "paragraphs": _sentences(text),
        "title": "Norland and Ostria meet",
        "published": date(2025, 6, 3),
        "publisher": "The Aven Post",
        "url": "https://news.example/aven?id=1",
    }
    return Document(**{**values, **known})  # type: ignore[arg-type]


def _mention(text: str, words: str, kind: str, number: int = 1, *, hidden: bool = False) -> Mention:
    where = place(text, words, number)
    sentence = next(one for one in _sentences(text) if one.contains(where))
    rules = ("pronouns",) if kind == "pronoun" else ("names",)
    score = 0.7 if kind == "pronoun" else 1.0
    return Mention(
        where, words, MentionKind(kind), None, where, words.lower(), sentence, "", "", 3, rules, score, hidden
    )


def _extraction(text: str, document_id: str) -> Extraction:
    mentions = (
        _mention(text, "Norland", "name"),
        _mention(text, "Ostria", "name"),
        _mention(text, "Port Aven", "name"),
        _mention(text, "Ada Lind", "name"),
        _mention(text, "sides", "nominal"),
        _mention(text, "Ostrian", "name", hidden=True),
        _mention(text, "Ostrian delegation", "nominal"),
        _mention(text, "prisoners", "nominal"),
    )
    chains = (
        Chain((0, 4), EntityType.COUNTRY, "Norland", named=True),
        Chain((1, 4, 5), EntityType.COUNTRY, "Ostria", named=True),
        Chain((2,), EntityType.CITY, "Port Aven", named=True),
        Chain((3,), EntityType.PERSON, "Ada Lind", named=True),
        Chain((6,), EntityType.GROUP, "Ostrian delegation", named=False),
        Chain((7,), EntityType.GROUP, "prisoners", named=False),
    )
    return Extraction(document_id, _sentences(text), mentions, chains)


_IDS = (
    "country/Norland",
    "country/Ostria",
    "city/Port_Aven",
    "person/Ada_Lind",
    "group/delegation-1",
    "group/prisoners-1",
)


def interpretation_of(document: Document) -> Interpretation:
    """Read *document*, whose text begins with `TEXT`, as a careful reader would."""
    text = document.text

    def evidence(words: str, *rules: str, number: int = 1, score: float = 1.0) -> Evidence:
        return Evidence((place(text, words, number),), rules, score)

    tail = document.id.partition("/")[2]
    meet, free, deny = f"event/{tail}_1", f"event/{tail}_2", f"event/{tail}_3"
    return Interpretation(
        document,
        _extraction(text, document.id),
        events=(
            Event(meet, "Meet", evidence("met", "meet"), actor=_IDS[:2], place=_IDS[2:3], time=_MONDAY),
            Event(free, "Release", evidence("free", "release"), _IDS[:2], theme=_IDS[5:], modality=Modality.FUTURE),
            Event(deny, "Deny", evidence("denied", "deny"), _IDS[4:5], theme=(free,), polarity=Polarity.NEGATIVE),
        ),
        relations=(
            Relation(f"statement/{tail}_1", _IDS[2], "locatedIn", _IDS[0], evidence("in", "prep"), asserted=True),
            Relation(
                f"statement/{tail}_2", _IDS[4], "affiliatedWith", _IDS[1], evidence("Ostrian", "adj"), asserted=False
            ),
        ),
        positions=(
            Position(
                f"position/{tail}_1", _IDS[3], "Foreign Minister", evidence("Foreign Minister", "title"), _IDS[:1]
            ),
        ),
        claims=(
            Claim(
                f"claim/{tail}_1",
                evidence("said", "say", "reported-speech", score=0.9),
                speaker=_IDS[3:4],
                content=(free,),
                medium="radio",
                text=place(text, "both sides would free about 300 prisoners"),
            ),
        ),
        quantities=(
            Quantity(
                f"quantity/{tail}_1",
                evidence("about 300", "number"),
                300.0,
                modifier="about",
                unit="prisoners",
                of=free,
            ),
        ),
        times=(Time(_MONDAY, evidence("Monday", "weekday"), "2025-06-02"),),
    )


def resolution_of(documents: Iterable[Document]) -> Resolution:
    """Tell who is who in *documents*, each read by `interpretation_of`."""
    types = (chain.type for chain in _extraction(TEXT, "").chains)
    labels = ("Norland", "Ostria", "Port Aven", "Ada Lind", "Ostrian delegation", "prisoners")
    entities = {id_: Entity(id_, type_, label) for id_, type_, label in zip(_IDS, types, labels, strict=True)}
    entities["country/Ostria"] = replace(
        entities["country/Ostria"], alt_labels=("Ostrian",), same_as=("http://www.wikidata.org/entity/Q1",)
    )
    return Resolution(entities, {(document.id, index): id_ for document in documents for index, id_ in enumerate(_IDS)})


def sample_graph() -> KnowledgeGraph:
    """Assemble the sample article."""
    document = document_of(TEXT)
    return assemble([interpretation_of(document)], resolution_of([document]))


def rdf_graph(graph: KnowledgeGraph) -> rdflib.Graph:
    """Gather everything that *graph* says into one rdflib `Graph`, named graphs merged.

    Plain literals stay plain (no `xsd:string`), as rdflib's own Turtle parser reads them, so that shapes parsed by
    rdflib compare equal with data made here.
    """
    made = rdflib.Graph()
    for namespace in NAMESPACES:
        made.bind(namespace.prefix, namespace.iri, override=True, replace=True)
    nodes: dict[Iri, rdflib.URIRef] = {}

    def node(iri: Iri) -> rdflib.URIRef:
        return nodes.setdefault(iri, rdflib.URIRef(iri.value))

    for _, (subject, predicate, value) in named_triples(graph):
        if isinstance(value, Iri):
            made.add((node(subject), node(predicate), node(value)))
        else:
            datatype = rdflib.URIRef(value.datatype) if value.datatype else None
            literal = rdflib.Literal(value.value, datatype=datatype, lang=value.language or None, normalize=False)
            made.add((node(subject), node(predicate), literal))
    return made


def without_label(assemble: Callable[..., KnowledgeGraph]) -> Callable[..., KnowledgeGraph]:
    """Let the graph of an article on Jón Arnarson lose his label, which the shapes ask for."""

    def assemble_wrongly(*arguments: object) -> KnowledgeGraph:
        graph = assemble(*arguments)
        return replace(graph, shared=tuple(one for one in graph.shared if one.object.value != "Jón Arnarson"))

    return assemble_wrongly
