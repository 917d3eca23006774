"""Where the data that ships with the program lies.

In a source checkout `ontology/`, `shapes/` and `models/` stand beside the package; in an installed wheel they
are inside it, under `_data/`. Nothing else in the program knows about either place.
"""

from pathlib import Path

from kgbuild.errors import KgbuildError

SHIPPED_MODELS = ("default", "fast")
"""The language pipelines that ship."""
_PACKAGE = Path(__file__).resolve().parent


def data_dir(room: str) -> Path:
    """Find the folder of shipped data called *room* (`ontology`, `shapes` or `models`).

    Raises:
        KgbuildError: the installation lacks the folder.
    """
    for candidate in (_PACKAGE / "_data" / room, _PACKAGE.parent / room):
        if candidate.is_dir():
            return candidate
    raise KgbuildError(f"the installed package lacks its {room} folder", "Install kgbuild again.")


def ontology_dir() -> Path:
    """Find the folder that holds the ontology, frames, names and cues."""
    return data_dir("ontology")


def shapes_dir() -> Path:
    """Find the folder that holds the SHACL shapes."""
    return data_dir("shapes")


def models_dir() -> Path:
    """Find the folder that holds the trained language pipelines."""
    return data_dir("models")
