"""Who fills which role of an event: the sides of its frame, by the entry of its sense."""

from dataclasses import dataclass, field

from kgbuild.interpret.article import BELOW, Article
from kgbuild.interpret.senses import Sense, is_of
from kgbuild.knowledge.frames import ALIASES, Side
from kgbuild.model import Filler

ROLES = ("actor", "recipient", "theme", "place")
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves", "ourselves", "myself", "yourself"})
_DEPTH = 3
_ACTORS = ALIASES["Agent"] | {"City", "Region", "Document", "NamedEvent"}
_PLACES = ALIASES["Site"]
# Classes whose target belongs to somebody who is a target too: `an attack on Russian airbases` is one on Russia.
_OWNED = frozenset({"Attack"})
_INSIDE = frozenset({"in", "near", "on", "at"})


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """Point at what fills a role: a chain of mentions (`chain`) or the event of another frame (`frame`)."""

    kind: str
    number: int


@dataclass(slots=True)
class Draft:
    """Hold one event mention on its way to an event.

    Attributes:
        sense: the frame and what it means.
        roles: role -> what fills it, in text order.
        negative, modality, told_by: see `factuality`.
        context: how what the event stands in is told, which for a fact inside a demand is not its own modality.
        governor: class of the event that this one is the theme of, "" if there is none.
    """

    sense: Sense
    roles: dict[str, list[Ref]] = field(default_factory=dict)
    negative: bool = False
    modality: str = "actual"
    context: str = "actual"
    told_by: str = ""
    governor: str = ""

    @property
    def frame(self) -> int:
        """Give the number of the frame."""
        return self.sense.frame

    @property
    def event_class(self) -> str:
        """Give the class of the event."""
        return self.sense.entry.event_class

    def add(self, role: str, ref: Ref) -> None:
        """Put something in a role, once."""
        filled = self.roles.setdefault(role, [])
        if ref not in filled:
            filled.append(ref)


def events_below(article: Article, frame: int, senses: dict[int, Sense], depth: int = _DEPTH) -> list[int]:
    """List the outermost events at or below a frame; words that are no events themselves are looked through."""
    if frame in senses:
        return [frame]
    if depth == 0:
        return []
    found: list[int] = []
    for filler in article.frames[frame].fillers:
        if filler.frame is not None and filler.side in BELOW:
            found.extend(
                below for below in events_below(article, filler.frame, senses, depth - 1) if below not in found
            )
    return found


def fill_roles(article: Article, sense: Sense, senses: dict[int, Sense]) -> Draft:
    """Fill the roles of one event mention from the sides of its frame."""
    draft = Draft(sense)
    events = frozenset(senses)
    for role in ROLES:
        for side in sense.entry.roles.get(role, ()):
            if role == "actor" and side.name == "by" and draft.roles.get("actor"):
                continue  # the doer of a passive is its subject by now: an ally does nothing in `they stand by it`
            for filler in article.fillers(sense.frame, side.name):
                if side.types and not is_of(article, filler, side.types, events):
                    continue
                _fill(article, draft, role, side, filler, senses)
    if sense.entry.event_class in _OWNED:
        _add_owners(article, draft)
        _add_holders(article, draft)
    if not draft.roles.get("actor"):
        _add_hyphenated(article, draft)
    return draft


def _add_hyphenated(article: Article, draft: Draft) -> None:
    """Add who is joined to a participle by a hyphen (`rebel-held towns`)."""
    end = article.frames[draft.frame].trigger.begin - 1
    if article.document.text[end : end + 1] != "-":
        return
    for number, mention in enumerate(article.extraction.mentions):
        if mention.where.end == end:
            for chain in article.chains_of.get(number, ()):
                if article.chain_type(chain).value in _ACTORS:
                    draft.add("actor", Ref("chain", chain))


def _fill(article: Article, draft: Draft, role: str, side: Side, filler: Filler, senses: dict[int, Sense]) -> None:
    """Put one filler into a role, as an event if it is one, else as the thing that it names."""
    if role in ("theme", "recipient") and filler.frame is not None:
        below = events_below(article, filler.frame, senses, 0 if filler.mention is not None else _DEPTH)
        if below and role == "theme":
            for frame in below:
                draft.add(role, Ref("frame", frame))
            return
    if filler.mention is None or (role == "recipient" and article.text(filler) in _REFLEXIVE):
        return  # nobody else is meant by `blew himself up`
    for chain in article.chains_at(filler):
        kind = article.chain_type(chain).value
        if role == "actor" and kind not in _ACTORS:
            continue
        if role != "place":
            draft.add(role, Ref("chain", chain))
    if role == "place":
        for ref in places_of(article, filler):
            draft.add(role, ref)


def _add_holders(article: Article, draft: Draft) -> None:
    """Take whose a target is that names nobody itself (`positions of the army`) for the target."""
    sides = {side.name for side in draft.sense.entry.roles.get("recipient", ())}
    targets = [one for one in article.sides(draft.frame) if one.side in sides and one.mention is None]
    for below in (
        one for target in targets if target.frame is not None for one in article.frames[target.frame].fillers
    ):
        if below.side in ("of", "possessor", "modifier"):
            for chain in article.chains_at(below):
                if article.chain_type(chain).value in ALIASES["Agent"]:
                    draft.add("recipient", Ref("chain", chain))


def _add_owners(article: Article, draft: Draft) -> None:
    """Add the country or group that a target belongs to."""
    for filler in article.frames[draft.frame].fillers:
        if filler.mention is None or not _is_target(article, draft, filler):
            continue
        for link in article.links_of.get(filler.mention, ()):
            if link.kind not in ("adjective", "possessor", "compound"):
                continue
            for owner in article.chains_of.get(link.dependent, ()):
                if article.chain_type(owner).value in ("Country", "Organization"):
                    draft.add("recipient", Ref("chain", owner))


def _is_target(article: Article, draft: Draft, filler: Filler) -> bool:
    recipients = draft.roles.get("recipient", ())
    return any(
        Ref("chain", chain) in recipients and article.chain_type(chain).value not in ("Person", "Country", "City")
        for chain in article.chains_of.get(filler.mention if filler.mention is not None else -1, ())
    )


def places_of(article: Article, filler: Filler) -> list[Ref]:
    """List the place that a filler names with the places that it is said to lie in (`a nursery in Thailand`)."""
    found: list[Ref] = []
    queue = [filler.mention] if filler.mention is not None else []
    for mention in queue:
        for chain in article.chains_of.get(mention, ()):
            ref = Ref("chain", chain)
            if article.chain_type(chain).value in _PLACES and ref not in found:
                found.append(ref)
        for link in article.links_of.get(mention, ()):
            inside = link.kind == "comma" or (link.kind == "preposition" and link.lemma in _INSIDE)
            if inside and link.dependent not in queue:
                queue.append(link.dependent)
    return found
