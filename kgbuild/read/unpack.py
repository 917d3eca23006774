"""Takes collections apart, one page after the other: archives, compressed files, and what lies in them.

Nothing is ever written to disk under a name that an archive gives, and never is more than one page of it in memory.
Four limits hold for each file that a user names: how large one page may be, how much may be unpacked in all, how many
members there may be, how deep archives may lie in one another. What goes beyond costs one line, and what was read
before it stays.
"""

import gzip
import io
import lzma
import re
import struct
import sys
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from kgbuild.errors import DocumentError
from kgbuild.read.files import SIZE_LIMIT_BYTES, Found, read_bytes
from kgbuild.read.kinds import HEAD_BYTES, PAGES, kind_of_bytes, kind_of_name
from kgbuild.read.originals import INNER, Original
from kgbuild.read.records import feed_items, json_rows, mail_page, warc_pages

STDIN = Path("-")
STDIN_NAME = "stdin"
_SPOOL_BYTES = 16 * 1024 * 1024
_DRIVE = re.compile(r"[A-Za-z]:")
_BROKEN = (
    *(EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, tarfile.TarError, zipfile.BadZipFile),
    *(struct.error, UnicodeDecodeError, OverflowError, NotImplementedError),
)
_CUT_SHORT = "Fetch or pack it anew; what was read before this place stays."


@dataclass(frozen=True, slots=True)
class Limits:
    """Say how much one named file may unfold to."""

    page_bytes: int = SIZE_LIMIT_BYTES
    unpacked_bytes: int = 8 * 1024**3
    members: int = 1_000_000
    depth: int = 3


@dataclass(frozen=True, slots=True)
class Options:
    """Say how collections are read.

    Attributes:
        fields: our name -> name in a JSON line, dots for what lies deeper (`text` -> `data.body`).
        limits: how much one file may unfold to.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = Limits()


class _TooMuchError(Exception):
    """Say that a limit is reached, so that the rest of the file that the user named is left."""


@dataclass(slots=True)
class _Budget:
    """Count what one named file has unfolded to."""

    limits: Limits
    bytes_left: int
    members_left: int

    def take(self, size: int) -> None:
        """Count bytes that were unpacked."""
        self.bytes_left -= size
        if self.bytes_left < 0:
            raise _TooMuchError(f"unfolds to more than {self.limits.unpacked_bytes / 1e9:.0f} GB")

    def enter(self) -> None:
        """Count a member."""
        self.members_left -= 1
        if self.members_left < 0:
            raise _TooMuchError(f"holds more than {self.limits.members:,} members")


class _Counted(io.RawIOBase):
    """Let a stream be read while what comes out of it is counted."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, budget: _Budget) -> None:
        self._stream = stream
        self._budget = budget

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - as its base has it
        """Read into *buffer*, counting."""
        view = memoryview(buffer)
        data = self._stream.read(len(view))
        self._budget.take(len(data))
        view[: len(data)] = data
        return len(data)


@dataclass(frozen=True, slots=True)
class _Place:
    """Name what is being read: for the graph, for a person, and how deep it lies."""

    name: str
    path: Path
    depth: int = 0

    def inner(self, member: str) -> "_Place":
        """Name a member."""
        flat = member.replace("\\", "/").replace("/", INNER)
        return _Place(f"{self.name}{INNER}{flat}", Path(f"{self.path}{INNER}{member}"), self.depth + 1)


def originals(found: Found, options: Options) -> Iterator[Original | DocumentError]:
    """Give the pages of a file, one by one; an error stands where one could not be had, and the next follow."""
    limits = options.limits
    if found.path == STDIN:
        place, budget = _Place(STDIN_NAME, STDIN), _Budget(limits, limits.unpacked_bytes, limits.members)
        with _spooled(sys.stdin.buffer) as spool:
            yield from _guarded(spool, "", place, budget, options)
        return
    kind = kind_of_name(found.path.name) or "text"
    if kind in PAGES.values() or kind == "mail":
        try:
            data = read_bytes(found.path, limits.page_bytes)
        except DocumentError as error:
            yield error
            return
        place = _Place(found.path.name, found.path)
        if kind == "mail":
            yield from _mail(data, place, limits)
        else:
            yield Original(found.path.name, found.path, kind, data, plain_file=kind in ("text", "markdown"))
        return
    yield from _collection_file(found, kind, options)


def _collection_file(found: Found, kind: str, options: Options) -> Iterator[Original | DocumentError]:
    """Open a collection on disk and read through it."""
    limits = options.limits
    try:
        if not found.path.is_file():
            yield DocumentError(found.path, "is not there" if not found.path.exists() else "is not a plain file")
            return
        stream = found.path.open("rb")
    except OSError as error:
        yield DocumentError(found.path, f"cannot be read ({(error.strerror or '').lower()})", "Check its permissions.")
        return
    with stream:
        budget = _Budget(limits, limits.unpacked_bytes, limits.members)
        yield from _guarded(stream, kind, _Place(found.path.name, found.path), budget, options)


def _guarded(
    stream: IO[bytes], kind: str, place: _Place, budget: _Budget, options: Options
) -> Iterator[Original | DocumentError]:
    """Read through a file that the user named; whatever breaks it off costs one line."""
    try:
        yield from _read(stream, kind, place, budget, options)
    except _TooMuchError as error:
        yield DocumentError(place.path, f"{error}; the rest of it is left", "Take it apart first.")


def _read(
    stream: IO[bytes], kind: str, place: _Place, budget: _Budget, options: Options
) -> Iterator[Original | DocumentError]:
    """Read a stream of any kind; one without a name is told by its first bytes."""
    if not kind:
        buffered = io.BufferedReader(stream) if isinstance(stream, io.RawIOBase) else stream
        kind, stream = kind_of_bytes(_peeked(buffered)), buffered
    if place.depth > budget.limits.depth:
        yield DocumentError(place.path, f"lies more than {budget.limits.depth} archives deep", "Unpack it first.")
        return
    try:
        if kind in ("zip", "tar", "gzip"):
            reader = {"zip": _zip, "tar": _tar, "gzip": _gzip}[kind]
            yield from reader(stream, place, budget, options)
        elif kind in ("jsonl", "feed", "warc"):
            yield from _records(stream, kind, place, budget, options)
        else:
            yield from _page(stream, kind, place, budget.limits)
    except _BROKEN as error:
        reason = " ".join(str(error).lower().split()) or type(error).__name__
        yield DocumentError(place.path, f"breaks off or is damaged ({reason})", _CUT_SHORT)
    except OSError as error:
        yield DocumentError(place.path, f"cannot be read on ({(error.strerror or str(error)).lower()})", _CUT_SHORT)


def _peeked(stream: IO[bytes]) -> bytes:
    """Look at the first bytes without taking them."""
    if isinstance(stream, io.BufferedReader) and not stream.seekable():
        return stream.peek(HEAD_BYTES)[:HEAD_BYTES]
    head = stream.read(HEAD_BYTES)
    stream.seek(0)
    return head


def _page(stream: IO[bytes], kind: str, place: _Place, limits: Limits) -> Iterator[Original | DocumentError]:
    """Read a single page out of a collection."""
    data = _limited(stream, limits.page_bytes)
    if data is None:
        size = f"{limits.page_bytes / 1e6:.0f} MB"
        yield DocumentError(place.path, f"is too large for an article (the limit is {size})", "Split it.")
    elif kind == "mail":
        yield from _mail(data, place, limits)
    else:
        yield Original(place.name, place.path, kind, data)


def _limited(stream: IO[bytes], limit: int) -> bytes | None:
    """Read a stream to its end, but not beyond a limit; None when it goes on there."""
    parts: list[bytes] = []
    size = 0
    while size <= limit and (part := stream.read(min(1 << 16, limit + 1 - size))):
        parts.append(part)
        size += len(part)
    return b"".join(parts) if size <= limit else None


def _mail(data: bytes, place: _Place, limits: Limits) -> Iterator[Original | DocumentError]:
    """Read a mail; what is attached to it is not read."""
    page = mail_page(data, limits.page_bytes)
    if isinstance(page, str):
        yield DocumentError(place.path, page, "Save the mail whole, with its headers.")
    else:
        yield replace(page, name=place.name, path=place.path)


def _records(
    stream: IO[bytes], kind: str, place: _Place, budget: _Budget, options: Options
) -> Iterator[Original | DocumentError]:
    """Read JSON lines, a feed or a crawl: what each record says of itself comes with it."""
    limit = budget.limits.page_bytes
    readers = {
        "jsonl": lambda: json_rows(stream, options.fields, limit),
        "feed": lambda: feed_items(stream, limit),
        "warc": lambda: warc_pages(stream, limit),
    }
    for number, record in readers[kind]():
        if number:
            budget.enter()
        inner = place.inner(str(number)) if number else place
        if isinstance(record, str):
            where = {"jsonl": "row", "feed": "item", "warc": "record"}[kind]
            yield DocumentError(place.path, f"{where} {number} {record}" if number else record)
        else:
            yield replace(record, name=inner.name, path=inner.path)


def _gzip(stream: IO[bytes], place: _Place, budget: _Budget, options: Options) -> Iterator[Original | DocumentError]:
    """Read a compressed file as what it is without `.gz`; it adds no depth, or `crawl.warc.gz` would."""
    inner_name = re.sub(r"\.gz$", "", place.path.name, flags=re.IGNORECASE)
    kind = kind_of_name(inner_name)
    if kind == "warc":
        yield from _read(stream, "warc", place, budget, options)  # its records are compressed one by one
        return
    with gzip.GzipFile(fileobj=stream, mode="rb") as unpacked:
        counted = io.BufferedReader(_Counted(unpacked, budget))
        if not kind:
            kind = kind_of_bytes(counted.peek(HEAD_BYTES)[:HEAD_BYTES])
        deeper = replace(place, depth=place.depth + (kind in ("gzip", "zip", "tar")))
        yield from _read(counted, kind, deeper, budget, options)


def _zip(stream: IO[bytes], place: _Place, budget: _Budget, options: Options) -> Iterator[Original | DocumentError]:
    """Read the members of a zip in the order of their names; the list of them stands at its end."""
    if not stream.seekable():
        with _spooled(stream) as spool:
            yield from _zip(spool, place, budget, options)
        return
    with zipfile.ZipFile(stream) as archive:
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            if info.is_dir() or not (yield from _welcome(info.filename, place, budget)):
                continue
            if info.flag_bits & 1:
                yield DocumentError(place.inner(info.filename).path, "is locked with a password", "Unpack it first.")
                continue
            try:
                with archive.open(info) as member:
                    yield from _member(member, info.filename, place, budget, options)
            except (NotImplementedError, RuntimeError, ValueError, struct.error, zipfile.BadZipFile) as error:
                yield DocumentError(
                    place.inner(info.filename).path, f"cannot be unpacked ({' '.join(str(error).split())})", _CUT_SHORT
                )


def _tar(stream: IO[bytes], place: _Place, budget: _Budget, options: Options) -> Iterator[Original | DocumentError]:
    """Read the members of a tar as they come; links and devices are passed over."""
    try:
        opened = tarfile.open(fileobj=stream, mode="r|*")  # noqa: SIM115 - entered below
    except TypeError as error:  # the standard library's own slip on a head of gzip that is cut short
        raise EOFError("its head is cut short") from error
    with opened as archive:
        for info in archive:
            if not info.isfile():
                if info.issym() or info.islnk():
                    yield DocumentError(place.inner(info.name).path, "is a link, which is not followed")
                continue
            if not (yield from _welcome(info.name, place, budget)):
                continue
            member = archive.extractfile(info)
            if member is not None:
                yield from _member(member, info.name, place, budget, options)


@contextmanager
def _spooled(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """Take a stream to where one can go back in it: in memory while it is small, else in a file without a name."""
    with tempfile.SpooledTemporaryFile(max_size=_SPOOL_BYTES) as spool:
        while chunk := stream.read(1 << 20):
            spool.write(chunk)
        spool.seek(0)
        yield spool


def _welcome(member: str, place: _Place, budget: _Budget) -> Generator[DocumentError, None, bool]:
    """Tell whether a member is to be read at all: known by its ending, not hidden, not leading out of the archive."""
    parts = member.replace("\\", "/").split("/")
    if ".." in parts or member.startswith(("/", "\\")) or _DRIVE.match(member):
        yield DocumentError(
            place.inner(member).path, "leads out of its archive and is not read", "Distrust the archive."
        )
        return False
    budget.enter()
    return bool(kind_of_name(member)) and not any(part.startswith((".", "__MACOSX")) for part in parts)


def _member(
    member: IO[bytes], name: str, place: _Place, budget: _Budget, options: Options
) -> Iterator[Original | DocumentError]:
    """Read one member of an archive."""
    counted = io.BufferedReader(_Counted(member, budget))
    yield from _read(counted, kind_of_name(name), place.inner(name), budget, options)
