"""Names and entities: what is found, of which type, and whether it is taken for the same thing everywhere."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import fsum

from kgbuild.score.align import common_share, overlap
from kgbuild.score.figures import Clustering
from kgbuild.score.gold import Gold
from kgbuild.score.said import Said, Standing
from kgbuild.score.segments import Span
from kgbuild.score.sheet import Sheet

Place = tuple[str, Span]


def live_entities(gold: Gold, said: Said) -> list[Standing]:
    """Give the mentions of entities that stand in the annotated part of a text."""
    return [
        standing
        for standing in said.standings.get(gold.name, [])
        if standing.thing in said.entity_type and any(overlap(standing.span, area) for area in gold.live)
    ]


def compare_names(gold: Gold, said: Said, sheet: Sheet) -> None:
    """Count names by exact span, and those of them that are of the right type."""
    ours = {one.span: said.entity_type[one.thing] for one in live_entities(gold, said) if one.kind == "name"}
    theirs = {
        mention.span: entity.type for entity in gold.entities for mention in entity.mentions if mention.kind == "name"
    }
    both = ours.keys() & theirs.keys()
    sheet.count("names", len(both), len(ours), len(theirs))
    sheet.count("typed_names", sum(ours[span] == theirs[span] for span in both), len(ours), len(theirs))
    for span in theirs.keys() - both:
        sheet.miss(gold, span, "name missed", theirs[span])
    for span in ours.keys() - both:
        sheet.miss(gold, span, "name spurious", ours[span])
    for span in both:
        if ours[span] != theirs[span]:
            sheet.miss(gold, span, "name of the wrong type", f"{theirs[span]}, not {ours[span]}")


def compare_clusters(golds: Sequence[Gold], said: Said) -> Clustering:
    """Compute B-cubed over name and nominal mentions of all texts together.

    A mention of the gold belongs to the thing of the graph that stands closest to it (pronouns apart). A span that
    names two things at once has no one thing to belong to and is left out.

    Source: Bagga and Baldwin, Algorithms for Scoring Coreference Chains, 1998.
    """
    key_of: dict[Place, str] = {}
    thing_of: dict[Place, str] = {}
    for gold in golds:
        ours = [one for one in live_entities(gold, said) if one.kind != "pronoun"]
        names_at = Counter(mention.span for entity in gold.entities for mention in entity.mentions)
        for entity in gold.entities:
            for mention in entity.mentions:
                if mention.kind == "pronoun" or names_at[mention.span] > 1:
                    continue
                place = (gold.name, mention.span)
                key_of[place] = entity.key
                closest = _closest(mention.span, ours)
                if closest is not None:
                    thing_of[place] = closest
    return _b_cubed(key_of, thing_of)


def _closest(span: Span, standings: Sequence[Standing]) -> str | None:
    """Find the thing that stands closest to a span; of two as close, the one whose IRI sorts last."""
    found = [(common_share(one.span, span), one.thing.value) for one in standings if overlap(one.span, span)]
    return max(found)[1] if found else None


def _b_cubed(key_of: dict[Place, str], thing_of: dict[Place, str]) -> Clustering:
    keys: dict[str, set[Place]] = defaultdict(set)
    things: dict[str, set[Place]] = defaultdict(set)
    for place, key in key_of.items():
        keys[key].add(place)
    for place, thing in thing_of.items():
        things[thing].add(place)
    common = {place: len(things[thing] & keys[key_of[place]]) for place, thing in thing_of.items()}
    pure = fsum(common[place] / len(things[thing]) for place, thing in thing_of.items())
    whole = fsum(common[place] / len(keys[key_of[place]]) for place in thing_of)
    found, gold = len(thing_of), len(key_of)
    return Clustering(pure / found if found else 0.0, whole / gold if gold else 0.0, found, gold)
