"""From what all articles say to the store: pieces of N-Quads go into the database one after the other.

Nothing of the graph is held here. What several articles say of one thing they share is in the pieces of each, and the
database keeps it once.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kgbuild import __version__
from kgbuild.counts import Counts
from kgbuild.memory import give_back
from kgbuild.model import EntityType
from kgbuild.rdf import KG, TYPE, Kinds
from kgbuild.records import Joined, Place
from kgbuild.store import Marker, Piece, keep_pieces
from kgbuild.validate import Report, Violation
from kgbuild.work import keys
from kgbuild.work.building import Building
from kgbuild.work.changes import Change, find_change, write_kept
from kgbuild.work.marks import Marks
from kgbuild.work.plans import SaidFacts

_PIECE_BYTES = 8_000_000
_TYPE = f"<{TYPE.value}>".encode()
_ENTITIES = frozenset(f"<{KG(kind.value).value}>".encode() for kind in EntityType)


def keep_graph(building: Building, store: Path) -> tuple[Marker, Counts, Report]:
    """Make what the articles of a build say the graph of a store.

    Returns:
        What the store holds now, how much there is of what, and what the shapes say about it.

    Raises:
        OutputError: another process writes there, or the disk is full; the old graph is untouched.
    """
    whole = keys.of_many(key for _, key in building.said_articles())
    sums = _added_up(building)
    give_back()
    change = None if sums.hanging else find_change(building, store)
    pieces = _pieces(building, building.said_articles(), sums.hanging) if change is None else _coming(building, change)
    kept = keep_pieces(
        pieces,
        store,
        digest=whole,
        triples=None if sums.hanging else sums.numbers["own_quads"] + sums.triples,
        instead=None if change is None else change.instead,
        kinds=sums.kinds,
        graphs=sums.graphs,
        base=building.settings.base,
        settings={"kgbuild": __version__, "model": building.settings.model, "articles": str(sums.graphs)},
    )
    marker = kept.marker
    building.made.peaks["store"] = kept.peak_bytes
    write_kept(building, whole, hanging=sums.hanging)
    known = {name: number for name, number in sums.numbers.items() if name in Counts.__dataclass_fields__}
    triples = sums.numbers["own_triples"] + marker.triples - sums.numbers["own_quads"]
    counts = Counts(**(known | {"entities": sums.entities, "triples": triples}))
    report = Report(tuple(sorted(sums.violations, key=Violation.order)), building.knowledge)
    return marker, counts, report


@dataclass(slots=True)
class _Sums:
    """Add up what all articles say.

    Attributes:
        kinds: the kinds of things that they name.
        numbers: how much of what, what they share counted for each.
        violations: what the shapes say.
        graphs: how many articles there are.
        hanging: whether one has triples that stand only if another article says so.
        triples: how many triples of the default graph there are.
        entities: how many entities these describe.
    """

    kinds: Kinds
    numbers: Counter[str] = field(default_factory=Counter)
    violations: list[Violation] = field(default_factory=list)
    graphs: int = 0
    hanging: bool = False
    triples: int = 0
    entities: int = 0


def _added_up(building: Building) -> _Sums:
    """Go through all articles once, and hold nothing of them but sums."""
    sums = _Sums(Kinds(building.settings.base))
    shared = _Shared()
    for _, key in building.said_articles():
        facts = building.catalog.facts("said", key)
        sums.kinds.add(facts["kinds"])
        sums.numbers.update(facts["numbers"])
        sums.hanging = sums.hanging or facts["hanging"]
        sums.graphs += 1
        shared.see(building.packs.load(_place(building, "shared", key)))
        if facts["violations"]:
            found = _load(building, key).violations
            sums.violations += [one for one in found if isinstance(one, Violation)]
    sums.triples, sums.entities = len(shared.triples), len(shared.entities)
    return sums


class _Shared:
    """Count what articles share, each triple once, without asking the store, which would go through all of it."""

    def __init__(self) -> None:
        self.triples = Marks()
        self.entities = Marks()

    def see(self, lines: bytes) -> None:
        """Take note of the triples of the default graph that one article says."""
        for line in lines.splitlines():
            self.triples.add(line)
            parts = line.split(b" ", 3)
            if parts[1] == _TYPE and parts[2] in _ENTITIES:
                self.entities.add(line)


def _load(building: Building, key: str) -> SaidFacts:
    found: SaidFacts = building.packs.load(_place(building, "said", key))
    return found


def _place(building: Building, room: str, key: str) -> Place:
    place = building.catalog.place(room, key)
    assert place is not None  # noqa: S101 - it was made or found a moment ago
    return place


def _coming(building: Building, change: Change) -> Iterator[Piece]:
    """Give the triples that come to a graph."""
    yield from _pieces(building, iter(change.coming), hanging=False)


def _pieces(building: Building, articles: Iterable[tuple[str, str]], hanging: bool) -> Iterator[Piece]:
    """Give the triples of articles in pieces of some megabytes, each to be read where it is needed."""
    root = building.folder.root
    places: list[Place] = []
    size = 0
    described: set[str] = set()
    waiting: dict[bytes, str] = {}
    for _, key in articles:
        places.append(_place(building, "quads", key))
        size += building.catalog.facts("said", key)["bytes"]
        if hanging:
            said = _load(building, key)
            described.update(said.described)
            waiting.update({quads: thing for thing, quads in said.hanging})
        if size >= _PIECE_BYTES:
            yield Joined(root, tuple(places))
            places, size = [], 0
    yield Joined(root, tuple(places), b"".join(quads for quads, thing in waiting.items() if thing in described))
