"""To whom words are addressed: of whom something is demanded, who is threatened, blamed or promised something.

A verb of speech seldom names its addressee itself. Who is demanded to act stands in the demand (`demanded that Peru
leave`), who is threatened in what is threatened (`threatened to cut supplies to Chad`), who is blamed owns the deed
(`denounced the Chilean embargo`). Only a role that is empty is filled.
"""

from collections.abc import Iterator, Mapping, Sequence

from kgbuild.interpret.article import Article
from kgbuild.interpret.roles import Draft, Ref
from kgbuild.knowledge.frames import ALIASES
from kgbuild.model import Filler

ASKING = frozenset({"Request", "Demand", "Appeal"})
_JUDGING = frozenset({"Condemn", "Accuse", "Praise", "Protest"})
_REJECTING = frozenset({"Reject", "Refuse"})
_BINDING = frozenset({"Promise", "Threaten", "Refuse", "Propose"})
"""Classes of saying what one will do to another, or will not."""
_DEED = frozenset({"object", "of", "against", "over", "at"})
_CONTENT = frozenset({"clause", "object", "for", "to"})
_TOWARDS = {
    "Threaten": frozenset({"to", "against", "on", "with"}),
    **dict.fromkeys(("Promise", "Propose", "Refuse"), frozenset({"to", "with"})),
}
_HOSTILE = frozenset({"Assault", "Coerce", "Sanction", "Accuse"})
"""Headings of deeds that are never promised to whom they are done."""
_TERMS = frozenset({"if", "unless"})
_AIMS = frozenset({"adverbial", "clause", "to"})
_DEPTH = 2


def find_addressees(article: Article, drafts: Sequence[Draft], parties: tuple[Ref, ...]) -> None:
    """Fill empty recipients of words, in place.

    Args:
        article: the article.
        drafts: its event mentions, in text order, with the roles that their own clauses show.
        parties: the parties of the article, none if it names none.
    """
    at = {draft.frame: draft for draft in drafts}
    _read_addressed(article, drafts)
    _raise(drafts, at)
    for draft in drafts:
        if draft.event_class == "Protest" and not draft.roles.get("recipient"):
            _aim(article, draft, at)
        if draft.event_class in _BINDING and not draft.roles.get("recipient"):
            _hand_up(article, draft, at)
    _ask_the_other(article, drafts, parties)


def blame(drafts: Sequence[Draft], at: Mapping[int, Draft]) -> None:
    """Take who did a thing for the one who is condemned, accused, praised or given in to for it."""
    for draft in drafts:
        conceding = draft.event_class == "Concede"
        if (not conceding and draft.event_class not in _JUDGING | _REJECTING) or draft.roles.get("recipient"):
            continue
        for ref in draft.roles.get("theme", ()):
            deed = at.get(ref.number) if ref.kind == "frame" else None
            if deed is None or (conceding and deed.event_class not in ASKING):
                continue
            for doer in deed.roles.get("actor", ()):
                if doer not in draft.roles.get("actor", ()):
                    draft.add("recipient", doer)


def _read_addressed(article: Article, drafts: Sequence[Draft]) -> None:
    """Read whom a judgement or a demand is about from the words that it is about.

    Of `praised Haiti's efforts` it is the owner of the efforts, of `demanded that Peru cancel its plans` the doer.
    """
    for draft in drafts:
        if draft.roles.get("recipient"):
            continue
        if draft.event_class in _JUDGING:
            outer, inner = _DEED, ("possessor", "by")
        elif draft.event_class in ASKING:
            outer, inner = _CONTENT, ("subject", "by")
        else:
            continue
        for filler in article.frames[draft.frame].fillers:
            if filler.side in outer and filler.frame is not None:
                for below in article.frames[filler.frame].fillers:
                    if below.side in inner:
                        _address(article, draft, below)


def _address(article: Article, draft: Draft, filler: Filler, types: frozenset[str] = ALIASES["Agent"]) -> None:
    for chain in article.chains_at(filler):
        ref = Ref("chain", chain)
        if article.chain_type(chain).value in types and ref not in draft.roles.get("actor", ()):
            draft.add("recipient", ref)


def _raise(drafts: Sequence[Draft], at: Mapping[int, Draft]) -> None:
    """Take who is to act for the one who is asked."""
    for draft in drafts:
        if draft.event_class not in ASKING or draft.roles.get("recipient"):
            continue
        for ref in draft.roles.get("theme", ()):
            deed = at.get(ref.number) if ref.kind == "frame" else None
            for filler in deed.roles.get("actor", ()) if deed is not None else ():
                if filler not in draft.roles.get("actor", ()) and filler.kind == "chain":
                    draft.add("recipient", filler)


def _hand_up(article: Article, draft: Draft, at: Mapping[int, Draft]) -> None:
    """Take whom the promised, offered, threatened or refused deed is done to for the one who is addressed."""
    deeds = list(_deeds(draft, at))
    if draft.event_class != "Propose":
        heading = article.knowledge.frames.heading
        for deed in deeds:
            if draft.event_class == "Promise" and heading(deed.event_class) in _HOSTILE:
                continue
            _copy_recipients(draft, deed)
    if draft.roles.get("recipient"):
        return
    below = [filler.frame for filler in article.fillers(draft.frame, "clause") if filler.frame is not None]
    for filler in (filler for number in below for filler in article.sides(number)):
        if filler.side in _TOWARDS[draft.event_class]:
            _address(article, draft, filler)
    if draft.event_class == "Threaten":
        _threaten(article, draft, deeds, below)


def _aim(article: Article, draft: Draft, at: Mapping[int, Draft]) -> None:
    """Take of whom protesters demand something for the one at whom they aim (`marched to demand that Chile act`)."""
    for filler in article.frames[draft.frame].fillers:
        demand = at.get(filler.frame) if filler.side in _AIMS and filler.frame is not None else None
        if demand is not None and demand.event_class in ASKING:
            _copy_recipients(draft, demand)


def _copy_recipients(draft: Draft, deed: Draft) -> None:
    for ref in deed.roles.get("recipient", ()):
        if ref.kind == "chain" and ref not in draft.roles.get("actor", ()):
            draft.add("recipient", ref)


def _deeds(draft: Draft, at: Mapping[int, Draft]) -> Iterator[Draft]:
    """Walk the events that an event is about, and those that these are about."""
    level = [draft]
    for _ in range(_DEPTH):
        level = [
            at[ref.number]
            for one in level
            for ref in one.roles.get("theme", ())
            if ref.kind == "frame" and ref.number in at and at[ref.number] is not draft
        ]
        yield from level


def _threaten(article: Article, draft: Draft, deeds: Sequence[Draft], below: Sequence[int]) -> None:
    """Take who could avert a threat for the threatened, else the place where it would be carried out."""
    if not draft.roles.get("recipient"):
        for number in (draft.frame, *below):
            for filler in article.frames[number].fillers:
                if filler.side in _TERMS and filler.frame is not None:
                    for doer in article.fillers(filler.frame, "subject"):
                        _address(article, draft, doer)
    if not draft.roles.get("recipient"):
        for deed in deeds:
            for ref in deed.roles.get("place", ()):
                draft.add("recipient", ref)


def _ask_the_other(article: Article, drafts: Sequence[Draft], parties: tuple[Ref, ...]) -> None:
    """Take the other of two parties for the one of whom something is demanded."""
    if len(parties) != 2:
        return
    for draft in drafts:
        if draft.event_class not in ASKING or draft.roles.get("recipient"):
            continue
        actors = {ref.number for ref in draft.roles.get("actor", ()) if ref.kind == "chain"}
        actors = actors.union(*(article.acts_for.get(chain, frozenset()) for chain in actors))
        asking = [party for party in parties if party.number in actors]
        if len(asking) == 1:
            draft.add("recipient", parties[0] if asking[0] == parties[1] else parties[1])
