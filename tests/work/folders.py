"""Small collections for work folders, and what is done with them in tests."""

import json
import os
from io import BytesIO
from itertools import count
from pathlib import Path

from kgbuild import pipeline
from kgbuild.export import export, export_store
from kgbuild.rdf import DEFAULT_BASE
from kgbuild.work import Here, Wishes, settings_for
from kgbuild.work import build as build_in_folder
from tests.stand_in import KNOWLEDGE

FORMS = ("trig", "nquads", "turtle")
WIRE = (
    "Ferries between the islands stayed in port for a third day after a storm tore the breakwater at Senholm apart. "
    "Crews have begun to bring sand and rock to the gap, which is forty metres wide, before the spring tide comes. "
    "Anna Berg leads the harbour office and wants the first ferry to sail again at the end of the week. "
    "Shops on the outer islands ask people to buy no more bread than they need until then."
)
OWN = (
    "Our reporter found the quay of the main island empty when she came there on Monday, and the market half closed. "
    "A baker said that she would close at noon, since flour comes by ship and the last sack was open. "
    "Two boys had built a raft of barrels, which the police took away before it could be tried."
)
SENTENCES = (
    "Anna Berg spoke with Jón Arnarson about the harbour today and went home after it.",
    "The minister Anna Berg went home early on that long day because of the weather.",
    "Jón Arnarson told the council that a new bridge would be built over the river in spring.",
    "The talks between the fishing towns will go on in the old town hall, said Anna Lind.",
    "Nobody had asked Jón Berg for his opinion on the lighthouse before the paper was printed.",
)
_clock = count(1)


def write(path: Path, content: str | bytes) -> Path:
    """Write a file, later than every other one that was written: a clock that is too coarse shall not show."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    moment = 1_700_000_000_000_000_000 + next(_clock) * 1_000_000
    os.utime(path, ns=(moment, moment))
    return path


def mixed(folder: Path) -> Path:
    """Make a collection of all kinds: repeats, a story told twice, several records in a file, a page, faults."""
    write(folder / "a.txt", f"{SENTENCES[0]}\n\n{SENTENCES[3]}\n")
    write(folder / "b.txt", f"{SENTENCES[1]}\n")
    write(folder / "copy-of-a.txt", f"{SENTENCES[0]}\n\n{SENTENCES[3]}\n")
    write(folder / "mon" / "same.txt", f"{SENTENCES[2]}\n")
    write(folder / "tue" / "same.txt", f"{SENTENCES[2]}\n")
    write(folder / "wire" / "first.txt", f"Storm keeps ferries in port\n\n{WIRE}\n")
    rewritten = f"{OWN} {WIRE.partition(' Anna Berg')[0]} {OWN[::-1]}"
    write(folder / "wire" / "second.txt", f"Islands wait for ferries\n\n{rewritten}\n")
    rows = [{"text": f"{text} It is row {n}.", "title": f"Row {n}"} for n, text in enumerate(SENTENCES)]
    lines = [*map(json.dumps, rows), json.dumps(rows[1]), "{broken"]
    write(folder / "rows.jsonl", "\n".join(lines) + "\n")
    page = (
        f"<html><head><title>A page</title></head><body><article><h1>A page</h1><p>{SENTENCES[4]}</p></article></body>"
    )
    write(folder / "page.html", page + "</html>\n")
    write(folder / "latin.txt", b"caf\xe9 is no UTF-8 at all, is it")
    write(folder / "sources.toml", '["a.txt"]\npublished = 2025-06-03\n\n["wire"]\n')
    write(folder / "mon" / "sources.toml", '["same.txt"]\npublished = tomorrow\n')
    return folder


def settings(**given):
    return settings_for(**{"knowledge": KNOWLEDGE, **given})


def wishes(engine=None, **given) -> Wishes:
    return Wishes(engine or Here(), **given)


def build(paths, work: Path, store: Path | None = None, *, given=None, **how):
    """Build in a work folder."""
    return build_in_folder([*paths], work, given or settings(), wishes(**how), store)


def exported(store: Path, form: str = "trig") -> bytes:
    """Write down what a store holds."""
    stream = BytesIO()
    export_store(store, form, stream)
    return stream.getvalue()


def in_memory(paths, **how):
    """Build the same with everything in memory."""
    return pipeline.build([*paths], **{"knowledge": KNOWLEDGE, "base": DEFAULT_BASE, **how})


def from_nothing(paths, form: str = "trig", **how) -> bytes:
    return export(in_memory(paths, **how).graph, form)


def packs(work: Path) -> dict[str, tuple[int, int]]:
    """Tell which packs there are; one that was made anew has another inode or time."""
    found = {}
    for path in sorted(work.glob("*/*.pack")):
        status = path.stat()
        found[f"{path.parent.name}/{path.name}"] = (status.st_ino, status.st_mtime_ns)
    return found


def finished(work):
    """Tell which packs have their manifests; no build may make one of these again."""
    return {name: made for name, made in packs(work).items() if (work / name).with_suffix(".json").exists()}


def records(work: Path) -> list[str]:
    """Tell which records there are, by what they are."""
    found = []
    for path in work.glob("*/*.json"):
        found += [record["room"] for record in json.loads(path.read_text(encoding="utf-8"))["records"]]
    return sorted(found)
