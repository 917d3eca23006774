"""The service description: what the endpoint can do, as the server behind tells it, made true for the guard."""

import pyoxigraph as ox

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


def media_type(accept: str) -> str:
    """Choose how to write it: the first of the known types that *accept* names, else Turtle.

    >>> media_type("text/html, application/rdf+xml;q=0.9")
    'application/rdf+xml'
    """
    wanted = [part.split(";")[0].strip().lower() for part in accept.split(",")]
    return next((one for one in wanted if one in _FORMATS), "text/turtle")


def described(triples: bytes, url: str, kind: str) -> bytes:
    """Write the description under our own address, without the federation that the guard does not let through."""
    endpoint, feature = ox.NamedNode(f"{_SD}endpoint"), ox.NamedNode(f"{_SD}feature")
    federated = ox.NamedNode(f"{_SD}BasicFederatedQuery")
    kept = []
    for quad in ox.parse(triples, format=ox.RdfFormat.N_TRIPLES):
        if quad.predicate == feature and quad.object == federated:
            continue
        value = ox.NamedNode(url) if quad.predicate == endpoint else quad.object
        kept.append(ox.Triple(quad.subject, quad.predicate, value))
    written = ox.serialize(kept, format=_FORMATS[kind], prefixes={"sd": _SD} if kind == "text/turtle" else None)
    return written or b""
