"""Names of persons, part by part: which of them is the family name, and what a shorter name can stand for."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from kgbuild.knowledge.gazetteer import fold
from kgbuild.resolve.likeness import skeleton

_PARTICLES = frozenset("von van de der den del della di da dos du la le ter ten bin ibn".split())
_ARTICLES = frozenset({"al", "el", "as", "ad", "ar", "an", "ash"})
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


@dataclass(frozen=True, slots=True)
class PersonName:
    """Hold a name of a person, part by part, in the spelling that all variants share."""

    parts: tuple[str, ...]

    @property
    def full(self) -> bool:
        """Tell whether the name has a given name beside the family name: `al-Assad` and `V. Putin` have none."""
        spoken = [part for part in self.parts if len(part) > 1]
        return len(spoken) > (2 if spoken and spoken[0] in _ARTICLES else 1)

    @property
    def key(self) -> str:
        """Give the parts as one string."""
        return " ".join(self.parts)

    @property
    def sound(self) -> str:
        """Give what all transliterations of the name share, whatever spaces stand in it."""
        return "".join(map(skeleton, self.parts))

    @property
    def initial(self) -> str:
        """Give the letter that stands for the given name (`v` of `V. Putin`), or ""."""
        return self.parts[0] if len(self.parts) > 1 and len(self.parts[0]) == 1 else ""

    def surnames(self, first: Collection[str] = ()) -> tuple[str, ...]:
        """Give the ways in which the family name of a full name is written alone, each as its skeleton, sorted.

        Args:
            first: family names that stand before the given name.

        >>> PersonName(("ursula", "von", "der", "leyen")).surnames()
        ('leien', 'vonderleien')
        """
        return tuple(sorted(set(self._surnames(first))))

    def _surnames(self, first: Collection[str]) -> Iterator[str]:
        parts = self.parts[:-1] if self.parts[-1] in _SUFFIXES and len(self.parts) > 2 else self.parts
        yield skeleton(parts[-1])
        particle = next((n for n, part in enumerate(parts) if n and part in _PARTICLES | _ARTICLES), 0)
        if particle:
            yield "".join(map(skeleton, parts[particle:]))
        if parts[0] in first:
            yield skeleton(parts[0])

    def alone(self) -> str:
        """Give the skeleton under which the family name is looked up when this is a name without a given name."""
        parts = [part for part in self.parts if len(part) > 1] if self.initial else self.parts
        return "".join(map(skeleton, parts)) or self.key


def person_name(text: str, canonical: Callable[[str], str]) -> PersonName:
    """Cut a name into parts and bring each to its canonical spelling.

    >>> person_name("Recep Tayyip Erdoğan", lambda part: part).parts
    ('recep', 'tayyip', 'erdogan')
    """
    return PersonName(tuple(canonical(part) for part in fold(text).split()))


def leaves_out(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Tell whether *short* is *long* without parts in the middle (`Recep Erdogan`, `Dorothy Shea`)."""
    if not 1 < len(short) < len(long) or short[0] != long[0] or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(part in rest for part in short)


def abbreviates(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Tell whether *short* writes only initials of middle names of *long* (`Donald J. Trump`)."""
    if len(short) != len(long) or short == long or short[0] != long[0] or short[-1] != long[-1]:
        return False
    return all(a == b or (len(a) == 1 and b.startswith(a)) for a, b in zip(short, long, strict=True))


def readable(names: Mapping[str, int]) -> str:
    """Choose the label among spellings with their counts: the most parts, then the most frequent, then the alphabet."""
    return min(names, key=lambda n: (-len(n.split()), -names[n], n))
