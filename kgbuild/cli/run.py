"""Running the pipeline for the commands that start from articles."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kgbuild.pipeline import Build
    from kgbuild.read import Options


def build_graph(
    paths: list[Path],
    *,
    model: str,
    jobs: int,
    base: str | None,
    keep_going: bool,
    progress: Callable[[str, int, int], None],
    same: Sequence[Path] | None = None,
    different: Sequence[Path] | None = None,
    index: Path | None = None,
    options: "Options | None" = None,
) -> "Build":
    """Build with the pipeline, which is imported only now: it brings all the libraries with it."""
    from kgbuild import pipeline
    from kgbuild.knowledge import load
    from kgbuild.rdf import DEFAULT_BASE

    known = None
    if same or different or index:
        known = load(same=same or (), different=different or (), index=index)
        _ = known.identity, known.local  # a mistake in a file is told before any article is read
    return pipeline.build(
        paths,
        model=model,
        jobs=jobs,
        base=base or DEFAULT_BASE,
        knowledge=known,
        keep_going=keep_going,
        progress=progress,
        options=options,
    )


def nothing_built(built: "Build") -> bool:
    """Tell whether no article at all was read."""
    return not built.interpretations
