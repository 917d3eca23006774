"""How much a build made, stage by stage."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """Count what each stage made, for the summary that a person reads."""

    files: int = 0
    articles: int = 0
    duplicates: int = 0
    sentences: int = 0
    mentions: int = 0
    entities: int = 0
    events: int = 0
    relations: int = 0
    positions: int = 0
    claims: int = 0
    quantities: int = 0
    times: int = 0
    triples: int = 0
    held_back: int = 0
