"""Tells whether the words around an expression of time speak of what is past or of what is to come."""

from kgbuild.extract.words import Sentence, Word

_FUTURE = frozenset(
    "will wo ll shall upcoming scheduled due slated expected planned poised set tomorrow deadline".split()
)
_FUTURE |= frozenset("'ll ’ll plans plan intends aims hopes expects would must next".split())
_BEFORE_TO = frozenset("is are be was were am plans hopes wants set due scheduled expected planned going".split())
_PAST = frozenset(
    "was were had said told took met held came went made began fell rose left lost won shot hit struck fought sent "
    "spoke gave found got knew saw became led fled brought bought caught sought taught thought felt kept built put cut "
    "broke chose drove flew grew threw wrote sank swore wore withdrew overthrew did".split()
)
_BARE = frozenset("be to get".split())
_WEAK = frozenset("for until till".split())
_CLOSED = frozenset('"“”‘;:()—–')


def looks_ahead(sentence: Sentence, first: int, last: int, *, inflected: bool) -> bool | None:
    """Tell whether the time expression between two words lies ahead: True, False, or None for not told.

    The nearest sign decides, those on the left first, since English puts its time after its verb. With morphology
    in the parse, finite past verbs are known by it; without, by their ending and a list of irregular ones.

    Args:
        sentence: the sentence.
        first: number of the expression's first word.
        last: number of its last one.
        inflected: whether there is morphology in the parse.
    """
    left = sentence.words[sentence.start : first]
    if left and left[-1].lower in _WEAK:
        return True
    for word in reversed(left):
        if word.text in _CLOSED:
            break
        sign = _sign(word, inflected)
        if sign is not None:
            return sign
    behind = (_sign(word, inflected) for word in sentence.words[last + 1 : sentence.end])
    return next((sign for sign in behind if sign is not None), None)


def _sign(word: Word, inflected: bool) -> bool | None:
    """Tell what one word says about time, if it does."""
    form = word.lower
    before = word.words[word.i - 1].lower if word.i > 0 else ""
    if form in _FUTURE or (form == "to" and before in _BEFORE_TO):
        return True
    if before not in _BARE and (form in _PAST or _past_form(word, inflected)):
        return False
    return None


def _past_form(word: Word, inflected: bool) -> bool:
    """Tell whether a word is a verb in the past, as far as morphology or spelling shows."""
    if inflected:
        return word.pos in ("VERB", "AUX") and "Past" in word.feature("Tense")
    return len(word.text) > 4 and word.text.islower() and word.lower.endswith("ed") and not word.lower.endswith("eed")
