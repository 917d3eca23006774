"""Finds numbers with a meaning: counts, shares, ranges, bounds, ages, durations, ordinals, money, distances.

Every paragraph is read lexeme by lexeme. Where a number begins, its bound (`at least`), the other end of a range, the
percent sign and the unit are read around it; then it is decided whether the number counts anything at all. The rules
work on words and need no parse; with one, the counted noun is the word that the number hangs on.

Conventions are those of the gold's guidelines: a share is a fraction of 1, `over 40` has a minimum and no value,
`dozens` has the minimum 24, an ordinal has the unit `ordinal`, an age the unit `year of age`.
"""

from collections.abc import Iterator, Sequence

from kgbuild.extract.numbers import Kind, Number, beginnings, read_number
from kgbuild.extract.passage import Passage
from kgbuild.extract.quantities.counting import counts
from kgbuild.extract.quantities.shape import Shape, read_shape
from kgbuild.extract.quantities.text import Text, read_text
from kgbuild.extract.quantities.units import Counted, counted
from kgbuild.knowledge.measures import Measures
from kgbuild.model import QuantityMention, TimeMention


def find_quantities(
    passages: Sequence[Passage], times: Sequence[TimeMention], measures: Measures
) -> tuple[QuantityMention, ...]:
    """Find every quantity of an article, in text order.

    Args:
        passages: the article's paragraphs; a parse is used if there is one, sentence boundaries are needed.
        times: the article's expressions of time; their numbers are no quantities, except in `three years ago`.
        measures: units, bounds and nouns.

    Returns:
        Mentions that do not overlap.
    """
    taken = [time.where for time in times if "time:ago" not in time.rules]
    found: list[QuantityMention] = []
    for passage in passages:
        end = passage.begin + len(passage.text)
        here = [where for where in taken if passage.begin <= where.begin < end]
        found += _in_text(read_text(passage, here), measures)
    return tuple(found)


def _in_text(text: Text, measures: Measures) -> Iterator[QuantityMention]:
    """Read one paragraph from left to right."""
    after = 0
    for at in beginnings(text.words):
        if at < after or text.busy[at]:
            continue
        shape = _shape(text, at, measures)
        if shape is not None:
            after = shape.after
            if counts(text, shape, measures):
                yield _mention(text, shape, measures)


def _shape(text: Text, at: int, measures: Measures) -> Shape | None:
    """Read the number that begins at a lexeme, with everything around it."""
    number = read_number(text.words, at)
    if number is None and text.low(at) in ("a", "an") and not text.busy[at]:
        number = Number(at, at + 1, 1.0, Kind.CARDINAL)
        shape = read_shape(text, number, measures)
        measured = shape.unit is not None and shape.unit.kind == "duration"
        later = text.low(at + 2) in ("later", "earlier") or shape.bounded
        ago = text.low(at + 2) == "ago"
        return shape if measured and later and not ago and shape.number.after == at + 1 else None
    return None if number is None else read_shape(text, number, measures)


def _mention(text: Text, shape: Shape, measures: Measures) -> QuantityMention:
    """Make a mention of a number and what was read around it."""
    what: Counted = counted(text, shape, measures)
    where = text.where(shape.first, shape.last)
    return QuantityMention(
        where=where,
        value=shape.value,
        minimum=shape.minimum,
        maximum=shape.maximum,
        modifier=shape.modifier,
        unit=what.unit,
        head=what.head or where,
        sentence=text.token(shape.number.first).sent.place,
        rules=(f"quantity:{shape.number.kind}", *shape.rules),
    )
