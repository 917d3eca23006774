"""Hold a graph against what people found in the same articles.

Everything is matched by where it stands in the text, never by how an IRI is spelled: names by exact span, entities by
B-cubed over their mentions, events by a trigger in common under the same heading, and what hangs on them (roles,
claims, relations, numbers, times) by the things that stand at the same places. `facts` is the one figure that sums
these up.
"""

from kgbuild.score.compare import score
from kgbuild.score.figures import Accuracy, Miss, Scores, Tally

__all__ = ["Accuracy", "Miss", "Scores", "Tally", "score"]
