"""Which event mentions of one article tell the same event.

Two mentions of one class are the same event when nothing they say conflicts and something speaks for it: a shared
participant, a word that points back (`these strikes`), or one of them says nothing of its own (`the talks`, a
headline, a noun after a verb). What is new in words (`a ceasefire`, `another meeting`, `the previous deal`) needs more
than its parties to be what was told before, unless only a headline told it; what is done with another party is
another event, and what is demanded or offered is no event that is told otherwise. A war, the fighting in it and the
invasion that began it are one event an article, unless its sides differ.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kgbuild.interpret.article import Article
from kgbuild.interpret.dates import may_be_one, time_of
from kgbuild.interpret.roles import ROLES, Draft
from kgbuild.model import EntityType, Frame, TimeMention

_WAR = frozenset({"war", "invade"})
_RECIPROCAL = frozenset({"Agree", "Meet", "Consult", "Exchange", "CeaseFire", "Call"})
_ASKED = frozenset({"requested", "proposed", "possible", "conditional"})
_WISHED = frozenset({"requested", "proposed"})
_HARM = frozenset({"Kill", "Injure"})
_INTERLOCKING = frozenset({"Attack", "Assault", "Agree", "Aid", "Cooperate"})
"""Classes of which one mention is often the tool of another: `a campaign to defeat them`, `strikes that hit them`."""
_CAUSING = frozenset({"subject", "in", "by", "from", "during"})
_OF_ITS_OWN = ("recipient", "theme", "place")
_PURPOSE = frozenset({"clause", "adverbial"})
_PAIRED = (["and"], ["or"])
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


@dataclass(frozen=True, slots=True)
class Mention:
    """Hold an event mention with what is asked about it.

    Attributes:
        draft: the mention.
        frame, event_class, entry: its frame, class and entry.
        chains: role -> the chains that fill it.
        frames, themes: the frames that fill its theme, and the classes of those that are events.
        time: when its own clause says that it happened.
    """

    draft: Draft
    frame: int
    event_class: str
    entry: str
    chains: Mapping[str, set[int]]
    frames: set[int]
    themes: set[str]
    time: TimeMention | None


def same_events(article: Article, drafts: Sequence[Draft]) -> list[list[int]]:
    """Group event mentions, in text order, into events.

    Returns:
        Groups of indices into *drafts*, by their first mention; every mention is in one group.
    """
    clusters = Clusters(drafts)
    class_at = {draft.frame: draft.event_class for draft in drafts}
    mentions = [_mention(article, draft, class_at) for draft in drafts]
    last: dict[str, list[int]] = {}
    for number, mention in enumerate(mentions):
        alike = last.setdefault(mention.event_class, [])
        groups: dict[int, list[Mention]] = {}
        for earlier in reversed(alike):
            groups.setdefault(clusters.find(earlier), []).append(mentions[earlier])
        for first, group in groups.items():
            announced = all(article.frames[member.frame].heading for member in group)
            if not any(conflict(article, member, mention) for member in group) and any(
                speaks_for(article, member, mention, announced=announced) for member in group
            ):
                clusters.join(first, number)
                break
        alike.append(number)
    return clusters.groups()


def _mention(article: Article, draft: Draft, class_at: dict[int, str]) -> Mention:
    """Look up once what a mention is asked for beside every other of its class."""
    chains = {role: {ref.number for ref in draft.roles.get(role, ()) if ref.kind == "chain"} for role in ROLES}
    frames = {ref.number for ref in draft.roles.get("theme", ()) if ref.kind == "frame"}
    themes = {class_at[frame] for frame in frames if frame in class_at}
    time = time_of(article, draft.frame)
    return Mention(draft, draft.frame, draft.event_class, draft.sense.entry.id, chains, frames, themes, time)


def conflict(article: Article, one: Mention, other: Mention) -> bool:
    """Tell whether two mentions cannot be the same event: a role that both fill has nothing in common."""
    for role in ROLES:
        a, b = one.chains[role], other.chains[role]
        if not a or not b or a & b:
            continue
        if role == "actor" and _sides(article, a) & _sides(article, b):
            continue
        if role == "place" and not _same_kind_of_place(article, a, b):
            continue
        if any(_may_be_same(article, chain, another) for chain in a for another in b):
            continue
        return True
    if _told_apart(article, one, other) or _with_others(article, one, other) or _done_besides(article, one, other):
        return True
    if one.time is not None and other.time is not None and not may_be_one(one.time, other.time):
        return True
    return bool(one.themes and other.themes and not one.themes & other.themes)


def _done_besides(article: Article, one: Mention, other: Mention) -> bool:
    """Tell two verbs with one subject and an object each: `hailed the release and thanked the president`."""
    first, second = article.frames[one.frame], article.frames[other.frame]
    if first.lemma == second.lemma or "shared-subject" not in second.rules or first.sentence != second.sentence:
        return False
    if one.event_class == "Elect" or _on_one_occasion(one, other, first, second):
        return False
    objects = [{filler.where for filler in frame.fillers if filler.side == "object"} for frame in (first, second)]
    return all(objects) and not objects[0] & objects[1]


def _with_others(article: Article, one: Mention, other: Mention) -> bool:
    """Tell whether somebody does with one party at one time and with another at the other what takes two."""
    a, b = one.chains["actor"], other.chains["actor"]
    if one.event_class not in _RECIPROCAL or not a or not b:
        return False
    return _has_more(article, a, b) and _has_more(article, b, a)


def _has_more(article: Article, some: set[int], others: set[int]) -> bool:
    """Tell whether one of some parties is none of the others, nor acts for one, nor may be a person among them."""
    return any(
        not _sides(article, {chain}) & _sides(article, others)
        and not any(_may_be_one_person(article, chain, another) for another in others)
        for chain in some
    )


def _may_be_one_person(article: Article, one: int, other: int) -> bool:
    """Tell whether two chains may be one person under a name and a title."""
    return article.chain_type(one) is EntityType.PERSON and _may_be_same(article, one, other)


def _told_apart(article: Article, one: Mention, other: Mention) -> bool:
    """Tell whether one mention is denied, demanded or offered and the other not, or set apart by a word."""
    first, second = one.draft, other.draft
    verbs = all(article.frames[mention.frame].pos == "verb" for mention in (one, other))
    if verbs and first.negative != second.negative:
        return True
    if first.governor and second.governor and first.governor != second.governor:
        return True
    if (first.governor or second.governor) and (first.context in _WISHED) != (second.context in _WISHED):
        return True
    if (_before(article, other) & _APART) - _before(article, one):
        return True
    return first.context != second.context and {first.context, second.context} <= _ASKED


def _before(article: Article, mention: Mention) -> set[str]:
    """List the words before a noun."""
    return {article.text(filler) for filler in article.frames[mention.frame].fillers if filler.side == "modifier"}


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


def speaks_for(article: Article, one: Mention, other: Mention, *, announced: bool = False) -> bool:
    """Tell whether anything speaks for two mentions of one class being the same event.

    Args:
        article: the article.
        one: the earlier mention.
        other: the later one.
        announced: whether by then only headlines have told the event; the text tells it as new then.
    """
    if one.entry in _WAR and other.entry in _WAR:
        return True
    if one.event_class in _HARM:
        return _same_harm(article, one, other)
    if _told_together(article, one, other) or _points_back(article, one, other):
        return True
    same_word = article.frames[one.frame].lemma == article.frames[other.frame].lemma
    fresh = "indefinite" in article.frames[other.frame].rules and not (announced and same_word)
    if fresh and not any(one.chains[role] & other.chains[role] for role in _OF_ITS_OWN):
        return False
    shared = any(one.chains[role] & other.chains[role] for role in ROLES)
    shared = shared or bool(one.themes & other.themes) or _nested(article, one, other)
    bare = [mention for mention in (one, other) if not any(mention.chains[role] for role in ROLES)]
    nominal = any(article.frames[mention.frame].pos == "noun" for mention in (one, other))
    if same_word or one.entry == other.entry:
        # that two say nothing of their own is little without a word in common
        return shared or (bool(bare) and (same_word or (nominal and len(bare) < 2)))
    if one.event_class in _RECIPROCAL and nominal:
        return shared or bool(bare)
    return shared and nominal


def _points_back(article: Article, one: Mention, other: Mention) -> bool:
    """Tell `these strikes` from `strikes`; a war is pointed at from anywhere (`this conflict`), which tells nothing."""
    return "pointing" in article.frames[other.frame].rules and not {one.entry, other.entry} & _WAR


def _same_harm(article: Article, one: Mention, other: Mention) -> bool:
    """Tell whether two counts of dead or hurt are of one disaster: at one place, or by one cause."""
    if any(one.chains[role] & other.chains[role] for role in ROLES):
        return True
    if _causes(article, one) & _causes(article, other) or _place_names(article, one) & _place_names(article, other):
        return True
    nominal = any(article.frames[mention.frame].pos == "noun" for mention in (one, other))
    return nominal and any(not any(mention.chains[role] for role in ROLES) for mention in (one, other))


def _place_names(article: Article, mention: Mention) -> set[str]:
    return {article.extraction.chains[chain].name for chain in mention.chains["place"]}


def _causes(article: Article, mention: Mention) -> set[int | str]:
    """List what brought the harm about, by subject or adjunct or as the subject of what left people so."""
    above = [parent for parent, side in article.parents.get(mention.frame, ()) if side in ("complement", "modifier")]
    above += [parent for noun in above for parent, side in article.parents.get(noun, ()) if side == "object"]
    sides = [filler for filler in article.frames[mention.frame].fillers if filler.side in _CAUSING]
    sides += [filler for frame in above for filler in article.fillers(frame, "subject")]
    found: set[int | str] = {
        article.frames[filler.frame].lemma
        for filler in sides
        if filler.frame is not None and article.frames[filler.frame].pos == "noun" and filler.mention is None
    }
    return found.union(*(article.chains_of.get(filler.mention, ()) for filler in sides if filler.mention is not None))


def _told_together(article: Article, one: Mention, other: Mention) -> bool:
    """Tell whether one clause tells both: an attack and its means, an election and its outcome, a noun and its verb."""
    frames = [article.frames[mention.frame] for mention in (one, other)]
    if one.event_class in _INTERLOCKING:
        held = {filler.frame for frame in frames for filler in frame.fillers}
        held |= one.frames | other.frames
        if one.frame in held or other.frame in held:
            return True
    if _in_one_breath(article, *frames) or _on_one_occasion(one, other, *frames):
        return True
    if one.event_class == "Elect":
        return frames[0].sentence == frames[1].sentence
    bare = frames[0].pos == "noun" and not any(one.chains[role] for role in ROLES)
    return one.event_class == "Attack" and bare and frames[1].pos == "verb"


def _in_one_breath(article: Article, first: Frame, second: Frame) -> bool:
    """Tell whether two verbs stand side by side: `advise and assist them`, `to degrade and defeat them`."""
    between = article.document.text[first.trigger.end : second.trigger.begin]
    return first.pos == second.pos == "verb" and "shared-subject" in second.rules and between.split() in _PAIRED


def _on_one_occasion(one: Mention, other: Mention, first: Frame, second: Frame) -> bool:
    """Tell whether people meet to talk, or meet and talk: `they met and discussed trade`."""
    if one.event_class != "Meet" or first.pos != "verb" or second.pos != "verb":
        return False
    purpose = any(filler.frame == other.frame and filler.side in _PURPOSE for filler in first.fillers)
    return purpose or ("shared-subject" in second.rules and first.sentence == second.sentence)


def _nested(article: Article, one: Mention, other: Mention) -> bool:
    """Tell whether one mention is the occasion of the other: `wins in the election`."""
    return any(
        filler.frame == inner.frame and filler.side in ("in", "at")
        for outer, inner in ((one, other), (other, one))
        for filler in article.frames[outer.frame].fillers
    )
