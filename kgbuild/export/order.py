"""The order in which a reader wants things: articles, entities, what is said of them, and last where it stands.

Subjects are grouped by class, then by name with numbers in the order of their size, so that mentions follow the
text. Within a subject `a` and the name come first, the rules that made it last. Nothing here depends on hashes or
on the order of the input.
"""

from collections.abc import Iterable, Sequence

from kgbuild.model import EntityType, Iri, Literal, Triple
from kgbuild.rdf import DCTERMS, KG, NIF, RDF, SCHEMA, SKOS, TIME, TYPE, NaturalKey, natural_key

_CLASSES: Sequence[Iri] = (
    KG("Article"),
    SCHEMA("WebPage"),
    *(KG(entity.value) for entity in EntityType),
    KG("SameEvent"),
    KG("Disagreement"),
    KG("Event"),
    KG("Claim"),
    KG("Position"),
    KG("Statement"),
    KG("Quantity"),
    KG("Time"),
    TIME("Instant"),
    NIF("Sentence"),
    KG("Mention"),
)
_RANK = {term: rank for rank, term in enumerate(_CLASSES)}
_UNKNOWN = _RANK[KG("Event")]
_FIRST = (
    TYPE,
    SKOS("prefLabel"),
    SKOS("altLabel"),
    DCTERMS("title"),
    NIF("anchorOf"),
    NIF("beginIndex"),
    NIF("endIndex"),
    RDF("subject"),
    RDF("predicate"),
    RDF("object"),
)
_LAST = (KG("rule"), KG("score"))
_PLACE = {term: place for place, term in enumerate(_FIRST)} | {term: len(_FIRST) + 1 for term in _LAST}

Said = list[tuple[Iri, list[Iri | Literal]]]
Entry = tuple[Iri, Said]
"""A subject, and for each predicate the values, all in reading order."""


def described(triples: Iterable[Triple]) -> list[Entry]:
    """Group *triples* by subject and predicate, all in reading order; a triple that comes twice is kept once."""
    subjects: dict[Iri, dict[Iri, set[Iri | Literal]]] = {}
    for subject, predicate, value in triples:
        subjects.setdefault(subject, {}).setdefault(predicate, set()).add(value)
    ranked = sorted(subjects, key=lambda subject: (_rank(subjects[subject]), natural_key(subject.value)))
    return [
        (
            subject,
            [
                (predicate, sorted(subjects[subject][predicate], key=_value_key))
                for predicate in sorted(subjects[subject], key=lambda one: (_PLACE.get(one, len(_FIRST)), one))
            ],
        )
        for subject in ranked
    ]


def rank_of(classes: Iterable[Iri | Literal]) -> int:
    """Tell how early a reader wants a thing of these classes."""
    return _rank({TYPE: set(classes)})


def _rank(said: dict[Iri, set[Iri | Literal]]) -> int:
    return min(
        (_RANK.get(class_, _UNKNOWN) for class_ in said.get(TYPE, ()) if isinstance(class_, Iri)), default=_UNKNOWN
    )


def _value_key(value: Iri | Literal) -> tuple[bool, NaturalKey, str, str]:
    if isinstance(value, Iri):
        return False, natural_key(value.value), "", ""
    return True, natural_key(value.value), value.datatype, value.language
