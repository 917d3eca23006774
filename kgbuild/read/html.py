"""Reads a web page into lines of text, and says of each line what its elements tell beyond doubt.

The page is walked once. Every paragraph, heading, item or cell becomes a line of the text that offsets count in, menus
included, so that a user can see all that was cut. What an element is follows from its tag and from words in its class
(data, see `elements`); a paragraph that is nothing but links is a list of links. Two guards hold against sites that
name things oddly: an element that holds most of the page's text is no furniture whatever it is called, and a scope
(`article`, `main`, `articleBody`) counts only when most of the text lies in it. Lines that no element explains are left
to the rules of furniture, as the lines of a plain text are.

Nothing is fetched, no script is run, no style sheet is read: what a script would show is not seen.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from lxml import etree

from kgbuild.model import Where
from kgbuild.read.blocks import Block
from kgbuild.read.elements import Elements
from kgbuild.read.encoding import decode_page
from kgbuild.read.markup import page_facts, time_of
from kgbuild.read.originals import Layout, Told

_UNSEEN = frozenset(
    "head script style noscript template svg math iframe object embed canvas audio video map select option datalist "
    "button input textarea progress meter dialog frameset applet".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark meter nobr q ruby rt rp s "
    "samp small span strike strong sub sup time tt u var wbr picture source".split()
)
_FURNITURE_TAGS = {"nav": "nav", "footer": "footer", "aside": "aside", "form": "form", "menu": "menu"}
_MENUS = frozenset({"ul", "ol", "div", "section"})
_HAS_TEXT = etree.XPath("boolean(.//p | .//h1 | .//article | .//blockquote)")
_TEXTS = etree.XPath(".//text()[not(parent::script or parent::style or parent::noscript)]")
_TOLD_BY_TAG = frozenset({*_FURNITURE_TAGS, "table", "pre", "li"})
_TELLING = ("class", "id", "role", "itemtype", "itemprop")
_HEADING = {f"h{level}": level for level in range(1, 7)}
_SCOPES = ("article", "main")
_TEXT_WORDS = 12
_SCOPE_SHARE = 0.7
_POST_WORDS = 25
_LINK_SHARE = 0.8
_SPACE = re.compile(r"\s+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(slots=True)
class _Box:
    """Hold an element that is open during the walk: what it says of the lines inside.

    Attributes:
        rule: why its lines are furniture, "" if they are not.
        flags: numbers of the elements that say so, outermost first.
        part: number of the post or related list that it is in.
        scopes: numbers of the scopes that it is in.
    """

    rule: str = ""
    flags: tuple[int, ...] = ()
    part: str = ""
    scopes: tuple[int, ...] = ()
    level: int = 0
    item: bool = False


@dataclass(slots=True)
class _Line:
    """Hold one line of the page with its box."""

    words: str
    link_share: float
    box: _Box

    @property
    def text_words(self) -> int:
        """Count its words if it is a paragraph of text, judged by itself."""
        words = self.words.count(" ") + 1
        return words if words >= _TEXT_WORDS and self.link_share < 0.5 and not self.box.level else 0


def html_layout(data: bytes, charset: str, elements: Elements) -> Layout:
    """Read the page in *data*; a page without any text gives no blocks.

    Args:
        data: its bytes, however broken the markup is.
        charset: the encoding that a header names; "" for none.
        elements: what elements are, by their names.
    """
    text, complaints = decode_page(data, charset)
    root = _parse(text)
    if root is None:
        return Layout("", (), complaints=complaints)
    walk = _Walk(elements)
    lines = walk.lines_of(root)
    return _laid_out(_judged(lines, walk), page_facts(root), walk.posts, complaints)


def _parse(text: str) -> Any:  # noqa: ANN401 - lxml has no types
    """Parse any markup into a tree; None when there is none at all."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(text.encode("utf-8", "replace").replace(b"\x00", b""), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


class _Walk:
    """Walk the tree once and gather its lines."""

    def __init__(self, elements: Elements) -> None:
        self.elements = elements
        self.posts: dict[str, Told] = {}
        self._lines: list[_Line] = []
        self._words: list[str] = []
        self._links = 0
        self._linked = 0
        self._total = 0
        self._count = 0

    def lines_of(self, root: Any) -> list[_Line]:  # noqa: ANN401
        """Give the lines of a page, in order."""
        boxes = [_Box()]
        unseen = None
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            if not isinstance(tag, str):
                continue
            if unseen is not None:
                if event == "end" and element is unseen:
                    unseen = None
                    self._take(element.tail)
            elif event == "end":
                self._close(tag, boxes)
                self._take(element.tail)
            elif _is_unseen(element, tag) or (tag not in _INLINE and self._take_whole(element, tag, boxes[-1])):
                unseen = element
                walker.skip_subtree()
            else:
                self._open(element, tag, boxes)
        self._flush(boxes[0])
        return self._lines

    def _take_whole(self, element: Any, tag: str, outer: _Box) -> bool:  # noqa: ANN401
        """Take a menu as one line, without going into it: an element that is furniture and holds only snippets.

        A menu of a site has hundreds of elements, and most of the time of a walk would go into them.
        """
        if tag not in _FURNITURE_TAGS and tag not in _MENUS:
            return False
        box = self._box(element, tag, outer)
        if not box.rule or box.part or _HAS_TEXT(element):
            return False
        snippets = [words for words in (_SPACE.sub(" ", text).strip() for text in _TEXTS(element)) if words]
        if any(words.count(" ") >= _TEXT_WORDS - 1 for words in snippets):
            return False
        self._flush(outer)
        if snippets:
            self._lines.append(_Line("\n".join(snippets), 1.0, box))
        return True

    def _open(self, element: Any, tag: str, boxes: list[_Box]) -> None:  # noqa: ANN401
        """Go into an element."""
        self._links += tag == "a"
        if tag not in _INLINE:
            self._flush(boxes[-1])
            boxes.append(self._box(element, tag, boxes[-1]))
        self._take(element.text)

    def _close(self, tag: str, boxes: list[_Box]) -> None:
        """Come out of an element."""
        self._links -= tag == "a"
        if tag not in _INLINE:
            self._flush(boxes.pop())

    def _take(self, words: str | None) -> None:
        """Take the words of a text node."""
        if words:
            self._words.append(words)
            size = len(words.strip())
            self._total += size
            self._linked += size if self._links else 0

    def _flush(self, box: _Box) -> None:
        """End a line."""
        if self._words:
            words = _SPACE.sub(" ", "".join(self._words)).strip()
            if words:
                self._lines.append(_Line(words, self._linked / max(1, self._total), box))
            self._words, self._linked, self._total = [], 0, 0

    def _box(self, element: Any, tag: str, outer: _Box) -> _Box:  # noqa: ANN401
        """Open an element that is a block, and say what its lines are."""
        if tag in _HEADING:
            return replace(outer, level=_HEADING[tag])
        names = _names(element) if len(element.keys()) and tag not in ("html", "body") else ""
        kind = self.elements.kind(names) if names else ""
        scope = tag in _SCOPES or "articleBody" in names or element.get("role") == "main"
        if not kind and not scope and tag not in _TOLD_BY_TAG:
            return outer  # most elements say nothing, and there are many of them
        box = replace(outer, item=outer.item or tag == "li", level=outer.level if tag != "article" else 0)
        if scope:
            self._count += 1
            box.scopes = (*outer.scopes, self._count)
            kind = kind if kind in ("post", "related") else ""
        if kind == "post" and not outer.part:
            self._count += 1
            box.part = f"post:{self._count}"
            self.posts[box.part] = Told("a time element", published=time_of(element))
        elif kind == "related" and not outer.part.startswith("related"):
            self._count += 1
            box.part = f"related:{self._count}"
            box.flags = (*outer.flags, self._count)
        elif kind in ("furniture", "aside") or tag in _FURNITURE_TAGS:
            self._count += 1
            box.rule = outer.rule or f"html-{_FURNITURE_TAGS.get(tag, kind)}"
            box.flags = (*outer.flags, self._count)
        elif tag == "table":
            box.rule = outer.rule or "table"
        elif tag == "pre":
            box.rule = outer.rule or "code"
        return box


def _names(element: Any) -> str:  # noqa: ANN401
    """Give all by which an element may say what it is, as one text; "" for none."""
    return " ".join([value for name in _TELLING for value in (element.get(name),) if value])


def _is_unseen(element: Any, tag: str) -> bool:  # noqa: ANN401
    """Tell whether nobody sees an element, so that it is not even cut text."""
    if tag in _UNSEEN or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style and _HIDDEN.search(style))


def _judged(lines: Sequence[_Line], walk: _Walk) -> list[tuple[_Line, str, str]]:
    """Say of each line which rule cuts it and which part it is in, after both guards."""
    total = sum(line.text_words for line in lines)
    held: dict[int, int] = defaultdict(int)
    scoped: dict[int, int] = defaultdict(int)
    for line in lines:
        for flag in line.box.flags:
            held[flag] += line.text_words
        for scope in line.box.scopes:
            scoped[scope] += line.text_words if not line.box.flags else 0
    odd = {flag for flag, words in held.items() if words > total / 2}
    free = sum(line.text_words for line in lines if not set(line.box.flags) - odd)
    scope = max((s for s, words in scoped.items() if words >= _SCOPE_SHARE * max(1, free)), default=0)
    parts = _parts(lines, scoped, scope, walk)
    return [
        (line, rule, part)
        for line, part, outside in zip(lines, parts, _outside(lines, scope), strict=True)
        for rule in [_rule(line, odd, part, outside=outside)]
    ]


def _parts(lines: Sequence[_Line], scoped: dict[int, int], scope: int, walk: _Walk) -> list[str]:
    """Give each line its part; several long `article` elements side by side are posts too."""
    articles = {number for number, words in scoped.items() if words >= _POST_WORDS}
    nested = {inner for line in lines for inner in line.box.scopes[1:]}
    side_by_side = sorted(articles - nested) if not scope else []
    deepest = {line.box.scopes[-1] for line in lines if line.box.scopes and line.box.scopes[-1] in articles}
    if scope and len(deepest - {scope}) >= 2:
        side_by_side = sorted(number for number in deepest - {scope} if scope in _path(lines, number))
    posts = set(side_by_side) if len(side_by_side) >= 2 else set()
    parts: list[str] = []
    for line in lines:
        own = next((number for number in line.box.scopes if number in posts), None)
        parts.append(line.box.part or (f"post:{own}" if own is not None else ""))
    return parts


def _path(lines: Sequence[_Line], scope: int) -> tuple[int, ...]:
    """Give the scopes around a scope."""
    return next(line.box.scopes for line in lines if line.box.scopes and line.box.scopes[-1] == scope)


def _outside(lines: Sequence[_Line], scope: int) -> Iterator[bool]:
    """Tell of each line whether it lies outside the scope that holds the text; the headline above it does not."""
    if not scope:
        yield from (False for _ in lines)
        return
    first = next(number for number, line in enumerate(lines) if scope in line.box.scopes)
    inside_h1 = any(line.box.level == 1 and scope in line.box.scopes for line in lines)
    headline = [n for n, line in enumerate(lines[:first]) if line.box.level == 1] if not inside_h1 else []
    begin = headline[-1] if headline else first
    for number, line in enumerate(lines):
        yield number < begin or (number >= first and scope not in line.box.scopes)


def _rule(line: _Line, odd: set[int], part: str, *, outside: bool) -> str:
    """Say why a line is furniture; "" if its elements do not tell."""
    box = line.box
    if box.rule and not set(box.flags) <= odd:
        return "" if box.level == 1 and not outside and "nav" not in box.rule else box.rule
    if box.rule in ("table", "code"):
        return box.rule
    if outside and not part.startswith("related"):
        return "html-outside"
    if line.link_share >= _LINK_SHARE and not box.level and not part.startswith("related"):
        return "html-links"
    return ""


def _cut_together(judged: tuple[_Line, str, str]) -> tuple[str, str, int]:
    """Give neighbours that one rule cuts the same key, so that a menu is one block; lines that are read stay apart."""
    line, rule, part = judged
    return rule, part, 0 if rule else id(line)


def _laid_out(
    judged: Sequence[tuple[_Line, str, str]],
    told: tuple[Told, ...],
    posts: dict[str, Told],
    complaints: tuple[str, ...],
) -> Layout:
    """Write the lines below one another and make blocks of them; a heading has an empty line above."""
    blocks: list[Block] = []
    pieces: list[str] = []
    at = 0
    for (rule, part, _), group in groupby(judged, key=_cut_together):
        lines = [line for line, _, _ in group]
        head = lines[0].box
        gap = 1 if head.level and blocks else 0
        words = "\n".join(line.words for line in lines)
        pieces.append("\n" * gap + words + "\n")
        where = Where(at + gap, at + gap + len(words))
        at += len(pieces[-1])
        blocks.append(Block(where, words, gap, head.level, head.item, rule, part=part))
    return Layout("".join(pieces), tuple(blocks), told, posts, complaints)
