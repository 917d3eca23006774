"""Whether a word attributes what somebody says, and who says it.

A verb of saying needs a clause with a tense, a quotation or a thing confirmed, or stands at the end of what it reports
(`..., Interfax reported`). What it reports as is a row of `ontology/cues/reporting.tsv`.
"""

import re
from collections.abc import Iterator, Sequence, Set

from kgbuild.interpret.article import Article
from kgbuild.knowledge.cues import Reporting
from kgbuild.knowledge.frames import ALIASES
from kgbuild.model import Filler, Frame, Where

SPEECH = frozenset({"say", "tell", "add", "write", "tweet", "state"})
SPEAKERS = frozenset({"Person", "Organization", "Country", "Group", "Document", "City", "Region", "Facility"})
_COURTESIES = frozenset({"condolence", "thanks", "thank", "sympathy", "gratitude", "appreciation"})
_CALLING = frozenset({"call", "dub", "label", "brand", "characterize", "characterise"})
_SPOKEN_ENDS = ",.!?"
NEAR = 6
"""How many characters may lie between a verb of saying and the name of who says it, when the parse shows neither."""
_COMMA = 2
"""How many characters may lie between a name and the verb of saying behind it: a blank, or a comma and a blank."""
_PLACING = re.compile(r"\b(?:on|in|at|to|via)\b")
_LEAST = 40
"""How many characters must stand before a report that follows what is said."""


def before_colon(article: Article, frame: Frame) -> bool:
    """Tell whether the paragraph of a frame ends with its sentence, in a colon, so that another paragraph follows."""
    if frame.heading:
        return False
    text = article.document.text
    for paragraph in article.document.paragraphs:
        if paragraph.contains(frame.trigger):
            stretch = paragraph.of(text).rstrip()
            return stretch.endswith(":") and frame.sentence.end >= paragraph.begin + len(stretch) - 1
    return False


def plain_report(article: Article, frame: Frame) -> Reporting | None:
    """Give what a verb attributes as, if it is no event of its own."""
    word = article.knowledge.cues.reports(frame.lemma, frame.pos) if frame.pos == "verb" else None
    return word if word is not None and not word.event else None


def finite(article: Article, frame: Frame) -> bool:
    """Tell whether a full clause hangs on a frame: one with a tense or a modal, not an infinitive."""
    for filler in frame.fillers:
        if filler.side == "clause" and filler.frame is not None:
            below = article.frames[filler.frame]
            if below.tense or any(auxiliary != "to" for auxiliary in below.auxiliaries):
                return True
            if article.document.text.startswith(" that ", frame.trigger.end):
                return True  # `demands that it be recognised` has no tense
    return False


def _trails(article: Article, frame: Frame) -> bool:
    """Tell a report that follows what is said, or goes before it with `as` (`..., Interfax reported`)."""
    if any(filler.side in ("object", "clause", "complement") for filler in frame.fillers) or not frame.tense:
        return False
    subjects = [f.mention for f in frame.fillers if f.side == "subject" and f.mention is not None]
    begin = max((article.extraction.mentions[mention].where.begin for mention in subjects), default=0)
    before = article.document.text[frame.sentence.begin : begin].strip()
    trails = before.endswith(",") and len(before) > _LEAST
    return bool(subjects) and (trails or before.lower().startswith("as ")) and bool(speakers(article, frame))


def cue_of(article: Article, number: int, quoted: Sequence[Where], talking: Set[Where]) -> Reporting | None:
    """Tell whether a frame attributes, and as what."""
    frame = article.frames[number]
    word = article.knowledge.cues.reports(frame.lemma, frame.pos)
    if word is None:
        return _naming(article, number)
    if frame.pos == "noun":
        return word if _noun_reports(article, frame) else None
    if frame.pos != "verb" or _attributive(frame) or _hands_on(article, frame) or _keeps_silent(frame, word):
        return None
    if _lays_claim(article, frame) or _goes_on(article, frame):
        return None
    quotes = _own_quotes(article, frame, word, quoted)
    speech = word.event or word.lemma in SPEECH
    quote = bool(quotes) if speech else any(_speaks(article, span) for span in quotes)
    if word.event:
        alone = frame.sentence not in talking
        return word if finite(article, frame) or (quote and alone and speakers(article, frame)) else None
    if word.stance == "cite" or finite(article, frame):
        return None if word.stance in ("think", "show") and not _thinks_aloud(article, number) else word
    thing = word.things and any(filler.side == "object" for filler in frame.fillers)
    thing = thing and not _says_no_thing(article, frame)
    clauses = [filler.where for filler in frame.fillers if filler.side == "clause"]
    infinitive = any(not any(span.contains(where) for span in quotes) for where in clauses)
    if word.lemma == "tell" and infinitive and not quote:
        return None  # `was told to prepare` is an order
    if quote and not infinitive and (frame.sentence not in talking or word.lemma in SPEECH):
        return word
    trails = word.stance in ("say", "announce", "confirm") and not frame.quoted and _trails(article, frame)
    put = word.lemma == "add" and any(filler.side == "object" for filler in frame.fillers)  # `adds ships to the list`
    talk = word.lemma in SPEECH and not put
    bare = not frame.quoted and (talk or (bool(frame.tense) and before_colon(article, frame)))
    return word if thing or trails or bare else None


def _says_no_thing(article: Article, frame: Frame) -> bool:
    """Tell a thing that is not said: `expressed his thanks`, `the loan underscores it`, `was to be announced`."""
    if any(article.lemma(filler) in _COURTESIES for filler in frame.fillers if filler.side == "object"):
        return True
    stated = "to" in frame.auxiliaries or any(filler.side == "subject" for filler in frame.fillers)
    return stated and not speakers(article, frame)


def _own_quotes(article: Article, frame: Frame, word: Reporting, quoted: Sequence[Where]) -> list[Where]:
    """List the quotations that a word may report."""
    quotes = quotes_of(frame, quoted) if word.quotes and not frame.quoted else []
    return [span for span in quotes if not word.event or not of_another(article, frame, span)]


def of_another(article: Article, frame: Frame, quote: Where) -> bool:
    """Tell whether what stands before a word is another's: `hailed it as "a triumph" and thanked the president`."""
    if article.document.text[quote.end - 1] in _SPOKEN_ENDS:
        return False  # `He rose. "We will win," he said`
    return any(
        frame.sentence.contains(other.trigger) and other.trigger.end <= quote.begin < frame.trigger.begin
        for other in article.frames
        if other is not frame
        and other.pos == "verb"
        and (other.lemma in _CALLING or article.knowledge.cues.reports(other.lemma) is not None)
    )


def _thinks_aloud(article: Article, number: int) -> bool:
    """Tell whether somebody's thought is reported by itself: not what a speaker says that he thinks or hopes."""
    frame = article.frames[number]
    above = [article.frames[parent] for parent, side in article.parents.get(number, ()) if side == "clause"]
    said = any(plain_report(article, parent) for parent in above)
    first = any(f.side == "subject" and article.text(f) in ("i", "we") for f in frame.fillers)
    return not said and not first and bool(speakers(article, frame))


def _naming(article: Article, number: int) -> Reporting | None:
    """Take `called the talks "magnificent"` and `is clear that ...` for reports."""
    frame = article.frames[number]
    if frame.pos == "verb" and frame.lemma in _CALLING:
        named = any(filler.side == "complement" for filler in frame.fillers)
        return Reporting(frame.lemma, "verb", "say") if named and speakers(article, frame) else None
    if frame.pos == "adjective" and _is_clear(article, frame):
        made = (article.frames[above] for above, side in article.parents.get(number, ()) if side == "complement")
        return None if any(one.lemma == "make" for one in made) else Reporting(frame.lemma, "adjective", "say")
    if frame.pos == "verb" and frame.lemma == "make" and not frame.negated and made_clear(article, frame) is not None:
        return Reporting(frame.lemma, "verb", "say")
    return None


def made_clear(article: Article, frame: Frame) -> Frame | None:
    """Give the adjective of `made it clear that ...`, None for other verbs and things that are made."""
    below = [filler.frame for filler in frame.fillers if filler.side == "complement" and frame.lemma == "make"]
    clear = (article.frames[number] for number in below if number is not None)
    return next((one for one in clear if _is_clear(article, one)), None)


def _is_clear(article: Article, frame: Frame) -> bool:
    return frame.lemma == "clear" and finite(article, frame) and not frame.negated


def _attributive(frame: Frame) -> bool:
    """Tell `self-proclaimed` and `the announced meeting` from a report."""
    return "participle" in frame.rules and not any(filler.side in ("clause", "subject") for filler in frame.fillers)


def _keeps_silent(frame: Frame, word: Reporting) -> bool:
    """Tell who did not say why from who says something, and `a book written by her` from what she writes."""
    if frame.negated and "passive" not in frame.rules and word.stance in ("say", "announce", "confirm"):
        return True
    sides = {filler.side for filler in frame.fillers}
    return frame.lemma == "write" and "participle" in frame.rules and "object" in sides and "clause" not in sides


def _hands_on(article: Article, frame: Frame) -> bool:
    """Tell whether another word says it: `was quoted as saying`, `summed up by saying`."""
    below = [article.frames[filler.frame] for filler in frame.fillers if filler.frame is not None]
    return any(inner.lemma == "say" and inner.pos == "verb" and not inner.tense for inner in below)


def _lays_claim(article: Article, frame: Frame) -> bool:
    """Tell who claims an island, or whose lives a flood claims, from who claims that something is so."""
    objects = [filler for filler in frame.fillers if filler.side == "object"] if frame.lemma == "claim" else []
    return any(article.type_of(one) in ALIASES["Site"] or article.lemma(one) == "life" for one in objects)


def _goes_on(article: Article, frame: Frame) -> bool:
    """Tell who continues to do something from who continues to speak."""
    if frame.lemma != "continue":
        return False
    done = [filler for filler in frame.fillers if filler.side in ("clause", "complement", "object", "adverbial")]
    return any(one.frame is None or not article.frames[one.frame].quoted for one in done)


def _noun_reports(article: Article, frame: Frame) -> bool:
    """Tell whether a noun of saying is followed by what is said; `reports of attacks` need no speaker."""
    if frame.lemma in ("report", "rumour", "rumor"):
        return any(filler.side in ("clause", "of") and filler.frame is not None for filler in frame.fillers)
    told = any(filler.side == "clause" for filler in frame.fillers)
    return (told or (_is_following(article, frame) and before_colon(article, frame))) and bool(speakers(article, frame))


def _is_following(article: Article, noun: Frame) -> bool:
    return any(filler.side == "modifier" and article.text(filler) == "following" for filler in noun.fillers)


def _speaks(article: Article, quotation: Where) -> bool:
    """Tell speech from a single word held at arm's length."""
    return len(quotation.of(article.document.text).split()) > 1


def quotes_of(frame: Frame, quoted: Sequence[Where]) -> list[Where]:
    """List the quotations of more than one word in the sentence of a cue."""
    return [span for span in quoted if span.overlaps(frame.sentence) and not span.contains(frame.trigger)]


def speakers(article: Article, frame: Frame) -> tuple[str, ...]:
    """Name who speaks: the subject of a verb, the owner of a noun."""
    if frame.pos == "noun":
        sides: tuple[str, ...] = ("possessor", "by", "from", "modifier", "subject")
    else:
        sides = ("subject",)
    for side in sides:
        found = [entity for filler in frame.fillers if filler.side == side for entity in entities(article, filler)]
        if found:
            return tuple(dict.fromkeys(found))
    if frame.pos == "noun":
        return _who_gives(article, frame) if _is_following(article, frame) else ()
    stated = any(filler.side == "subject" for filler in frame.fillers)
    return () if stated or frame.lemma not in SPEECH else _beside(article, frame)


def _who_gives(article: Article, noun: Frame) -> tuple[str, ...]:
    """Name who gives what a noun tells: `the general released the following statement`."""
    number = article.frames.index(noun)
    above = [article.frames[parent] for parent, side in article.parents.get(number, ()) if side == "object"]
    subjects = [filler for verb in above if verb.pos == "verb" for filler in verb.fillers if filler.side == "subject"]
    return tuple(dict.fromkeys(entity for filler in subjects for entity in entities(article, filler)))


def _beside(article: Article, frame: Frame) -> tuple[str, ...]:
    """Name the person right after or right before a verb of saying that the parse left without subject."""
    for number, mention in enumerate(article.extraction.mentions):
        after = 0 <= mention.where.begin - frame.trigger.end <= NEAR
        before = 0 <= frame.trigger.begin - mention.where.end <= _COMMA
        between = Where(frame.trigger.end, mention.where.begin) if after else None
        if between is not None and _PLACING.search(between.of(article.document.text)):
            continue  # `said on Telegram`
        if (after or before) and not mention.hidden:
            found = [
                article.entity(chain)
                for chain in article.chains_of.get(number, ())
                if article.chain_type(chain).value in ("Person", "Organization")
            ]
            if found:
                return tuple(found)
    return ()


def entities(article: Article, filler: Filler) -> Iterator[str]:
    """Give the entities of a filler that can speak."""
    for chain in article.chains_at(filler):
        if article.chain_type(chain).value in SPEAKERS:
            yield article.entity(chain)
