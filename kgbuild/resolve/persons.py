"""Persons over articles: one person a full name, and a surname alone only where it can mean but one of them.

Spellings are brought together by folding diacritics and by the transliteration table, never by likeness alone, so two
people with like names stay two.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kgbuild.knowledge.gazetteer import fold


@dataclass(frozen=True, slots=True)
class PersonName:
    """Hold a name of a person, part by part, in the spelling that all variants share."""

    parts: tuple[str, ...]

    @property
    def full(self) -> bool:
        """Tell whether the name has more than one part."""
        return len(self.parts) > 1

    @property
    def key(self) -> str:
        """Give the parts as one string."""
        return " ".join(self.parts)


def person_name(text: str, canonical: Callable[[str], str]) -> PersonName:
    """Cut a name into parts and bring each to its canonical spelling.

    >>> person_name("Recep Tayyip Erdoğan", lambda part: part).parts
    ('recep', 'tayyip', 'erdogan')
    """
    return PersonName(tuple(canonical(part) for part in fold(text).split()))


class People:
    """Find the one full name that a shorter name can stand for."""

    def __init__(self, names: Iterable[PersonName]) -> None:
        self._full = sorted({name.parts for name in names if name.full})
        self._by_part: dict[str, list[tuple[str, ...]]] = {}
        for parts in self._full:
            for part in dict.fromkeys((parts[0], parts[-1])):
                self._by_part.setdefault(part, []).append(parts)

    def full_name(self, name: PersonName) -> PersonName | None:
        """Give the full name that *name* stands for: itself, or the only one that it shortens; None if it could be two.

        A first name alone counts only as the family name of a three-part name that puts it first (`Kim`).
        """
        if name.full:
            longer = [p for p in self._by_part.get(name.parts[-1], []) if _drops_middle(name.parts, p)]
            return PersonName(longer[0]) if len(longer) == 1 else name
        candidates = (
            [p for p in self._by_part.get(name.parts[0], []) if p[-1] == name.parts[0] or len(p) > 2]
            if name.parts
            else []
        )
        return PersonName(candidates[0]) if len(candidates) == 1 else None

    def ambiguous(self, name: PersonName) -> bool:
        """Tell whether a short name could be several persons of this build."""
        return not name.full and bool(name.parts) and len(self._by_part.get(name.parts[0], [])) > 1


def _drops_middle(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Tell whether *short* is *long* without parts in the middle (`Recep Erdogan`, `Dorothy Shea`)."""
    return len(short) < len(long) and short[0] == long[0] and short[-1] == long[-1]


def readable(names: Mapping[str, int]) -> str:
    """Choose the label among spellings with their counts: the most parts, then the most frequent, then the alphabet."""
    return min(names, key=lambda n: (-len(n.split()), -names[n], n))
