"""Records: our own values as bytes in a file, compressed, and where they lie in it.

They are pickled, since they are our own values and there are many of them, but what is read back may be nothing else:
unpickling refuses everything but dataclasses and enumerations of kgbuild and a few harmless kinds of value, so that a
file that somebody else has made can do no more than be wrong.
"""

import array
import dataclasses
import enum
import importlib
import io
import operator
import pickle
import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path, PosixPath
from typing import Any, BinaryIO

from kgbuild.errors import KgbuildError

_LEVEL = 1
_HARMLESS = {
    ("builtins", "frozenset"): frozenset,
    ("builtins", "set"): set,
    ("datetime", "date"): date,
    ("pathlib", "PosixPath"): PosixPath,
    ("pathlib._local", "PosixPath"): PosixPath,  # as Python 3.13 calls it
    ("array", "array"): array.array,
    ("array", "_array_reconstructor"): vars(array)["_array_reconstructor"],
}


@dataclass(frozen=True, slots=True)
class Place:
    """Say where a record lies: the pack's path below the work folder, and which bytes of it."""

    pack: str
    offset: int
    length: int


def encode(value: object) -> bytes:
    """Turn a value into the bytes of a record."""
    stream = io.BytesIO()
    _Pickler(stream, protocol=5).dump(value)
    return zlib.compress(stream.getbuffer(), _LEVEL)


def decode(data: bytes, origin: str) -> Any:  # noqa: ANN401 - whoever asks knows what was put in
    """Turn the bytes of a record back into its value.

    Args:
        data: the bytes.
        origin: where they lie, for a complaint.

    Raises:
        KgbuildError: they are damaged, or hold what no record holds.
    """
    try:
        return _Unpickler(io.BytesIO(zlib.decompress(data))).load()
    except _DAMAGED as error:
        raise KgbuildError(f"{origin}: damaged ({error})", "Remove this file and run the same again.") from error


_DAMAGED = (
    *(zlib.error, pickle.UnpicklingError, EOFError, ImportError),
    *(AttributeError, TypeError, ValueError, LookupError, OverflowError),
)


class Packs:
    """Read records out of packs, a few of which stay open."""

    _OPEN = 64

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._streams: dict[str, BinaryIO] = {}

    def load(self, place: Place) -> Any:  # noqa: ANN401
        """Read one record.

        Raises:
            KgbuildError: the pack is gone or damaged.
        """
        return decode(self.read(place), f"{self._folder}/{place.pack}")

    def read(self, place: Place) -> bytes:
        """Read the bytes of one record.

        Raises:
            KgbuildError: the pack is gone.
        """
        try:
            stream = self._streams.pop(place.pack, None) or (self._folder / place.pack).open("rb")
            self._streams[place.pack] = stream  # the last used stands last
            stream.seek(place.offset)
            data = stream.read(place.length)
        except OSError as error:
            why = error.strerror or str(error)
            raise KgbuildError(f"{self._folder / place.pack}: cannot be read ({why})", "Run the same again.") from error
        while len(self._streams) > self._OPEN:
            self._streams.pop(next(iter(self._streams))).close()
        return data

    def close(self) -> None:
        """Close all files."""
        for stream in self._streams.values():
            stream.close()
        self._streams.clear()


@dataclass(frozen=True, slots=True)
class Joined:
    """Give the bytes that several records hold, and more, as one piece; in whichever process asks for it.

    So that what is needed elsewhere need not be read here and sent there.

    Attributes:
        folder: where the packs lie.
        places: of the records.
        more: what follows them.
    """

    folder: Path
    places: tuple[Place, ...]
    more: bytes = b""

    def __call__(self) -> bytes:
        """Read them.

        Raises:
            KgbuildError: a pack is gone or damaged.
        """
        with closing(Packs(self.folder)) as packs:
            return b"".join([*map(packs.load, self.places), self.more])


_Parts = Callable[[Any], tuple[Any, ...]] | None
_PARTS: dict[type, _Parts] = {}


def _parts_of(kind: type) -> _Parts:
    """Give what takes a value of ours apart into what its class is called with; None for other classes."""
    if issubclass(kind, enum.Enum):  # by itself it is written as a call of getattr by Python 3.11.0 to 3.11.3
        return lambda value: (value.value,)
    if not dataclasses.is_dataclass(kind):
        return None
    names = [one.name for one in dataclasses.fields(kind)]
    if not all(one.init for one in dataclasses.fields(kind)):
        return None
    if len(names) == 1:
        return lambda value: (getattr(value, names[0]),)
    return operator.attrgetter(*names) if names else None


class _Pickler(pickle.Pickler):
    """Write our values as calls of their classes, which takes a fifth of the time of Python's own way with slots."""

    def reducer_override(self, value: Any) -> Any:  # noqa: ANN401
        """Take a value apart."""
        kind: type = type(value)
        if kind not in _PARTS:
            _PARTS[kind] = _parts_of(kind)
        parts = _PARTS[kind]
        return NotImplemented if parts is None else (type(value), parts(value))


class _Unpickler(pickle.Unpickler):
    """Read back our own values and nothing else."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401
        """Give a class that may stand in a record."""
        return _class(module, name)


@lru_cache(maxsize=1024)
def _class(module: str, name: str) -> Any:  # noqa: ANN401
    if (module, name) in _HARMLESS:
        return _HARMLESS[module, name]
    if module.startswith("kgbuild."):
        found = getattr(importlib.import_module(module), name)
        if isinstance(found, type) and (dataclasses.is_dataclass(found) or issubclass(found, (enum.Enum, tuple))):
            return found
    raise pickle.UnpicklingError(f"{module}.{name} has no place in a record")
