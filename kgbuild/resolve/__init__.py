"""Who is who over all articles: from chains of articles to entities with one IRI each.

    chains -keys-> summaries -> things -rulings, people, bodies-> joined things -> entities

What the user has ruled comes first, then the rules, the surest first; every join carries its reason. The result does
not depend on the order of the articles: every choice is made over sorted values, and IRIs are minted from keys alone.
Nothing compares all pairs: `docs/identity.md` tells the rules, `benchmarks/identity.py` what they cost.

An article is summarised by itself (`summarise`); a `Resolver` takes summaries one by one and keeps of them what is
said of each name, and what it gives tells who is who article by article. `resolve` does all of it for articles that
fit into memory.
"""

from collections.abc import Sequence

from kgbuild.knowledge import Knowledge
from kgbuild.model import Entity, Extraction, Resolution
from kgbuild.resolve.resolver import Resolved, Resolver
from kgbuild.resolve.summaries import Summary, Told, summarise

__all__ = ["Resolved", "Resolver", "Summary", "Told", "resolve", "summarise"]


def resolve(extractions: Sequence[Extraction], knowledge: Knowledge) -> Resolution:
    """Decide which chains of all articles are one thing.

    Args:
        extractions: one an article; their order does not matter.
        knowledge: names, institutions, and what the user has ruled to be one thing or two.

    Returns:
        An entity for every chain. No articles give no entities.
    """
    summaries = [summarise(extraction, knowledge) for extraction in extractions]
    resolver = Resolver(knowledge)
    for summary in summaries:
        resolver.add(summary)
    resolved = resolver.finish()
    entities: dict[str, Entity] = {}
    entity_of: dict[tuple[str, int], str] = {}
    for summary in summaries:
        local = resolved.local(summary)
        entities.update(local.entities)
        entity_of.update(local.entity_of)
    return Resolution(dict(sorted(entities.items())), dict(sorted(entity_of.items())))
