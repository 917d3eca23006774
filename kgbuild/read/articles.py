"""Makes the articles of one page: what of it each is, what is cut, and what is known of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from kgbuild.model import Section, SectionKind, Where
from kgbuild.read.blocks import Block
from kgbuild.read.furniture import Furniture
from kgbuild.read.originals import Layout
from kgbuild.read.repeats import repeats_within
from kgbuild.read.sections import Cut, Piece, Reader, trim

TEASER_WORDS = 30
"""Where the format marks lists of other articles, a shorter one is no more than the link to it."""


@dataclass(frozen=True, slots=True)
class Article:
    """Hold one article of a page.

    Attributes:
        repeats: number of the article of the same page that it repeats.
        part: which part of the page it is, where its format says so; "" for the page's own article.
    """

    piece: Piece
    sections: tuple[Section, ...]
    paragraphs: tuple[Where, ...]
    markup: tuple[Where, ...]
    repeats: int | None
    part: str = ""


@dataclass(frozen=True, slots=True)
class CutPage:
    """Hold a page cut into articles; `sections` has all of it that carries ink."""

    articles: tuple[Article, ...]
    sections: tuple[Section, ...]


def cut_page(layout: Layout, rules: Furniture) -> CutPage:
    """Cut a page into its articles; a page of nothing but furniture has none."""
    text = layout.text
    pieces, cuts = _pieces(layout.blocks, rules)
    trimmed = [(piece, part, *trim(piece, text, rules)) for piece, part in pieces]
    read = [(piece, part, kept) for piece, part, kept, _ in trimmed if kept]
    repeats = repeats_within([piece.texts for piece, _, _ in read])
    stretches = [(cut, -1) for cut in cuts] + [(cut, -1) for _, _, _, own in trimmed for cut in own]
    for number, (piece, _, kept) in enumerate(read):
        kind = SectionKind.DUPLICATE if number in repeats else piece.kind
        rule = "repeated-piece" if number in repeats else f"{piece.kind.value}-text"
        stretches += [(Cut(where, kind, rule), number) for where in kept]
    sections = _merged(stretches)
    articles = tuple(
        Article(
            piece=piece,
            sections=tuple(section for section, owner in sections if owner == number),
            paragraphs=() if number in repeats else tuple(kept),
            markup=() if number in repeats else tuple(sign for block in piece.blocks for sign in block.markup),
            repeats=repeats.get(number),
            part=part,
        )
        for number, (piece, part, kept) in enumerate(read)
    )
    return CutPage(articles, tuple(section for section, _ in sections))


def _pieces(blocks: Sequence[Block], rules: Furniture) -> tuple[list[tuple[Piece, str]], list[Cut]]:
    """Read the page's own course, then each part that its format marks, by itself; a piece comes with its part."""
    parts: dict[str, list[Block]] = {}
    for block in blocks:
        parts.setdefault(block.part, []).append(block)
    parts.setdefault("", [])
    pieces: list[tuple[Piece, str]] = []
    cuts: list[Cut] = []
    marked = any(part for part in parts)
    for part in sorted(parts, key=lambda part: (part != "", not part.startswith("post"))):
        if part.startswith("related"):
            found, put_aside = _marked_related(parts[part], rules)
        else:
            reader = Reader(rules)
            reader.read(parts[part])
            found, put_aside = reader.pieces, reader.cuts
        if marked:
            found, teasers = _without_teasers(found)
            put_aside = put_aside + teasers
        pieces += [(piece, part) for piece in found]
        cuts += put_aside
    return pieces, cuts


def _marked_related(blocks: Sequence[Block], rules: Furniture) -> tuple[list[Piece], list[Cut]]:
    """Read a list of other articles that is marked as one: each heading begins another."""
    pieces: list[Piece] = []
    cuts: list[Cut] = []
    places = frozenset({"bottom"})
    for block in blocks:
        match = None if block.rule else rules.whole(block.words, places)
        if block.rule or match:
            cuts.append(Cut(block.where, SectionKind.BOILERPLATE, block.rule or (match.rule.id if match else "")))
        elif block.level or not pieces:
            title = block if block.level else None
            headings = {block.where} if block.level else set()
            pieces.append(Piece(SectionKind.RELATED, [block], headings, title))
        else:
            pieces[-1].blocks.append(block)
    return pieces, cuts


def _without_teasers(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Cut]]:
    """Put the related pieces aside that are only the link to an article, with a line on what it is about."""
    kept: list[Piece] = []
    cuts: list[Cut] = []
    for piece in pieces:
        words = sum(
            len(block.words.split())
            for block in piece.blocks
            if block.where not in piece.headings and block.ends_sentence
        )
        if piece.kind is SectionKind.RELATED and words < TEASER_WORDS:
            cuts += [Cut(block.where, SectionKind.BOILERPLATE, "teaser") for block in piece.blocks]
        else:
            kept.append(piece)
    return kept, cuts


def _merged(stretches: list[tuple[Cut, int]]) -> list[tuple[Section, int]]:
    """Put neighbours of the same kind, rule and article together, in the order of the page."""
    merged: list[tuple[Section, int]] = []
    keyed = groupby(
        sorted(stretches, key=lambda pair: pair[0].where), key=lambda pair: (pair[1], pair[0].kind, pair[0].rule)
    )
    for (owner, kind, rule), group in keyed:
        places = [cut.where for cut, _ in group]
        merged.append((Section(Where(places[0].begin, places[-1].end), kind, rule), owner))
    return merged
