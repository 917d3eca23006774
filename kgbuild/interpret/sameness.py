"""Which event mentions of one article tell the same event.

Two mentions of one class are the same event when nothing they say conflicts and something speaks for it: a shared
participant, or one of them says nothing of its own (`the talks`, a headline, a noun after a verb). What is new in
words (`a ceasefire`, `another meeting`, `the previous deal`) needs more than its parties to be what was told before,
and what is demanded or offered is no event that is told otherwise. A war, the fighting in it and the invasion that
began it are one event an article, unless its sides differ.
"""

from collections.abc import Sequence

from kgbuild.interpret.article import Article
from kgbuild.interpret.roles import ROLES, Draft
from kgbuild.model import EntityType

_WAR = frozenset({"war", "invade"})
_RECIPROCAL = frozenset({"Agree", "Meet", "Consult", "Exchange", "CeaseFire", "Call"})
_ASKED = frozenset({"requested", "proposed", "possible", "conditional"})
_WISHED = frozenset({"requested", "proposed"})
_HARM = frozenset({"Kill", "Injure"})
_INTERLOCKING = frozenset({"Attack", "Assault", "Agree", "Aid", "Cooperate"})
"""Classes of which one mention is often the tool of another: `a campaign to defeat them`, `strikes that hit them`."""
_CAUSING = frozenset({"subject", "in", "by", "from", "during"})
_OF_ITS_OWN = ("recipient", "theme", "place")
_APART = frozenset(
    {"previous", "earlier", "next", "second", "further", "third", "fourth", "other", "separate", "additional",
     "subsequent", "later", "follow-up"}
)  # fmt: skip
"""Words that set a thing apart from its like that was told before."""


class Clusters:
    """Gather event mentions into events by joining pairs; the first mention of each stands for it."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.first = list(range(len(drafts)))
        self.drafts = drafts

    def find(self, number: int) -> int:
        """Give the number of the first mention of an event."""
        while self.first[number] != number:
            number = self.first[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Make two mentions one event."""
        a, b = sorted((self.find(one), self.find(other)))
        self.first[b] = a

    def groups(self) -> list[list[int]]:
        """List the mentions of each event, events and mentions in text order."""
        found: dict[int, list[int]] = {}
        for number in range(len(self.drafts)):
            found.setdefault(self.find(number), []).append(number)
        return [found[first] for first in sorted(found)]


def same_events(article: Article, drafts: Sequence[Draft]) -> list[list[int]]:
    """Group event mentions, in text order, into events.

    Returns:
        Groups of indices into *drafts*, by their first mention; every mention is in one group.
    """
    clusters = Clusters(drafts)
    class_at = {draft.frame: draft.event_class for draft in drafts}
    last: dict[str, list[int]] = {}
    for number, draft in enumerate(drafts):
        for earlier in reversed(last.get(draft.event_class, [])):
            group = [member for member in range(number) if clusters.find(member) == clusters.find(earlier)]
            if all(not conflict(article, drafts[member], draft, class_at) for member in group) and any(
                speaks_for(article, drafts[member], draft, class_at) for member in group
            ):
                clusters.join(earlier, number)
                break
        last.setdefault(draft.event_class, []).append(number)
    return clusters.groups()


def _chains(draft: Draft, role: str) -> set[int]:
    return {ref.number for ref in draft.roles.get(role, ()) if ref.kind == "chain"}


def _theme_classes(draft: Draft, class_at: dict[int, str]) -> set[str]:
    return {
        class_at[ref.number] for ref in draft.roles.get("theme", ()) if ref.kind == "frame" and ref.number in class_at
    }


def conflict(article: Article, one: Draft, other: Draft, class_at: dict[int, str]) -> bool:
    """Tell whether two mentions cannot be the same event: a role that both fill has nothing in common."""
    for role in ROLES:
        a, b = _chains(one, role), _chains(other, role)
        if not a or not b or a & b:
            continue
        if role == "actor" and _sides(article, a) & _sides(article, b):
            continue
        if role == "place" and not _same_kind_of_place(article, a, b):
            continue
        if any(_may_be_same(article, chain, another) for chain in a for another in b):
            continue
        return True
    if _told_apart(article, one, other):
        return True
    themes, others = _theme_classes(one, class_at), _theme_classes(other, class_at)
    return bool(themes and others and not themes & others)


def _told_apart(article: Article, one: Draft, other: Draft) -> bool:
    """Tell whether one mention is denied, demanded or offered and the other not, or set apart by a word."""
    verbs = all(article.frames[draft.frame].pos == "verb" for draft in (one, other))
    if verbs and one.negative != other.negative:
        return True
    if one.governor and other.governor and one.governor != other.governor:
        return True
    if (one.governor or other.governor) and (one.context in _WISHED) != (other.context in _WISHED):
        return True
    if (_before(article, other) & _APART) - _before(article, one):
        return True
    return one.context != other.context and {one.context, other.context} <= _ASKED


def _before(article: Article, draft: Draft) -> set[str]:
    """List the words before a noun."""
    return {article.text(filler) for filler in article.frames[draft.frame].fillers if filler.side == "modifier"}


def _sides(article: Article, chains: set[int]) -> set[int]:
    """Add to some actors the countries and bodies that they act for."""
    return chains.union(*(article.acts_for.get(chain, frozenset()) for chain in chains))


def _same_kind_of_place(article: Article, one: set[int], other: set[int]) -> bool:
    """Tell whether places can be compared at all; a city may lie in the region that the other mention names."""
    return bool({article.chain_type(chain) for chain in one} & {article.chain_type(chain) for chain in other})


def _may_be_same(article: Article, one: int, other: int) -> bool:
    """Tell whether two chains may be one thing that coreference left apart: `38 people`, `at least 41 people`."""
    a, b = article.extraction.chains[one], article.extraction.chains[other]
    if a.named and b.named:
        return False
    if a.type is EntityType.PERSON and b.type is EntityType.PERSON:
        return True
    return a.type is b.type and _head(article, one) == _head(article, other)


def _head(article: Article, chain: int) -> str:
    lemma = article.extraction.mentions[article.extraction.chains[chain].mentions[0]].lemma
    return "person" if lemma == "people" else lemma


def speaks_for(article: Article, one: Draft, other: Draft, class_at: dict[int, str]) -> bool:
    """Tell whether anything speaks for two mentions of one class being the same event."""
    if one.sense.entry.id in _WAR and other.sense.entry.id in _WAR:
        return True
    if one.event_class in _HARM:
        return _same_harm(article, one, other)
    if _told_together(article, one, other):
        return True
    fresh = "indefinite" in article.frames[other.frame].rules
    if fresh and not any(_chains(one, role) & _chains(other, role) for role in _OF_ITS_OWN):
        return False
    shared = any(_chains(one, role) & _chains(other, role) for role in ROLES)
    shared = (
        shared or bool(_theme_classes(one, class_at) & _theme_classes(other, class_at)) or _nested(article, one, other)
    )
    bare = [draft for draft in (one, other) if not any(_chains(draft, role) for role in ROLES)]
    nominal = any(article.frames[draft.frame].pos == "noun" for draft in (one, other))
    same_word = article.frames[one.frame].lemma == article.frames[other.frame].lemma
    if same_word or one.sense.entry.id == other.sense.entry.id:
        return shared or (bool(bare) and (nominal or same_word))
    if one.event_class in _RECIPROCAL and nominal:
        return shared or bool(bare)
    return shared and nominal


def _same_harm(article: Article, one: Draft, other: Draft) -> bool:
    """Tell whether two counts of dead or hurt are of one disaster: at one place, or by one cause."""
    if any(_chains(one, role) & _chains(other, role) for role in ROLES):
        return True
    if _causes(article, one) & _causes(article, other) or _place_names(article, one) & _place_names(article, other):
        return True
    nominal = any(article.frames[draft.frame].pos == "noun" for draft in (one, other))
    return nominal and any(not any(_chains(draft, role) for role in ROLES) for draft in (one, other))


def _place_names(article: Article, draft: Draft) -> set[str]:
    return {article.extraction.chains[chain].name for chain in _chains(draft, "place")}


def _causes(article: Article, draft: Draft) -> set[int | str]:
    """List what brought the harm about, by subject or adjunct or as the subject of what left people so."""
    above = [parent for parent, side in article.parents.get(draft.frame, ()) if side in ("complement", "modifier")]
    above += [parent for noun in above for parent, side in article.parents.get(noun, ()) if side == "object"]
    sides = [filler for filler in article.frames[draft.frame].fillers if filler.side in _CAUSING]
    sides += [filler for frame in above for filler in article.fillers(frame, "subject")]
    found: set[int | str] = {
        article.frames[filler.frame].lemma
        for filler in sides
        if filler.frame is not None and article.frames[filler.frame].pos == "noun" and filler.mention is None
    }
    return found.union(*(article.chains_of.get(filler.mention, ()) for filler in sides if filler.mention is not None))


def _told_together(article: Article, one: Draft, other: Draft) -> bool:
    """Tell whether one clause tells both: an attack and its means, an election and its outcome, a noun and its verb."""
    frames = [article.frames[draft.frame] for draft in (one, other)]
    if one.event_class in _INTERLOCKING:
        held = {filler.frame for frame in frames for filler in frame.fillers}
        held |= {ref.number for draft in (one, other) for ref in draft.roles.get("theme", ()) if ref.kind == "frame"}
        if one.frame in held or other.frame in held:
            return True
    if one.event_class == "Elect":
        return frames[0].sentence == frames[1].sentence
    bare = frames[0].pos == "noun" and not any(_chains(one, role) for role in ROLES)
    return one.event_class == "Attack" and bare and frames[1].pos == "verb"


def _nested(article: Article, one: Draft, other: Draft) -> bool:
    """Tell whether one mention is the occasion of the other: `wins in the election`."""
    return any(
        filler.frame == inner.frame and filler.side in ("in", "at")
        for outer, inner in ((one, other), (other, one))
        for filler in article.frames[outer.frame].fillers
    )
