"""Reads `sources.toml`, which tells of the files of its folder what their text does not.

    ["talks.txt"]
    published = 2025-06-03
    related_published = 2025-06-05
    publisher = "Example Press"
    title = "Talks end"
    url = "https://example.org/talks"

Everything is optional. What is wrong with one table costs that table alone; only a file that is no TOML costs them all.

Codes:
    S001 the file cannot be read or is not UTF-8
    S002 the file is not TOML
    S003 an entry is not a table
    S004 a table has a key that nobody knows
    S005 a value is of the wrong type
    S006 a file name stands in the brackets without quotes, which TOML takes for a table in a table
    S007 a file name has a folder in it
"""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from kgbuild.errors import DataError

NAME = "sources.toml"

_DATES = ("published", "related_published")
_TEXTS = ("publisher", "title", "url")
_AT_LINE = re.compile(r" ?\((?:at line (\d+), column \d+|at end of document)\)")


@dataclass(frozen=True, slots=True)
class Source:
    """Hold what is known of one file; None where nothing is said."""

    published: date | None = None
    related_published: date | None = None
    publisher: str | None = None
    title: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """Hold a folder's `sources.toml`: what is good of it, and what is wrong with it."""

    by_name: Mapping[str, Source] = field(default_factory=dict)
    errors: tuple[DataError, ...] = ()
    notes: tuple[str, ...] = ()


def load_sources(folder: Path) -> Sources:
    """Read the `sources.toml` of *folder*; a folder without one says nothing, which is no error."""
    path = folder / NAME
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Sources()
    except UnicodeDecodeError as error:
        message = f"is not UTF-8: byte 0x{error.object[error.start]:02X} at offset {error.start}"
        return Sources(errors=(DataError("S001", path, 0, message, "Save it as UTF-8."),))
    except OSError as error:
        message = f"cannot be read ({(error.strerror or type(error).__name__).lower()})"
        return Sources(errors=(DataError("S001", path, 0, message, "Check its permissions."),))
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Sources(errors=(_syntax_error(path, text, str(error)),))
    return _check(path, tables, text)


def _syntax_error(path: Path, text: str, message: str) -> DataError:
    """Say on which line the TOML breaks off."""
    at = _AT_LINE.search(message)
    line = int(at[1]) if at and at[1] else text.count("\n") + 1
    reason = _AT_LINE.sub("", message)
    return DataError("S002", path, line, f"is not TOML: {reason[:1].lower()}{reason[1:]}", "Mend this line.")


def _check(path: Path, tables: Mapping[str, Any], text: str) -> Sources:
    """Turn each table into a `Source`, or into errors."""
    lines = _Lines(text)
    errors: list[DataError] = []
    notes: list[str] = []
    by_name: dict[str, Source] = {}
    for name, table in tables.items():
        found = _entry_errors(path, name, table, lines)
        errors += found
        if found:
            continue
        if not os.path.lexists(path.parent / name):
            notes.append(f"{path}:{lines.of(name)}: names `{name}`, which is not in the folder")
        told: dict[str, Any] = {key: _day(table[key]) for key in _DATES if key in table}
        by_name[name] = Source(**told, **{key: table[key] for key in _TEXTS if key in table})
    return Sources(by_name, tuple(errors), tuple(notes))


class _Lines:
    """Know the line of each table and key; looked for when first asked, since in a sound file nobody asks."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _found(self) -> Mapping[tuple[str, ...], int]:
        return _lines_of(self._text)

    def of(self, *keys: str) -> int:
        """Give the line of a key, else that of its table, else 0."""
        return self._found.get(keys, self._found.get(keys[:1], 0))


def _entry_errors(path: Path, name: str, table: object, lines: _Lines) -> list[DataError]:
    """List what is wrong with one entry."""
    if not isinstance(table, dict):
        remedy = f'Write ["{name}"] on a line of its own, the keys below it.'
        return [DataError("S003", path, lines.of(name), f"`{name}` is not a table", remedy)]
    if "/" in name or "\\" in name:
        remedy = f"Put it into the {NAME} of that folder."
        return [DataError("S007", path, lines.of(name), f"`{name}` has a folder in its name", remedy)]
    wrong = ((key, _wrong(name, key, value)) for key, value in table.items())
    return [DataError(told[0], path, lines.of(name, key), *told[1:]) for key, told in wrong if told is not None]


def _wrong(name: str, key: str, value: object) -> tuple[str, str, str] | None:
    """Tell what is wrong with one value: the code of the error, what it says, and what to do."""
    if isinstance(value, dict):
        whole = f"{name}.{key}"
        return "S006", f"`{whole}` stands without quotes", f'Write ["{whole}"].'
    if key not in _DATES + _TEXTS:
        return "S004", f"`{key}` is unknown", f"Use {', '.join(_DATES + _TEXTS)}."
    if key in _DATES and not isinstance(value, date):
        return "S005", f"`{key}` is not a date", f"Write it without quotes: {key} = 2025-06-03."
    if key in _TEXTS and not (isinstance(value, str) and value.strip()):
        return "S005", f"`{key}` is not a text", f'Write it in quotes: {key} = "...".'
    return None


def _day(value: date) -> date:
    """Take the day of a date or of a date with a time."""
    return value.date() if isinstance(value, datetime) else value


def _lines_of(text: str) -> dict[tuple[str, ...], int]:
    """Find the line of each table and each of its keys, by giving the parser one line at a time."""
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        try:
            keys = _path(tomllib.loads(line))
        except tomllib.TOMLDecodeError:
            continue
        if line.lstrip().startswith("["):
            table = keys
            found.setdefault(keys[:1], number)
            found.setdefault(keys, number)
        elif keys:
            found.setdefault((*table, *keys), number)
            found.setdefault((*table, keys[0]), number)
    return found


def _path(parsed: Mapping[str, Any]) -> tuple[str, ...]:
    """Follow a line's only key down to its value or empty table."""
    keys: list[str] = []
    level: object = parsed
    while isinstance(level, dict) and len(level) == 1:
        key, level = next(iter(level.items()))
        keys.append(key)
    return tuple(keys)
