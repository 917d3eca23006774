"""Why the graph says what it says: from a sentence or a thing back to the characters and the rules.

Every stage leaves the names of the rules that it used in the values it hands on. Here they are laid side by side:
who is mentioned and which thing each mention stands for, which clauses were understood and how, which facts came of
them, and the triples that carry these facts. Nothing is computed that the build did not compute.
"""

from kgbuild.explain.seen import Explanation, SeenChain, SeenFact, SeenFrame, SeenJoin, SeenMention, SeenPlace
from kgbuild.explain.view import expand, explain, shorten

__all__ = [
    "Explanation",
    "SeenChain",
    "SeenFact",
    "SeenFrame",
    "SeenJoin",
    "SeenMention",
    "SeenPlace",
    "expand",
    "explain",
    "shorten",
]
