"""Find who speaks in each quotation, as far as coreference needs it: for `I`, `we` and `our` in what somebody says.

Speech stands between quotation marks, or, in press releases, in paragraphs of its own below a line that ends in
`said:`.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kgbuild.extract.passage import Passage
from kgbuild.extract.sites import SUBJECTS, Site
from kgbuild.extract.words import Word
from kgbuild.knowledge.cues import Cues

_LEAST = 12
"""A shorter quotation is a word held at arm's length (`magnificent`), not speech with an `I` in it."""

Stretch = tuple[int, int]


def quoted_speakers(passages: Sequence[Passage], sites: Sequence[Site], cues: Cues) -> dict[int, int | None]:
    """Map the index of every mention inside speech to the index of the mention of its speaker, None if unknown.

    The speaker is the subject of a reporting verb in the quotation's sentence or the one beside it; a paragraph that
    only goes on quoting keeps the speaker of the paragraph before, and so do the paragraphs below `X said:`.
    """
    by_passage: dict[int, list[int]] = {}
    for i, one in enumerate(sites):
        by_passage.setdefault(one.passage.begin, []).append(i)
    found: dict[int, int | None] = {}
    last: int | None = None
    block: int | None = None
    for passage in passages:
        inside = by_passage.get(passage.begin, [])
        begin = passage.begin
        stretches = [(w.begin - begin, w.end - begin) for w in passage.quotations if w.length >= _LEAST]
        reporters = _reporters(passage, inside, sites, cues)
        announced = _announcer(passage, reporters)
        for stretch in stretches:
            speaker = _speaker(passage, stretch, [one for one in reporters if not _inside(one.verb, stretches)])
            last = speaker if speaker is not None else last
            found.update({i: last for i in inside if stretch[0] <= sites[i].span.first.idx < stretch[1]})
        if not stretches:
            last = _nearest(reporters, 0, len(passage.text))
            if block is not None and last is None and announced is None:
                found.update(dict.fromkeys(inside, block))
                last = block
        block = announced if announced is not None else (block if last in (None, block) else None)
    return found


class _Reporter(NamedTuple):
    """Hold a reporting verb and the index of the mention of who reports."""

    verb: Word
    subject: int


def _reporters(passage: Passage, inside: Sequence[int], sites: Sequence[Site], cues: Cues) -> list[_Reporter]:
    """Find the reporting verbs of a paragraph that have a mention for their subject."""
    # `I condemn` tells nothing new of who speaks
    subjects = {sites[i].top.i: i for i in inside if sites[i].mention.person == 3}
    return [
        _Reporter(word, subjects[child.i])
        for word in passage.words
        if word.pos == "VERB" and cues.reports(word.lemma) is not None
        for child in word.children
        if child.dep in SUBJECTS and child.i in subjects
    ]


def _inside(verb: Word, stretches: Iterable[Stretch]) -> bool:
    return any(begin <= verb.idx < end for begin, end in stretches)


def _announcer(passage: Passage, reporters: Sequence[_Reporter]) -> int | None:
    """Give who is announced by a paragraph that ends in `said:`, or None."""
    text = passage.text.rstrip()
    if not text.endswith(":"):
        return None
    return _nearest(reporters, max(0, len(text) - 1), len(passage.text))


def _speaker(passage: Passage, stretch: Stretch, reporters: Sequence[_Reporter]) -> int | None:
    """Look for the reporting verb around a quotation: its own sentences first, then the sentences beside them."""
    begin, end = stretch
    own = [s for s in passage.sentences if s.first.idx < end and begin < s.last.end]
    if not own:
        return None
    begin, end = own[0].first.idx, own[-1].last.end
    near = _nearest(reporters, begin, end)
    return _nearest(reporters, begin - 1, end + 1) if near is None else near


def _nearest(reporters: Iterable[_Reporter], begin: int, end: int) -> int | None:
    """Give who reports nearest to *begin* in the sentences that reach between *begin* and *end*."""
    near = [
        (abs(verb.idx - begin), subject)
        for verb, subject in reporters
        if begin < verb.sent.last.end and verb.sent.first.idx < end
    ]
    return min(near)[1] if near else None
