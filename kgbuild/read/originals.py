"""What readers of all formats hand on: the bytes of one article or page, and what is told about it beside its text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kgbuild.read.blocks import Block

INNER = "!"
"""Stands between a collection and what lies in it, as in `crawl.zip!page.html`; file names rarely have it."""

TRUST = (
    "sources.toml",
    "the table beside it",
    "the record's own fields",
    "front matter",
    "JSON-LD",
    "OpenGraph",
    "meta elements",
    "a time element",
    "the page's own lines",
    "the address",
    "the headers of its mail or crawl",
)
"""Who may say what an article is and when it was published, the most trusted first."""


@dataclass(frozen=True, slots=True)
class Told:
    """Hold what one source says of an article; None where it says nothing.

    Attributes:
        source: one of `TRUST`.
    """

    source: str
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    creator: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Original:
    """Hold the bytes of one page before anything is read.

    Attributes:
        name: what `Document.source_file` is to be: the file's base name, or `collection!member`.
        path: how it is called to a person, folders included.
        format: `text`, `markdown`, `html` or `pdf`.
        data: its bytes as they stand in the file or collection.
        plain_file: whether a user can open these very bytes, so that offsets may count in them.
        charset: the encoding that a header names.
        told: what is said of it beside its text.
        record: the bytes of the record that `data` was taken out of, where it is not `data` itself.
    """

    name: str
    path: Path
    format: str
    data: bytes
    plain_file: bool = False
    charset: str = ""
    told: tuple[Told, ...] = ()
    record: bytes = b""


@dataclass(frozen=True, slots=True)
class Layout:
    """Hold a page as text with its blocks, whatever format it came in.

    Attributes:
        text: what offsets count in.
        blocks: its paragraphs and lines, in order.
        told: what the page says of itself.
        posts: what is told of the parts of a page that are articles of their own, by their `Block.part`.
        complaints: what a user should know of how it was read.
    """

    text: str
    blocks: tuple[Block, ...]
    told: tuple[Told, ...] = ()
    posts: Mapping[str, Told] = field(default_factory=dict)
    complaints: tuple[str, ...] = ()
