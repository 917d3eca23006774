"""Places in a text: everything the program finds points at characters."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """Name the characters from `begin` up to, not including, `end` of a source file.

    Offsets are code points of the decoded file, as in NIF, so `text[begin:end]` is what was read.
    Ordered by `begin`, then `end`.
    """

    begin: int
    end: int

    @property
    def length(self) -> int:
        """Count the characters."""
        return self.end - self.begin

    def contains(self, other: "Where") -> bool:
        """Tell whether *other* lies wholly inside; a place contains itself."""
        return self.begin <= other.begin and other.end <= self.end

    def overlaps(self, other: "Where") -> bool:
        """Tell whether the two share a character."""
        return self.begin < other.end and other.begin < self.end

    def of(self, text: str) -> str:
        """Cut these characters out of the source file's *text*."""
        return text[self.begin : self.end]
