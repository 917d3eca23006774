"""Compile a user's own gazetteer: tables, dumps and query results in, one SQLite file out.

    sources -format_of, read_...-> entries -compile-> index, which `kgbuild.knowledge.index` reads

Sources are read as streams, and SQLite sorts on disk, so that memory does not grow with a dump. The same sources in
the same order give the same bytes.

Error codes: G001 and G002 (`knowledge.index`), G003 and G004 (`opening`), GT001 to GT005 and G106 to G109 (`tables`),
G201 and G202 (`geonames`), G301 and G302 (`wikidata`), G401 to G403 (`sparql`).
"""

from kgbuild.gazetteer.compiling import Compiled, compile_gazetteer
from kgbuild.gazetteer.opening import Format, format_of

__all__ = ["Compiled", "Format", "compile_gazetteer", "format_of"]
