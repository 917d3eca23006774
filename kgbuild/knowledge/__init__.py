"""What the program knows of news and of graphs, read from the files that people edit.

`ontology/` says what can be said, `ontology/frames` what words mean, `ontology/names` and `ontology/cues` which names
and words there are, `shapes/` what must hold. Each part is read when it is first asked for and kept, so that a command
that only checks a graph does not wait for the names of the world's cities. Every mistake in a file is a `DataError`
with code, file, line and remedy; the codes are listed in the modules that read the files, and here:

    K001 a class of frames/classes.yaml is no class of events of the ontology, or is missing from that file
    K002 a class stands under one heading in frames/classes.yaml and under another in the ontology
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kgbuild.errors import DataError
from kgbuild.paths import ontology_dir as shipped_ontology_dir
from kgbuild.paths import shapes_dir as shipped_shapes_dir

if TYPE_CHECKING:
    from kgbuild.knowledge.cues import Cues
    from kgbuild.knowledge.frames import Frames
    from kgbuild.knowledge.gazetteer import Gazetteer
    from kgbuild.knowledge.identity import Identity
    from kgbuild.knowledge.index import Index
    from kgbuild.knowledge.institutions import Institutions
    from kgbuild.knowledge.links import LinkReadings
    from kgbuild.knowledge.measures import Measures
    from kgbuild.knowledge.ontology import Ontology
    from kgbuild.knowledge.shapes import Shapes

__all__ = ["Knowledge", "check", "load"]


@dataclass(frozen=True)
class Knowledge:
    """Hold all that the program knows; each part is read from its files when it is first asked for.

    Two pieces of knowledge are equal when they come from the same folders and files. What goes to another process is
    their paths alone: it reads again what it needs.

    Attributes:
        ontology_dir: folder of the ontology, frames, names and cues.
        shapes_dir: folder of the shapes.
        same: files of things that the user says are one, besides names/same.tsv.
        different: files of things that the user says are two, besides names/different.tsv.
        index: a gazetteer that `kgbuild gazetteer build` compiled, or None.
    """

    ontology_dir: Path
    shapes_dir: Path
    same: tuple[Path, ...] = ()
    different: tuple[Path, ...] = ()
    index: Path | None = None

    def __reduce__(self) -> tuple[type["Knowledge"], tuple[object, ...]]:
        """Leave what has been read at home when this travels to another process."""
        return Knowledge, (self.ontology_dir, self.shapes_dir, self.same, self.different, self.index)

    @cached_property
    def ontology(self) -> "Ontology":
        """Classes and properties of the graph."""
        from kgbuild.knowledge.ontology import load_ontology

        return load_ontology(self.ontology_dir)

    @cached_property
    def shapes(self) -> "Shapes":
        """What must hold of a graph."""
        from kgbuild.knowledge.shapes import load_shapes

        return load_shapes(self.shapes_dir, self.ontology)

    @cached_property
    def frames(self) -> "Frames":
        """Which words name which events."""
        from kgbuild.knowledge.frames import load_frames

        return load_frames(self.ontology_dir / "frames")

    @cached_property
    def gazetteer(self) -> "Gazetteer":
        """Names of places, peoples and organisations."""
        from kgbuild.knowledge.gazetteer import load_gazetteer

        local = self.local
        return load_gazetteer(self.ontology_dir / "names", local.trusted() if local is not None else ())

    @cached_property
    def local(self) -> "Index | None":
        """The user's own gazetteer, if one was given."""
        if self.index is None:
            return None
        from kgbuild.knowledge.index import Index

        return Index(self.index)

    @cached_property
    def identity(self) -> "Identity":
        """What decides whether two names are one thing."""
        from kgbuild.knowledge.identity import load_identity

        return load_identity(self.ontology_dir / "names", self.same, self.different)

    @cached_property
    def cues(self) -> "Cues":
        """Words that attribute, hedge, deny, and words for what people are."""
        from kgbuild.knowledge.cues import load_cues

        return load_cues(self.ontology_dir / "cues")

    @cached_property
    def institutions(self) -> "Institutions":
        """Nouns that mean one thing a country, and nouns that point back."""
        from kgbuild.knowledge.institutions import load_institutions

        return load_institutions(self.ontology_dir / "cues")

    @cached_property
    def links(self) -> "LinkReadings":
        """What constructions between two mentions state."""
        from kgbuild.knowledge.links import load_links

        return load_links(self.ontology_dir / "frames")

    @cached_property
    def measures(self) -> "Measures":
        """Units, bounds of numbers, and the words of the calendar."""
        from kgbuild.knowledge.measures import load_measures

        return load_measures(self.ontology_dir / "cues")


def load(
    ontology: Path | None = None,
    shapes: Path | None = None,
    *,
    same: Sequence[Path] = (),
    different: Sequence[Path] = (),
    index: Path | None = None,
) -> Knowledge:
    """Give the knowledge of two folders; what is wrong with their files is raised when a part is first asked for.

    Args:
        ontology: folder of the ontology, frames, names and cues; None means the one that ships.
        shapes: folder of the shapes; None means the one that ships.
        same: files of things that are one, besides the ontology's own.
        different: files of things that are two, besides the ontology's own.
        index: a compiled gazetteer, used on top of the tables of names.
    """
    folders = ontology or shipped_ontology_dir(), shapes or shipped_shapes_dir()
    return Knowledge(*folders, tuple(same), tuple(different), index)


def check(ontology: Path | None = None, shapes: Path | None = None) -> tuple[DataError, ...]:
    """Read every data file and gather what is wrong with them, by family: ontology, shapes, frames, names, cues.

    Of the ontology and the shapes everything is said; of frames, names and cues the first mistake of each family.
    """
    from kgbuild.knowledge.ontology import check_ontology
    from kgbuild.knowledge.shapes import check_shapes

    known = load(ontology, shapes)
    terms, errors = check_ontology(known.ontology_dir)
    found = [*errors, *check_shapes(known.shapes_dir, terms)]
    frames = _first_mistake(lambda: known.frames)
    found += frames
    if terms is not None and not frames:
        found += _strangers(known, terms)
    found += _first_mistake(lambda: known.gazetteer)
    found += _first_mistake(lambda: known.identity)
    found += _first_mistake(lambda: known.cues)
    found += _first_mistake(lambda: known.institutions)
    found += _first_mistake(lambda: known.links)
    found += _first_mistake(lambda: known.measures)
    return tuple(found)


def _first_mistake(part: Callable[[], object]) -> list[DataError]:
    """Read a part and give what is wrong with it, if anything."""
    try:
        part()
    except DataError as error:
        return [error]
    return []


def _strangers(known: Knowledge, terms: "Ontology") -> Iterator[DataError]:
    """Find where the frames' table of classes and the ontology do not agree."""
    path = known.ontology_dir / "frames" / "classes.yaml"
    events = set(terms.event_classes)
    for name in sorted(events ^ known.frames.classes.keys()):
        where = "this file" if name in events else "the ontology"
        yield DataError("K001", path, 0, f"kg:{name} is no class of events in {where}", "Add it, or take it away.")
    for name in sorted(events & known.frames.classes.keys()):
        heading = known.frames.heading(name)
        if heading != terms.heading_of(name):
            message = f"kg:{name} stands under kg:{heading} here, under kg:{terms.heading_of(name)} in the ontology"
            yield DataError("K002", path, 0, message, "Let both say the same.")
