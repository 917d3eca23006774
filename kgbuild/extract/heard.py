"""What a learned tagger heard in the words, brought to the frames that they name.

A pipeline may hold a component that suggests headings of events for words (`doc.spans["events"]`, the scores in the
group's `attrs`). Most pipelines have none; then nothing changes here.
"""

from collections.abc import Sequence
from dataclasses import replace

from kgbuild.extract.passage import Passage
from kgbuild.model import Frame, Where

_SPANS = "events"


def hear(read: Sequence[Passage], frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """Give each frame what was heard in its trigger, the likeliest heading first.

    Args:
        read: the article's paragraphs.
        frames: the article's frames.

    Returns:
        The frames in their order; those of a paragraph that no tagger has read keep `learned` as None, those of
        words in which it heard nothing get an empty tuple.
    """
    told: dict[Where, list[tuple[str, float]]] = {}
    heard: set[Where] = set()
    for passage in read:
        if _SPANS not in passage.doc.spans:
            continue
        group = passage.doc.spans[_SPANS]
        scores = group.attrs.get("scores", [])
        if len(scores) != len(group):
            continue
        heard.add(Where(passage.begin, passage.begin + len(passage.text)))
        for span, score in zip(group, scores, strict=True):
            told.setdefault(passage.where(span.start, span.end), []).append((span.label_, float(score)))
    if not heard:
        return frames
    spots = sorted(heard)
    return tuple(
        replace(frame, learned=tuple(told.get(frame.trigger, ()))) if _within(frame.trigger, spots) else frame
        for frame in frames
    )


def _within(where: Where, spots: Sequence[Where]) -> bool:
    return any(spot.contains(where) for spot in spots)
