"""Whether an event is told as a fact, a plan, a demand, an offer or a chance, and whether it is denied.

An event takes its modality from the nearest word above it that changes how things are told: what is demanded is
requested, what is offered proposed, what is agreed future. Such a word is another event (its class says how it
tells its theme) or a cue (`ontology/cues/modality.tsv`, `negation.tsv`). Modals and `if` of its own come first.
Negation gathers on the way up, but only as long as no other event stands between.
"""

from kgbuild.interpret.article import Article
from kgbuild.interpret.roles import Draft
from kgbuild.interpret.senses import Sense
from kgbuild.model import Frame

_MODAL = {
    **dict.fromkeys(("may", "might", "could", "can"), "possible"),
    **dict.fromkeys(("must", "should", "ought"), "requested"),
    **dict.fromkeys(("will", "shall"), "future"),
}
_SCOPED = frozenset(
    {
        "clause",
        "complement",
        "object",
        "of",
        "to",
        "for",
        "on",
        "from",
        "such as",
        "including",
        "bearer",
        "subject",
        "in",
    }
)
_LOOSE = frozenset({"adverbial", "for", "by"})
"""Sides that share the time of the clause around them but not what its verb makes of its content."""
_IFS = frozenset({"if", "unless"})
_OPEN = frozenset({"", "future", "possible", "requested"})
_WILLED = frozenset({"will", "shall"})
# Nouns of terms: what they are terms for is conditional, what they consist of requested.
_CONDITIONS = frozenset({"condition", "precondition", "requirement", "prerequisite"})
# What is said by saying that one wants to: `I want to thank you`.
# Classes and entries whose theme is a fact, however they are told themselves.
_FACTIVE = frozenset({"Recognize", "Condemn", "Praise", "Accuse", "Investigate"})
_LIFTING = frozenset({"lift-measure", "ease-measure"})
_PLANS = frozenset({"plan", "proposal", "option", "memorandum", "draft", "initiative", "offer", "scheme", "blueprint"})
_PERFORMED = frozenset({"Praise", "Condemn"})
_DENIED = frozenset({"clause", "complement", "object", "of", "from", "on", "to"})
# Verbs that deny what hangs on them only as a clause: `failed to agree`, but `failed the test`.
_CLAUSAL = frozenset(
    {"fail", "refuse", "decline", "rule out", "forget", "neglect", "avoid", "refrain", "abstain", "prevent", "keep"}
)
# Those of them that are events of their own, of which nothing came: `refused to withdraw`.
_REFUSALS = frozenset({"refuse", "decline", "rule out", "refusal"})
_IMPLIED = _CLAUSAL | {
    *("failure", "refusal", "inability", "unwillingness", "reluctance", "absence", "lack", "prevention"),
    *("unable", "unwilling", "impossible", "reluctant"),
}
# Adjectives of time and doubt that do not change how an event itself is told (`the next meeting was held`).
_NO_TELLING = frozenset({"next", "soon", "shortly", "alleged"})
# Entries of what goes on whether or not it is talked about: `an end to the war` leaves the war a fact.
_STANDING = frozenset({"war", "violence"})
_AHEAD = frozenset({"requested", "conditional", "future", "proposed"})
AIM = "to"
"""What tells an event that is only the aim of something."""
_AIMS = frozenset({"adverbial", "in order", "so as"})
# Headings of what is not there before it is reached.
_REACHED = frozenset({"Assault", "Coerce", "Retreat"})
_MEANS = frozenset({"use", "utilize", "utilise", "employ"})  # `used drones to strike`
_KNOWING = frozenset({"clear", "certain", "sure", "aware", "evident", "apparent", "obvious", "known", "unclear"})
_STEPS = 5


def own_modality(frame: Frame, reported: bool) -> str:
    """Tell what a frame's own modals and conjunctions make of it, "" if nothing.

    Args:
        frame: the frame.
        reported: whether it is the content of a report, where `would` is the past of `will`.
    """
    if not _IFS.isdisjoint(frame.auxiliaries) or ("once" in frame.auxiliaries and frame.tense != "past"):
        return "conditional"
    if "would" in frame.auxiliaries:
        return "future" if reported else "conditional"
    for auxiliary in frame.auxiliaries:
        if auxiliary in _MODAL:
            return _MODAL[auxiliary]
    return ""


def judge(article: Article, draft: Draft, senses: dict[int, Sense]) -> None:
    """Set polarity and modality of an event mention from its own clause and from what stands above it."""
    frame = article.frames[draft.frame]
    draft.negative = frame.negated
    modality = own_modality(frame, _is_reported(article, draft.frame)) or _from_adverbs(article, frame)
    draft.told_by = modality
    if draft.sense.entry.id in _STANDING:
        return
    crossed, given, path = False, False, _path(article, draft.frame, senses)
    for below, (parent, side) in zip((draft.frame, *(up for up, _ in path)), path, strict=False):
        upper = article.frames[parent]
        heard = parent not in senses or (upper.lemma in _REFUSALS and side in ("clause", "complement"))
        if not crossed and heard and _denies(article, upper, side):
            draft.negative = True
        if parent in senses:
            crossed = True
            draft.governor = draft.governor or senses[parent].entry.event_class
        given = given or (not modality and _is_given(parent, senses))
        if not modality and not (draft.event_class in _PERFORMED and upper.lemma == "want"):
            modality = _telling(article, parent, side, senses)
            if modality in _AHEAD and side == "clause" and article.frames[below].tense == "past":
                modality = ""  # what one warns of or insists on may have happened: `warned that aid had been blocked`
            draft.told_by = upper.lemma if modality else ""
        if not modality and _shares_time(upper, side):
            modality = own_modality(upper, _is_reported(article, parent))
            direct = side in ("clause", "complement") and not crossed
            if direct and upper.negated and _passes_negation(article, upper):
                draft.negative = True
    modality = _under_terms(article, draft, path, modality)
    if not modality and _is_aim(article, draft):
        modality, draft.told_by = "future", AIM
    draft.context = modality or "actual"
    draft.modality = "actual" if given else draft.context


def _under_terms(article: Article, draft: Draft, path: list[tuple[int, str]], modality: str) -> str:
    """Tell what conditions and plans around an event make of its modality."""
    telling = bool(draft.sense.entry.content)
    terms = [_has_terms(article.frames[parent], side) for parent, side in path]
    if modality in _OPEN and (any(terms) or (not telling and _has_terms(article.frames[draft.frame]))):
        modality = "conditional"
    if modality == "conditional" and any(
        _by_proposal(article, number) for number in (draft.frame, *(n for n, _ in path))
    ):
        modality = "proposed"
    return modality


def _is_aim(article: Article, draft: Draft) -> bool:
    """Tell whether an infinitive says what is to be reached by something: `an operation to free the city`.

    An effort to help is help, but an operation to free a city has not freed it.
    """
    frame = article.frames[draft.frame]
    if "to" not in frame.auxiliaries or frame.tense:
        return False
    if article.knowledge.frames.heading(draft.event_class) not in _REACHED:
        return False
    above = [(article.frames[parent], side) for parent, side in article.parents.get(draft.frame, ())]
    if any(upper.lemma in _MEANS for upper, _ in above):
        return False
    return any(side in _AIMS or upper.pos == "noun" for upper, side in above)


def _by_proposal(article: Article, number: int) -> bool:
    """Tell whether a clause tells with `would` what a plan holds: `under the proposal, forces would leave`."""
    frame = article.frames[number]
    return "would" in frame.auxiliaries and any(
        filler.side in ("under", "according to") and article.lemma(filler) in _PLANS for filler in frame.fillers
    )


def _is_given(parent: int, senses: dict[int, Sense]) -> bool:
    """Tell whether what is above an event takes it for a fact: `demanded to recognise the annexation`."""
    sense = senses.get(parent)
    return sense is not None and (sense.entry.event_class in _FACTIVE or sense.entry.id in _LIFTING)


def _path(article: Article, number: int, senses: dict[int, Sense]) -> list[tuple[int, str]]:
    """List the frames above a frame that have scope over it, each with the side that leads down to it."""
    found: list[tuple[int, str]] = []
    seen = {number}
    for _ in range(_STEPS):
        above = _step(article, number, seen, senses)
        if above is None:
            break
        found.append(above)
        number = above[0]
        seen.add(number)
    return found


def _has_terms(frame: Frame, side: str = "") -> bool:
    """Tell whether an `if` or `unless` hangs on a clause that is not told as past."""
    return side not in _IFS and frame.tense != "past" and any(filler.side in _IFS for filler in frame.fillers)


def _shares_time(upper: Frame, side: str) -> bool:
    """Tell whether what is on a side of a frame is told in the frame's own time and mood."""
    if side in ("clause", "complement") or side in _LOOSE:
        return True
    return side == "subject" and not _WILLED.isdisjoint(upper.auxiliaries)


def _step(article: Article, number: int, seen: set[int], senses: dict[int, Sense]) -> tuple[int, str] | None:
    """Go one frame up, over a side on which a word has scope: to an event that tells its theme, a clause, a noun."""
    finite = bool(article.frames[number].tense)
    options = [
        (parent, side)
        for parent, side in article.parents.get(number, ())
        if parent not in seen and (side in _SCOPED or (side in _LOOSE and not finite))
    ]
    if not options:
        return None
    telling = [option for option in options if _telling(article, *option, senses)]
    clausal = [option for option in options if option[1] in ("clause", "complement")]
    return (telling or clausal or options)[0]


def _telling(article: Article, parent: int, side: str, senses: dict[int, Sense]) -> str:
    """Tell how a frame tells what is on one of its sides."""
    if side == "for" and article.frames[parent].lemma in _CONDITIONS:
        return "conditional"
    sense = senses.get(parent)
    if sense is not None:
        themes = {wanted.name for wanted in sense.entry.roles.get("theme", ())}
        return sense.entry.content if side in themes else ""
    upper = article.frames[parent]
    if side in ("adverbial", "by") or (upper.lemma == "able" and upper.tense == "past"):  # who was able to has done it
        return ""
    if upper.pos != "adjective" and side in ("subject", "bearer", "in", "from"):
        return ""
    return article.knowledge.cues.modality_of(upper.lemma, upper.pos)


def _denies(article: Article, upper: Frame, side: str) -> bool:
    cue = article.knowledge.cues.negation.get(upper.lemma)
    if cue is None or cue.pos != upper.pos or side not in _DENIED:
        return False
    if cue.effect == "stop":
        return side in ("object", "clause", "of", "on", "to")
    if upper.lemma not in _IMPLIED:
        return False
    return (
        upper.lemma not in _CLAUSAL or side in ("clause", "complement", "from") or upper.lemma in ("avoid", "prevent")
    )


def _passes_negation(article: Article, upper: Frame) -> bool:
    """Tell whether `did not V to do it` says that it was not done; not so of saying, knowing and being clear."""
    return article.knowledge.cues.reports(upper.lemma) is None and upper.lemma not in _KNOWING


def _is_reported(article: Article, number: int) -> bool:
    return any(
        side == "clause" and article.knowledge.cues.reports(article.frames[parent].lemma) is not None
        for parent, side in article.parents.get(number, ())
    )


def _from_adverbs(article: Article, frame: Frame) -> str:
    for filler in frame.fillers:
        if filler.side not in ("adverb", "modifier"):
            continue
        wanted = "adverb" if filler.side == "adverb" else "adjective"
        word = article.text(filler)
        effect = article.knowledge.cues.modality_of(word, wanted)
        if effect and word not in _NO_TELLING:
            return effect
    return ""
