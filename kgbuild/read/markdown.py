"""Cuts Markdown into blocks and says which characters are only its signs.

markdown-it-py tells where the blocks lie, by line. Inside a block it gives the words but not their places, so they are
looked for in the source, one stretch after the other; whatever lies between two of them (stars, brackets, addresses of
links, the `>` of a quotation that goes on) is markup. Code, HTML, tables and front matter are not read as prose.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kgbuild.model import Where
from kgbuild.read.blocks import WRAP_LIMIT_CHARACTERS, Block, ink

_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_FRONT_LIMIT_LINES = 200
_ENTITY = re.compile(r"&(?:#\w{1,8}|\w{2,31});")
_NOT_PROSE = {"fence": "code", "code_block": "code", "html_block": "html", "hr": "rule-line"}


@dataclass(frozen=True, slots=True)
class MarkdownPage:
    """Hold a Markdown file's blocks, what its front matter says, and a complaint if that is broken."""

    blocks: list[Block]
    front: Mapping[str, Any] = field(default_factory=dict)
    complaint: str = ""


def markdown_blocks(text: str) -> MarkdownPage:
    """Cut the *text* of a Markdown file into blocks, in order."""
    starts = _line_starts(text)
    lines = [text[begin:end] for begin, end in pairwise(starts)]
    front_lines, front, complaint = _front_matter(lines)
    blocks: list[Block] = []
    if front_lines:
        where = ink(text, Where(0, starts[front_lines]))
        if where:
            blocks.append(Block(where, where.of(text), rule="front-matter"))
    source = "\n" * front_lines + "".join(lines[front_lines:]).replace("\ufeff", " ")
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for block, line in _walk(parser.parse(source), text, starts):
        gap = 0
        while line - gap > 0 and not lines[line - gap - 1].strip():
            gap += 1
        blocks.append(Block(block.where, block.words, gap, block.level, block.item, block.rule, block.markup))
    return MarkdownPage(blocks, front, complaint)


def _line_starts(text: str) -> list[int]:
    """List where each line begins, counted as the parser counts them, and the end of the text."""
    return [0, *(found.end() for found in re.finditer(r"\r\n|\r|\n", text)), len(text)]


def _front_matter(lines: list[str]) -> tuple[int, Mapping[str, Any], str]:
    """Read the table between the fences at the top: how many lines it takes, what it says, what is wrong with it."""
    fence = lines[0].lstrip("\ufeff").strip() if lines else ""
    if fence not in _FENCES:
        return 0, {}, ""
    close = next((n for n, line in enumerate(lines[1:_FRONT_LIMIT_LINES], 1) if line.strip() in _FENCES[fence]), 0)
    if not close:
        return 0, {}, ""
    body = "".join(lines[1:close]).replace("\r\n", "\n").replace("\r", "\n")
    try:
        front = tomllib.loads(body) if fence == "+++" else yaml.safe_load(body)
    except (tomllib.TOMLDecodeError, yaml.YAMLError, ValueError, RecursionError) as error:
        return close + 1, {}, f"front matter cannot be read ({str(error).splitlines()[0]})"
    if not isinstance(front, dict):
        return close + 1, {}, "front matter is not a table of keys and values" if front is not None else ""
    return close + 1, {str(key).lower(): value for key, value in front.items()}, ""


def _walk(tokens: list[Token], text: str, starts: list[int]) -> Iterator[tuple[Block, int]]:
    """Give each block that can carry words, with the line on which it begins."""
    items = tables = 0
    table_from = 0
    for number, token in enumerate(tokens):
        if token.type in ("list_item_open", "list_item_close"):
            items += token.nesting
        elif token.type == "table_open":
            tables += 1
            table_from = token.map[0] if token.map else 0
            last = token.map[1] if token.map else 0
            where = ink(text, Where(starts[table_from], starts[min(last, len(starts) - 1)]))
            if where:
                yield Block(where, where.of(text), rule="table"), table_from
        elif token.type == "table_close":
            tables -= 1
        elif token.map and not tables:
            where = ink(text, Where(starts[token.map[0]], starts[min(token.map[1], len(starts) - 1)]))
            if where and token.type in _NOT_PROSE:
                yield Block(where, where.of(text), rule=_NOT_PROSE[token.type]), token.map[0]
            elif where and token.type == "inline":
                level = int(tokens[number - 1].tag[1:]) if tokens[number - 1].type == "heading_open" else 0
                for block in _inlines(token, text, where, level, items > 0):
                    yield block, bisect_right(starts, block.where.begin) - 1


def _inlines(token: Token, text: str, where: Where, level: int, item: bool) -> Iterator[Block]:
    """Place the words of one block in the source; a lone picture has none.

    Markdown reads lines that follow one another as one paragraph. Where a line is too long to have been wrapped, the
    file means one paragraph a line, and so it is read; a hard break ends a paragraph as well.
    """
    longest = max(len(line) for line in where.of(text).splitlines())
    finder = _Finder(text, where)
    for child in token.children or []:
        if child.type == "hardbreak" or (child.type == "softbreak" and longest > WRAP_LIMIT_CHARACTERS):
            yield from finder.block(level, item)
            finder.words = []
            item = False
        finder.take(child)
    yield from finder.block(level, item)


class _Finder:
    """Look for the words of inline tokens in the source, from left to right."""

    def __init__(self, text: str, where: Where) -> None:
        self.text = text
        self.cursor = where.begin
        self.end = where.end
        self.words: list[Where] = []

    def take(self, token: Token) -> None:
        """Place one token: words are found, links and pictures are stepped over."""
        if token.type in ("text", "code_inline") and token.content:
            self._find(token.content)
        elif token.type == "image":
            self._step("![")
            self._bracket("[", "]")
            self._target()
        elif token.type == "link_close":
            if token.markup == "autolink":
                self._step(">")
            else:
                self._step("]")
                self._target()
        elif token.type == "html_inline":
            self._step(token.content)

    def block(self, level: int, item: bool) -> Iterator[Block]:
        """Make a block of the words found since the last one; none when there are none."""
        kept = ink(self.text, Where(self.words[0].begin, self.words[-1].end)) if self.words else None
        if not kept:
            return
        between = [Where(a.end, b.begin) for a, b in pairwise(self.words)]
        words = self.words[0].of(self.text)
        for sign, found in zip(between, self.words[1:], strict=True):
            words += (" " if "\n" in sign.of(self.text) else "") + found.of(self.text)
        markup = tuple(sign for sign in between if sign.of(self.text).strip())
        yield Block(kept, " ".join(words.split()), level=level, item=item, markup=markup)

    def _find(self, content: str) -> None:
        """Find *content* as it stands, or sign by sign where escapes and entities hide it."""
        at = self.text.find(content, self.cursor, self.end)
        if at >= 0:
            self.words.append(Where(at, at + len(content)))
            self.cursor = at + len(content)
            return
        for sign in content:
            while self.cursor < self.end and self.text[self.cursor] != sign:
                entity = _ENTITY.match(self.text, self.cursor, self.end)
                self.cursor = entity.end() if entity else self.cursor + 1
                if entity and unescape(entity[0]) == sign:
                    break
            else:
                if self.cursor < self.end:
                    self._add(self.cursor)

    def _add(self, at: int) -> None:
        """Take one more character for a word."""
        last = self.words[-1] if self.words else Where(-1, -1)
        if last.end == at:
            self.words[-1] = Where(last.begin, at + 1)
        else:
            self.words.append(Where(at, at + 1))
        entity = _ENTITY.match(self.text, at, self.end)
        self.cursor = entity.end() if entity else at + 1

    def _step(self, sign: str) -> None:
        """Move behind the next *sign*."""
        at = self.text.find(sign, self.cursor, self.end)
        if at >= 0:
            self.cursor = at + len(sign)

    def _bracket(self, opening: str, closing: str) -> None:
        """Move behind the bracket that closes the one already open; escapes do not count."""
        depth = 1
        while self.cursor < self.end and depth:
            sign = self.text[self.cursor]
            self.cursor += 2 if sign == "\\" else 1
            depth += (sign == opening) - (sign == closing)

    def _target(self) -> None:
        """Move behind the address of a link, `(...)` or `[...]`, when one follows at once."""
        sign = self.text[self.cursor : self.cursor + 1]
        if self.cursor < self.end and sign in ("(", "["):
            self.cursor += 1
            self._bracket(sign, ")" if sign == "(" else "]")
