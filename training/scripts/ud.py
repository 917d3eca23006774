"""Read CoNLL-U into examples, a paragraph each, with the layers of Universal Dependencies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus import Example

UD_LAYERS = ("sent", "upos", "xpos", "feats", "lemma", "head", "dep")


@dataclass(slots=True)
class Sentence:
    """A CoNLL-U sentence: its comments and its word rows (ten columns; ranges and empty nodes resolved away)."""

    comments: dict[str, str] = field(default_factory=dict)
    rows: list[list[str]] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    starts_paragraph: bool = False
    starts_document: bool = False


def sentences(path: Path) -> Iterator[Sentence]:
    """Read the sentences of a CoNLL-U file in order."""
    sentence = Sentence()
    until = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            if sentence.rows:
                yield sentence
            sentence, until = Sentence(), 0
        elif line.startswith("#"):
            _comment(sentence, line)
        else:
            row = line.split("\t")
            until = _row(sentence, row, until)
    if sentence.rows:
        yield sentence


def _comment(sentence: Sentence, line: str) -> None:
    """Take in one comment line."""
    key, _, value = line[1:].strip().partition(" = ")
    sentence.comments[key.strip()] = value
    sentence.starts_document |= key.startswith("newdoc")
    sentence.starts_paragraph |= key.startswith(("newdoc", "newpar"))


def _row(sentence: Sentence, row: list[str], until: int) -> int:
    """Take in one row; returns the last id of the multiword token that is open."""
    spaced = "SpaceAfter=No" not in row[9]
    if "-" in row[0]:
        sentence.comments.setdefault("_mwt_space", "")
        sentence.comments["_mwt_space"] = "1" if spaced else "0"
        return int(row[0].split("-")[1])
    if "." in row[0]:
        return until
    number = int(row[0])
    if number < until:
        spaced = False
    elif number == until:
        spaced = sentence.comments.pop("_mwt_space") == "1"
        until = 0
    sentence.rows.append(row)
    sentence.spaces.append(spaced)
    return until


def to_example(group: list[Sentence], corpus: str, doc: str) -> Example:
    """Put sentences of one paragraph into one example with all UD layers."""
    example = Example(corpus, doc, [], [], {name: [] for name in UD_LAYERS})
    for sentence in group:
        shift = len(example.words)
        for n, row in enumerate(sentence.rows):
            example.words.append(row[1])
            head = int(row[6])
            for name, value in (
                ("sent", "1" if n == 0 else "0"),
                ("upos", row[3]),
                ("xpos", row[4]),
                ("feats", row[5]),
                ("lemma", row[2]),
                ("head", head - 1 + shift if head else -1),
                ("dep", row[7]),
            ):
                example.layers[name].append(value)
        example.spaces.extend(sentence.spaces)
        example.spaces[-1] = True
    return example


def paragraphs(path: Path, split_long: int = 400) -> Iterator[tuple[str, list[Sentence]]]:
    """Group a file's sentences into paragraphs; yields (document, sentences)."""
    doc, group, size = path.name, list[Sentence](), 0
    for sentence in sentences(path):
        doc_next = sentence.comments.get("newdoc id", path.name) if sentence.starts_document else doc
        if group and (sentence.starts_paragraph or size > split_long):
            yield doc, group
            group, size = [], 0
        doc = doc_next
        group.append(sentence)
        size += len(sentence.rows)
    if group:
        yield doc, group


def files_of(folder: Path, part: str) -> list[Path]:
    """List the source files of a part (train, dev, test), in the order of its file list; absent ones are left out."""
    names = (folder / "file-lists" / f"files.{part}").read_text(encoding="utf-8").split()
    paths = [folder / "sources" / (n if n.endswith(".conllu") else n + ".conllu") for n in names]
    return [p for p in paths if p.exists()]


def gum_mentions(rows: list[list[str]]) -> list[tuple[int, int, str, str, str]]:
    """Read GUM's entity brackets of one sentence.

    Returns:
        (begin, end, type, head words by number in the mention, Wikipedia title or "") of each closed mention.
    """
    opened: dict[str, list[tuple[int, list[str]]]] = {}
    found = []
    for n, row in enumerate(rows):
        match = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
        if not match:
            continue
        for piece in re.findall(r"\([^()]*\)?|[^()]+\)", match.group(1)):
            if piece.startswith("("):
                parts = piece.strip("()").split("-", 6)
                opened.setdefault(parts[0], []).append((n, parts))
                if piece.endswith(")"):
                    begin, parts = opened[parts[0]].pop()
                    found.append((begin, n + 1, parts[1], parts[5] if len(parts) > 5 else "", _identity(parts)))
            else:
                key = piece[:-1]
                if opened.get(key):
                    begin, parts = opened[key].pop()
                    found.append((begin, n + 1, parts[1], parts[5] if len(parts) > 5 else "", _identity(parts)))
    return found


def _identity(parts: list[str]) -> str:
    """Take the Wikipedia title out of a mention's parts (the link type before it)."""
    last = parts[6] if len(parts) > 6 else ""
    return last.split("-", 1)[1] if "-" in last else ""
