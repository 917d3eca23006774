"""Tells whether the words around an expression of time speak of what is past or of what is to come."""

from spacy.tokens import Span, Token

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


def looks_ahead(sentence: Span, first: int, last: int) -> bool | None:
    """Tell whether the time expression between two tokens lies ahead: True, False, or None for not told.

    The nearest sign decides, those on the left first, since English puts its time after its verb. With morphology
    in the parse, finite past verbs are known by it; without, by their ending and a list of irregular ones.

    Args:
        sentence: the sentence.
        first: document index of the expression's first token.
        last: document index of its last one.
    """
    tokens = list(sentence)
    left = [token for token in tokens if token.i < first]
    if left and left[-1].lower_ in _WEAK:
        return True
    for token in reversed(left):
        if token.text in _CLOSED:
            break
        sign = _sign(token)
        if sign is not None:
            return sign
    for token in tokens:
        if token.i > last:
            sign = _sign(token)
            if sign is not None:
                return sign
    return None


def _sign(token: Token) -> bool | None:
    """Tell what one word says about time, if it does."""
    word = token.lower_
    if word in _FUTURE:
        return True
    if word == "to" and token.i > 0 and token.nbor(-1).lower_ in _BEFORE_TO:
        return True
    if (word in _PAST or _past_form(token)) and not (token.i > 0 and token.nbor(-1).lower_ in _BARE):
        return False
    return None


def _past_form(token: Token) -> bool:
    """Tell whether a word is a verb in the past, as far as morphology or spelling shows."""
    if token.doc.has_annotation("MORPH"):
        return "Past" in token.morph.get("Tense", []) and token.pos_ in ("VERB", "AUX")
    return len(token) > 4 and token.text.islower() and token.lower_.endswith("ed") and not token.lower_.endswith("eed")
