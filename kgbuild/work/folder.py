"""The layout of a work folder, which command may write there, and what it was made with.

    DIR/work.json            what it was made with: layout, model, base, folders of data; digests of all of it
    DIR/inputs.json          the files that the graph is made of
    DIR/lock                 locked by the build that works there
    DIR/catalog.sqlite       which record lies where; made anew from the manifests when it is gone
    DIR/read/NAME.pack       pages of files                 } each with NAME.json, its manifest;
    DIR/extract/NAME.pack    what was found in articles     } NAME.plan and NAME.at while it is made
    DIR/say/NAME.pack        what articles say, as triples  }

NAME is a digest of what the shard is made of. Nothing that has its name is ever changed.
"""

import contextlib
import fcntl
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kgbuild.errors import KgbuildError, OutputError
from kgbuild.knowledge import Knowledge
from kgbuild.read import SCRATCH, Options
from kgbuild.records import decode, encode
from kgbuild.work.inputs import Files, Input, Inputs
from kgbuild.work.packs import AT, LAYOUT, MANIFEST, PACK, PLAN, WRITING, write_json, write_whole
from kgbuild.work.plans import Item

STAGES = ("read", "extract", "say")
_KIND = "kgbuild work folder"
_SETTINGS, _INPUTS, _LOCK = "work.json", "inputs.json", "lock"
_FIXED = ("model", "base", "fields")


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold what a work folder is made with; workers know nothing else.

    Attributes:
        model: name or path of the language model.
        base: the IRI under which things are minted.
        ontology, shapes: folders of the data files; "" for those that ship.
        same, different: files of rulings.
        index: a compiled gazetteer, or "".
        fields: names of fields in JSON lines.
        digests: of code, data and model, by what they stand for.
    """

    model: str
    base: str
    ontology: str = ""
    shapes: str = ""
    same: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    index: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)

    @property
    def knowledge(self) -> Knowledge:
        """Give the data files."""
        from kgbuild.knowledge import load

        return load(
            Path(self.ontology) if self.ontology else None,
            Path(self.shapes) if self.shapes else None,
            same=[Path(one) for one in self.same],
            different=[Path(one) for one in self.different],
            index=Path(self.index) if self.index else None,
        )

    @property
    def options(self) -> Options:
        """Give how collections are read."""
        return Options(dict(self.fields))


class WorkFolder:
    """Know where everything lies."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def prepare(self, settings: Settings) -> None:
        """Make the folder, or make sure that it was made with the same model, base and fields; sweep up.

        Raises:
            KgbuildError: it is of another version or was made with something else.
            OutputError: it cannot be made, or holds other things.
        """
        found = self.settings(missing=True)
        if found is not None:
            for name in _FIXED:
                was, wanted = getattr(found, name), getattr(settings, name)
                if was != wanted:
                    raise KgbuildError(
                        f"{self.root}: made with {name} {_shown(was)}, not {_shown(wanted)}",
                        "Name another work folder, or build as before.",
                    )
        self._sweep()
        # its marker first: a folder that holds anything but no marker is taken for somebody else's
        write_json(self.root / _SETTINGS, {"kind": _KIND, "layout": LAYOUT, **asdict(settings)})
        try:
            for stage in STAGES:
                (self.root / stage).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{self.root}: cannot be made ({error.strerror or error})") from error

    def _sweep(self) -> None:
        """Remove what was half done when a build was broken off."""
        for left in [*self.root.glob(f"*/{WRITING}*"), *self.root.glob(f"{WRITING}*")]:
            left.unlink(missing_ok=True)
        for suffix in (AT, PLAN):
            for left in self.root.glob(f"*/*{suffix}"):
                left.unlink(missing_ok=True)
        for scratch in self.root.glob(f"{SCRATCH}*"):
            shutil.rmtree(scratch, ignore_errors=True)
        for pack in self.root.glob(f"*/*{PACK}"):
            if not pack.with_suffix(MANIFEST).exists():
                pack.unlink(missing_ok=True)

    def check_place(self) -> None:
        """Make sure before any work that the folder is, or can be made, a work folder.

        Raises:
            OutputError: it is a file, or somebody else's folder.
        """
        if self.root.exists() and not self.root.is_dir():
            raise OutputError(f"{self.root}: is a file", "A work folder is a folder.")
        ours = (_LOCK, WRITING)  # what is there before the marker is
        strange = self.root.is_dir() and any(not one.name.startswith(ours) for one in self.root.iterdir())
        if strange and not self.is_one:
            raise OutputError(f"{self.root}: holds other things than a work folder", "Name an empty or new folder.")

    @property
    def is_one(self) -> bool:
        """Tell whether the folder says of itself that it is a work folder."""
        return (self.root / _SETTINGS).is_file()

    def settings(self, *, missing: bool = False) -> Settings | None:
        """Read what the folder was made with.

        Args:
            missing: whether it may be none yet; None is given then.

        Raises:
            KgbuildError: it is no work folder, or one of another version.
        """
        found = self._json(_SETTINGS)
        if found is None:
            if missing:
                return None
            raise KgbuildError(f"{self.root}: not a work folder", "Build with --work or --store first.")
        if found.pop("kind", None) != _KIND:
            raise KgbuildError(f"{self.root / _SETTINGS}: not the marker of a work folder")
        layout = found.pop("layout", None)
        if layout != LAYOUT:
            raise KgbuildError(
                f"{self.root}: a work folder of version {layout}; this kgbuild works with version {LAYOUT}",
                "Remove it and build again.",
            )
        try:
            told: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in found.items()}
            return Settings(**told)
        except TypeError as error:
            raise KgbuildError(f"{self.root / _SETTINGS}: damaged ({error})", "Remove the folder.") from error

    def _json(self, name: str) -> dict[str, Any] | None:
        path = self.root / name
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise KgbuildError(f"{path}: cannot be read ({error})", "Remove the folder and build again.") from error
        if not isinstance(found, dict):
            raise KgbuildError(f"{path}: damaged", "Remove the folder and build again.")
        return found

    def inputs(self) -> Inputs:
        """Read which files the graph is made of.

        Raises:
            KgbuildError: no build came to an end there, or what it wrote down is damaged.
        """
        path = self.root / _INPUTS
        found = self._json(_INPUTS)
        if found is None:
            raise KgbuildError(f"{self.root}: no build came to an end there", "Build it first.")
        try:
            files = Files(Input(*row) for row in found["files"])
            return Inputs(tuple(found["roots"]), tuple(found["removed"]), files, str(found.get("store", "")))
        except (KeyError, TypeError, AttributeError) as error:
            raise KgbuildError(f"{path}: damaged", "Build the same files again.") from error

    def set_inputs(self, inputs: Inputs) -> None:
        """Write down which files the graph is made of."""
        rows = [[one.path, one.real, one.stamp, one.key] for one in inputs.files]
        told = {"roots": inputs.roots, "removed": inputs.removed, "store": inputs.store, "files": rows}
        write_json(self.root / _INPUTS, told)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other builds out; the system lets them in when this process ends, however it ends.

        Raises:
            OutputError: another build is at work there.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            lock = (self.root / _LOCK).open("a")
        except OSError as error:
            raise OutputError(f"{self.root}: cannot be written ({error.strerror or error})") from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise OutputError(f"{self.root}: another build is at work there", "Wait for it to end.") from error
            yield

    @cached_property
    def busy(self) -> bool:
        """Tell whether a build is at work there."""
        with contextlib.suppress(OSError), (self.root / _LOCK).open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def stem(self, stage: str, name: str) -> Path:
        """Give the path of a shard's files without their suffixes."""
        return self.root / stage / name

    def set_plan(self, stage: str, name: str, items: Sequence[Item]) -> None:
        """Write down what a shard is made of."""
        write_whole(self.stem(stage, name).with_suffix(PLAN), encode(tuple(items)))

    def plan(self, stage: str, name: str) -> tuple[Item, ...]:
        """Read what a shard is made of."""
        path = self.stem(stage, name).with_suffix(PLAN)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise KgbuildError(f"{path}: cannot be read ({error.strerror or error})") from error
        found: tuple[Item, ...] = decode(data, str(path))
        return found

    def at(self, stage: str, name: str) -> str:
        """Tell on which item of a shard its worker was last; "" for none."""
        try:
            return self.stem(stage, name).with_suffix(AT).read_text(encoding="utf-8")
        except OSError:
            return ""

    def tidy(self, stage: str, name: str) -> None:
        """Remove what a finished shard needs no more."""
        for suffix in (PLAN, AT):
            self.stem(stage, name).with_suffix(suffix).unlink(missing_ok=True)

    def drop(self, stage: str, name: str) -> None:
        """Remove a shard, its manifest first, so that it never looks whole when it is not."""
        for suffix in (MANIFEST, PACK):
            self.stem(stage, name).with_suffix(suffix).unlink(missing_ok=True)


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{ours}={theirs}" for ours, theirs in sorted(value.items())) or "none"
    return str(value)
