"""Writing results: whole or not at all."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from kgbuild.errors import KgbuildError, OutputError

STDOUT = Path("-")
_FORMAT_OF_SUFFIX = {".ttl": "turtle", ".trig": "trig", ".nq": "nquads", ".jsonld": "jsonld"}


def format_for(output: Path, wanted: str | None) -> str:
    """Choose the format of a graph: the one that is asked for, or the one that the file's name tells.

    >>> format_for(Path("seeds.nq"), None)
    'nquads'

    Raises:
        KgbuildError: no format is asked for and the name tells none.
    """
    if wanted is not None:
        return wanted
    if output == STDOUT:
        return "turtle"
    try:
        return _FORMAT_OF_SUFFIX[output.suffix.lower()]
    except KeyError:
        suffixes = ", ".join(_FORMAT_OF_SUFFIX)
        raise KgbuildError(
            f"{output}: its name does not tell the format", f"End it in one of {suffixes}, or give --format."
        ) from None


def check_writable(output: Path) -> None:
    """Find out before hours of work whether *output* can be written at all.

    Raises:
        OutputError: its folder is missing or closed to us, or it is a folder itself.
    """
    if output == STDOUT or _is_special(output):
        return
    folder = output.resolve().parent
    if output.is_dir():
        raise OutputError(f"{output}: is a folder", "Name a file in it.")
    if not folder.is_dir():
        raise OutputError(f"{output}: the folder {folder} does not exist", "Make it first.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OutputError(f"{output}: the folder {folder} is not open for writing")


def write_output(output: Path, content: bytes | Callable[[BinaryIO], object]) -> None:
    """Write *content* to a file, or to standard output if *output* is `-`; a function writes its content bit by bit.

    A file gets its name only when all of it is on the disk: it is written beside the name first, and renamed. A
    device or a pipe is written as it stands, a link keeps pointing where it does.

    Raises:
        OutputError: it can't be written; a file that had the name before is untouched.
    """
    write = content if callable(content) else lambda stream: stream.write(content)
    try:
        if output == STDOUT:
            sys.stdout.flush()
            write(sys.stdout.buffer)
            sys.stdout.buffer.flush()
        elif _is_special(output):
            with output.open("wb", buffering=0) as stream:
                write(stream)
        else:
            _replace(output.resolve(), write)
    except BrokenPipeError:
        raise
    except OSError as error:
        if output == STDOUT:
            _drop_stdout()
        raise OutputError(f"{_named(output)}: cannot be written ({error.strerror or error})") from error


def _replace(target: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a temporary file in the same folder and rename it to *target*."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode_of(target))
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _mode_of(target: Path) -> int:
    """Keep the rights of the file that is replaced; a new one gets what the person's umask leaves."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _is_special(output: Path) -> bool:
    """Tell a device, pipe or socket from a file: what is no file must not be renamed over."""
    return output.exists() and not output.is_file() and not output.is_dir()


def _named(output: Path) -> str:
    """Name *output* in an error."""
    return "standard output" if output == STDOUT else str(output)


def _drop_stdout() -> None:
    """Point standard output at nothing, so that Python does not try the failed bytes again when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
