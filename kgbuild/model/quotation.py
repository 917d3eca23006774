"""Which characters of a text stand inside quotation marks: a question of typography, not of grammar."""

import re
from collections.abc import Iterable

from kgbuild.model.text import Where

_OPENING = {"“": "”", "«": "»", "„": "“"}
_STRAIGHT = '"'
_SINGLE = re.compile(r"(?<![\w’'])['‘](?=[\w(])(?P<words>[^'‘’\n]*?(?:\w['’]\w[^'‘’\n]*?)*)(?<=[\w.,!?])['’](?!\w)")
_DOUBLE = re.compile('[“”«»„"]')
_WORDS = 3


def quotations(text: str, begin: int = 0) -> tuple[Where, ...]:
    """Find the quoted stretches of one paragraph, without their marks, in text order.

    A quotation that is not closed runs to the paragraph's end, as newspapers print a speech of several paragraphs.
    Single marks count only around three words or more: around fewer they hold a word at arm's length, and an
    apostrophe looks the same.

    Args:
        text: the paragraph.
        begin: code point of the file at which it begins.

    >>> [w.of('He said "yes" and “no') for w in quotations('He said "yes" and “no')]
    ['yes', 'no']
    """
    found = _double(text, begin)
    for match in _SINGLE.finditer(text):
        where = Where(begin + match.start("words"), begin + match.end("words"))
        if len(match["words"].split()) >= _WORDS and not any(where.overlaps(other) for other in found):
            found.append(where)
    return tuple(sorted(found))


def with_marks(text: str, where: Where, quoted: Iterable[Where]) -> Where:
    """Widen a stretch by a mark that it cuts off: one that begins inside a quotation and goes on behind it, or ends so.

    Args:
        text: the file.
        where: the stretch.
        quoted: quotations of the file, without their marks.

    >>> told = 'Oman said "useful ideas" had been discussed'
    >>> with_marks(told, Where(11, 43), [Where(11, 23)]).of(told)
    '"useful ideas" had been discussed'
    """
    begin, end = where.begin, where.end
    for span in quoted:
        if span.begin == begin and span.end < end:
            begin -= 1
        elif span.end == end and begin < span.begin:
            end = min(end + 1, len(text))
    return Where(begin, end)


def _double(text: str, begin: int) -> list[Where]:
    """Find what stands between double marks."""
    found: list[Where] = []
    closing, start = "", 0
    for match in _DOUBLE.finditer(text):
        place, mark = match.start(), match.group()
        if closing:
            if mark == closing or (closing == "”" and mark == _STRAIGHT):
                found.append(Where(begin + start, begin + place))
                closing = ""
        elif mark in _OPENING or mark == _STRAIGHT:
            closing, start = _OPENING.get(mark, _STRAIGHT), place + 1
    if closing and start < len(text.rstrip()):
        found.append(Where(begin + start, begin + len(text.rstrip())))
    return [where for where in found if where.length > 0]
