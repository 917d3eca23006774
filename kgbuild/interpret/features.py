"""The names of the features that the judge's regressions weigh, by what they depend on.

A feature is a short name that crosses one or a few facts. Each function here names those that depend on its arguments;
`pairs` finds out the arguments for a pair of event and thing. No two functions give the same name.
"""

from collections.abc import Iterator

ROLES = ("actor", "recipient", "theme", "place")
SALIENT = 4
"""How many of the things named most are candidates everywhere."""
Sort = tuple[str, str, str]
"""The heading and the class of an event, and its first word's part of speech."""


def kinds(kind: str, heading: str, cls: str, gap: int) -> tuple[str, ...]:
    """Name what kinds of event and thing they are, and how many sentences lie between the two."""
    thing, both = f"t={kind}", f"t={kind} h={heading}"
    return (f"h={heading}", thing, both, f"{thing} c={cls}", f"gap={gap}", f"gap={gap} {thing}", f"gap={gap} {both}")


def company(kind: str, named: bool, gap: int, count: int, new: bool) -> Iterator[str]:
    """Name how many things of the kind are near, whether this one has a name, and whether it holds no role yet."""
    yield from (f"gap={gap} n={count} t={kind}", f"named={named} t={kind}")
    if new:
        yield from ("r=none", f"r=none t={kind} gap={gap}")


def salience(kind: str, heading: str, rank: int, gap: int) -> tuple[str, ...]:
    """Name the place of the thing among those named most; a gap of two stands for more."""
    place = str(rank) if rank < SALIENT else "low"
    return (f"rank={place} gap={gap}", f"rank={place} t={kind} h={heading}")


def owned(kind: str, sort: Sort, roles: tuple[str, ...]) -> Iterator[str]:
    """Name which roles of the event the thing holds."""
    heading, _, pos = sort
    for role in roles:
        yield from (f"r={role}", f"r={role} h={heading}", f"r={role} t={kind}", f"r={role} p={pos}")


def filled(kind: str, heading: str, gap: int, own: bool, held: tuple[bool, ...]) -> Iterator[str]:
    """Name which roles of the event anything holds; a gap of two stands for more."""
    how = "own" if own else "new"
    thing, both = f"t={kind} {how}", f"h={heading} t={kind} gap={gap} {how}"
    for role, full in zip(ROLES, held, strict=True):
        state = f"{role}=full" if full else f"{role}=free"
        yield from (state, f"{state} {thing}", f"{state} {both}")


def apart(kind: str, pos: str) -> tuple[str, ...]:
    """Name that no way leads from the event's words to the thing's."""
    return (f"s=none t={kind} p={pos}",)


def ways(sides: tuple[str, ...], kind: str, sort: Sort) -> Iterator[str]:
    """Name the ways from the event's words to the thing's."""
    heading, cls, pos = sort
    for side in sides:
        yield from (f"s={side}", f"s={side} p={pos} t={kind}", f"s={side} h={heading}")
        if ">" not in side and "^" not in side:
            yield f"s={side} c={cls} t={kind}"


def elsewhere(role: str, heading: str, own: bool, others: tuple[tuple[str, str, bool], ...]) -> Iterator[str]:
    """Name the events in which the rules gave the thing a role.

    Args:
        role: the role.
        heading: the heading of the event that is asked about.
        own: whether the thing holds a role of that event too.
        others: how each event stands to that one, its heading, and whether one sentence tells both.
    """
    for how, other, same in others:
        if how == "beside":
            yield from (f"beside={other}:{role} h={heading}", f"beside:{role}")
        elif how:
            yield from (f"{how}={other}:{role}", f"{how}:{role} h={heading}")
        if other == heading:
            yield f"again:{role} h={heading}"
            yield f"again:{role} {'same' if same else 'far'} {'own' if own else 'new'}"


def party(role: str, heading: str, kind: str, agent: bool, principal: bool) -> Iterator[str]:
    """Name whether the thing acts for one that holds a role (it is an agent), and whether such a one acts for it."""
    if agent:
        yield from (f"acts for {role}", f"acts for {role} h={heading} t={kind}")
    if principal:
        yield from (f"owns {role}", f"owns {role} h={heading} t={kind}")


def beside(kind: str, pos: str, there: tuple[tuple[bool, bool, str], ...]) -> Iterator[str]:
    """Name on which sides of the triggers the thing stands in their sentences, and how near.

    Args:
        kind: the kind of thing.
        pos: the part of speech of the event's first word.
        there: for each trigger whether the thing stands before it and behind it, and how near.
    """
    for before, after, near in there:
        yield f"at={'b' if before else ''}{'a' if after else ''} p={pos} t={kind}"
        yield from (f"near={near}", f"near={near} {'b' if before else 'a'} t={kind}")
