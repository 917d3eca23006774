"""Open a source as a stream of text, packed or not, and tell by its first characters what it is.

Nothing is read as a whole: a dump of Wikidata is a hundred gigabytes.
"""

import bz2
import gzip
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, cast

from kgbuild.errors import DataError

_PEEK = 65536
_GEONAMES_COLUMNS = 19


class Format(StrEnum):
    """Name what a source can be."""

    TABLE = "table"
    GEONAMES = "geonames"
    WIKIDATA = "wikidata"
    SPARQL_JSON = "sparql-json"
    SPARQL_CSV = "sparql-csv"


@contextmanager
def open_text(path: Path) -> Iterator[IO[str]]:
    """Open a file that is plain, gzip, bzip2 or a zip with one `.txt` in it.

    Raises:
        DataError: G003, it cannot be read.
    """
    try:
        with path.open("rb") as raw:
            magic = raw.read(4)
        with _unpacked(path, magic) as packed, io.TextIOWrapper(packed, "utf-8", newline="") as stream:
            yield stream
    except UnicodeDecodeError as error:
        raise DataError("G003", path, 0, "the source is not UTF-8", "Give the file as it was downloaded.") from error
    except (OSError, EOFError, zipfile.BadZipFile) as error:
        raise DataError("G003", path, 0, f"the source cannot be read ({error})", "Check that it is whole.") from error


@contextmanager
def _unpacked(path: Path, magic: bytes) -> Iterator[IO[bytes]]:
    if magic.startswith(b"\x1f\x8b"):
        with gzip.open(path, "rb") as stream:
            yield cast("IO[bytes]", stream)
    elif magic.startswith(b"BZh"):
        with bz2.open(path, "rb") as stream:
            yield stream
    elif magic.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(path) as archive:
            members = [name for name in archive.namelist() if name.endswith(".txt") and "readme" not in name.lower()]
            if len(members) != 1:
                raise DataError("G003", path, 0, f"the archive holds {len(members)} texts, not one", "Unpack it.")
            with archive.open(members[0]) as stream:
                yield stream
    else:
        with path.open("rb") as stream:
            yield stream


def format_of(path: Path) -> Format:
    """Tell what a source is by its beginning.

    Raises:
        DataError: G003, it cannot be read; G004, it is none of the known kinds.
    """
    with open_text(path) as stream:
        beginning = stream.read(_PEEK)
    first = next((line for line in beginning.splitlines() if line.strip() and not line.startswith("#")), "")
    if first.startswith("{") and '"head"' in beginning:
        return Format.SPARQL_JSON
    if first.startswith(("[", "{")):
        return Format.WIKIDATA
    cells = first.split("\t")
    if len(cells) == _GEONAMES_COLUMNS and cells[0].isdecimal():
        return Format.GEONAMES
    if cells[0] == "name":
        return Format.TABLE
    if first.lstrip("\ufeff").split(",")[0].strip('"') == "item":
        return Format.SPARQL_CSV
    raise DataError(
        "G004",
        path,
        0,
        "this is no source that is known",
        "Give a table whose first column is `name`, a GeoNames dump, a Wikidata dump, or a query result with ?item.",
    )
