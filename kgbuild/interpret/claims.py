"""Who says what: every reporting device of news, with its speaker, hearer, medium and content.

A claim needs a cue: a verb of saying with a clause, a quotation or a thing confirmed; a noun of saying with a clause;
`according to`, `citing`; an adverb such as `allegedly`, which names no speaker. Verbs that are events themselves
(`demanded`, `warned`) are claims too only when they carry a clause or a quotation. The content of a claim are the
events of what is said but for the themes of others, of the quotation in the cue's sentence and those that run on after
it, and of the paragraphs that a colon leads to.
"""

import re
from collections.abc import Iterator, Sequence

from kgbuild.interpret.article import Article
from kgbuild.interpret.events import Events
from kgbuild.interpret.reporting import (
    NEAR,
    SPEAKERS,
    SPEECH,
    cue_of,
    entities,
    finite,
    made_clear,
    of_another,
    plain_report,
    quotes_of,
    speakers,
)
from kgbuild.interpret.statements import Statement, statements
from kgbuild.knowledge.cues import Reporting
from kgbuild.model import Claim, Evidence, Filler, Frame, Link, Where, mint
from kgbuild.model.quotation import quotations, with_marks

_DEPTH = 6
_MEDIA = frozenset(
    {"telegram", "twitter", "facebook", "x", "instagram", "television", "tv", "radio", "youtube", "weibo"}
)
_NOT_SIDES = frozenset({"possessor", "modifier", "bearer", "adverb"})
_TITLE = 40
"""How many characters of titles may stand between `according to` and the name."""
_OPENERS = re.compile(
    r"(?P<cue> (?:that )?)(?:(?:no|the|a|an|some|all|both|each|every|any|its|his|her|their|about|around|nearly|almost"
    r"|at least|more than|up to|over|only|another|this|these|those|two|three|four|five|six|seven|eight|nine|ten"
    r"|[0-9][0-9,.]*) )+"
)
"""What may open a clause before its first word of content."""
_THAT = "that "
_ACCORDING = re.compile(r"\b[Aa]ccording to (?:the |a |an )?")


def find_claims(article: Article, events: Events) -> tuple[Claim, ...]:
    """Find the claims of an article, in text order of their cues."""
    text = article.document.text
    quoted = [
        span for paragraph in article.document.paragraphs for span in quotations(paragraph.of(text), paragraph.begin)
    ]
    talking = {
        frame.sentence
        for frame in article.frames
        if not frame.quoted and plain_report(article, frame) and (frame.lemma in SPEECH or finite(article, frame))
    }
    found: list[Claim] = []
    cues = [(frame, cue_of(article, number, quoted, talking)) for number, frame in enumerate(article.frames)]
    follows = statements(article, [frame for frame, cue in cues if cue is not None], quoted)
    for number, (frame, cue) in enumerate(cues):
        if cue is not None:
            said, statement = _contents(article, number, cue), follows.get(frame.trigger, Statement())
            found.append(_claim(article, frame, cue, said, quoted, events, statement))
        found.extend(_hedges(article, number, frame, events))
    found.extend(_according(article, events))
    unique = {claim.evidence.where[0]: claim for claim in reversed(found)}
    return tuple(unique[where] for where in sorted(unique))


def _cut_off(article: Article, frame: Frame, quoted: Sequence[Where]) -> list[Where]:
    """Give the quotation before a cue whose sentence was cut at the mark: `"...," | the minister told reporters`.

    It ends in a comma or a mark of question or surprise, and the cue's sentence begins right behind it.
    """
    text = article.document.text
    for span in quoted:
        gap = frame.sentence.begin - span.end
        if 0 <= gap <= NEAR and text[span.begin : span.end].rstrip().endswith((",", "?", "!")):
            return [span]
    return []


def _claim(
    article: Article,
    frame: Frame,
    cue: Reporting,
    said: Sequence[int],
    quoted: Sequence[Where],
    events: Events,
    follows: Statement,
) -> Claim:
    quotes = [span for span in quotes_of(frame, quoted) if not of_another(article, frame, span)] if cue.quotes else []
    if cue.quotes and not quotes:
        quotes = _cut_off(article, frame, quoted)
    quotes = quotes + _running_on(article, frame, quotes, quoted)
    quotes += follows.quotations
    content = _outermost(article, said, events)
    for span in (*quotes, *([follows.text] if follows.text is not None else ())):
        content.extend(name for name in _inside(article, span, events) if name not in content)
    speaker = speakers(article, frame)
    if cue.stance == "cite":
        speaker = tuple(_sources(article, frame)) or speaker
    return Claim(
        id=_mint(article, frame.trigger),
        evidence=Evidence((frame.trigger,), (f"reporting:{cue.lemma}",)),
        speaker=speaker,
        content=tuple(content),
        addressee=_addressee(article, frame, cue),
        medium=_medium(article, frame),
        quotations=tuple(quotes),
        # a bare `he told reporters after the talks` keeps at least the sentence in which somebody speaks
        text=_opened(article, frame, _reported(article, said, quotes), quoted)
        or follows.text
        or (None if quotes or content else _bare_text(frame)),
    )


def _opened(article: Article, frame: Frame, told: Where | None, quoted: Sequence[Where]) -> Where | None:
    """Let what is told begin with the article or number that opens it: `said that 169 people`, `said no one`."""
    told = None if told is None else with_marks(article.document.text, told, quoted)
    if told is not None and article.document.text.startswith(_THAT, told.begin):
        told = Where(told.begin + len(_THAT), told.end)
    if told is None or told.begin <= frame.trigger.end:
        return told
    between = _OPENERS.fullmatch(article.document.text[frame.trigger.end : told.begin])
    return told if between is None else Where(frame.trigger.end + between.end("cue"), told.end)


def _bare_text(frame: Frame) -> Where:
    """Give what something is said to be (`described it as a pact`), else the sentence in which somebody speaks."""
    named = (filler.where for side in ("complement", "as") for filler in frame.fillers if filler.side == side)
    return next(named, frame.sentence)


def _reported(article: Article, said: Sequence[int], quotes: Sequence[Where]) -> Where | None:
    """Give the characters of what is reported; a word beside a quotation (`called the move "unfair"`) is none."""
    clause = any(article.frames[number].pos == "verb" or article.frames[number].tense for number in said)
    return _stretch(article, said) if clause or not quotes else None


def _contents(article: Article, number: int, cue: Reporting) -> list[int]:
    """List the clauses and nouns that a cue tells."""
    frame = article.frames[number]
    if cue.stance == "cite" and _sources(article, frame):
        return _cited(article, number)
    return _said(made_clear(article, frame) or frame, cue)


def _said(frame: Frame, cue: Reporting) -> list[int]:
    """List the clauses and nouns that a reporting word tells."""
    told = [filler for filler in frame.fillers if filler.frame is not None and _is_said(frame, filler)]
    hearers = cue.addressee == "object"  # `told a news conference`
    return [one.frame for one in told if one.frame is not None and not (hearers and one.side == "object")]


def _sources(article: Article, frame: Frame) -> list[str]:
    """List those whom a frame cites; `citing a lack of progress` cites nobody."""
    return [entity for filler in frame.fillers if filler.side == "object" for entity in entities(article, filler)]


def _cited(article: Article, number: int) -> list[int]:
    """List what is told of a source: what `citing officials` hangs on, or what that reports."""
    found: list[int] = []
    for above, side in article.parents.get(number, ()):
        if side not in _NOT_SIDES and article.frames[above].pos != "noun":
            fillers = article.frames[above].fillers
            told = [filler.frame for filler in fillers if filler.side == "clause" and filler.frame is not None]
            reports = article.knowledge.cues.reports(article.frames[above].lemma) is not None
            found += told if reports and told else [above]
    return [above for above in found if above != number]


def _is_said(frame: Frame, filler: Filler) -> bool:
    if filler.side in ("clause", "complement"):
        return True
    return filler.side in ("object", "of", "for") and frame.pos == "verb"


def _running_on(article: Article, frame: Frame, quotes: Sequence[Where], quoted: Sequence[Where]) -> list[Where]:
    """List the quotations that begin the sentences right after one, as long as nothing but quotation follows."""
    if not quotes:
        return []
    found: list[Where] = []
    end = max(max(quotes).end, frame.sentence.end)
    sentences = article.extraction.sentences
    cues = [
        frame.trigger for frame in article.frames if not frame.quoted and article.knowledge.cues.reports(frame.lemma)
    ]
    for span in sorted(quoted):
        if span.begin < end or span in quotes:
            continue
        sentence = next((where for where in sentences if where.overlaps(span)), None)
        gap = article.document.text[end : span.begin]
        if sentence is None or any(sentence.contains(cue) for cue in cues) or len(gap.strip(' \n\t\r"“”.,')) > 0:
            break
        found.append(span)
        end = span.end
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
        for entity in entities(article, filler)
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
            doubted = _verb_behind(article, filler, number)
            own = events.id_of.get(doubted)  # what hangs on it is not in doubt: `allegedly attacked after the talks`
            content = [own] if own is not None else _outermost(article, [doubted], events)
            yield Claim(
                id=_mint(article, filler.where),
                evidence=Evidence((filler.where,), (f"hedge:{word}",)),
                content=tuple(content),
                text=None if content else _stretch(article, [doubted]),
            )


def _verb_behind(article: Article, adverb: Filler, number: int) -> int:
    """Give the frame right behind an adverb, which it belongs to, wherever it hangs: `a boat allegedly carrying it`."""
    behind = adverb.where.end + 1
    return next((n for n, frame in enumerate(article.frames) if frame.trigger.begin == behind), number)


def _according(article: Article, events: Events) -> Iterator[Claim]:
    """Find `according to`; the parse of it varies, so that the words themselves are looked for."""
    for paragraph in article.document.paragraphs:
        for match in _ACCORDING.finditer(paragraph.of(article.document.text)):
            where = Where(paragraph.begin + match.start(), paragraph.begin + match.start() + len("according"))
            begin = paragraph.begin + match.end()
            sentence = next((span for span in article.extraction.sentences if span.contains(where)), paragraph)
            top = _told_according(article, sentence, where) or _top(article, sentence, where)
            yield Claim(
                id=_mint(article, where),
                evidence=Evidence((where,), ("reporting:according to",)),
                speaker=_source(article, begin, sentence),
                content=tuple(_outermost(article, top, events)),
                text=_stretch(article, top),
            )


def _told_according(article: Article, sentence: Where, where: Where) -> list[int]:
    """List the relative clause that a source right behind it stands for (`..., where 39 were killed, according to`)."""
    verbs = [
        (number, frame)
        for number, frame in enumerate(article.frames)
        if frame.pos == "verb" and sentence.contains(frame.trigger) and frame.trigger.end <= where.begin
    ]
    for number, frame in reversed(verbs):
        if "relative" in frame.rules and frame.begin is not None:
            behind = {other for other, one in verbs if one.trigger.begin > frame.begin}
            return [number] if behind <= _verbs_below(article, number) else []
    return []


def _verbs_below(article: Article, number: int) -> set[int]:
    """List a verb and those that hang on it."""
    found: set[int] = set()
    queue = [number]
    while queue:
        one = queue.pop()
        if one not in found:
            found.add(one)
            queue += [filler.frame for filler in article.frames[one].fillers if filler.frame is not None]
    return found


def _source(article: Article, begin: int, sentence: Where) -> tuple[str, ...]:
    """Name the source that `according to` leads to: the first mention that begins there or soon after a title."""
    best: tuple[int, int] | None = None
    for number, mention in enumerate(article.extraction.mentions):
        gap = mention.where.begin - begin
        if not sentence.contains(mention.where) or not 0 <= gap <= _TITLE or mention.hidden:
            continue
        if any(article.chain_type(chain).value in SPEAKERS for chain in article.chains_of.get(number, ())):
            rank = (gap, -mention.where.length)
            if best is None or rank < (best[0], -article.extraction.mentions[best[1]].where.length):
                best = (gap, number)
    if best is None:
        return ()
    owned = next((link.head for link in article.extraction.links if link.dependent == best[1] and _owns(link)), best[1])
    return tuple(article.entity(chain) for chain in article.chains_of.get(owned, article.chains_of[best[1]]))


def _owns(link: Link) -> bool:
    """Tell the owner in `according to Iran's news agency`, who is not the source."""
    return link.kind == "possessor"


def _top(article: Article, sentence: Where, source: Where) -> list[int]:
    """List the frames of a sentence that hang on no other: those before its *source*, if there are such."""
    within = [number for number, frame in enumerate(article.frames) if sentence.contains(frame.trigger)]
    top = [number for number in within if article.frames[number].pos == "verb" and number not in article.parents]
    before = [number for number in top if article.frames[number].trigger.end <= source.begin]
    if not before:  # `was among the dead, according to the minister, who ...`
        before = [n for n in within if article.frames[n].tense and article.frames[n].trigger.end <= source.begin]
    return before or top  # `it has enough, according to the agency, but insists that ...`


def _outermost(article: Article, frames: Sequence[int], events: Events) -> list[str]:
    """List the events at or below some frames but for the themes of others, which are told by these."""
    found: list[str] = []
    for frame in frames:
        for name in _walk(article, frame, events, _DEPTH, set()):
            if name not in found:
                found.append(name)
    themes = {theme for event in events.events if event.id in found for theme in event.theme}
    return [name for name in found if name not in themes]


def _walk(article: Article, number: int, events: Events, depth: int, seen: set[int]) -> Iterator[str]:
    if number in seen or depth == 0:
        return
    seen.add(number)
    if number in events.id_of:
        yield events.id_of[number]
    for filler in article.frames[number].fillers:
        if filler.frame is not None and filler.side not in _NOT_SIDES and not _is_antecedent(article, number, filler):
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
        frame = article.frames[number]
        places.append(frame.trigger if frame.begin is None else Where(frame.begin, frame.trigger.end))
        for filler in frame.fillers:
            outside = filler.side == "adverbial" or _is_antecedent(article, number, filler) or _is_lent(frame, filler)
            if frame.sentence.contains(filler.where) and not outside:
                places.append(filler.where)
                if filler.frame is not None:
                    queue.append(filler.frame)
    return Where(min(places).begin, max(place.end for place in places)) if places else None


def _is_lent(frame: Frame, filler: Filler) -> bool:
    """Tell what a noun only has from the verb before it: of `expressed regret`, who did."""
    return frame.pos == "noun" and "light-verb" in frame.rules and filler.where.end <= frame.trigger.begin


def _is_antecedent(article: Article, number: int, filler: Filler) -> bool:
    """Tell what a relative clause is about, which stands before it and is no part of what it says."""
    frame = article.frames[number]
    return "relative" in frame.rules and frame.begin is not None and filler.where.end <= frame.begin


def _mint(article: Article, cue: Where) -> str:
    return mint("claim", cue.of(article.document.text), article.document.id, str(cue.begin))
