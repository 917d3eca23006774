"""A user's own gazetteer, compiled into one SQLite file by `kgbuild gazetteer build`: the way back in.

The file holds things with class, country, weight and place, the folded names under which each is found, and links to
the same thing elsewhere, each with the source that gave it. Rows of a user's own tables are trusted: they find names
in texts, as the tables that ship do. Rows of dumps (GeoNames, Wikidata) only give links to names that were found
otherwise, since a world's worth of hamlets and films contains every word there is.

Error codes:
    G001 the file is missing or is no compiled gazetteer
    G002 the file was compiled by another version, whose layout is not this one's
"""

import sqlite3
import weakref
from collections.abc import Iterator
from pathlib import Path

from kgbuild.errors import DataError
from kgbuild.knowledge.naming import Form, Name, Tier
from kgbuild.model import EntityType, GazetteerSource

APPLICATION = 0x6B676278
"""Marks the file as ours, in the place that SQLite keeps for that."""
LAYOUT = 1

SCHEMA = """
CREATE TABLE source (id INTEGER PRIMARY KEY, title TEXT, version TEXT, content_hash TEXT, things INTEGER);
CREATE TABLE thing (id INTEGER PRIMARY KEY, key TEXT UNIQUE, name TEXT, type TEXT, country TEXT, weight INTEGER,
                    latitude REAL, longitude REAL, trusted INTEGER);
CREATE TABLE alias (surface TEXT, thing INTEGER, form TEXT, PRIMARY KEY (surface, thing, form)) WITHOUT ROWID;
CREATE TABLE link (thing INTEGER, iri TEXT, source INTEGER, PRIMARY KEY (thing, iri, source)) WITHOUT ROWID;
"""
_COLUMNS = "t.key, t.name, t.type, t.country, t.weight, t.trusted, t.id"
_BIG_CITY, _CITY = 1_000_000, 100_000


class Index:
    """Look things up in a compiled gazetteer.

    Args:
        path: the file.

    Raises:
        DataError: it is no compiled gazetteer.
    """

    def __init__(self, path: Path) -> None:
        self._rows = _open(path)
        weakref.finalize(self, self._rows.close)  # it lives as long as the knowledge that it is part of
        self.sources = {
            number: GazetteerSource(title, version, content_hash)
            for number, title, version, content_hash in self._rows.execute(
                "SELECT id, title, version, content_hash FROM source ORDER BY id"
            )
        }

    def look_up(self, surface: str) -> tuple[Name, ...]:
        """Find what a folded surface can stand for, the likeliest first."""
        query = (
            f"SELECT {_COLUMNS}, a.form FROM alias a JOIN thing t ON t.id = a.thing"  # noqa: S608 - our own columns
            " WHERE a.surface = ? ORDER BY t.weight DESC, t.key"
        )
        return tuple(self._name(*row) for row in self._rows.execute(query, (surface,)))

    def thing(self, key: str) -> Name | None:
        """Give a thing by its key, or None."""
        row = self._rows.execute(f"SELECT {_COLUMNS}, 'name' FROM thing t WHERE t.key = ?", (key,)).fetchone()  # noqa: S608
        return self._name(*row) if row else None

    def sources_of(self, key: str) -> tuple[GazetteerSource, ...]:
        """Tell which sources gave the links of a thing."""
        query = "SELECT DISTINCT l.source FROM link l JOIN thing t ON t.id = l.thing WHERE t.key = ? ORDER BY l.source"
        return tuple(self.sources[number] for (number,) in self._rows.execute(query, (key,)))

    def trusted(self) -> Iterator[tuple[str, Name]]:
        """Pair every folded surface of the user's own tables with its thing."""
        query = (
            f"SELECT a.surface, {_COLUMNS}, a.form FROM thing t JOIN alias a ON t.id = a.thing"  # noqa: S608
            " WHERE t.trusted = 1 ORDER BY t.key, a.form, a.surface"
        )
        for surface, *row in self._rows.execute(query):
            yield surface, self._name(*row)

    def _name(
        self, key: str, name: str, kind: str, country: str, weight: int, trusted: int, number: int, form: str
    ) -> Name:
        links = self._rows.execute("SELECT DISTINCT iri FROM link WHERE thing = ? ORDER BY iri", (number,))
        type_ = EntityType(kind)
        return Name(
            key=key,
            name=name,
            type=type_,
            form=Form(form),
            country=country,
            weight=weight,
            same_as=tuple(iri for (iri,) in links),
            tier=_tier(type_, weight, trusted=bool(trusted)),
        )


def _tier(kind: EntityType, weight: int, *, trusted: bool) -> int:
    """Rank a thing as the tables that ship rank theirs."""
    if trusted:
        return Tier.KNOWN
    if kind is EntityType.CITY and weight >= _BIG_CITY:
        return Tier.BIG_CITY
    return Tier.CITY if kind is EntityType.CITY and weight >= _CITY else Tier.TOWN


def _open(path: Path) -> sqlite3.Connection:
    """Open the file for reading only, and make sure that it is one of ours."""
    remedy = "Give a file that `kgbuild gazetteer build` wrote."
    if not path.is_file():
        raise DataError("G001", path, 0, "there is no such file", remedy)
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    rows = sqlite3.connect(address, uri=True, check_same_thread=False)
    try:
        (application,) = rows.execute("PRAGMA application_id").fetchone()
        (layout,) = rows.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        rows.close()
        raise DataError("G001", path, 0, "this is no compiled gazetteer", remedy) from error
    if application != APPLICATION:
        rows.close()
        raise DataError("G001", path, 0, "this is no compiled gazetteer", remedy)
    if layout != LAYOUT:
        rows.close()
        raise DataError("G002", path, 0, f"its layout is {layout}, not {LAYOUT}", "Build the gazetteer anew.")
    return rows
