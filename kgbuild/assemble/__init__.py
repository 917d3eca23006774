"""Write what articles say as one graph: the last stage that thinks, the first that knows IRIs.

Every earlier stage speaks of local names (`person/Rustem_Umerov`); here they become IRIs under one base, and each
value of the interpretation becomes triples in the terms of the ontology. Two rules hold throughout. Everything
points at characters: an entity that no article mentions is not written. And nothing is counted: the IRI of a
mention is its article, its offsets and its kind, so that the same input gives the same graph in any order.
"""

from kgbuild.assemble.graph import assemble, order_of, order_of_statements
from kgbuild.assemble.ledger import checked_base

__all__ = ["assemble", "checked_base", "order_of", "order_of_statements"]
