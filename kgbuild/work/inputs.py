"""The files that a graph is made of. There may be millions, so that a list of them is held as characters."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import overload

_BETWEEN = b"\0"  # no name of a file has it in it


@dataclass(frozen=True, slots=True)
class Input:
    """Name a file that the graph is made of, as it was when it was read.

    Attributes:
        path: as the user called it.
        real: with links followed.
        stamp: its size and the time of its last change.
        key: the digest under which its pages are kept.
    """

    path: str
    real: str
    stamp: str
    key: str


class Files(Sequence[Input]):
    """List files in a sixth of the memory that a tuple of them takes; each is made when it is asked for."""

    def __init__(self, files: Iterable[Input] = ()) -> None:
        self._text = bytearray()
        self._ends = array("Q")
        for one in files:
            parts = (one.path, "" if one.real == one.path else one.real, one.stamp, one.key)
            self._text += _BETWEEN.join(part.encode("utf-8", "surrogatepass") for part in parts)
            self._ends.append(len(self._text))

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, number: int) -> Input: ...
    @overload
    def __getitem__(self, number: slice) -> "Files": ...

    def __getitem__(self, number: int | slice) -> "Input | Files":
        if isinstance(number, slice):
            return Files(self[one] for one in range(*number.indices(len(self))))
        place = range(len(self._ends))[number]
        begin = self._ends[place - 1] if place else 0
        parts = self._text[begin : self._ends[place]].split(_BETWEEN)
        path, real, stamp, key = (part.decode("utf-8", "surrogatepass") for part in parts)
        return Input(path, real or path, stamp, key)

    def __iter__(self) -> Iterator[Input]:
        return (self[number] for number in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Files) and self._text == other._text and self._ends == other._ends

    def __hash__(self) -> int:
        return hash(bytes(self._text))


@dataclass(frozen=True, slots=True)
class Inputs:
    """List what a graph is made of.

    Attributes:
        roots: what the user named: files and folders.
        removed: real paths that the user took out again.
        files: the files.
        store: where the graph lies, as seen from the work folder; "" when that was not written down.
    """

    roots: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    files: Files = field(default_factory=Files)
    store: str = ""


def is_below(file: str, place: str) -> bool:
    """Tell whether a file is *place* or lies in it."""
    return file == place or file.startswith(place.rstrip("/") + "/")
