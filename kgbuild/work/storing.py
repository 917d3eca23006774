"""From what all articles say to the store: pieces of N-Quads go into the database one after the other.

Nothing of the graph is held here. What several articles say of one thing they share is in the pieces of each, and the
database keeps it once.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

import numpy as np

from kgbuild import __version__
from kgbuild.counts import Counts
from kgbuild.model import EntityType
from kgbuild.rdf import KG, TYPE, Kinds
from kgbuild.store import Marker, keep_pieces
from kgbuild.validate import Report, Violation
from kgbuild.work import keys
from kgbuild.work.building import Building
from kgbuild.work.changes import Change, find_change, write_kept
from kgbuild.work.packs import Place
from kgbuild.work.plans import SaidFacts

_PIECE_BYTES = 4_000_000
_TYPE = f"<{TYPE.value}>".encode()
_ENTITIES = frozenset(f"<{KG(kind.value).value}>".encode() for kind in EntityType)


def keep_graph(building: Building, store: Path) -> tuple[Marker, Counts, Report]:
    """Make what the articles of a build say the graph of a store.

    Returns:
        What the store holds now, how much there is of what, and what the shapes say about it.

    Raises:
        OutputError: another process writes there, or the disk is full; the old graph is untouched.
    """
    digest, numbers, kinds, graphs = [], Counter[str](), Kinds(building.settings.base), 0
    violations: list[Violation] = []
    shared = _Shared()
    hanging = False
    for _, key in building.said_articles():
        facts = building.catalog.facts("said", key)
        digest.append(key)
        kinds.add(facts["kinds"])
        numbers.update(facts["numbers"])
        hanging = hanging or facts["hanging"]
        graphs += 1
        shared.see(building.packs.load(_place(building, "shared", key)))
        if facts["violations"]:
            found = _load(building, key).violations
            violations += [one for one in found if isinstance(one, Violation)]
    whole = keys.of(*digest)
    change = None if hanging else find_change(building, store)
    pieces = _pieces(building, building.said_articles(), hanging) if change is None else _coming(building, change)
    marker = keep_pieces(
        pieces,
        store,
        digest=whole,
        triples=None if hanging else numbers["own_quads"] + shared.triples,
        instead=None if change is None else change.instead,
        kinds=kinds,
        graphs=graphs,
        base=building.settings.base,
        settings={"kgbuild": __version__, "model": building.settings.model, "articles": str(graphs)},
    )
    write_kept(building, whole, hanging=hanging)
    known = {name: number for name, number in numbers.items() if name in Counts.__dataclass_fields__}
    triples = numbers["own_triples"] + marker.triples - numbers["own_quads"]
    counts = Counts(**(known | {"entities": shared.entities, "triples": triples}))
    report = Report(tuple(sorted(violations, key=Violation.order)), building.knowledge)
    return marker, counts, report


class _Shared:
    """Count what articles share, each triple once, without asking the store, which would go through all of it."""

    def __init__(self) -> None:
        self._triples = array("Q")
        self._entities = array("Q")

    def see(self, lines: bytes) -> None:
        """Take note of the triples of the default graph that one article says."""
        for line in lines.splitlines():
            mark = int.from_bytes(blake2b(line, digest_size=8).digest())
            self._triples.append(mark)
            parts = line.split(b" ", 3)
            if parts[1] == _TYPE and parts[2] in _ENTITIES:
                self._entities.append(mark)

    @property
    def triples(self) -> int:
        """Count the triples."""
        return len(np.unique(np.asarray(self._triples)))

    @property
    def entities(self) -> int:
        """Count the entities that they describe."""
        return len(np.unique(np.asarray(self._entities)))


def _load(building: Building, key: str) -> SaidFacts:
    found: SaidFacts = building.packs.load(_place(building, "said", key))
    return found


def _place(building: Building, room: str, key: str) -> Place:
    place = building.catalog.place(room, key)
    assert place is not None  # noqa: S101 - it was made or found a moment ago
    return place


def _coming(building: Building, change: Change) -> Iterator[bytes]:
    """Give the triples that come to a graph."""
    yield from _pieces(building, iter(change.coming), hanging=False)


def _pieces(building: Building, articles: Iterable[tuple[str, str]], hanging: bool) -> Iterator[bytes]:
    """Give the triples of articles in pieces of some megabytes."""
    gathered: list[bytes] = []
    size = 0
    described: set[str] = set()
    waiting: dict[bytes, str] = {}
    for _, key in articles:
        said = _load(building, key)
        gathered.append(said.quads)
        size += len(said.quads)
        if hanging:
            described.update(said.described)
            waiting.update({quads: thing for thing, quads in said.hanging})
        if size >= _PIECE_BYTES:
            yield b"".join(gathered)
            gathered, size = [], 0
    yield b"".join([*gathered, *(quads for quads, thing in waiting.items() if thing in described)])
