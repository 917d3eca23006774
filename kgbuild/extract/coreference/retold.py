"""Join what a sentence names with what an earlier sentence names that tells the same again.

Updates of a live page repeat a sentence with newer numbers, a first paragraph repeats its headline. Noun phrases that
would mean somebody else elsewhere (`people`, `others`) then mean the same ones, if they stand in the same order. Two
sentences tell the same if they share most of their words, numbers left out, and neither names what the other lacks.
"""

from collections.abc import Mapping, Sequence

from kgbuild.extract.coreference.context import Context
from kgbuild.extract.sites import Site
from kgbuild.model import MentionKind

_ALIKE = 0.6
"""How large a share of their words two sentences must have in common."""
_LEAST = 4
"""How many words a sentence must have to be compared."""
_WINDOW = 40
"""How many sentences back a sentence is compared."""
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})

Words = tuple[frozenset[str], frozenset[str]]


def join_retold(context: Context) -> None:
    """Join the noun phrases of a sentence with those of the earlier sentence that is most like it."""
    inside: dict[int, list[int]] = {}
    for i, one in enumerate(context.sites):
        if one.mention.kind is MentionKind.NOMINAL and not one.mention.hidden:
            inside.setdefault(context.sentence_of[i], []).append(i)
    words = {number: _words(context.sites[sites[0]]) for number, sites in inside.items()}
    for number, sites in inside.items():
        earlier = _earlier(number, words)
        if earlier is not None:
            _join(context, inside[earlier], sites)


def _words(one: Site) -> Words:
    """Give the content words and the names of the sentence of a mention."""
    tokens = [t for t in one.head.sent if t.pos in _CONTENT and t.text.isalpha()]
    return frozenset(t.lemma for t in tokens), frozenset(t.text for t in tokens if t.pos == "PROPN")


def _earlier(number: int, words: Mapping[int, Words]) -> int | None:
    """Give the earlier sentence that a sentence tells again, the likest and then the last; None if there is none."""
    mine, names = words[number]
    best: tuple[float, int] | None = None
    for other in range(max(0, number - _WINDOW), number):
        if other not in words:
            continue
        theirs, others = words[other]
        shorter, longer = sorted((len(mine), len(theirs)))
        if shorter < max(_LEAST, _ALIKE * longer):
            continue
        share = len(mine & theirs) / len(mine | theirs)
        if share >= _ALIKE and (names <= others or others <= names) and (best is None or (share, other) >= best):
            best = (share, other)
    return None if best is None else best[1]


def _join(context: Context, old: Sequence[int], new: Sequence[int]) -> None:
    left = list(old)
    for i in new:
        lemma = context.sites[i].mention.lemma
        found = next((j for j in left if context.sites[j].mention.lemma == lemma), None)
        if found is not None:
            left.remove(found)
            if context.clusters.alone(i):
                context.clusters.merge(found, i, "told-again")
