"""Chains in the making: which mentions stand for one thing so far, and why.

A disjoint-set forest over mention indices. A merge is refused where the two sides cannot be one thing: two classes
that exclude each other, two rows of the gazetteer, two full names of persons. Mentions that name two things at once
(`both sides`) stay out of the forest and are shared between the chains that they name.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kgbuild.extract.sites import Site
from kgbuild.knowledge.gazetteer import fold
from kgbuild.model import Chain, EntityType, MentionKind

_ALIKE = frozenset(
    {
        frozenset({EntityType.PLACE, EntityType.REGION}),
        frozenset({EntityType.PLACE, EntityType.CITY}),
        frozenset({EntityType.PLACE, EntityType.FACILITY}),
        frozenset({EntityType.ORGANIZATION, EntityType.GROUP}),
        frozenset({EntityType.ORGANIZATION, EntityType.FACILITY}),
    }
)


@dataclass(slots=True)
class Cluster:
    """Hold what is known of one thing while its chain grows."""

    members: list[int]
    type: EntityType | None
    key: str
    named: bool
    rules: set[str] = field(default_factory=set)


class Clusters:
    """Join mentions into chains, each by its index in *sites*."""

    def __init__(self, sites: Sequence[Site]) -> None:
        self.sites = sites
        self._parent = list(range(len(sites)))
        self._cluster = {
            i: Cluster([i], s.mention.type, s.key, s.mention.kind is MentionKind.NAME) for i, s in enumerate(sites)
        }
        self._shared: dict[int, list[int]] = {}
        self._shared_rule: dict[int, str] = {}

    def root(self, i: int) -> int:
        """Give the index that stands for the whole chain of mention *i*."""
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def of(self, i: int) -> Cluster:
        """Give the cluster that mention *i* is in."""
        return self._cluster[self.root(i)]

    def alone(self, i: int) -> bool:
        """Tell whether mention *i* has been joined to nothing yet."""
        return len(self.of(i).members) == 1 and i not in self._shared

    def compatible(self, i: int, j: int, *, other_name: bool = False) -> bool:
        """Tell whether nothing known speaks against *i* and *j* being one thing, maybe by another name."""
        a, b = self.of(i), self.of(j)
        if a.key and b.key and a.key != b.key:
            return False
        if a.type is b.type is EntityType.PERSON and not other_name and not self._names_agree(a, b):
            return False
        if a.type is None or b.type is None or a.type is b.type:
            return True
        return frozenset({a.type, b.type}) in _ALIKE

    def _names_agree(self, a: Cluster, b: Cluster) -> bool:
        """Tell whether every full name of one person fits a full name of the other (`Dorothy Shea`, of three parts)."""
        ours, theirs = self._full_names(a), self._full_names(b)
        return all(any(x <= y or y <= x for y in theirs) for x in ours) if ours and theirs else True

    def _full_names(self, cluster: Cluster) -> set[frozenset[str]]:
        names = (self.sites[i].mention for i in cluster.members)
        parts = (frozenset(fold(m.text).split()) for m in names if m.kind is MentionKind.NAME)
        return {p for p in parts if len(p) > 1}

    def merge(self, i: int, j: int, rule: str, *, other_name: bool = False) -> bool:
        """Join the chains of *i* and *j*, unless something speaks against it; tell whether they are one now.

        With *other_name*, names of persons need not agree: the text says that one is called otherwise too.
        """
        a, b = self.root(i), self.root(j)
        if a == b:
            return True
        if not self.compatible(i, j, other_name=other_name):
            return False
        first, second = min(a, b), max(a, b)
        kept, gone = self._cluster[first], self._cluster.pop(second)
        self._parent[second] = first
        kept.type = _stronger(kept, gone)
        kept.key = kept.key or gone.key
        kept.named = kept.named or gone.named
        kept.members = sorted(kept.members + gone.members)
        kept.rules |= gone.rules | {rule}
        return True

    def share(self, i: int, others: Sequence[int], rule: str) -> None:
        """Make mention *i* a mention of each of the chains that *others* are in."""
        self._shared[i] = list(others)
        self._shared_rule[i] = rule

    def shared(self, i: int) -> bool:
        """Tell whether mention *i* names several things at once."""
        return i in self._shared

    def meant(self, i: int) -> list[int]:
        """Give one mention of each of the things that mention *i* names at once; empty if it names one."""
        return list(self._shared.get(i, []))

    def chains(self) -> tuple[Chain, ...]:
        """Give the chains in the order of their first mention; a pronoun that means nobody known gives none."""
        extra: dict[int, list[int]] = {}
        for i, others in self._shared.items():
            for other in others:
                extra.setdefault(self.root(other), []).append(i)
        found: list[Chain] = []
        for root in sorted(self._cluster):
            cluster = self._cluster[root]
            members = [i for i in cluster.members if i not in self._shared]
            if cluster.type is None or all(self.sites[i].mention.kind is MentionKind.PRONOUN for i in members):
                continue
            rules = cluster.rules | {self._shared_rule[i] for i in extra.get(root, [])}
            everyone = tuple(sorted({*members, *extra.get(root, [])}))
            name = self._name_of(members)
            found.append(Chain(everyone, cluster.type, name, cluster.named, cluster.key, tuple(sorted(rules))))
        return tuple(sorted(found, key=lambda c: c.mentions))

    def _name_of(self, members: Sequence[int]) -> str:
        """Choose the fullest form: the longest name, then the first; else the first nominal as it stands."""
        mentions = [self.sites[i].mention for i in members if not self.sites[i].mention.hidden]
        mentions = mentions or [self.sites[i].mention for i in members]
        names = [m for m in mentions if m.kind is MentionKind.NAME]
        if names:
            return max(names, key=lambda m: (len(m.text.split()), len(m.text), -m.where.begin)).text
        nominals = [m for m in mentions if m.kind is MentionKind.NOMINAL] or mentions
        return nominals[0].text


def _stronger(a: Cluster, b: Cluster) -> EntityType | None:
    """Choose the class of a joined chain: a name knows better than a nominal, a gazetteer better than a model."""
    rank = lambda c: (c.type is not None, bool(c.key), c.named, c.type is not EntityType.PLACE, len(c.members))  # noqa: E731
    return max((a, b), key=rank).type
