"""Find who speaks in each quotation, as far as coreference needs it: for `I`, `we` and `our` in what somebody says.

Speech stands between quotation marks, or, in press releases, in paragraphs of its own below a line that ends in
`said:`.
"""

from collections.abc import Sequence

from kgbuild.extract.passage import Passage
from kgbuild.extract.sites import SUBJECTS, Site
from kgbuild.extract.words import Word
from kgbuild.knowledge.cues import Cues
from kgbuild.model.quotation import quotations

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
        # `I condemn` tells nothing new of who speaks
        subjects = {sites[i].top.i: i for i in inside if sites[i].mention.person == 3}
        stretches = [(w.begin, w.end) for w in quotations(passage.text) if w.length >= _LEAST]
        announced = _announcer(passage, subjects, cues)
        for stretch in stretches:
            speaker = _speaker(passage, stretch, stretches, subjects, cues)
            last = speaker if speaker is not None else last
            found.update({i: last for i in inside if stretch[0] <= sites[i].span.first.idx < stretch[1]})
        if not stretches:
            last = _reporter(passage, 0, len(passage.text), [], subjects, cues)
            if block is not None and last is None and announced is None:
                found.update(dict.fromkeys(inside, block))
                last = block
        block = announced if announced is not None else (block if last in (None, block) else None)
    return found


def _announcer(passage: Passage, subjects: dict[int, int], cues: Cues) -> int | None:
    """Give who is announced by a paragraph that ends in `said:`, or None."""
    text = passage.text.rstrip()
    if not text.endswith(":"):
        return None
    return _reporter(passage, max(0, len(text) - 1), len(passage.text), [], subjects, cues)


def _speaker(
    passage: Passage, stretch: Stretch, stretches: Sequence[Stretch], subjects: dict[int, int], cues: Cues
) -> int | None:
    """Look for the reporting verb around a quotation: its own sentences first, then the sentences beside them."""
    begin, end = stretch
    own = [s for s in passage.sentences if s.first.idx < end and begin < s.last.end]
    if not own:
        return None
    near = _reporter(passage, own[0].first.idx, own[-1].last.end, stretches, subjects, cues)
    if near is not None:
        return near
    return _reporter(passage, own[0].first.idx - 1, own[-1].last.end + 1, stretches, subjects, cues)


def _reporter(
    passage: Passage, begin: int, end: int, stretches: Sequence[Stretch], subjects: dict[int, int], cues: Cues
) -> int | None:
    nearest: tuple[int, int] | None = None
    for sentence in passage.sentences:
        if sentence.last.end <= begin or end <= sentence.first.idx:
            continue
        for token in sentence:
            if not _reports(token, cues) or any(b <= token.idx < e for b, e in stretches):
                continue
            for child in token.children:
                if child.dep in SUBJECTS and child.i in subjects:
                    found = (abs(token.idx - begin), subjects[child.i])
                    nearest = found if nearest is None else min(nearest, found)
    return nearest[1] if nearest else None


def _reports(token: Word, cues: Cues) -> bool:
    return token.pos == "VERB" and cues.reports(token.lemma) is not None
