"""Reads `sources.csv`, which tells of the files of its folder what `sources.toml` does, for collections of many.

    file,published,publisher,title,url
    a.html,2025-06-03,Example Press,Talks end,https://example.org/a

The first column must be `file`; the others may be any of `published`, `publisher`, `title`, `creator`, `url`,
and columns of other names are passed over. What is wrong with a row costs that row alone.

Codes:
    T001 the file cannot be read, is not UTF-8, or has a row that is no CSV
    T002 the first line does not name a column `file`
    T003 a date is not written as 2025-06-03
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kgbuild.errors import DataError
from kgbuild.read.markup import day_of
from kgbuild.read.originals import Told

NAME = "sources.csv"
_SOURCE = "the table beside it"
_COLUMNS = ("publisher", "title", "creator", "url")


@dataclass(frozen=True, slots=True)
class Table:
    """Hold a folder's `sources.csv`: what is good of it, and what is wrong with it."""

    by_name: Mapping[str, Told] = field(default_factory=dict)
    errors: tuple[DataError, ...] = ()


def load_table(folder: Path) -> Table:
    """Read the `sources.csv` of *folder*; a folder without one says nothing, which is no error."""
    path = folder / NAME
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Table()
    except (UnicodeDecodeError, OSError) as error:
        return Table(errors=(DataError("T001", path, 0, f"cannot be read ({error})", "Save it as UTF-8."),))
    rows = csv.DictReader(text.splitlines(keepends=True))
    by_name: dict[str, Told] = {}
    errors: list[DataError] = []
    try:
        if "file" not in (rows.fieldnames or ()):
            return Table(errors=(DataError("T002", path, 1, "no column is called `file`", "Name the columns."),))
        for row in rows:
            written = (row.get("published") or "").strip()
            day = day_of(written)
            if written and not day:
                remedy = "Write it like 2025-06-03."
                errors.append(DataError("T003", path, rows.line_num, f"`{written}` is no date", remedy))
                continue
            values = {name: (row.get(name) or "").strip() or None for name in _COLUMNS}
            by_name[(row.get("file") or "").strip()] = Told(_SOURCE, published=day, **values)
    except csv.Error as error:
        errors.append(DataError("T001", path, rows.line_num, f"is no CSV ({error})", "Mend this line."))
    return Table(by_name, tuple(errors))
