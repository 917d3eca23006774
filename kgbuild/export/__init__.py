"""Write a graph down, or a graph file in another format; the same graph always gives the same bytes.

Turtle and JSON-LD hold one graph, in which a fact that two articles assert stands once. TriG and N-Quads keep a
named graph for each article, and the default graph for entities and what else is shared.
"""

from kgbuild.export.jsonld import context
from kgbuild.export.serialise import FORMATS, FORMATS_12, export, export_file, export_store

__all__ = ["FORMATS", "FORMATS_12", "context", "export", "export_file", "export_store"]
