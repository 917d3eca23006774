"""What comes out of a comparison: counts, figures, and what was missed where."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """Count what is right, what the graph says and what people found.

    Attributes:
        right: how many agree.
        said: how many the graph has.
        gold: how many people found.
    """

    right: int = 0
    said: int = 0
    gold: int = 0

    def add(self, right: int, said: int, gold: int) -> None:
        """Count some more."""
        self.right += right
        self.said += said
        self.gold += gold

    @property
    def precision(self) -> float:
        """Give the share of what is said that is right; 0 when nothing is said."""
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """Give the share of what people found that is said; 0 when they found nothing."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Give the harmonic mean of precision and recall."""
        return _harmonic(self.precision, self.recall)

    def rounded(self) -> dict[str, float]:
        """Give the figures to four decimals, with the counts."""
        return _rounded(self.precision, self.recall) | {"tp": self.right, "sys": self.said, "gold": self.gold}


@dataclass(frozen=True, slots=True)
class Clustering:
    """Hold B-cubed figures: how pure and how whole the entities are, mention by mention.

    Attributes:
        precision, recall: means over mentions found, and over all mentions of the gold.
        found: how many mentions of the gold have an entity of the graph.
        gold: how many mentions the gold has.
    """

    precision: float
    recall: float
    found: int
    gold: int

    @property
    def f1(self) -> float:
        """Give the harmonic mean of precision and recall."""
        return _harmonic(self.precision, self.recall)

    def rounded(self) -> dict[str, float]:
        """Give the figures to four decimals, with the counts."""
        return _rounded(self.precision, self.recall) | {"tp": self.found, "sys": self.found, "gold": self.gold}


@dataclass(slots=True)
class Accuracy:
    """Count how often one value of a matched event is right."""

    right: int = 0
    total: int = 0

    def add(self, right: bool) -> None:
        """Count one more."""
        self.right += right
        self.total += 1

    @property
    def accuracy(self) -> float:
        """Give the share that is right; 0 when there is none."""
        return self.right / self.total if self.total else 0.0

    def rounded(self) -> dict[str, float]:
        """Give the figure to four decimals, with the count."""
        return {"accuracy": round(self.accuracy, 4), "n": self.total}


@dataclass(frozen=True, slots=True, order=True)
class Miss:
    """Point at one thing that graph and gold do not agree on.

    Attributes:
        document: the text's file name.
        begin, end: where it stands.
        what: which figure it counts in, and how it is wrong (`event missed`, `name spurious`, `theme missed`, ...).
        expected: what people found, or what the graph says in the case of something spurious.
        words: the characters at that place.
        sentence: the segment around it.
    """

    document: str
    begin: int
    end: int
    what: str
    expected: str
    words: str
    sentence: str


FACTS = ("events", "roles", "claims", "relations", "quantities", "times")
_TALLIES = ("names", "typed_names", "events", "events_strict", "roles", "claims", "relations", "quantities", "times")


@dataclass(frozen=True, slots=True)
class Scores:
    """Hold all figures of a comparison.

    Attributes:
        tallies: by figure: names, typed_names, events, events_strict, roles, claims, relations, quantities, times.
        entities: B-cubed over name and nominal mentions, across all documents.
        polarity, modality: of the events that were matched.
        misses: what did not agree, by document and place.
    """

    tallies: Mapping[str, Tally] = field(default_factory=lambda: {name: Tally() for name in _TALLIES})
    entities: Clustering = Clustering(0.0, 0.0, 0, 0)
    polarity: Accuracy = field(default_factory=Accuracy)
    modality: Accuracy = field(default_factory=Accuracy)
    misses: tuple[Miss, ...] = ()

    @property
    def facts(self) -> Tally:
        """Sum events, roles, claims, relations, quantities and times up: the headline figure."""
        total = Tally()
        for name in FACTS:
            tally = self.tallies[name]
            total.add(tally.right, tally.said, tally.gold)
        return total

    def figures(self) -> dict[str, dict[str, float]]:
        """Give every figure to four decimals, in a fixed order, ready to be shown or written as JSON."""
        return {
            **{name: self.tallies[name].rounded() for name in _TALLIES},
            "entities": self.entities.rounded(),
            "polarity": self.polarity.rounded(),
            "modality": self.modality.rounded(),
            "facts": self.facts.rounded(),
        }


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _rounded(precision: float, recall: float) -> dict[str, float]:
    return {"p": round(precision, 4), "r": round(recall, 4), "f1": round(_harmonic(precision, recall), 4)}
