"""Where figures and misses are gathered while texts are compared."""

from dataclasses import dataclass, field

from kgbuild.score.figures import Clustering, Miss, Scores
from kgbuild.score.gold import Gold
from kgbuild.score.segments import Span


@dataclass(slots=True)
class Sheet:
    """Gather figures and misses; `scores` gives them out."""

    running: Scores = field(default_factory=Scores)
    misses: list[Miss] = field(default_factory=list)

    def count(self, figure: str, right: int, said: int, gold: int) -> None:
        """Count into one of the figures."""
        self.running.tallies[figure].add(right, said, gold)

    def miss(self, gold: Gold, span: Span | None, what: str, expected: str) -> None:
        """Note something that graph and gold do not agree on; *span* is None where it has no place."""
        begin, end = span or (0, 0)
        self.misses.append(Miss(gold.name, begin, end, what, expected, gold.text[begin:end], gold.sentence(begin)))

    def scores(self, entities: Clustering) -> Scores:
        """Give out what was gathered, misses in text order."""
        running = self.running
        return Scores(running.tallies, entities, running.polarity, running.modality, tuple(sorted(self.misses)))
