"""Find the offices and roles that the text gives to persons, with the country or body they belong to.

Three constructions give one: a title before a name (`Ukrainian Deputy Foreign Minister Sergiy Kyslytsya`), a noun
phrase of a person beside the name (`Medinsky, the head of the Russian delegation`; joined by coreference), and a noun
phrase of a person by itself (`the minister`), which makes an office of whoever its chain names. The title is kept as
written, without nationality and possessor; what it belongs to is told by links.
"""

from collections.abc import Iterable, Iterator, Sequence

from kgbuild.extract.passage import Passage
from kgbuild.extract.sites import Site
from kgbuild.extract.titles import title_carried_by, title_ending_at, words_of
from kgbuild.extract.words import Word
from kgbuild.knowledge.cues import Cues
from kgbuild.model import EntityType, Link, MentionKind, Office, Where

_OWNERS = frozenset(
    {
        EntityType.COUNTRY,
        EntityType.ORGANIZATION,
        EntityType.GROUP,
        EntityType.REGION,
        EntityType.CITY,
        EntityType.FACILITY,  # `head of the presidential office`
    }
)
_OWNING_LINKS = frozenset({"adjective", "possessor", "compound", "preposition"})
_OWNING_CASES = frozenset({"", "of", "to", "for", "at", "in", "with"})
_LEADING_CASES = frozenset({"", "of", "in"})
_CALLINGS = frozenset({"role", "profession"})
_MOST_TITLES = 3
_COMPLEMENT = 7
"""How many words of a complement (`to the United Nations`) belong to a title."""


def find_offices(sites: Sequence[Site], links: Sequence[Link], cues: Cues) -> tuple[Office, ...]:
    """Find the offices in *sites*, whose order gives the indices; sorted by where the title stands."""
    by_passage: dict[int, list[int]] = {}
    for i, one in enumerate(sites):
        by_passage.setdefault(one.passage.begin, []).append(i)
    found: list[Office] = []
    for i, one in enumerate(sites):
        if one.mention.type is not EntityType.PERSON:
            continue
        neighbours = by_passage[one.passage.begin]
        if one.mention.kind is MentionKind.NAME:
            found += _before_name(i, one, neighbours, sites, cues)
        elif one.mention.kind is MentionKind.NOMINAL:
            found += _nominal(i, one, sites, links, cues)
    return tuple(sorted(found, key=lambda o: (o.title, o.bearer)))


def _before_name(i: int, name: Site, neighbours: Iterable[int], sites: Sequence[Site], cues: Cues) -> Iterator[Office]:
    """Give the titles that stand directly before a name, the nearest first (`chief negotiator, Defense Minister`)."""
    words = name.passage.words
    end = name.span.start
    for _ in range(_MOST_TITLES):
        if end <= name.span.first.sent.start:
            return
        title = title_ending_at(words[end - 1], cues)
        if title is None or (title.kind in _CALLINGS and words[end - 1].pos not in {"NOUN", "PROPN"}):
            return
        start = end - len(words_of(title, words[end - 1]))
        inside = [n for n in neighbours if sites[n].span.start == start and sites[n].mention.type in _OWNERS]
        start, former, owners, phrase_start = _stretch_left(start, name.passage, neighbours, sites, cues)
        owners += [n for n in inside if sites[n].span.end < end]  # the UN of `UN Secretary-General`
        where = name.passage.where(start, end)
        yield Office(i, where, title.phrase, tuple(owners), former, ("title-before-name",))
        end = phrase_start
        if end > 0 and words[end - 1].lower == "and":
            end -= 1


def _stretch_left(
    start: int, passage: Passage, neighbours: Iterable[int], sites: Sequence[Site], cues: Cues
) -> tuple[int, bool, list[int], int]:
    """Take in the modifiers before a title.

    Returns:
        Where the title as written begins, whether the office is over, the indices of what it belongs to, and where
        the whole phrase begins.
    """
    words = passage.words
    ends = {sites[n].span.end: n for n in neighbours if sites[n].mention.type in _OWNERS}
    title_start, former, owners = start, False, []
    i = start
    while i > 0:
        token = words[i - 1]
        if i in ends:
            owners.append(ends[i])
            i = sites[ends[i]].span.start
        elif token.text in {"'s", "’s"} and i - 1 in ends:
            owners.append(ends[i - 1])
            i = sites[ends[i - 1]].span.start
        elif cues.former(token.text):
            former, i = True, i - 1
            title_start = i  # `former Brazilian president` is the title as written
        elif (cues.modifier(token.text) and token.pos != "ADP") or (
            token.dep in {"amod", "compound"} and token.pos == "ADJ" and i == title_start
        ):
            i -= 1
            title_start = i if cues.modifier(token.text) in {"acting", "deputy"} else title_start
        elif token.text == "-" and i > 1 and cues.former(words[i - 2].text):
            former, i = True, i - 2
            title_start = i
        else:
            break
    return title_start, former, owners, i


def _nominal(i: int, one: Site, sites: Sequence[Site], links: Sequence[Link], cues: Cues) -> Iterator[Office]:
    """Give the office that a noun phrase of a person names, its `of` told by links."""
    carried = title_carried_by(one.head, cues)
    if carried is None or not carried[0].makes_position:
        return
    title, last = carried
    start = words_of(title, last)[0].i
    former = any(cues.former(t.text) for t in one.passage.words[max(one.span.start - 1, 0) : start])
    while start > one.span.start and cues.modifier(one.passage.words[start - 1].text) in {"deputy", "acting", "former"}:
        start -= 1
    cases = _LEADING_CASES if title.leads else _OWNING_CASES
    owners = [
        link.dependent
        for link in links
        if link.head == i
        and link.kind in _OWNING_LINKS
        and link.lemma in cases
        and sites[link.dependent].mention.type in _OWNERS | {None}
    ]
    where = _title_where(one, start, last.i + 1)
    before = one.passage.words[one.span.start : start]
    part = any(t.pos == "NOUN" and t.dep == "compound" and t.entity == "" for t in before)
    rule = "title-of-part" if part else "title-nominal"
    yield Office(i, where, title.phrase, tuple(dict.fromkeys(owners)), former, (rule,))


def _title_where(one: Site, start: int, end: int) -> Where:
    """Keep `to the UN` of `ambassador to the UN` in the title, but not `of the Russian delegation`."""
    words = one.passage.words
    if end < len(words) and words[end].lower in {"to", "for"}:
        behind = end + 1
        while behind < min(len(words), end + _COMPLEMENT) and _goes_on(words[behind]):
            behind += 1
        end = max(one.span.end, behind) if behind > end + 1 else end
    return one.passage.where(start, end)


def _goes_on(token: Word) -> bool:
    """Tell words of a body or a field (`the Middle East`) from those of a term (`a third term`) and a name behind."""
    return (token.pos in {"ADJ", "PROPN", "NOUN"} or token.lower == "the") and token.entity != "PERSON"
