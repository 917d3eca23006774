"""What the user's gazetteers say of an entity, told apart from all that articles say."""

from kgbuild.model import Entity, Iri, Literal, Triple, mint
from kgbuild.rdf import DCTERMS, KG, TYPE


def write_gazetteers(entity: Entity, base: str) -> set[Triple]:
    """Say which gazetteers gave the links of an entity, and in which country they know it.

    The IRI of a gazetteer is made of its name, version and content, so that two builds with one file agree on it.
    """
    node = Iri(base + entity.id)
    found: set[Triple] = set()
    for source in entity.linked_by:
        gazetteer = Iri(base + mint("gazetteer", source.title, source.version, source.content_hash))
        found |= {
            Triple(node, KG("linkedBy"), gazetteer),
            Triple(gazetteer, TYPE, KG("Gazetteer")),
            Triple(gazetteer, DCTERMS("title"), Literal(source.title)),
            Triple(gazetteer, KG("gazetteerVersion"), Literal(source.version)),
            Triple(gazetteer, KG("gazetteerHash"), Literal(source.content_hash)),
        }
    if entity.known_in:
        found.add(Triple(node, KG("knownIn"), Iri(base + entity.known_in)))
    return found
