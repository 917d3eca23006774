"""From sources to the SQLite file that a build opens."""

import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kgbuild.errors import OutputError
from kgbuild.gazetteer.entry import Entry
from kgbuild.gazetteer.geonames import read_geonames
from kgbuild.gazetteer.opening import Format, format_of
from kgbuild.gazetteer.sparql import read_sparql_csv, read_sparql_json
from kgbuild.gazetteer.tables import read_table
from kgbuild.gazetteer.wikidata import load_classes, read_wikidata
from kgbuild.knowledge.index import APPLICATION, LAYOUT, SCHEMA
from kgbuild.knowledge.naming import Form, fold
from kgbuild.model import EntityType
from kgbuild.paths import ontology_dir

_BATCH = 5000
_LONGEST_SURFACE = 100
_GATHERED = """
CREATE TEMP TABLE raw_thing (key TEXT, source INTEGER, name TEXT, type TEXT, country TEXT, weight INTEGER,
                             latitude REAL, longitude REAL, trusted INTEGER);
CREATE TEMP TABLE raw_alias (surface TEXT, key TEXT, form TEXT);
CREATE TEMP TABLE raw_link (key TEXT, iri TEXT, source INTEGER);
CREATE TEMP TABLE state (item TEXT PRIMARY KEY, key TEXT);
"""
# Of a thing that several sources tell of, the first source's word counts; only the weight is the greatest of all.
_SORTED = """
INSERT INTO thing (key, name, type, country, weight, latitude, longitude, trusted)
    SELECT key, name, type, COALESCE(NULLIF(country, ''), other, ''), most, latitude, longitude, own FROM
        (SELECT *, ROW_NUMBER() OVER (PARTITION BY key ORDER BY source, name, type, country) AS place,
                MAX(weight) OVER (PARTITION BY key) AS most, MAX(trusted) OVER (PARTITION BY key) AS own,
                MAX(country) OVER (PARTITION BY key) AS other FROM raw_thing)
    WHERE place = 1 ORDER BY key;
UPDATE thing SET country = COALESCE((SELECT key FROM state WHERE item = thing.country), '')
    WHERE country LIKE 'wikidata:%';
INSERT OR IGNORE INTO alias SELECT r.surface, t.id, r.form FROM raw_alias r JOIN thing t ON t.key = r.key
    ORDER BY r.surface, t.id, r.form;
INSERT OR IGNORE INTO link SELECT t.id, r.iri, r.source FROM raw_link r JOIN thing t ON t.key = r.key
    ORDER BY t.id, r.iri, r.source;
"""


@dataclass(frozen=True, slots=True)
class Compiled:
    """Count what a compiled gazetteer holds: things by source, and all names."""

    things: tuple[tuple[str, int], ...]
    names: int


def compile_gazetteer(
    sources: Sequence[Path], out: Path, *, version: str = "", ontology: Path | None = None, least: int = 0
) -> Compiled:
    """Compile sources into one file; what an earlier source says of a thing counts before what a later one says.

    Args:
        sources: tables, dumps and query results, packed or not.
        out: the file to write; it gets its name only when it is whole.
        version: what the graph shall call this version of the sources; "" means the beginning of each one's SHA-256.
        ontology: folder with `names/wikidata-classes.tsv`; None means the one that ships.
        least: leave out cities of fewer inhabitants, unless they are in a table of the user's own.

    Raises:
        DataError: a source is wrong.
        OutputError: the file cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
    except OSError as error:
        raise OutputError(f"{out} cannot be written ({error.strerror})") from error
    os.close(handle)
    unfinished = Path(name)
    try:
        rows = sqlite3.connect(unfinished, isolation_level=None)
        try:
            compiled = _fill(rows, sources, version, load_classes((ontology or ontology_dir()) / "names"), least)
        finally:
            rows.close()
        unfinished.chmod(0o644)
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)
    return compiled


def _fill(
    rows: sqlite3.Connection, sources: Sequence[Path], version: str, classes: Mapping[str, EntityType], least: int
) -> Compiled:
    rows.executescript(f"PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_GATHERED}")
    rows.executescript(f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {LAYOUT}; {SCHEMA}")
    rows.execute("BEGIN")
    counts: list[tuple[str, int]] = []
    for number, path in enumerate(sources, start=1):
        kind = format_of(path)
        trusted = kind is Format.TABLE
        kept = (
            entry
            for entry in _read(path, kind, classes)
            if trusted or entry.type is not EntityType.CITY or entry.weight >= least
        )
        counts.append((path.name, _gather(rows, kept, number, trusted=trusted)))
        told = _digest(path)
        rows.execute(
            "INSERT INTO source VALUES (?, ?, ?, ?, ?)", (number, path.name, version or told[:12], told, counts[-1][1])
        )
    rows.execute("COMMIT")
    rows.executescript(f"BEGIN; {_SORTED} COMMIT;")
    (names,) = rows.execute("SELECT COUNT(*) FROM alias").fetchone()
    return Compiled(tuple(counts), names)


def _read(path: Path, kind: Format, classes: Mapping[str, EntityType]) -> Iterator[Entry]:
    match kind:
        case Format.TABLE:
            return read_table(path)
        case Format.GEONAMES:
            return read_geonames(path)
        case Format.WIKIDATA:
            return read_wikidata(path, classes)
        case Format.SPARQL_JSON:
            return read_sparql_json(path, classes)
        case Format.SPARQL_CSV:
            return read_sparql_csv(path, classes)


def _gather(rows: sqlite3.Connection, entries: Iterator[Entry], source: int, *, trusted: bool) -> int:
    """Write entries as they come; they are sorted later, on disk."""
    count = 0
    things: list[tuple[object, ...]] = []
    aliases: list[tuple[str, str, str]] = []
    links: list[tuple[str, str, int]] = []

    def flush() -> None:
        rows.executemany("INSERT INTO raw_thing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", things)
        rows.executemany("INSERT INTO raw_alias VALUES (?, ?, ?)", aliases)
        rows.executemany("INSERT INTO raw_link VALUES (?, ?, ?)", links)
        for batch in (things, aliases, links):
            batch.clear()

    for entry in entries:
        count += 1
        place = entry.latitude, entry.longitude
        things.append((entry.key, source, entry.name, entry.type.value, entry.country, entry.weight, *place, trusted))
        for surface, form in ((entry.name, Form.NAME), *entry.surfaces):
            folded = fold(surface)
            if folded and len(folded) <= _LONGEST_SURFACE:
                aliases.append((folded, entry.key, form.value))
        links.extend((entry.key, link, source) for link in entry.links)
        if entry.key.startswith("iso:") and "-" not in entry.key:
            items = (link.rpartition("/")[2] for link in entry.links if "wikidata.org" in link)
            rows.executemany("INSERT OR IGNORE INTO state VALUES (?, ?)", ((f"wikidata:{i}", entry.key) for i in items))
        if len(things) >= _BATCH:
            flush()
    flush()
    return count


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
