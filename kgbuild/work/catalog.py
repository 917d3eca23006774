"""The catalogue of a work folder: which record lies where. It can be made anew from the manifests at any time.

It is an SQLite file, so that a million records cost no memory, and it is never more than a copy of what the manifests
say: whenever a folder is opened, shards that finished since are taken in and shards that are gone are dropped. A
catalogue that is damaged or of another version is thrown away and made again.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kgbuild.records import Place
from kgbuild.work.packs import LAYOUT, MANIFEST, PACK, Manifest, Record, read_manifest

CATALOG = "catalog.sqlite"
_TABLES = """
create table if not exists shards (
    id integer primary key, stage text, name text, bytes integer, unique (stage, name));
create table if not exists records (
    room text, key text, shard integer, offset integer, length integer, facts text,
    primary key (room, key)) without rowid;
create index if not exists by_shard on records (shard);
create temp table alive (shard integer, offset integer, length integer, primary key (shard, offset)) without rowid;
"""


class Catalog:
    """Find records by what they are and what they were made from."""

    def __init__(self, folder: Path, stages: Iterable[str]) -> None:
        self._folder = folder
        self._path = folder / CATALOG
        stages = tuple(stages)
        try:
            self._open()
            self.take_in(stages)
        except sqlite3.DatabaseError:
            self.close()
            self._remove()
            self._open()
            self.take_in(stages)

    def _open(self) -> None:
        self._base = sqlite3.connect(self._path)
        # losing the catalogue costs a second: speed counts for more than its surviving a loss of power
        self._base.execute("pragma journal_mode = wal")
        self._base.execute("pragma synchronous = off")
        self._base.execute("pragma cache_size = -2048")
        if self._base.execute("pragma user_version").fetchone()[0] not in (0, LAYOUT):
            raise sqlite3.DatabaseError("another version")
        self._base.executescript(_TABLES)
        self._base.execute(f"pragma user_version = {LAYOUT}")
        self._base.execute("select count(*) from shards").fetchone()

    def _remove(self) -> None:
        for path in self._folder.glob(f"{CATALOG}*"):
            path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file."""
        base = getattr(self, "_base", None)
        if base is not None:
            base.close()

    def take_in(self, stages: Iterable[str]) -> None:
        """Bring the catalogue up to what lies in the folder."""
        for stage in stages:
            there = _whole_shards(self._folder / stage)
            rows = self._base.execute("select name, bytes, id from shards where stage = ?", (stage,))
            known = {(name, size): number for name, size, number in rows}
            with self._base:
                for shard in sorted(known.keys() - there):
                    self._forget(known[shard])
                for name, _ in sorted(there - known.keys()):
                    manifest = read_manifest(self._folder / stage / f"{name}{MANIFEST}")
                    if manifest is not None:
                        self._enter(stage, name, manifest)

    def enter(self, stage: str, name: str, manifest: Manifest) -> None:
        """Take in a shard that has just finished."""
        with self._base:
            self._enter(stage, name, manifest)

    def _enter(self, stage: str, name: str, manifest: Manifest) -> None:
        known = self._base.execute("select id from shards where stage = ? and name = ?", (stage, name)).fetchone()
        if known is not None:  # it was done anew
            self._forget(known[0])
        row = (stage, name, manifest.pack_bytes)
        number = self._base.execute("insert into shards (stage, name, bytes) values (?, ?, ?)", row).lastrowid
        rows = (
            (record.room, record.key, number, record.offset, record.length, _written(record.facts))
            for record in manifest.records
        )
        self._base.executemany("insert or replace into records values (?, ?, ?, ?, ?, ?)", rows)

    def _forget(self, number: int) -> None:
        self._base.execute("delete from records where shard = ?", (number,))
        self._base.execute("delete from shards where id = ?", (number,))

    def place(self, room: str, key: str) -> Place | None:
        """Say where a record lies; None when there is none."""
        found = self._base.execute(
            "select stage, name, offset, length from records join shards on shard = id where room = ? and key = ?",
            (room, key),
        ).fetchone()
        return None if found is None else Place(f"{found[0]}/{found[1]}{PACK}", found[2], found[3])

    def facts(self, room: str, key: str) -> Any:  # noqa: ANN401 - JSON
        """Give what is known of a record without opening it; None when there is no such record."""
        found = self._base.execute("select facts from records where room = ? and key = ?", (room, key)).fetchone()
        return None if found is None else json.loads(found[0])

    def below(self, room: str, prefix: str) -> Iterator[tuple[str, Any]]:
        """Walk the records whose keys begin with *prefix* and a slash, in order, with their facts."""
        rows = self._base.execute(
            "select key, facts from records where room = ? and key > ? and key < ? order by key",
            (room, f"{prefix}/", f"{prefix}0"),  # 0 comes right after the slash
        )
        for key, facts in rows:
            yield key, json.loads(facts)

    def use(self, keys: Iterable[tuple[str, str]]) -> None:
        """Note that records (room, key) are needed, so that `unused` and `wasteful` leave them alone."""
        with self._base:
            self._base.executemany(
                "insert or ignore into alive select shard, offset, length from records where room = ? and key = ?", keys
            )

    def unused(self) -> list[tuple[str, str]]:
        """Give the shards of which no record was needed since the catalogue was opened."""
        rows = self._base.execute(
            "select stage, name from shards where id not in (select shard from alive) order by stage, name"
        )
        return [(stage, name) for stage, name in rows]

    def wasteful(self, stage: str) -> Iterator[tuple[str, tuple[Record, ...]]]:
        """Walk the shards of a stage of which less than half is needed, with what is."""
        rows = self._base.execute(
            "select id, name from shards join (select shard, sum(length) as used from alive group by shard)"
            " on id = shard where stage = ? and 2 * used < bytes order by name",
            (stage,),
        )
        for shard, name in rows.fetchall():
            yield name, self._needed(shard)

    def _needed(self, shard: int) -> tuple[Record, ...]:
        rows = self._base.execute(
            "select room, key, records.offset, records.length, facts from records"
            " join alive on alive.shard = records.shard and alive.offset = records.offset"
            " where records.shard = ? order by records.offset",
            (shard,),
        )
        return tuple(Record(room, key, offset, length, json.loads(facts)) for room, key, offset, length, facts in rows)


def _whole_shards(folder: Path) -> set[tuple[str, int]]:
    """List the shards of a stage that have a manifest and a pack, each with the size of its pack."""
    manifests, sizes = set(), {}
    with os.scandir(folder) as found:
        for one in found:
            stem, dot, suffix = one.name.rpartition(".")
            if dot + suffix == MANIFEST:
                manifests.add(stem)
            elif dot + suffix == PACK:
                sizes[stem] = one.stat().st_size
    return {(name, sizes[name]) for name in manifests & sizes.keys()}


def _written(facts: object) -> str:
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))


class Table:
    """Hold rows outside the memory while a build runs; they are gone with the process."""

    def __init__(self, columns: str) -> None:
        self._base = sqlite3.connect("")  # an empty name is a file that SQLite removes by itself
        self._base.execute("pragma journal_mode = off")
        self._base.execute("pragma synchronous = off")
        self._base.execute("pragma cache_size = -1024")
        self._base.execute(f"create table t ({columns})")
        self._count = columns.count(",") + 1

    def add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Append rows."""
        marks = ", ".join("?" * self._count)
        self._base.executemany(f"insert into t values ({marks})", rows)  # noqa: S608 - question marks

    def ask(self, query: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        """Ask the table, which is called `t`."""
        return self._base.execute(query, values)

    def clear(self) -> None:
        """Forget all rows."""
        self._base.execute("delete from t")

    def __len__(self) -> int:
        """Count the rows."""
        number: int = self._base.execute("select count(*) from t").fetchone()[0]
        return number

    def close(self) -> None:
        """Let go of the rows."""
        self._base.close()
