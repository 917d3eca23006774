"""Reads the tab-separated tables that people write: names and cues.

A table is plain text. Lines that begin with `#` explain it, the first other line names its columns, every further
line is a row. A cell may hold several values with ` | ` or `|` between them; cells at the end of a row may be left
away. What is wrong is said by file and line.

Codes, with the letter of the family of tables before them (`N` names, `C` cues):
    001 the file is missing or cannot be read
    002 the file is not UTF-8
    003 the line of column names is not what it must be
    004 a row has more cells than there are columns
    005 a cell that must be filled is empty
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kgbuild.errors import DataError

_PADDED = re.compile(r"[^\S\n\t ]|\t | [\t\n]|\n |\A | \Z")


class Row(NamedTuple):
    """Hold one row of a table: where it stands and its cells, one a column, "" where nothing is written."""

    path: Path
    line: int
    cells: tuple[str, ...]


def values(cell: str) -> tuple[str, ...]:
    """Split a cell into its values, in order and without the empty ones.

    >>> values("Kyiv | Kiev|")
    ('Kyiv', 'Kiev')
    """
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def read_rows(path: Path, columns: Sequence[str], letter: str, required: int = 1) -> Iterator[Row]:
    """Read the rows of a table from top to bottom.

    Args:
        path: the table.
        columns: the names that its columns must have, in order.
        letter: letter before the error codes.
        required: how many columns, from the left, must be filled in every row.

    Raises:
        DataError: the file or a row of it is broken; codes 001 to 005.
    """
    header_seen = False
    whole = _read(path, letter)
    padded = _PADDED.search(whole) is not None  # asked once: to strip each cell takes as long as all the rest
    for line, text in enumerate(whole.splitlines(), start=1):
        if not text.strip() or text.startswith("#"):
            continue
        cells = text.split("\t")
        if padded:
            cells = [cell.strip() for cell in cells]
        if not header_seen:
            _check_header(cells, columns, path, line, letter)
            header_seen = True
            continue
        if len(cells) != len(columns) or "" in cells[:required]:
            cells = _filled(cells, columns, path, line, letter, required)
        yield Row(path, line, tuple(cells))
    if not header_seen:
        _check_header([], columns, path, 0, letter)


def _read(path: Path, letter: str) -> str:
    """Read the whole file, or say why that cannot be done."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise DataError(f"{letter}001", path, 0, f"the table cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise DataError(
            f"{letter}002", path, 0, f"byte {error.start} is not UTF-8", "Save the file in UTF-8."
        ) from error


def _check_header(cells: Sequence[str], columns: Sequence[str], path: Path, line: int, letter: str) -> None:
    """Hold the line of column names to what it must be."""
    if list(cells) != list(columns):
        raise DataError(
            f"{letter}003",
            path,
            line,
            "the first line that is no comment must name the columns",
            f"Write, with tabs between: {' '.join(columns)}.",
        )


def _filled(cells: list[str], columns: Sequence[str], path: Path, line: int, letter: str, required: int) -> list[str]:
    """Check one row's number of cells and fill it up to all columns."""
    missing = len(columns) - len(cells)
    if missing < 0:
        raise DataError(
            f"{letter}004", path, line, f"{len(cells)} cells for {len(columns)} columns", "Take a tab away."
        )
    filled = [*cells, *([""] * missing)]
    if "" in filled[:required]:
        name = columns[filled.index("")]
        raise DataError(f"{letter}005", path, line, f"the cell `{name}` is empty", "Fill it.")
    return filled
