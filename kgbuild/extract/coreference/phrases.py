"""Look at noun phrases: whether they are definite, what describes them, to which country they belong."""

from kgbuild.extract.coreference.context import Context
from kgbuild.extract.sites import Site
from kgbuild.model import EntityType

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "both", "each"})
_EMPTY = frozenset(
    "new latest same current said entire whole late last two both own least more most many several".split()
)


def country_of(context: Context, i: int) -> int | None:
    """Give the index of the mention of the country that a noun phrase belongs to (`Ukrainian`, `its`), or None."""
    for kind in ("adjective", "possessor", "compound", "preposition"):
        for other in context.dependents(i, kind):
            if context.clusters.of(other).type is EntityType.COUNTRY:
                return other
    return None


def countries_agree(context: Context, j: int, i: int) -> bool:
    """Tell whether two noun phrases can belong to one country: the same, or one of them tells none."""
    a, b = country_of(context, j), country_of(context, i)
    return b is None or (a is not None and context.clusters.root(a) == context.clusters.root(b)) or a is None


def modifiers(one: Site) -> frozenset[str]:
    """Give the content words of a noun phrase besides its head, names of countries and words that tell nothing."""
    return frozenset(
        t.lemma
        for t in one.span
        if t.i != one.head.i
        and t.pos in {"NOUN", "ADJ", "VERB", "PROPN"}
        and t.entity != "NORP"
        and t.lemma not in _EMPTY
    )


def definite(one: Site) -> bool:
    """Tell a noun phrase with an article, a demonstrative or an owner that says which one is meant."""
    return owned(one) or any(t.lower in _DEFINITE for t in one.head.children if t.i < one.head.i)


def owned(one: Site) -> bool:
    """Tell a noun phrase with an owner (`his country`)."""
    return any(t.dep == "nmod:poss" for t in one.head.children)
