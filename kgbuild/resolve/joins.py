"""Things in the making: which keys are one thing, which never may be, and why each pair was joined.

A disjoint-set forest over keys. A key stands for what one rule already takes for one thing (a row of the gazetteer, a
folded name); a join says that two keys are one, by a rule and with the names that it joined. Joins that a user forbids
are refused whatever the rule, and so is one through which two keys that are kept apart would come together.
"""

from collections.abc import Iterable, Mapping

from kgbuild.model import Join


class Joins:
    """Join keys, each with the reason, unless it is forbidden; of a key that nothing joins, nothing is held."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._apart: dict[str, set[str]] = {}
        self._reasons: dict[str, set[Join]] = {}

    def root(self, key: str) -> str:
        """Give the key that stands for all that *key* is joined with: the least of them."""
        while (over := self._parent.get(key)) is not None:
            top = self._parent.get(over)
            if top is None:
                return over
            self._parent[key] = top
            key = top
        return key

    def forbid(self, one: str, other: str) -> None:
        """Keep two keys, and all that is joined with them, apart; those that are joined already stay so."""
        a, b = self.root(one), self.root(other)
        if a != b:
            self._apart.setdefault(a, set()).add(b)
            self._apart.setdefault(b, set()).add(a)

    def allowed(self, one: str, other: str) -> bool:
        """Tell whether nothing keeps two keys apart."""
        return self.root(other) not in self._apart.get(self.root(one), ())

    def join(self, one: str, other: str, reason: Join) -> bool:
        """Make two keys one thing, for *reason*; give whether they are one now."""
        a, b = sorted((self.root(one), self.root(other)))
        if a == b:
            return True
        if not self.allowed(a, b):
            return False
        self._parent[b] = a
        self._reasons.setdefault(a, set()).update(self._reasons.pop(b, set()), {reason})
        for enemy in self._apart.pop(b, set()):
            self._apart[enemy].discard(b)
            self._apart[enemy].add(a)
            self._apart.setdefault(a, set()).add(enemy)
        return True

    def reasons(self, root: str) -> tuple[Join, ...]:
        """Give the joins that made the thing of *root*, sorted."""
        return tuple(sorted(self._reasons.get(root, ())))

    def joined(self, keys: Iterable[str]) -> Mapping[str, list[str]]:
        """Give those of *keys*, in their order, that are joined with a lesser one, by the least of each thing."""
        found: dict[str, list[str]] = {}
        for key in keys:
            if key in self._parent:
                found.setdefault(self.root(key), []).append(key)
        return found
