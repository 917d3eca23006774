"""Finds the files that are meant and reads them safely: nothing huge, nothing binary, nothing twice, no network.

Offsets count code points of what UTF-8 decoding gives, and nothing is changed after it: a byte order mark stays the
first character, a CRLF stays two. So `path.read_bytes().decode("utf-8")[begin:end]` is what was read, on every system.
"""

import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kgbuild.errors import DocumentError
from kgbuild.read.kinds import kind_of_name

STDIN = Path("-")
SIZE_LIMIT_BYTES = 10 * 1024 * 1024
"""A larger file is no article; it is refused by its size, before a byte of it is read."""

CONTROL_LIMIT_SHARE = 0.01
"""Text has hardly any control characters besides line breaks and tabs; binary data that decodes has many."""

_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_MARKS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))
_SAVE_AS_UTF8 = "Save it as UTF-8"
_SEE_FORMATS = "`kgbuild read --help` lists what can be read."


@dataclass(frozen=True, slots=True)
class Found:
    """Name a file that is to be read.

    Attributes:
        path: as the user gave it, or below the folder that the user gave.
        real: the same with links followed; two of these are never equal.
    """

    path: Path
    real: Path


def find_files(paths: Iterable[Path]) -> tuple[list[Found], list[DocumentError]]:
    """Find the texts among *paths*, folders with all that is below them; hidden files and folders are passed over.

    Links to folders are followed, each folder once, so a loop ends. A file reached in several ways is one file, under
    the name that sorts first.

    Returns:
        The files in an order that does not depend on that of *paths*, and what could not be found or read.
    """
    names, errors = find_names(paths)
    return [Found(Path(path), Path(real)) for path, real in names], errors


def find_names(paths: Iterable[Path]) -> tuple[list[tuple[str, str]], list[DocumentError]]:
    """Do as `find_files`, for so many files that an object for each is too much: give path and real path of each."""
    errors: list[DocumentError] = []
    by_real: dict[str, str] = {}
    for given in sorted(set(paths)):
        if given != STDIN and _is_folder(given):
            candidates = list(_walk(given, errors))
            if not candidates and not any(given in error.path.parents or given == error.path for error in errors):
                errors.append(DocumentError(given, "the folder holds nothing that can be read", _SEE_FORMATS))
        elif given == STDIN or kind_of_name(given.name) or not _exists(given):
            candidates = [(str(given), os.path.realpath(given))]
        else:
            errors.append(DocumentError(given, "is of no kind that is known by its ending", _SEE_FORMATS))
            continue
        for path, real in candidates:
            known = by_real.get(real)
            by_real[real] = path if known is None else min(path, known, key=by_name)
    found = [(path, path if path == real else real) for real, path in by_real.items()]
    return sorted(found, key=lambda one: by_name(one[0])), errors


def by_name(path: str) -> tuple[str, str]:
    """Give the place that a file has among others: by its name, then by where it lies."""
    return path.rpartition("/")[2], path


def _is_folder(path: Path) -> bool:
    """Tell whether a folder is there; where the system will not say, there is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _exists(path: Path) -> bool:
    """Tell whether something is there, a dangling link included."""
    return os.path.lexists(path)


def _walk(top: Path, errors: list[DocumentError]) -> Iterator[tuple[str, str]]:
    """Yield the texts below *top*, each with its real path; a folder already visited, by a link say, is left out."""
    visited: set[tuple[int, int]] = set()
    waiting = [str(top)]
    while waiting:
        folder = waiting.pop()
        try:
            status = Path(folder).stat()
            if (status.st_dev, status.st_ino) in visited:
                continue
            visited.add((status.st_dev, status.st_ino))
            with os.scandir(folder) as entries:
                below = sorted((one.name, _leads_to_folder(one), one.is_symlink()) for one in entries if _shown(one))
        except OSError as error:
            message = f"the folder cannot be read ({_reason(error)})"
            errors.append(DocumentError(Path(folder), message, "Check its permissions."))
            continue
        waiting += [_below(folder, name) for name, deeper, _ in reversed(below) if deeper]
        real = os.path.realpath(folder)  # asked once: it looks at each folder on the way
        for name, deeper, linked in below:
            if not deeper and kind_of_name(name):
                path = _below(folder, name)
                yield path, os.path.realpath(path) if linked else _below(real, name)


def _shown(entry: os.DirEntry[str]) -> bool:
    return not entry.name.startswith(".")


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    """Tell whether an entry is a folder or a link to one; where the system will not say, it is none."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _below(folder: str, name: str) -> str:
    return name if folder == "." else f"{folder.rstrip('/')}/{name}"


def read_bytes(path: Path, limit: int = SIZE_LIMIT_BYTES) -> bytes:
    """Read a whole file, unless it is larger than *limit* bytes or no plain file at all.

    Raises:
        DocumentError: it is missing, unreadable, a pipe or device, or too large; nothing large was loaded.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise DocumentError(path, "is not a plain file", "Name a text file or a folder of texts.")
        if status.st_size <= limit:
            with path.open("rb") as file:
                data = file.read(limit + 1)
            if len(data) <= limit:
                return data
    except FileNotFoundError as error:
        raise DocumentError(path, "is not there", "Check the name.") from error
    except OSError as error:
        raise DocumentError(path, f"cannot be read ({_reason(error)})", "Check its permissions.") from error
    megabytes = status.st_size / 1_000_000
    message = f"is too large for an article ({megabytes:.0f} MB, the limit is {limit / 1_000_000:.0f} MB)"
    raise DocumentError(path, message, "Split it into one file an article.")


def decode(path: Path, data: bytes) -> str:
    """Decode the bytes of a text, changing nothing.

    Raises:
        DocumentError: empty, white space only, binary, or not UTF-8 (the message names the first wrong byte).
    """
    if not data:
        raise DocumentError(path, "is empty", "Give it a text or take it away.")
    for mark, name in _MARKS:
        if data.startswith(mark):
            message = f"is not UTF-8: byte 0x{data[0]:02X} at offset 0; it looks like {name}"
            raise DocumentError(path, message, f"{_SAVE_AS_UTF8}.")
    if b"\x00" in data:
        message = f"is binary, not text: byte 0x00 at offset {data.index(0)}"
        raise DocumentError(path, message, "Give the text itself.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"is not UTF-8: byte 0x{data[error.start]:02X} at offset {error.start}"
        remedy = f"{_SAVE_AS_UTF8}, or give the text itself if this is no text file."
        raise DocumentError(path, message, remedy) from error
    controls = _CONTROL.findall(text)
    if len(controls) > max(3, CONTROL_LIMIT_SHARE * len(text)):
        at = len(text[: text.index(controls[0])].encode("utf-8"))
        message = f"is binary, not text: {len(controls)} control characters, the first at byte offset {at}"
        raise DocumentError(path, message, "Give the text itself.")
    if not text.strip("\ufeff\u200b \t\r\n\v\f\x85\xa0\u2028\u2029") or text.isspace():
        raise DocumentError(path, "holds only white space", "Give it a text or take it away.")
    return text


def distinguish(paths: Sequence[Path]) -> list[str]:
    """Tell equal files of equal name apart by the folders above them, as few as that takes.

    Each answer is "" when there is only one path; what lies above the folders that differ plays no part, so that a
    checkout elsewhere gives the same answers.

    >>> distinguish([Path("a/b/x.txt"), Path("a/c/x.txt")])
    ['b', 'c']
    """
    if len(paths) < 2:
        return [""] * len(paths)
    folders = [path.parent.parts for path in paths]
    depth = 1
    while depth < max(len(parts) for parts in folders) and len({parts[-depth:] for parts in folders}) < len(folders):
        depth += 1
    return ["/".join(parts[-depth:]) for parts in folders]


def _reason(error: OSError) -> str:
    """Say in the system's words what went wrong."""
    return (error.strerror or type(error).__name__).lower()
