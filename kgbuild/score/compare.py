"""One entry: read graph and gold, compare text by text, sum up."""

from collections.abc import Iterable
from pathlib import Path

from kgbuild.score.align import Alignment, World
from kgbuild.score.entities import compare_clusters, compare_names
from kgbuild.score.events import compare_events, compare_sides
from kgbuild.score.facts import compare_claims, compare_quantities, compare_relations, compare_times
from kgbuild.score.figures import Scores
from kgbuild.score.gold import read_gold
from kgbuild.score.said import Said
from kgbuild.score.sheet import Sheet


def score(graph: Path, gold_dir: Path, text_dir: Path, only: Iterable[str] | None = None) -> Scores:
    """Compare a graph with gold annotations.

    Boilerplate and repeated passages do not count on either side. What the graph says of texts without annotations is
    passed over.

    Args:
        graph: a graph file.
        gold_dir: the annotations, `NAME.json` each.
        text_dir: the texts that they annotate, `NAME.txt` each.
        only: names of texts to compare; None compares all.

    Raises:
        KgbuildError: a file is missing or broken.
    """
    golds = read_gold(gold_dir, text_dir, only)
    said = Said.read(graph)
    world = World(said, golds)
    sheet = Sheet()
    for gold in golds:
        alignment = Alignment(gold, world)
        compare_names(gold, said, sheet)
        matched = compare_events(gold, said, alignment, sheet)
        compare_sides(gold, said, alignment, matched, sheet)
        compare_claims(gold, said, alignment, sheet)
        compare_relations(gold, said, alignment, sheet)
        compare_quantities(gold, said, sheet)
        compare_times(gold, said, sheet)
    return sheet.scores(compare_clusters(golds, said))
