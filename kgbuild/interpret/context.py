"""What an event mention does not say itself but the text around it does.

What is carried over goes only into a role that is empty: from an event to the event that it is about (who is asked to
do something is its actor, who promises something does it), from the verb around a noun, between the deeds and the harm
of one sentence (`attacked Kherson, killing three`), the two parties of the article to talks, deals and truces that are
named without them, and who does or suffers most events of a heading to one that does not say.
"""

from collections import Counter
from collections.abc import Sequence, Set

from kgbuild.interpret.addressees import ASKING, blame, find_addressees
from kgbuild.interpret.article import Article
from kgbuild.interpret.exclusions import ANSWERING, NAMING
from kgbuild.interpret.roles import Draft, Ref, places_of
from kgbuild.knowledge.frames import ALIASES
from kgbuild.model import EntityType, Filler, Where

_HARM = frozenset({"Kill", "Injure", "Damage"})
_BLOWS = frozenset({"Attack", "Assault"}) | _HARM
_RECIPROCAL = frozenset({"Agree", "Meet", "Consult", "CeaseFire", "Exchange", "Call"})
_BINDING = frozenset({"Agree", "Promise"})
_AROUND = frozenset({"in", "during", "at", "by", "on", "amid", "from", "after", "of"})
_OPENING = 8
"""How many characters into its sentence a place may begin that the whole sentence is about (`In the `)."""
_PLACING = frozenset({"in", "at", "near", "on", "across", "inside", "outside", "into", "around", "of"})
_STANDING = frozenset({"in", "at", "near", "on", "inside", "outside"})
_PARTIES = frozenset({"Country", "Organization"})
_TOOLS = frozenset({"Weapon", "Facility"})  # a ship or a plant that acts does so for whose it is
_USUAL, _LEAST = 0.6, 3
"""Of how many events of one heading somebody must have a part, and how many must tell it, to be taken for the usual."""
_EARLIER = ("after", "following", "since", "for", "over", "to")
_JUDGING = frozenset({"confirm", "deny", "doubt"})
_WRITING = frozenset({"Publish", "Propose", "Transfer"})


def complete(article: Article, drafts: Sequence[Draft]) -> None:
    """Fill empty roles from the context, in place; drafts are in text order."""
    at = {draft.frame: draft for draft in drafts}
    parties = _parties(article, drafts)
    find_addressees(article, drafts, parties)
    for draft in drafts:
        _hand_down(draft, at)
    for draft in drafts:
        _name_makers(article, drafts, draft)
    for draft in drafts:
        _take_subject(article, draft, at)
        _name_electors(article, draft)
    _take_places(article, drafts)
    _share_in_sentence(article, drafts)
    blame(drafts, at)
    _name_parties(article, drafts, parties)


def _name_makers(article: Article, drafts: Sequence[Draft], draft: Draft) -> None:
    """Name who stands behind a doer that only acts for somebody: the owner of a weapon, the author of a document."""
    actors = [ref.number for ref in draft.roles.get("actor", ()) if ref.kind == "chain"]
    if not actors:
        for filler in article.fillers(draft.frame, "subject"):
            for chain in article.chains_at(filler):
                if article.chain_type(chain).value in _TOOLS:
                    _add_owners(article, draft, chain)
    for chain in actors:
        if draft.event_class in ASKING and article.chain_type(chain).value == "Document":
            _add_owners(article, draft, chain)
            for other in drafts:
                if other.event_class in _WRITING and Ref("chain", chain) in other.roles.get("theme", ()):
                    for ref in other.roles.get("actor", ()):
                        draft.add("actor", ref)


def _add_owners(article: Article, draft: Draft, chain: int) -> None:
    """Add to the actors the countries and bodies that a thing is said to belong to."""
    for mention in article.extraction.chains[chain].mentions:
        for link in article.links_of.get(mention, ()):
            if link.kind not in ("adjective", "possessor", "compound"):
                continue
            for owner in article.chains_of.get(link.dependent, ()):
                if article.chain_type(owner).value in _PARTIES:
                    draft.add("actor", Ref("chain", owner))


def _hand_down(draft: Draft, at: dict[int, Draft]) -> None:
    """Give the event that another is about its actor."""
    giver = "recipient" if draft.event_class in ASKING else "actor" if draft.event_class in _BINDING else ""
    if not giver:
        return
    for ref in draft.roles.get("theme", ()):
        below = at.get(ref.number) if ref.kind == "frame" else None
        if below is None or below.roles.get("actor"):
            continue
        for filler in draft.roles.get(giver, ()):
            if filler not in below.roles.get("recipient", ()):
                below.add("actor", filler)


def _share_in_sentence(article: Article, drafts: Sequence[Draft]) -> None:
    """Share place, and of a blow the actor, among blows and harm of one sentence."""
    by_sentence: dict[Where, list[Draft]] = {}
    known = {draft.frame for draft in drafts}
    for draft in drafts:
        if draft.event_class in _BLOWS:
            by_sentence.setdefault(article.frames[draft.frame].sentence, []).append(draft)
    for together in by_sentence.values():
        for draft in together:
            for other in together:
                apart = _apart(article, draft, other, known) or _apart(article, other, draft, known)
                if other is not draft and not apart:
                    _lend(draft, other)


def _lend(draft: Draft, other: Draft) -> None:
    if draft.event_class in _HARM:
        _copy("place", draft, other)
        if other.event_class == "Attack":
            _copy("actor", draft, other)
    elif draft.event_class == "Attack" and other.event_class in _HARM:
        _copy("place", draft, other)
        if other.event_class != "Damage":
            _copy("recipient", draft, other)


def _apart(article: Article, harm: Draft, blow: Draft, known: Set[int]) -> bool:
    """Tell whether harm was not done by a blow of its sentence: `strikes after a massacre`, `an attack that killed`.

    Args:
        article: the article.
        harm: people killed or hurt, things damaged.
        blow: an attack.
        known: the frames that tell events.
    """
    if harm.event_class not in _HARM or blow.event_class != "Attack":
        return False
    causes = {filler.frame for filler in article.fillers(harm.frame, "subject") if filler.frame in known}
    if causes and blow.frame not in causes:
        return True
    answers = [filler.frame for filler in article.fillers(blow.frame, "in") if article.lemma(filler) in ANSWERING]
    behind = {
        filler.frame
        for above in (blow.frame, *(number for number in answers if number is not None))
        for side in _EARLIER
        for filler in article.fillers(above, side)
    }
    return harm.frame in behind or bool(causes & behind)


def inherit(article: Article, drafts: Sequence[Draft], groups: Sequence[Sequence[int]]) -> None:
    """Give harm the doer and the place of the blow that its sentence blames, wherever the article tells them."""
    group_of = {member: group for group in groups for member in group}
    known = {draft.frame for draft in drafts}
    blows: dict[Where, list[int]] = {}
    for number, draft in enumerate(drafts):
        if draft.event_class == "Attack":
            blows.setdefault(article.frames[draft.frame].sentence, []).append(number)
    for group in groups:
        harm = [drafts[member] for member in group if drafts[member].event_class in _HARM]
        for role in ("actor", "place"):
            if not harm or any(draft.roles.get(role) for draft in harm):
                continue
            for draft in harm:
                near = blows.get(article.frames[draft.frame].sentence, ())
                causes = [blow for blow in near if not _apart(article, draft, drafts[blow], known)]
                members = [drafts[member] for blow in causes for member in group_of[blow]]
                for ref in [ref for member in members for ref in member.roles.get(role, ())]:
                    draft.add(role, ref)


def follow(article: Article, drafts: Sequence[Draft], groups: Sequence[Sequence[int]]) -> None:
    """Give an event that tells no doer or sufferer the one that most others of its heading in the article have."""
    by_heading: dict[str, list[Sequence[int]]] = {}
    for group in groups:
        by_heading.setdefault(article.knowledge.frames.heading(drafts[group[0]].event_class), []).append(group)
    for alike in by_heading.values():
        for role, opposite in (("actor", "recipient"), ("recipient", "actor")):
            held = [_held(drafts, group, role) for group in alike]
            told = [refs for refs in held if refs]
            counts = Counter(ref for refs in told for ref in refs)
            usual = [ref for ref in sorted(counts) if counts[ref] >= _USUAL * len(told)]
            if len(told) < _LEAST or not usual:
                continue
            for group, refs in zip(alike, held, strict=True):
                if not refs:
                    for ref in sorted(set(usual) - _held(drafts, group, opposite)):
                        drafts[group[0]].add(role, ref)


def _held(drafts: Sequence[Draft], group: Sequence[int], role: str) -> set[Ref]:
    """Gather who has a role in an event by any of its mentions."""
    return {ref for member in group for ref in drafts[member].roles.get(role, ())}


def _copy(role: str, draft: Draft, other: Draft) -> None:
    """Fill a role that is empty from another event mention."""
    if not draft.roles.get(role):
        for ref in other.roles.get(role, ()):
            draft.add(role, ref)


def _take_subject(article: Article, draft: Draft, at: dict[int, Draft]) -> None:
    """Let the subject of a verb that is no event itself do what its object names (`stepped up its bombardment`)."""
    if draft.roles.get("actor") or article.frames[draft.frame].pos != "noun":
        return
    for parent, side in article.parents.get(draft.frame, ()):
        if side == "object" and parent not in at and _may_do(article, draft, parent):
            for filler in article.fillers(parent, "subject"):
                for chain in article.chains_at(filler):
                    ref = Ref("chain", chain)
                    if article.chain_type(chain).value in ALIASES["Agent"] and ref not in draft.roles.get(
                        "recipient", ()
                    ):
                        draft.add("actor", ref)


def _may_do(article: Article, draft: Draft, number: int) -> bool:
    """Tell whether the subject of a frame may do what its object names: not who confirms, calls or ends it."""
    frame, cues = article.frames[number], article.knowledge.cues
    if frame.lemma in NAMING:
        return False
    told, ended = cues.reporting.get(f"{frame.lemma} verb"), cues.negation.get(frame.lemma)
    if frame.pos != "verb" or (told is not None and told.stance in _JUDGING):
        return False
    return ended is None or ended.effect != "stop" or draft.sense.entry.id != "war"


def _name_electors(article: Article, draft: Draft) -> None:
    """Let a country elect (`the Finnish election`)."""
    if draft.event_class != "Elect" or draft.roles.get("actor"):
        return
    for filler in article.frames[draft.frame].fillers:
        if filler.side in ("modifier", "possessor"):
            for ref in places_of(article, filler):
                if article.chain_type(ref.number) is EntityType.COUNTRY:
                    draft.add("actor", ref)


def _take_places(article: Article, drafts: Sequence[Draft]) -> None:
    """Give what happens in or during something the place of that (`killed in a landslide near Batang Kali`)."""
    opening = _opening_places(article)
    for draft in drafts:
        if draft.roles.get("place"):
            continue
        found = _nested_places(article, draft.frame, draft.event_class in _HARM)
        if not found and draft.event_class == "Elect":
            found = _seat(article, draft.frame)
        if not found:
            found = _places_of_sufferers(article, draft)
        if not found and article.frames[draft.frame].pos == "noun":
            found = _places_of_doing(article, draft.frame)
        for ref in found or opening.get(article.frames[draft.frame].sentence, []):
            draft.add("place", ref)


def _nested_places(article: Article, number: int, harm: bool, depth: int = 2) -> list[Ref]:
    """Look for places below a frame's adjuncts, of harm also below its subject and the clause around it."""
    found: list[Ref] = []
    for filler in article.frames[number].fillers:
        if filler.frame is None or (filler.side not in _AROUND and not (harm and filler.side == "subject")):
            continue
        if article.frames[filler.frame].pos == "noun":
            found.extend(_own_places(article, filler.frame))
            if not found and depth:
                found.extend(_nested_places(article, filler.frame, False, depth - 1))
    if not found and harm:
        for parent, side in article.parents.get(number, ()):
            if side == "adverbial":
                found.extend(_own_places(article, parent) or _struck(article, parent))
                found.extend(() if found else _nested_places(article, parent, False, depth - 1))
    return list(dict.fromkeys(found))


def _struck(article: Article, number: int) -> list[Ref]:
    """List the places that a verb has as its object (`an earthquake strikes Turkey, killing ten`)."""
    objects = article.fillers(number, "object") if article.frames[number].pos == "verb" else ()
    return [ref for filler in objects for ref in places_of(article, filler)]


def _places_of_sufferers(article: Article, draft: Draft) -> list[Ref]:
    """Look for where those stand whom it happens to (`killed 15 people at a shrine in Shiraz`)."""
    held = {ref.number for role in ("recipient", "theme") for ref in draft.roles.get(role, ()) if ref.kind == "chain"}
    found: list[Ref] = []
    for filler in article.frames[draft.frame].fillers:
        if filler.mention is None or held.isdisjoint(article.chains_of.get(filler.mention, ())):
            continue
        for link in article.links_of.get(filler.mention, ()):
            if link.kind == "preposition" and link.lemma in _STANDING:
                found.extend(places_of(article, Filler(link.lemma, link.word, link.dependent)))
    return list(dict.fromkeys(found))


def _places_of_doing(article: Article, number: int) -> list[Ref]:
    """Look for the place of a noun beside the verb that does it (`continue the campaign in Iraq`)."""
    return [
        ref
        for parent, side in article.parents.get(number, ())
        if side == "object" and article.frames[parent].pos == "verb"
        for filler in article.frames[parent].fillers
        if filler.side in _STANDING
        for ref in places_of(article, filler)
    ]


def _own_places(article: Article, number: int) -> list[Ref]:
    """List the places that a frame states itself, or that a participle beside the noun states."""
    beside = [
        parent
        for parent, side in article.parents.get(number, ())
        if side in ("object", "subject") and "participle" in article.frames[parent].rules
    ]
    below = [
        filler for frame in (number, *beside) for filler in article.frames[frame].fillers if filler.side in _PLACING
    ]
    return [ref for filler in below for ref in places_of(article, filler)]


def _seat(article: Article, number: int) -> list[Ref]:
    """Give the country of an office or of an election (`Prime Minister of Fiji`, `the Fijian election`)."""
    found: list[Ref] = []
    for filler in article.frames[number].fillers:
        if filler.frame is None or filler.side not in ("complement", "as", "in", "after", "following", "object"):
            continue
        for below in article.frames[filler.frame].fillers:
            if below.side in ("of", "modifier", "possessor"):
                found.extend(ref for ref in places_of(article, below) if ref not in found)
    return found


def _opening_places(article: Article) -> dict[Where, list[Ref]]:
    """Find the places that sentences open with (`In Haiti, ...`), by sentence."""
    found: dict[Where, list[Ref]] = {}
    for number, mention in enumerate(article.extraction.mentions):
        start = mention.where.begin - mention.sentence.begin
        if not 0 < start <= _OPENING or mention.sentence in found:
            continue
        before = article.document.text[mention.sentence.begin : mention.where.begin].lower().split()
        if before[:1] == ["in"]:
            chains = article.chains_of.get(number, ())
            places = [Ref("chain", chain) for chain in chains if article.chain_type(chain).value in ALIASES["Site"]]
            if places:
                found[mention.sentence] = places
    return found


def _parties(article: Article, drafts: Sequence[Draft]) -> tuple[Ref, ...]:
    """Give the countries or bodies that the article most often names together as parties, none if it names none."""
    named: Counter[tuple[Ref, ...]] = Counter()
    for draft in drafts:
        if draft.event_class in _RECIPROCAL or draft.sense.entry.id == "war":
            actors = [ref for ref in draft.roles.get("actor", ()) if ref.kind == "chain"]
            countries = sorted(ref for ref in actors if article.chain_type(ref.number).value in _PARTIES)
            if len(countries) >= 2:
                named[tuple(countries)] += 1
    found = max(named, key=lambda refs: (named[refs], [-ref.number for ref in refs])) if named else ()
    return found if named[found] > 1 else ()


def _name_parties(article: Article, drafts: Sequence[Draft], parties: tuple[Ref, ...]) -> None:
    """Give talks, deals and truces without actors the parties of the article."""
    for draft in drafts:
        reciprocal = draft.event_class in _RECIPROCAL or draft.sense.entry.id == "war"
        if reciprocal and not draft.roles.get("actor") and article.frames[draft.frame].pos == "noun":
            for ref in parties:
                draft.add("actor", ref)
