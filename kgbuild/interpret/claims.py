"""Who says what: every reporting device of news, with its speaker, hearer, medium and content.

A claim needs a cue: a verb of saying with a clause, a quotation or a thing confirmed; a noun of saying with a clause;
`according to`, `citing`; an adverb such as `allegedly`, which names no speaker. Verbs that are events themselves
(`demanded`, `warned`) are claims too only when they carry a clause or a quotation. The content of a claim are the
outermost events of what is said, and of the quotation in the cue's sentence and those that run on after it.
"""

from collections.abc import Iterator, Sequence

from kgbuild.interpret.article import Article
from kgbuild.interpret.events import Events
from kgbuild.knowledge.cues import Reporting
from kgbuild.model import Claim, Evidence, Filler, Frame, Where, mint
from kgbuild.model.quotation import quotations

_DEPTH = 6
_SAYING = frozenset({"say", "write", "announce", "confirm"})
_SPEECH = frozenset({"say", "tell", "add", "write", "tweet", "state"})
_SPEAKERS = frozenset({"Person", "Organization", "Country", "Group", "Document", "City", "Region"})
_MEDIA = frozenset(
    {"telegram", "twitter", "facebook", "x", "instagram", "television", "tv", "radio", "youtube", "weibo"}
)
_NOT_SIDES = frozenset({"subject", "possessor", "modifier", "bearer", "adverb"})


def find_claims(article: Article, events: Events) -> tuple[Claim, ...]:
    """Find the claims of an article, in text order of their cues."""
    text = article.document.text
    quoted = [
        span for paragraph in article.document.paragraphs for span in quotations(paragraph.of(text), paragraph.begin)
    ]
    found: list[Claim] = []
    for number, frame in enumerate(article.frames):
        cue = _cue(article, number, frame, quoted)
        if cue is not None:
            found.append(_claim(article, number, frame, cue, quoted, events))
        found.extend(_hedges(article, number, frame, events))
        found.extend(_phrases(article, number, frame, events))
    unique = {claim.evidence.where[0]: claim for claim in reversed(found)}
    return tuple(unique[where] for where in sorted(unique))


def _cue(article: Article, number: int, frame: Frame, quoted: Sequence[Where]) -> Reporting | None:
    """Tell whether a frame attributes, and as what."""
    word = article.knowledge.cues.reports(frame.lemma, frame.pos)
    if word is None or frame.pos not in ("verb", "noun"):
        return None
    clause = [filler for filler in frame.fillers if filler.side == "clause" and _is_clause(article, filler)]
    quote = word.quotes and not frame.quoted and _quotes_of(frame, quoted)
    if frame.pos == "noun":
        return word if clause and _speakers(article, frame) else None
    if word.event:
        finite = [filler for filler in clause if filler.frame is not None and article.frames[filler.frame].tense]
        return word if finite or (quote and _speakers(article, frame)) else None
    if word.stance in _SAYING:
        thing = any(filler.side in ("object", "of") for filler in frame.fillers)
        said = clause or quote or (thing and word.stance in ("confirm", "announce")) or word.lemma in _SPEECH
        return word if said else None
    if word.stance == "cite":
        return word
    return word if clause and any(article.frames[f.frame].tense for f in clause if f.frame is not None) else None


def _is_clause(article: Article, filler: Filler) -> bool:
    return (
        filler.frame is None or article.frames[filler.frame].pos != "noun" or bool(article.frames[filler.frame].tense)
    )


def _quotes_of(frame: Frame, quoted: Sequence[Where]) -> list[Where]:
    """List the quotations of more than one word in the sentence of a cue."""
    return [span for span in quoted if span.overlaps(frame.sentence) and not span.contains(frame.trigger)]


def _speakers(article: Article, frame: Frame) -> tuple[str, ...]:
    """Name who speaks: the subject of a verb, the owner of a noun."""
    sides = ("subject",) if frame.pos == "verb" else ("possessor", "subject", "by", "from", "of", "modifier")
    for side in sides:
        found = [entity for filler in frame.fillers if filler.side == side for entity in _entities(article, filler)]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _entities(article: Article, filler: Filler) -> Iterator[str]:
    if filler.mention is None:
        return
    for chain in article.chains_of.get(filler.mention, ()):
        if article.chain_type(chain).value in _SPEAKERS:
            yield article.entity(chain)


def _claim(
    article: Article, number: int, frame: Frame, cue: Reporting, quoted: Sequence[Where], events: Events
) -> Claim:
    quotes = _quotes_of(frame, quoted) if cue.quotes else []
    quotes = quotes + _running_on(article, quotes, quoted)
    said = [filler.frame for filler in frame.fillers if filler.frame is not None and _is_said(frame, filler)]
    content = _outermost(article, said, events)
    for span in quotes:
        content.extend(name for name in _inside(article, span, events) if name not in content)
    speaker = _speakers(article, frame)
    if cue.stance == "cite":
        cited = [entity for filler in frame.fillers if filler.side == "object" for entity in _entities(article, filler)]
        speaker = tuple(cited) or speaker
    return Claim(
        id=_mint(article, frame.trigger),
        evidence=Evidence((frame.trigger,), (f"reporting:{cue.lemma}",)),
        speaker=speaker,
        content=tuple(content),
        addressee=_addressee(article, frame, cue),
        medium=_medium(article, frame),
        quotations=tuple(quotes),
        text=_stretch(article, said),
    )


def _is_said(frame: Frame, filler: Filler) -> bool:
    if filler.side in ("clause", "complement"):
        return True
    return filler.side in ("object", "of", "for") and frame.pos == "verb"


def _running_on(article: Article, quotes: Sequence[Where], quoted: Sequence[Where]) -> list[Where]:
    """List the quotations that begin the sentences right after one, as long as nothing but quotation follows."""
    if not quotes:
        return []
    found: list[Where] = []
    last = max(quotes)
    sentences = article.extraction.sentences
    cues = [
        frame.trigger for frame in article.frames if not frame.quoted and article.knowledge.cues.reports(frame.lemma)
    ]
    for span in sorted(quoted):
        if span <= last or span in quotes:
            continue
        sentence = next((where for where in sentences if where.overlaps(span)), None)
        gap = article.document.text[last.end : span.begin]
        if sentence is None or any(sentence.contains(cue) for cue in cues) or len(gap.strip(' \n\t\r"“”.,')) > 0:
            break
        found.append(span)
        last = span
    return found


def _addressee(article: Article, frame: Frame, cue: Reporting) -> tuple[str, ...]:
    sides = {"object": ("indirect", "object"), "to": ("to",)}.get(cue.addressee, ())
    if frame.lemma == "tell":
        sides = ("indirect", "object", "to")
    found = [
        entity
        for side in sides
        for filler in frame.fillers
        if filler.side == side
        for entity in _entities(article, filler)
    ]
    return tuple(dict.fromkeys(found))


def _medium(article: Article, frame: Frame) -> str | None:
    """Give the medium, if one is stated (`wrote on Telegram`)."""
    for filler in frame.fillers:
        if filler.side in ("on", "via", "in") and article.text(filler) in _MEDIA:
            return filler.where.of(article.document.text)
    return None


def _hedges(article: Article, number: int, frame: Frame, events: Events) -> Iterator[Claim]:
    """Find adverbs that take the article's own voice back."""
    for filler in frame.fillers:
        if filler.side not in ("adverb", "modifier"):
            continue
        word = article.text(filler)
        cue = article.knowledge.cues.hedges.get(word)
        if cue is not None and cue.effect == "claim" and word.endswith("ly"):
            content = _outermost(article, [number], events)
            yield Claim(
                _mint(article, filler.where), Evidence((filler.where,), (f"hedge:{word}",)), content=tuple(content)
            )


def _phrases(article: Article, number: int, frame: Frame, events: Events) -> Iterator[Claim]:
    """Find `according to`, on a verb or on a noun of its clause."""
    for filler in frame.fillers:
        if filler.side != "according to":
            continue
        before = article.document.text.lower().rfind("according", frame.sentence.begin, filler.where.begin)
        if before < 0:
            continue
        where = Where(before, before + len("according"))
        speaker = tuple(dict.fromkeys(_entities(article, filler)))
        content = tuple(_outermost(article, [number], events))
        text = _stretch(article, [number])
        yield Claim(_mint(article, where), Evidence((where,), ("reporting:according to",)), speaker, content, text=text)


def _outermost(article: Article, frames: Sequence[int], events: Events) -> list[str]:
    """List the outermost events at or below some frames, without what others are said to say."""
    found: list[str] = []
    for frame in frames:
        for name in _walk(article, frame, events, _DEPTH, set()):
            if name not in found:
                found.append(name)
    return found


def _walk(article: Article, number: int, events: Events, depth: int, seen: set[int]) -> Iterator[str]:
    if number in seen or depth == 0:
        return
    seen.add(number)
    if number in events.id_of:
        yield events.id_of[number]
        return
    for filler in article.frames[number].fillers:
        if filler.frame is not None and (filler.side not in _NOT_SIDES or filler.side == "subject"):
            yield from _walk(article, filler.frame, events, depth - 1, seen)


def _inside(article: Article, span: Where, events: Events) -> list[str]:
    """List the outermost events inside a quotation."""
    within = [n for n, frame in enumerate(article.frames) if span.contains(frame.trigger) and n in events.id_of]
    themes = {theme for event in events.events for theme in event.theme}
    return list(dict.fromkeys(events.id_of[n] for n in within if events.id_of[n] not in themes))


def _stretch(article: Article, frames: Sequence[int]) -> Where | None:
    """Give the characters of a reported clause, from its first to its last known word."""
    places: list[Where] = []
    seen: set[int] = set()
    queue = list(frames)
    while queue:
        number = queue.pop()
        if number in seen:
            continue
        seen.add(number)
        places.append(article.frames[number].trigger)
        for filler in article.frames[number].fillers:
            if article.frames[number].sentence.contains(filler.where) and filler.side != "adverbial":
                places.append(filler.where)
                if filler.frame is not None:
                    queue.append(filler.frame)
    return Where(min(places).begin, max(place.end for place in places)) if places else None


def _mint(article: Article, cue: Where) -> str:
    return mint("claim", cue.of(article.document.text), article.document.id, str(cue.begin))
