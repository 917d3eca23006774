"""What a learned tagger heard in the words, brought to the frames that they name.

A pipeline may hold a component that suggests headings of events for words (`doc.spans["events"]`, the scores in the
group's `attrs`). Most pipelines have none; then nothing is told here.
"""

from collections.abc import Mapping

from kgbuild.extract.passage import Passage
from kgbuild.model import Where

_SPANS = "events"

Heard = tuple[tuple[str, float], ...]
"""Headings with their probabilities, the likeliest first."""


def hear(passage: Passage) -> Mapping[Where, Heard] | None:
    """Give what was heard in the words of one paragraph.

    Returns:
        By place of the word, for words in which something was heard; None if no tagger has read the paragraph.
    """
    group = passage.doc.spans.get(_SPANS)
    scores = group.attrs.get("scores", []) if group is not None else []
    if group is None or len(scores) != len(group):
        return None
    told: dict[Where, Heard] = {}
    for span, score in zip(group, scores, strict=True):
        where = passage.where(span.start, span.end)
        told[where] = (*told.get(where, ()), (span.label_, float(score)))
    return told
