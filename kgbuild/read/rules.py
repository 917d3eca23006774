"""Loads the data files that reading needs, all at once, and tells what is wrong with them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kgbuild.errors import DataError
from kgbuild.read.elements import Elements, load_elements
from kgbuild.read.furniture import Furniture, check_furniture, load_furniture
from kgbuild.read.language import Languages, load_languages


@dataclass(frozen=True, slots=True)
class Rules:
    """Hold the data files that reading needs."""

    furniture: Furniture
    elements: Elements
    languages: Languages


def check_rules(ontology: Path | None = None) -> tuple[DataError, ...]:
    """Tell the first mistake in each data file of reading; a file that *ontology* lacks has none."""
    cues = ontology / "cues" if ontology else None
    errors = [*check_furniture(ontology)]
    loaders: tuple[tuple[str, Callable[[Path | None], object]], ...] = (
        ("elements.tsv", load_elements),
        ("languages.tsv", load_languages),
    )
    for name, load in loaders:
        try:
            if cues is None or (cues / name).exists():
                load(cues / name if cues else None)
        except DataError as error:
            errors.append(error)
    return tuple(errors)


def load_rules(ontology: Path | None = None, furniture: Furniture | None = None) -> Rules:
    """Load the data files of reading; a file that *ontology* lacks is taken from those that ship.

    Raises:
        DataError: one of the files is wrong.
    """
    cues = ontology / "cues" if ontology else None

    def own(name: str) -> Path | None:
        return cues / name if cues and (cues / name).exists() else None

    return Rules(
        furniture or load_furniture(own("furniture.yaml")),
        load_elements(own("elements.tsv")),
        load_languages(own("languages.tsv")),
    )
