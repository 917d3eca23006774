"""Tells the article from the site around it: each block of a page gets a kind and, if it is read, a piece.

A page is read from top to bottom. Rules of furniture (data, see `furniture`) speak first. What they leave is text,
which ends as sentences do or is long, or a heading, which is short and does not. Headings wait until text follows: only
then is it known whether they head anything, name another article, or are the last links of a page. The title of a list
of other articles, or a card with a publisher and an age, ends the main article; text below is another one, and so is
text below the next card. After a comment widget or a paywall nothing is read until a list of other articles begins.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from kgbuild.model import SectionKind, Where
from kgbuild.read.blocks import Block, ink
from kgbuild.read.furniture import Furniture, Match, sentences
from kgbuild.read.repeats import plain_words
from kgbuild.read.templates import date_of

HEADING_LIMIT_WORDS = 20
HEADLINE_LIMIT_WORDS = 34
"""The first line of a page may be a long headline; press offices write such."""

END_WORDS = 80
"""A page is at its end when no more words than these are left of it."""

_NO_HEADING_END = re.compile(r"(?:[.:;,…]|[.:;,…][\"'”’)\]]+|\.\.\.)$")
_QUESTION_END = re.compile(r"[?!][\"'”’)\]]*$")
_HEADING_START = re.compile(r"[\"'“‘(\[¿¡$€£#@]*[A-Z0-9À-ÖØ-ÞĀ-Ž\u0400-\u042f\u0600-\u06ff\u4e00-\u9fff]|[a-z]+[A-Z]")
_SENTENCE_REPEAT_WORDS = 12
_BLOCK_REPEAT_WORDS = 8
_TEXT_WORDS = 12


@dataclass(slots=True)
class Piece:
    """Gather one article of a page while the page is read.

    Attributes:
        kind: article for the page's own, related for any other.
        blocks: what belongs to it, in order.
        headings: those of `blocks` that head what follows.
        level: level of its title, where Markdown gives one.
    """

    kind: SectionKind
    blocks: list[Block] = field(default_factory=list)
    headings: set[Where] = field(default_factory=set)
    title: Block | None = None
    publisher: str | None = None
    creator: str | None = None
    published: date | None = None

    @property
    def texts(self) -> list[str]:
        """Give its words without headings; with them when it has nothing else."""
        bodies = [block.words for block in self.blocks if block.where not in self.headings]
        return bodies or [block.words for block in self.blocks]


@dataclass(frozen=True, slots=True)
class Cut:
    """Say of a stretch of the page that it is not read: which kind it is, by which rule."""

    where: Where
    kind: SectionKind
    rule: str


def is_heading(block: Block, *, first: bool = False) -> bool:
    """Tell whether a block looks like a headline or subhead: short, and not ending as a sentence does."""
    if block.level:
        return True
    words = block.words.split()
    if block.item or not _HEADING_START.match(block.words) or _NO_HEADING_END.search(block.words):
        return False
    if _QUESTION_END.search(block.words):
        return len(words) <= 14 and block.words[0] not in "\"'“‘"
    return len(words) <= (HEADLINE_LIMIT_WORDS if first else HEADING_LIMIT_WORDS)


def _is_text(block: Block) -> bool:
    """Tell whether a block is a paragraph of text beyond doubt."""
    return not block.level and block.ends_sentence and len(block.words.split()) >= _TEXT_WORDS


class Reader:
    """Read the blocks of one page, one after the other."""

    def __init__(self, furniture: Furniture) -> None:
        self.furniture = furniture
        self.pieces = [Piece(SectionKind.ARTICLE)]
        self.cuts: list[Cut] = []
        self._mode = "main"
        self._rule = ""
        self._current: Piece | None = self.pieces[0]
        self._pending: list[Block] = []
        self._in_card = False
        self._card_from = 0
        self._publisher: str | None = None
        self._furniture_since_text = False

    def read(self, blocks: Sequence[Block]) -> None:
        """Sort all *blocks* of a page into `pieces` and `cuts`."""
        following = [*blocks[1:], *([None] if blocks else [])]
        for block, words_after, after in zip(blocks, self._words_after(blocks), following, strict=True):
            match = None if block.rule else self._match(block, words_after)
            if match and match.rule.between == "subhead" and self._stands_between(after):
                match = None
            if block.rule:
                self._cut(block, block.rule)
            elif match:
                self._take_furniture(block, match, words_after)
            elif self._in_card and self._publisher and plain_words(block.words) == plain_words(self._publisher):
                self._cut(block, "card")
            else:
                self._take_words(block, first=block is blocks[0])
        self._settle_pending()
        self._name_main()

    def _words_after(self, blocks: Sequence[Block]) -> list[int]:
        """Count for each block the words that follow it, up to the next list of other articles."""
        counts: list[int] = []
        words = 0
        for block in reversed(blocks):
            counts.append(words)
            if block.rule:
                continue  # its format says that it is no text
            words = 0 if self.furniture.opens_related(block.words) else words + len(block.words.split())
        return counts[::-1]

    @property
    def _has_text(self) -> bool:
        """Tell whether any text of the main article has come."""
        main = self.pieces[0]
        return len(main.blocks) > len(main.headings)

    def _match(self, block: Block, words_after: int) -> Match | None:
        """Find the furniture rule for a block; lines that only follow a card's first line need one before."""
        places = {"bottom"} if self._has_text else {"top"}
        if self._has_text and words_after <= END_WORDS:
            places.add("end")
        match = self.furniture.whole(block.words, frozenset(places))
        if match and match.rule.teaser == "follows" and not self._in_card:
            return None
        return match

    def _stands_between(self, after: Block | None) -> bool:
        """Tell whether a line stands between two paragraphs of the article, where a subhead would."""
        text_above = self._has_text and not self._pending and not self._furniture_since_text and self._mode == "main"
        return bool(text_above and after and not after.rule and _is_text(after))

    def _cut(self, block: Block, rule: str) -> None:
        """Put a block aside."""
        self.cuts.append(Cut(block.where, SectionKind.BOILERPLATE, rule))

    def _take_furniture(self, block: Block, match: Match, words_after: int) -> None:
        """Act on a line of furniture: learn what it tells, and change over when it opens something."""
        rule = match.rule
        if rule.teaser and self._has_text and self._mode != "furniture":
            self._open_card(match)
        elif self._current and not rule.teaser:
            self._learn(self._current, match)
        self._in_card = bool(rule.teaser)
        if self._has_text and rule.then == "related":
            self._change("related", rule.id)
        elif rule.then == "furniture" and self._may_swallow(words_after):
            self._change("furniture", rule.id)
        self._furniture_since_text = True
        self._cut(block, rule.id)

    def _learn(self, piece: Piece, match: Match) -> None:
        """Keep what a line tells about its article; the first line that tells it counts."""
        piece.published = piece.published or date_of(match.gives.get("published", ""))
        piece.creator = piece.creator or match.gives.get("creator")

    def _may_swallow(self, words_after: int) -> bool:
        """Tell whether all that follows may be furniture: only if it is not the article that still follows.

        A share bar between standfirst and text says `Comments` as the widget at the end does.
        """
        main = self.pieces[0]
        words = sum(len(text.split()) for text in main.texts) if self._has_text else 0
        return self._mode != "main" or words >= 120 or (words > 0 and words >= words_after)

    def _change(self, mode: str, rule: str) -> None:
        """Begin a list of other articles, or furniture to the end."""
        self._furniture_since_text = True
        self._settle_pending()
        self._mode, self._rule = mode, rule
        self._current = None
        self._publisher = None
        self._card_from = 0

    def _open_card(self, match: Match) -> None:
        """Begin, or go on with, the card of another article; the short line above it names the publisher."""
        if match.rule.teaser == "follows" or self._in_card:
            self._publisher = self._publisher or match.gives.get("publisher")
            return
        named = self._pending.pop() if self._pending and len(self._pending[-1].words.split()) <= 6 else None
        publisher = match.gives.get("publisher") or (named.words if named else None)
        title = self._pending.pop() if self._pending and self._pending[-1].gap and named and not named.gap else None
        self._change("related", match.rule.id)
        if named:
            self._cut(named, match.rule.id)
        if title:
            self._pending.append(title)
        self._publisher = publisher
        self._card_from = len(self._pending)

    def _take_words(self, block: Block, *, first: bool) -> None:
        """Take a heading or a text that no rule claims."""
        self._in_card = False
        if self._mode == "furniture":
            self._cut(block, self._rule)
        elif is_heading(block, first=first) and (block.level or not self.furniture.parts(block.words)):
            self._pending.append(block)
        else:
            piece = self._piece_for_text()
            piece.headings.update(heading.where for heading in self._pending)
            piece.blocks += [*self._pending, block]
            self._pending = []
            self._furniture_since_text = False

    def _piece_for_text(self) -> Piece:
        """Find the article that the coming text belongs to, and leave only its headings pending."""
        current = self._current
        if current is None or (self._mode == "related" and self._starts_another(current)):
            fresh = self._pending[self._card_from :]
            long = [heading for heading in fresh if len(heading.words.split()) >= 4]
            title = (long[0] if self._card_from or self._publisher else fresh[-1]) if long and fresh else None
            title = title or (self._pending[-1] if self._pending else None)
            while self._pending and self._pending[0] is not title:
                self._cut(self._pending.pop(0), "link-list")
            current = Piece(SectionKind.RELATED, title=title, publisher=self._publisher)
            self._publisher, self._card_from = None, 0
            self.pieces.append(current)
            self._current = current
        return current

    def _starts_another(self, current: Piece) -> bool:
        """Tell whether the pending heading is the title of the next related article, not a subhead of this one."""
        if not self._pending:
            return False
        heading = self._pending[0]
        if heading.level:
            return bool(current.title) and 0 < heading.level <= (current.title.level if current.title else 0)
        bodies = [block for block in current.blocks if block.where not in current.headings]
        return heading.gap >= 2 or (heading.gap == 1 and all(block.gap == 0 for block in bodies))

    def _settle_pending(self) -> None:
        """Decide about headings under which no text came: links of the site, or the last words of an article."""
        for heading in self._pending:
            short = len(heading.words.split()) <= 3
            if self._mode == "main" and not (self._has_text and (short or self._furniture_since_text)):
                if not self._has_text:
                    self.pieces[0].headings.add(heading.where)
                self.pieces[0].blocks.append(heading)
            else:
                self._cut(heading, "link-list" if self._mode == "related" else "trailing-line")
        self._pending = []

    def _name_main(self) -> None:
        """Choose the headline of the main article: the first real heading above its text."""
        main = self.pieces[0]
        above: list[Block] = []
        for block in main.blocks:
            if block.where not in main.headings:
                break
            above.append(block)
        long = [block for block in above if len(block.words.split()) >= 4]
        if not above:
            return
        main.title = next((block for block in above if block.level == 1), (long or above)[0])
        for block in above[: above.index(main.title)]:
            if len(block.words.split()) <= 2:
                main.blocks.remove(block)
                main.headings.discard(block.where)
                self._cut(block, "kicker")


def trim(piece: Piece, text: str, furniture: Furniture) -> tuple[list[Where], list[Cut]]:
    """Take out of the paragraphs of *piece* what is not to be read.

    That are single sentences and ends that a rule claims, and what stands twice in the same article: a headline above
    and below the picture, a quotation that is pulled out and printed large.

    Returns:
        The stretches that stay, in order, and those that go.
    """
    kept: list[Where] = []
    cuts: list[Cut] = []
    seen: set[tuple[str, ...]] = set()
    for block in piece.blocks:
        key = tuple(plain_words(block.words))
        least = 3 if block.where in piece.headings else _BLOCK_REPEAT_WORDS
        if len(key) >= least and key in seen:
            cuts.append(Cut(block.where, SectionKind.DUPLICATE, "repeated-paragraph"))
            continue
        holes = [] if block.where in piece.headings else _holes(block, text, furniture, seen)
        seen.add(key)
        cuts += holes
        kept += _around(block.where, holes, text)
    return kept, cuts


def flat(text: str, block: Block) -> str:
    """Give the words of a block with every character in its place: signs and line breaks become spaces."""
    words = list(block.where.of(text))
    for sign in block.markup:
        words[sign.begin - block.where.begin : sign.end - block.where.begin] = " " * sign.length
    return re.sub(r"\s", " ", "".join(words))


def _holes(block: Block, text: str, furniture: Furniture, seen: set[tuple[str, ...]]) -> list[Cut]:
    """Find what is to be cut out of one paragraph, in order; adds its sentences to *seen*."""
    words = flat(text, block)
    holes = [
        Cut(_shift(match.begin, match.end, block), SectionKind.BOILERPLATE, match.rule.id)
        for match in furniture.parts(words)
    ]
    for begin, end in sentences(words):
        key = tuple(plain_words(words[begin:end]))
        if len(key) < _SENTENCE_REPEAT_WORDS:
            continue
        where = _shift(begin, end, block)
        if key in seen and not any(hole.where.overlaps(where) for hole in holes):
            holes.append(Cut(where, SectionKind.DUPLICATE, "repeated-sentence"))
        seen.add(key)
    return sorted(holes, key=lambda hole: hole.where)


def _shift(begin: int, end: int, block: Block) -> Where:
    """Count from the start of the file what was counted from the start of the block."""
    return Where(block.where.begin + begin, block.where.begin + end)


def _around(where: Where, holes: Sequence[Cut], text: str) -> list[Where]:
    """List what is left of *where* between the holes."""
    left: list[Where] = []
    begin = where.begin
    for hole in holes:
        left.append(Where(begin, hole.where.begin))
        begin = hole.where.end
    left.append(Where(begin, where.end))
    return [piece for stretch in left if stretch.length > 0 for piece in [ink(text, stretch)] if piece]
