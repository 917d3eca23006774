"""A graph as plain values: facts pure, evidence beside them. Only export chooses how evidence is written."""

from dataclasses import dataclass
from typing import NamedTuple


class Iri(NamedTuple):
    """Name a thing by its full IRI."""

    value: str


class Literal(NamedTuple):
    """Hold a value: its lexical form, and the full IRI of its datatype or a language tag ("" for neither)."""

    value: str
    datatype: str = ""
    language: str = ""


class Triple(NamedTuple):
    """State that *subject* has *object* as its *predicate*."""

    subject: Iri
    predicate: Iri
    object: Iri | Literal


@dataclass(frozen=True, slots=True)
class Statement:
    """Stand beside a binary fact and say where it comes from.

    Attributes:
        iri: the `kg:Statement`'s own IRI, which its mentions point at.
        fact: the plain triple it is about.
        article: IRI of the article that says it.
        asserted: whether the article says it in its own voice; if not, the plain triple is not written.
    """

    iri: Iri
    fact: Triple
    article: Iri
    asserted: bool


@dataclass(frozen=True, slots=True)
class KnowledgeGraph:
    """Hold the graph of one build; every tuple sorted, no triple twice within one part.

    Attributes:
        base: the IRI under which things are minted, ending in `/`.
        articles: for each article, its IRI and the triples it says (mentions, events, claims, ...), sorted by IRI.
        shared: entities and what is fused over articles.
        statements: the evidence side-car of binary relations; `articles` does not repeat their reification.
    """

    base: str
    articles: tuple[tuple[Iri, tuple[Triple, ...]], ...]
    shared: tuple[Triple, ...]
    statements: tuple[Statement, ...]
