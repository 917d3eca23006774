"""Which characters of a text stand inside quotation marks: a question of typography, not of grammar."""

from kgbuild.model.text import Where

_OPENING = {"“": "”", "«": "»", "„": "“"}
_STRAIGHT = '"'


def quotations(text: str, begin: int = 0) -> tuple[Where, ...]:
    """Find the quoted stretches of one paragraph, without their marks, in text order.

    A quotation that is not closed runs to the paragraph's end, as newspapers print a speech of several paragraphs.
    Single quotes are left alone: an apostrophe looks the same.

    Args:
        text: the paragraph.
        begin: code point of the file at which it begins.

    >>> [w.of('He said "yes" and “no') for w in quotations('He said "yes" and “no')]
    ['yes', 'no']
    """
    found: list[Where] = []
    closing, start = "", 0
    for place, mark in enumerate(text):
        if closing:
            if mark == closing or (closing == "”" and mark == _STRAIGHT):
                found.append(Where(begin + start, begin + place))
                closing = ""
        elif mark in _OPENING or mark == _STRAIGHT:
            closing, start = _OPENING.get(mark, _STRAIGHT), place + 1
    if closing and start < len(text.rstrip()):
        found.append(Where(begin + start, begin + len(text.rstrip())))
    return tuple(where for where in found if where.length > 0)
