"""Count whether events are told as said by somebody where the annotations have somebody say them, and nowhere else.

Usage: python -m benchmarks.contents GRAPH GOLD TEXTS

`kgbuild score` compares who speaks, by which word; this compares what they say. Only events that were found are
counted, and only whether some claim has them as its content, not which.
"""

import json
import sys
from pathlib import Path

from kgbuild.rdf import KG
from kgbuild.score.align import Alignment, World
from kgbuild.score.events import compare_events
from kgbuild.score.gold import read_gold
from kgbuild.score.said import Said
from kgbuild.score.sheet import Sheet


def main(graph: Path, gold_dir: Path, text_dir: Path) -> None:
    """Print how many events are said by somebody in the annotations, in the graph, and in both."""
    golds = read_gold(gold_dir, text_dir, None)
    said = Said.read(graph)
    world = World(said, golds)
    standing = {thing for places in said.standings.values() for thing in (one.thing for one in places)}
    told = {content for thing in standing for content in said.things(thing, KG("content"))}
    both = only_gold = only_graph = lost = 0
    for gold in golds:
        matched = compare_events(gold, said, Alignment(gold, world), Sheet())
        annotated = json.loads((gold_dir / f"{Path(gold.name).stem}.json").read_text(encoding="utf-8"))["claims"]
        wanted = {content for claim in annotated for content in claim["content"]}
        for event in gold.events:
            thing = matched.get(event.id)
            if thing is None:
                lost += event.id in wanted
                continue
            both += event.id in wanted and thing in told
            only_gold += event.id in wanted and thing not in told
            only_graph += event.id not in wanted and thing in told
    print(f"events that somebody says and that were found: {both + only_gold}, {lost} more were not found")
    print(f"said by somebody in the graph too: {both} ({both / (both + only_gold):.1%})")
    print(f"said by somebody in the graph alone: {only_graph}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
