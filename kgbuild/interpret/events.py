"""Events of one article: senses, roles, factuality, who is the same, and what only the context tells."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from kgbuild.interpret.article import Article
from kgbuild.interpret.context import complete, follow, inherit
from kgbuild.interpret.dates import time_of
from kgbuild.interpret.factuality import AIM, judge
from kgbuild.interpret.judge import settle_roles, shipped_judge
from kgbuild.interpret.learned import weigh
from kgbuild.interpret.measures import time_id
from kgbuild.interpret.members import add_members
from kgbuild.interpret.roles import ROLES, Draft, Ref, fill_roles
from kgbuild.interpret.sameness import same_events
from kgbuild.interpret.senses import find_senses
from kgbuild.model import Event, Evidence, Modality, Polarity, mint


@dataclass(frozen=True, slots=True)
class Events:
    """Hold the events of an article and which frame tells which."""

    events: tuple[Event, ...]
    id_of: dict[int, str]


def find_events(article: Article) -> Events:
    """Find the events of an article, and let the learned judge settle their roles where a tagger has read it.

    Returns:
        What `find_events_by_rule` finds, with the judge's roles.
    """
    found = find_events_by_rule(article)
    return Events(settle_roles(article, found.events, found.id_of, shipped_judge()), found.id_of)


def find_events_by_rule(article: Article) -> Events:
    """Find the events of an article by senses, clauses and context.

    Returns:
        Events in the order of their first mention, each with all its mentions as evidence, and the id of the event
        that each frame tells. Themes that are events point at their ids.
    """
    senses = weigh(article, find_senses(article))
    drafts = [fill_roles(article, sense, senses) for sense in senses.values()]
    for draft in drafts:
        add_members(article, draft)
        judge(article, draft, senses)
    complete(article, drafts)
    groups = same_events(article, drafts)
    inherit(article, drafts, groups)
    follow(article, drafts, groups)
    ids = {}
    for group in groups:
        first = drafts[group[0]]
        trigger = article.frames[first.frame].trigger
        word = trigger.of(article.document.text)
        name = mint("event", f"{first.event_class}_{word}", article.document.id, first.event_class, str(trigger.begin))
        ids.update({drafts[member].frame: name for member in group})
    verbs = {ids[draft.frame] for draft in drafts if article.frames[draft.frame].pos == "verb"}
    events = tuple(_event(article, [drafts[member] for member in group], ids) for group in groups)
    return Events(_part_circles(events, verbs), ids)


def _event(article: Article, drafts: Sequence[Draft], ids: dict[int, str]) -> Event:
    """Make one event of its mentions: all their roles, the surest polarity and modality."""
    own = ids[drafts[0].frame]
    filled = {role: _filled(article, drafts, role, ids, own) for role in ROLES}
    rules = sorted({rule for draft in drafts for rule in _rules(article, draft)})
    return Event(
        id=own,
        event_class=drafts[0].event_class,
        evidence=Evidence(tuple(sorted(article.frames[draft.frame].trigger for draft in drafts)), tuple(rules)),
        actor=filled["actor"],
        recipient=filled["recipient"],
        theme=filled["theme"],
        place=filled["place"],
        time=next((time for draft in drafts if (time := _when(article, draft)) is not None), None),
        polarity=Polarity.NEGATIVE if 2 * sum(draft.negative for draft in drafts) > len(drafts) else Polarity.POSITIVE,
        modality=_modality(article, drafts),
    )


def _part_circles(events: Sequence[Event], verbs: Collection[str]) -> tuple[Event, ...]:
    """Let no event be about itself over others: `a brokered deal` is what was brokered, and is not about that.

    Of themes that close a circle, those of verbs are kept, then those that are told first.
    """
    about: dict[str, list[str]] = {}
    for event in sorted(events, key=lambda event: event.id not in verbs):
        about[event.id] = []
        about[event.id] = [theme for theme in event.theme if event.id not in _reached(about, theme)]
    return tuple(replace(event, theme=tuple(about[event.id])) for event in events)


def _reached(about: Mapping[str, Sequence[str]], theme: str) -> list[str]:
    """List what something is about, directly or over others, and itself."""
    found = [theme]
    for one in found:
        found.extend(other for other in about.get(one, ()) if other not in found)
    return found


def _when(article: Article, draft: Draft) -> str | None:
    """Give the id of the time that a mention's own clause states, None if it states none."""
    time = time_of(article, draft.frame)
    return None if time is None else time_id(article.document, time)


def _rules(article: Article, draft: Draft) -> list[str]:
    how = "heard" if draft.sense.heard else "frame"
    return [f"{how}:{draft.sense.entry.id}", *(f"clause:{rule}" for rule in article.frames[draft.frame].rules)]


def _filled(article: Article, drafts: Sequence[Draft], role: str, ids: dict[int, str], own: str) -> tuple[str, ...]:
    found: list[str] = []
    for draft in drafts:
        for ref in draft.roles.get(role, ()):
            name = ids.get(ref.number) if ref.kind == "frame" else article.entity(ref.number)
            if name is not None and name != own and name not in found:
                found.append(name)
    return tuple(found)


def _modality(article: Article, drafts: Sequence[Draft]) -> Modality:
    """Choose how an event is told: as a fact if a verb tells it so, else as most of its mentions do."""
    for draft in drafts:
        frame = article.frames[draft.frame]
        told = frame.tense in ("past", "present") or "participle" in frame.rules
        if draft.modality == "actual" and frame.pos == "verb" and told:
            return Modality.ACTUAL
    aims = all(draft.told_by == AIM for draft in drafts)  # an aim that is told as a fact elsewhere was reached
    others = [draft.modality for draft in drafts if draft.modality != "actual" and (aims or draft.told_by != AIM)]
    if 2 * len(others) < len(drafts):
        return Modality.ACTUAL
    return Modality(max(others, key=lambda modality: (others.count(modality), -others.index(modality))))


__all__ = ["Events", "Ref", "find_events"]
