"""Packs: files of records that are written once, whole or not at all, and never changed.

A shard's results go into one pack under a name for the time being; when all of it is on the disk it gets its own name,
and after that its manifest, which says where each record lies. A pack without a manifest counts for nothing. So a
process may be killed at any moment: what is there under its own name is complete.

What a record is, and how it is read, stands in `kgbuild.records`.
"""

import array
import dataclasses
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from kgbuild.errors import OutputError
from kgbuild.records import Place, encode

LAYOUT = 1
"""The version of what stands in a work folder; another one is not read."""

_MAGIC = b"kgbuild pack 1\n"
_KIND = "kgbuild shard"


class Places:
    """Hold the places of many records in a tenth of the memory."""

    def __init__(self) -> None:
        self._packs: dict[str, int] = {}
        self._names: list[str] = []
        self._numbers = array.array("I")
        self._offsets = array.array("Q")
        self._lengths = array.array("Q")

    def append(self, place: Place) -> None:
        """Add one."""
        number = self._packs.setdefault(place.pack, len(self._names))
        if number == len(self._names):
            self._names.append(place.pack)
        self._numbers.append(number)
        self._offsets.append(place.offset)
        self._lengths.append(place.length)

    def __getitem__(self, number: int) -> Place:
        return Place(self._names[self._numbers[number]], self._offsets[number], self._lengths[number])


@dataclass(frozen=True, slots=True)
class Record:
    """Describe one record of a pack.

    Attributes:
        room: what it is (`page`, `language`, `extraction`, `summary`, `said`, `quads`, ...).
        key: the digest of all that it was made from.
        offset, length: which bytes of the pack.
        facts: what the catalogue needs to know of it without opening the pack.
    """

    room: str
    key: str
    offset: int
    length: int
    facts: Any = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Say why an article or a file gave nothing.

    Attributes:
        key: what the plan called it.
        file: the file, for a person.
        reason: on one line.
        remedy: what to do.
        trace: the traceback, where our own code raised; "" otherwise.
    """

    key: str
    file: str
    reason: str
    remedy: str = ""
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Say what is in a pack, and what making it took.

    Attributes:
        stage: `read`, `extract` or `say`.
        pack_bytes: the size of the pack; a pack of another size is damaged.
        records: what is in it.
        failures: what gave nothing.
        seconds: processor time by what it was spent on.
        peak_bytes: the most memory that the process held by then.
        numbers: how much of what (`articles`, `words`, `triples`, ...).
    """

    stage: str
    pack_bytes: int
    records: tuple[Record, ...]
    failures: tuple[Failure, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    peak_bytes: int = 0
    numbers: Mapping[str, int] = field(default_factory=dict)


class PackWriter:
    """Write the pack of one shard; nothing has its own name before `finish`."""

    def __init__(self, stem: Path) -> None:
        """Begin.

        Args:
            stem: the path of the pack without its suffix; the manifest lies beside it.
        """
        self._stem = stem
        self._temporary = _beside(stem)
        self._stream: BinaryIO = self._temporary.open("wb")
        self._stream.write(_MAGIC)
        self._records: list[Record] = []

    def add(self, room: str, key: str, value: object, facts: object = None) -> None:
        """Append a record."""
        self.copy(Record(room, key, 0, 0, facts), encode(value))

    def copy(self, record: Record, data: bytes) -> None:
        """Append a record that is written already, wherever it lay before."""
        self._records.append(dataclasses.replace(record, offset=self._stream.tell(), length=len(data)))
        self._stream.write(data)

    def finish(self, manifest: Manifest) -> Manifest:
        """Give the pack its name and write its manifest.

        Args:
            manifest: what to say besides the records, which are filled in.
        """
        size = self._stream.tell()
        _settle(self._stream)
        if (other := self._named()) is not None:
            return other
        whole = dataclasses.replace(manifest, pack_bytes=size, records=tuple(self._records))
        write_json(self._stem.with_suffix(MANIFEST), {"kind": _KIND, "layout": LAYOUT, **dataclasses.asdict(whole)})
        return whole

    def _named(self) -> Manifest | None:
        """Give the pack its name, unless another process was first; give that one's manifest then.

        On a cluster a worker that was given up for dead may come back and finish what another has done in its place.
        """
        pack = self._stem.with_suffix(PACK)
        try:
            os.link(self._temporary, pack)  # asks the server itself on network file systems, unlike a look
        except FileExistsError:
            if (other := read_manifest(self._stem.with_suffix(MANIFEST))) is not None:
                self._temporary.unlink()
                return other
            self._temporary.replace(pack)
        except OSError:  # not every file system has links
            self._temporary.replace(pack)
        else:
            self._temporary.unlink()
        return None

    def abandon(self) -> None:
        """Leave nothing behind."""
        self._stream.close()
        self._temporary.unlink(missing_ok=True)


PACK, MANIFEST, PLAN, AT = ".pack", ".json", ".plan", ".at"
WRITING = ".writing-"


def read_manifest(path: Path) -> Manifest | None:
    """Read a manifest; None when it is broken, of another layout, or its pack is not whole."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found.pop("kind") != _KIND or found.pop("layout") != LAYOUT:
            return None
        records = tuple(Record(**record) for record in found.pop("records"))
        failures = tuple(Failure(**failure) for failure in found.pop("failures"))
        manifest = Manifest(records=records, failures=failures, **found)
        return manifest if path.with_suffix(PACK).stat().st_size == manifest.pack_bytes else None
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return None


def _beside(path: Path) -> Path:
    """Name a file for the time being, unlike that of any other process: numbers of processes repeat among hosts."""
    return path.with_name(f"{WRITING}{path.name}.{os.urandom(8).hex()}")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, so that it survives a loss of power.

    Raises:
        OutputError: the disk is full or fails.
    """
    temporary = _beside(path)
    try:
        with temporary.open("wb") as stream:
            stream.write(content)
            _settle(stream)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise OutputError(f"{path}: cannot be written ({error.strerror or error})") from error


def write_json(path: Path, value: object) -> None:
    """Write a value as JSON, whole or not at all."""
    write_whole(path, (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode())


def _settle(stream: BinaryIO) -> None:
    """Bring what was written onto the disk, and close."""
    with stream:
        stream.flush()
        os.fsync(stream.fileno())
