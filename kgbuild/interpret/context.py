"""What an event mention does not say itself but the text around it does.

Three things are carried over, each only into a role that is empty: from an event to the event that it is about (who
is asked to do something is its actor, who promises something does it), between the deeds and the harm of one
sentence (`attacked Kherson, killing three`), and the two parties of the article to talks, deals and truces that are
named without them.
"""

from collections.abc import Sequence

from kgbuild.interpret.article import Article
from kgbuild.interpret.roles import Draft, Ref
from kgbuild.model import Where

_HARM = frozenset({"Kill", "Injure", "Damage"})
_BLOWS = frozenset({"Attack", "Assault"}) | _HARM
_RECIPROCAL = frozenset({"Agree", "Meet", "Consult", "CeaseFire", "Exchange", "Call"})
_ASKING = frozenset({"Request", "Demand", "Appeal"})
_BINDING = frozenset({"Agree", "Promise"})
_PARTIES = frozenset({"Country", "Organization", "Group", "Person"})


def complete(article: Article, drafts: Sequence[Draft]) -> None:
    """Fill empty roles from the context, in place; drafts are in text order."""
    at = {draft.frame: draft for draft in drafts}
    for draft in drafts:
        _hand_down(draft, at)
    _share_in_sentence(article, drafts)
    _during(article, drafts, at)
    _name_parties(article, drafts)


def _hand_down(draft: Draft, at: dict[int, Draft]) -> None:
    """Give the event that another is about its actor."""
    giver = "recipient" if draft.event_class in _ASKING else "actor" if draft.event_class in _BINDING else ""
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
    for draft in drafts:
        if draft.event_class in _BLOWS:
            by_sentence.setdefault(article.frames[draft.frame].sentence, []).append(draft)
    for together in by_sentence.values():
        for draft in together:
            if draft.event_class not in _HARM:
                continue
            for other in together:
                _lend(draft, other)


def _lend(draft: Draft, other: Draft) -> None:
    if other is draft:
        return
    if not draft.roles.get("place"):
        for ref in other.roles.get("place", ()):
            draft.add("place", ref)
    if not draft.roles.get("actor") and other.event_class == "Attack":
        for ref in other.roles.get("actor", ()):
            draft.add("actor", ref)


def _during(article: Article, drafts: Sequence[Draft], at: dict[int, Draft]) -> None:
    """Give what happens during talks the place of the talks."""
    for draft in drafts:
        if draft.roles.get("place"):
            continue
        for filler in article.frames[draft.frame].fillers:
            host = at.get(filler.frame) if filler.frame is not None and filler.side in ("during", "in", "at") else None
            if host is not None and host.event_class == "Meet":
                for ref in host.roles.get("place", ()):
                    draft.add("place", ref)


def _name_parties(article: Article, drafts: Sequence[Draft]) -> None:
    """Give talks, deals and truces without actors the parties that were last named together."""
    parties: list[Ref] = []
    for draft in drafts:
        if draft.event_class not in _RECIPROCAL and draft.sense.entry.id != "war":
            continue
        actors = [ref for ref in draft.roles.get("actor", ()) if ref.kind == "chain"]
        countries = [ref for ref in actors if article.chain_type(ref.number).value in _PARTIES]
        if len(countries) >= 2:
            parties = countries
        elif not actors and parties and article.frames[draft.frame].pos == "noun":
            for ref in parties:
                draft.add("actor", ref)
