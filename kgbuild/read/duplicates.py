"""Finds copies and retellings among texts that are all in memory, by the same steps as `compare.py`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from kgbuild.read.copies import Copies
from kgbuild.read.postings import Scratch
from kgbuild.read.retellings import Retellings
from kgbuild.read.traces import Trace, trace_of


@dataclass(frozen=True, slots=True)
class Text:
    """Hold a text for comparing: its key, its day, its trace."""

    key: str
    published: date | None
    trace: Trace


def text_of(key: str, paragraphs: Sequence[str], published: date | None) -> Text:
    """Prepare the paragraphs of an article for comparing."""
    return Text(key, published, trace_of(paragraphs))


def copies(texts: Sequence[Text]) -> dict[str, str]:
    """Tell which articles repeat which: key of the repeat -> key of the one that stays, which repeats nothing itself.

    Args:
        texts: in the order in which articles are taken for originals. Of two, the later one is the repeat, unless the
            earlier stands whole in the later and not the other way round.
    """
    with Scratch() as scratch:
        finder = Copies(len(texts), lambda number: texts[number].trace.runs, scratch)
        for number, text in enumerate(texts):
            finder.add(number, len(text.trace.runs), text.trace.sketch)
        return {texts[repeat].key: texts[original].key for repeat, original in finder.found().items()}


def retellings(texts: Sequence[Text]) -> dict[str, str]:
    """Group the articles that retell one text: key -> key of the first of its group, for groups of two or more."""
    with Scratch() as scratch:
        finder = Retellings(len(texts), scratch)
        for number, text in enumerate(texts):
            finder.add(number, text.trace.told)
        days = np.array([text.published.toordinal() if text.published else 0 for text in texts], np.int32)
        found = finder.groups(np.zeros(len(texts), np.bool_), days)
        return {texts[number].key: texts[first].key for number, first in found.items()}
