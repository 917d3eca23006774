"""Ask a graph questions in SPARQL: a graph file or a store on disk, never changed, never a foreign service.

A question is SPARQL text, an `.rq` file, or the name of one from the cookbook that ships with the program. All named
graphs are asked together as one (use `GRAPH` to tell articles apart), and the prefixes of the ontology are known
without being declared.
"""

from kgbuild.query.ask import ROW_LIMIT, TIME_LIMIT_SECONDS, query
from kgbuild.query.cookbook import Recipe, list_cookbook
from kgbuild.query.table import Table, shown, to_csv, to_json

__all__ = [
    "ROW_LIMIT",
    "TIME_LIMIT_SECONDS",
    "Recipe",
    "Table",
    "list_cookbook",
    "query",
    "shown",
    "to_csv",
    "to_json",
]
