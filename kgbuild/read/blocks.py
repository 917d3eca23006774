"""Cuts plain text into blocks: paragraphs as they stand, or put together again where a mailer broke the lines.

News pages saved as text hold one paragraph a line. Texts that come by mail or from an archive are wrapped at some 72
characters, with an empty line between paragraphs. Which of the two a file is shows in its lines: wrapped lines are all
short, and hardly one of them would have had room for the first word of the next.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kgbuild.model import Where

WRAP_LIMIT_CHARACTERS = 100
"""Nobody wraps text wider than this; longer lines are whole paragraphs."""

_FULL_SHARE = 0.8
"""So many of the neighbouring short lines must be full, for the file to count as wrapped."""

_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANK = " \t\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u2069\u3000\ufeff\x00-\x1f\x7f-\x9f"
_INK = re.compile(rf"[^{_BLANK}](?:.*[^{_BLANK}])?", re.DOTALL)
_ITEM = re.compile(r"(?:[-*•▪◦‣·–—]|\d{1,3}[.)]|[a-zA-Z][.)])\s+\S")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Block:
    """Hold one paragraph, heading or line of a page before anybody has judged what it is.

    Attributes:
        where: its characters, without white space around them.
        words: the same as one line of plain words; differs from the text in markup and line breaks only.
        gap: how many empty lines stand before it.
        level: level of a Markdown heading, 0 for everything else.
        item: whether it is an item of a list.
        rule: what it is beyond doubt, where the format says so (front matter, code, HTML); "" for text.
        markup: characters inside that are signs of the format.
        part: which part of the page it is in, where the format says that parts are articles of their own.
    """

    where: Where
    words: str
    gap: int = 0
    level: int = 0
    item: bool = False
    rule: str = ""
    markup: tuple[Where, ...] = ()
    part: str = ""

    @property
    def ends_sentence(self) -> bool:
        """Tell whether it ends as a sentence does, or announces what follows."""
        return bool(_SENTENCE_END.search(self.words))


@dataclass(frozen=True, slots=True)
class _Line:
    """Hold a line that has ink on it."""

    where: Where
    indent: int
    gap: int


def ink(text: str, where: Where) -> Where | None:
    r"""Take the white space, control and invisible characters off both ends; None when nothing is left.

    >>> ink("\ufeff  Kyiv. ", Where(0, 9))
    Where(begin=3, end=8)
    """
    found = _INK.search(text, where.begin, where.end)
    return Where(*found.span()) if found else None


def plain_blocks(text: str) -> list[Block]:
    """Cut the *text* of a plain file into blocks, in order; empty text gives none."""
    lines = _lines(text)
    width = _wrap_width(lines, text)
    blocks: list[Block] = []
    group: list[_Line] = []
    for line in lines:
        if group and not (width and _goes_on(group[-1], line, text, width)):
            blocks.append(_block(group, text))
            group = []
        group.append(line)
    if group:
        blocks.append(_block(group, text))
    return blocks


def _lines(text: str) -> list[_Line]:
    """List the lines that carry ink, with the number of empty ones before each."""
    found: list[_Line] = []
    begin = gap = 0
    ends = [(end.start(), end.end()) for end in _LINE_BREAK.finditer(text)]
    for stop, following in [*ends, (len(text), len(text))]:
        where = ink(text, Where(begin, stop))
        if where:
            found.append(_Line(where, where.begin - begin, gap))
            gap = 0
        else:
            gap += 1
        begin = following
    return found


def _block(group: Sequence[_Line], text: str) -> Block:
    """Make one block of lines that belong together."""
    where = Where(group[0].where.begin, group[-1].where.end)
    words = " ".join(line.where.of(text) for line in group)
    return Block(where, words, group[0].gap, item=bool(_ITEM.match(words)))


def _first_word(line: _Line, text: str) -> int:
    """Measure the first word of a line."""
    return len(line.where.of(text).split(maxsplit=1)[0])


def _is_full(line: _Line, following: _Line, text: str, width: int) -> bool:
    """Tell whether *line* had no room for the first word of the *following* one, give or take an uneven margin."""
    return line.indent + line.where.length + 1 + _first_word(following, text) > 0.85 * width


def _wrap_width(lines: Sequence[_Line], text: str) -> int:
    """Find the width at which a file is wrapped; 0 when its lines are paragraphs."""
    widths = sorted(line.indent + line.where.length for line in lines)
    if not widths or widths[int(0.95 * (len(widths) - 1))] > WRAP_LIMIT_CHARACTERS:
        return 0
    width = max(size for size in widths if size <= WRAP_LIMIT_CHARACTERS)
    pairs = [(line, after) for line, after in pairwise(lines) if after.gap == 0]
    broken = [pair for pair in pairs if not _SENTENCE_END.search(pair[0].where.of(text))]
    full = sum(_is_full(line, after, text, width) for line, after in broken)
    if width < 40 or not broken or len(broken) < 0.4 * len(pairs):
        return 0
    return width if full >= _FULL_SHARE * len(broken) else 0


def _goes_on(line: _Line, following: _Line, text: str, width: int) -> bool:
    """Tell whether *following* is the rest of the paragraph of *line*, in a wrapped file."""
    if following.gap or following.indent > line.indent + 1 or _ITEM.match(following.where.of(text)):
        return False
    if _is_full(line, following, text, width):
        return True
    ends = _SENTENCE_END.search(line.where.of(text))
    return not ends and text[following.where.begin].islower()
