"""The numbered stretches of a text that gold annotations point at.

The cut is plain on purpose, lines first and then sentence ends, because it has to stay the same for as long as there
are annotations that count its segments. It must not be improved.
"""

import re

_SHORTENED = (
    *("U.S", "U.N", "U.K", "E.U", "Mr", "Mrs", "Ms", "Dr", "Gen", "Lt", "Col", "Sgt", "Sen", "Rep", "Gov", "St", "No"),
    *("vs", "Jan", "Feb", "Mar", "Apr", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec", "a.m", "p.m", "e.g", "i.e"),
)
_ENDS_SHORTENED = re.compile(rf"\b(?:{'|'.join(map(re.escape, _SHORTENED))}|[A-Z])\.$")
_SENTENCE_END = re.compile(r"""[.!?]["'”’)\]]*(?P<gap>\s+)(?=["'“‘(\[]?[A-Z0-9À-Þ])""")
_LINE = re.compile(r"[^\n]+")

Span = tuple[int, int]


def segments(text: str) -> list[Span]:
    """Give begin and end of each segment, in order, without white space at the ends and without empty ones.

    >>> [text[b:e] for text in ["Mr. Lind left. (He did.) So?"] for b, e in segments(text)]
    ['Mr. Lind left.', '(He did.)', 'So?']
    """
    return [
        trimmed for line in _LINE.finditer(text) for cut in _cuts(text, *line.span()) if (trimmed := _trim(text, *cut))
    ]


def _cuts(text: str, begin: int, end: int) -> list[Span]:
    """Cut one line after its sentences."""
    cuts: list[Span] = []
    start = begin
    for match in _SENTENCE_END.finditer(text, begin, end):
        if not _ENDS_SHORTENED.search(text[start : match.start() + 1]):
            cuts.append((start, match.start("gap")))
            start = match.end()
    return [*cuts, (start, end)]


def _trim(text: str, begin: int, end: int) -> Span | None:
    """Drop white space at both ends; None if nothing is left."""
    chunk = text[begin:end]
    begin += len(chunk) - len(chunk.lstrip())
    end = begin + len(chunk.strip())
    return (begin, end) if begin < end else None
