"""Which characters of a text stand inside quotation marks: a question of typography, not of grammar."""

import re

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
