"""Dictionary forms put right where a tagger's guess is no word that anybody knows.

A trained lemmatiser turns `injured` into `injur` now and then. English inflection is a closed set: of the few forms
that a word can come from, the one that the data files know is the right one. A form that they do not know keeps the
lemmatiser's guess, since nothing downstream would look at it.
"""

from collections.abc import Iterator

_IRREGULAR_FORMS = (
    "be was were been|bear bore born borne|beat beat beaten|become became|begin began begun|bind bound|"
    "bleed bled|break broke broken|bring brought|build built|burn burnt|buy bought|catch caught|"
    "choose chose chosen|come came|deal dealt|draw drew drawn|drive drove driven|eat ate eaten|"
    "fall fell fallen|feed fed|feel felt|fight fought|find found|flee fled|fly flew flown|"
    "forbid forbade forbidden|forget forgot forgotten|forgive forgave forgiven|freeze froze frozen|"
    "get got gotten|give gave given|go went gone|grow grew grown|hang hung|have had has|hear heard|"
    "hide hid hidden|hold held|keep kept|know knew known|lay laid|lead led|leave left|lend lent|"
    "lie lay lain|lose lost|make made|mean meant|meet met|overthrow overthrew overthrown|overrun overran|"
    "oversee oversaw overseen|pay paid|plead pled|ride rode ridden|ring rang rung|rise rose risen|run ran|"
    "say said|see saw seen|seek sought|sell sold|send sent|shake shook shaken|shoot shot|"
    "show showed shown|sink sank sunk|sit sat|slay slew slain|speak spoke spoken|spend spent|stand stood|"
    "steal stole stolen|stick stuck|strike struck stricken|swear swore sworn|sweep swept|take took taken|"
    "teach taught|tear tore torn|tell told|think thought|throw threw thrown|"
    "undertake undertook undertaken|wear wore worn|win won|withdraw withdrew withdrawn|withhold withheld|"
    "withstand withstood|write wrote written|retake retook retaken|rebuild rebuilt|mislead misled|"
    "uphold upheld|undergo underwent undergone"
)
_AMBIGUOUS = frozenset({"found", "left", "lay", "saw", "fell", "bound", "felt", "lain", "rang", "stove"})
IRREGULAR = {form: forms.split()[0] for forms in _IRREGULAR_FORMS.split("|") for form in forms.split()[1:]}


def bases(form: str) -> Iterator[str]:
    """Give the words that a verb's form may come from, the likeliest first; the form itself last.

    >>> list(bases("injured")), list(bases("submitted"))[:2], list(bases("denies"))[:1]
    (['injur', 'injure', 'injured'], ['submitt', 'submitte'], ['deny'])
    """
    if form in IRREGULAR:
        yield IRREGULAR[form]
    for ending in ("ing", "ed"):
        if form.endswith(ending) and len(form) > len(ending) + 2:
            stem = form.removesuffix(ending)
            if ending == "ed" and stem.endswith("i"):
                yield stem[:-1] + "y"
            yield stem
            yield stem + "e"
            if stem[-1] == stem[-2]:
                yield stem[:-1]
    if form.endswith("ies"):
        yield form[:-3] + "y"
    if form.endswith("es"):
        yield form[:-2]
    if form.endswith("s"):
        yield form[:-1]
    yield form


def dictionary_form(form: str, guess: str, known: frozenset[str]) -> str:
    """Put a guessed dictionary form right if another that the form may come from is known.

    Args:
        form: the word as it stands, lower case.
        guess: what the lemmatiser says.
        known: the words that the data files know, of the same part of speech.

    >>> dictionary_form("injured", "injur", frozenset({"injure"})), dictionary_form("sang", "sing", frozenset())
    ('injure', 'sing')
    """
    if form in IRREGULAR and form not in _AMBIGUOUS:
        return IRREGULAR[form]
    if guess in known:
        return guess
    return next((base for base in bases(form) if base in known), guess)
