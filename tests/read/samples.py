"""What tests put into files of many articles, and how to make such files."""

import io
import json
import tarfile
import zipfile

from kgbuild.read import Reading
from tests.read.pages import ARTICLE

TALKS = ARTICLE
FERRY = "Ferries are back\nFerries sailed again on Tuesday.\nAll berths of the port were open by noon.\n"
BRIDGE = "New bridge opens\nThe minister cut the ribbon in the rain.\nIt opened two years late.\n"
ROW = {"title": "Talks end", "text": TALKS, "published": "2025-06-02T10:00:00Z", "source": {"name": "Example Press"}}


def zipped(**members: str | bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w:gz") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def names(reading: Reading) -> list[str]:
    return [one.source_file for one in reading.documents]


def only_failure(reading: Reading) -> str:
    (failure,) = reading.failures
    assert "\n" not in str(failure)
    return str(failure)


def rows(*values: object) -> str:
    return "".join((value if isinstance(value, str) else json.dumps(value)) + "\n" for value in values)
