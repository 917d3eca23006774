"""What has changed since a store was made: which articles go, which come, and what they share with those that stay.

The work folder lists which article said what when its graph was last kept. Held against what they say now, both lists
being sorted, that gives the articles that go, come or say something else. Their own named graphs can simply go. A
triple of the default graph goes only if no article says it any more, so what all articles share is gone through once;
that is little, and far less than to make the whole store again.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kgbuild.errors import KgbuildError
from kgbuild.store import Instead, data_name, read_marker
from kgbuild.work.building import Building
from kgbuild.work.packs import WRITING

_KEPT = "kept.tsv"
_MOST = 4
"""When more than one article in so many has changed, the store is made anew."""


@dataclass(frozen=True, slots=True)
class Change:
    """Hold what goes from a graph and what comes to it, as (id, digest of what it says)."""

    instead: Instead
    coming: tuple[tuple[str, str], ...]


def write_kept(building: Building, digest: str, *, hanging: bool) -> None:
    """Write down what the graph with this digest was made of.

    A graph with triples that stand only for what several articles say together (*hanging*) is always made anew.
    """
    path = building.folder.root / _KEPT
    if hanging:
        path.unlink(missing_ok=True)
        return
    temporary = path.with_name(f"{WRITING}{_KEPT}")
    with temporary.open("w", encoding="utf-8") as stream:
        stream.write(f"{digest}\n")
        stream.writelines(f"{id_}\t{key}\n" for id_, key in building.said_articles())
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)


def find_change(building: Building, store: Path) -> Change | None:
    """Tell how the graph of a build differs from the one that the store holds.

    Returns:
        None when it has to be made anew: nobody knows what the store holds, or too much has changed.
    """
    path = building.folder.root / _KEPT
    try:
        with path.open(encoding="utf-8") as stream:
            digest = stream.readline().strip()
            if read_marker(store).data != data_name(digest):
                return None
            kept = (tuple(line.rstrip("\n").split("\t")) for line in stream)
            going, coming = _compared(((row[0], row[1]) for row in kept if len(row) == 2), building.said_articles())
    except (OSError, KgbuildError):
        return None
    if _MOST * max(len(going), len(coming)) > len(building.said):
        return None
    base = building.settings.base
    shared = _lines(building, [key for _, key in going])
    if shared is None:
        return None  # what some article said then is gone
    for _, key in building.said_articles():
        if not shared:
            break
        shared -= _lines(building, [key]) or set()
    quads = b"".join(line + b"\n" for line in sorted(shared))
    return Change(Instead(digest, [base + id_ for id_, _ in going], quads), tuple(coming))


def _compared(
    before: Iterator[tuple[str, str]], now: Iterator[tuple[str, str]]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Walk two sorted lists side by side; give what is only in the first, and what is only in the second."""
    going: list[tuple[str, str]] = []
    coming: list[tuple[str, str]] = []
    old, new = next(before, None), next(now, None)
    while old is not None or new is not None:
        if old == new:
            old, new = next(before, None), next(now, None)
        elif new is None or (old is not None and old < new):
            assert old is not None  # noqa: S101 - one of them is there
            going.append(old)
            old = next(before, None)
        else:
            coming.append(new)
            new = next(now, None)
    return going, coming


def _lines(building: Building, keys: list[str]) -> set[bytes] | None:
    """Gather the triples of the default graph that some articles say; None when one of them is not known any more."""
    found: set[bytes] = set()
    for key in keys:
        place = building.catalog.place("shared", key)
        if place is None:
            return None
        said: bytes = building.packs.load(place)
        found.update(line for line in said.split(b"\n") if line)
    return found
