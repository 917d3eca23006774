"""Questions that people ask of any such graph, ready to be asked by name and to be taken as patterns.

Each is an `.rq` file that explains itself: the first comment line is its title, the lines after it say what it
answers, and a parameter is a line `VALUES ?name { UNDEF }  # what it narrows the answer to`. UNDEF leaves it open.
"""

import difflib
import re
from dataclasses import dataclass
from pathlib import Path

from kgbuild.errors import QueryError

_FOLDER = Path(__file__).parent / "cookbook"
_PARAMETER = re.compile(r"^\s*VALUES\s*\?(\w+)\s*\{\s*UNDEF\s*\}\s*#\s*(.+?)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Recipe:
    """Hold a question of the cookbook.

    Attributes:
        name: what it is asked by.
        title: what it is about, in one line.
        answers: what it answers and how to read it.
        parameters: (name, what it narrows the answer to), in the order of the file.
        text: the SPARQL.
    """

    name: str
    title: str
    answers: str
    parameters: tuple[tuple[str, str], ...]
    text: str


def list_cookbook() -> tuple[Recipe, ...]:
    """Read the questions that ship with the program, by name."""
    return tuple(read_recipe(path) for path in sorted(_FOLDER.glob("*.rq")))


def read_recipe(path: Path) -> Recipe:
    """Read one question with its explanation; without a comment at its head, title and answers are empty."""
    text = path.read_text(encoding="utf-8")
    head: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        head.append(line.removeprefix("#").strip())
    title, *rest = head or [""]
    parameters = tuple((match[1], match[2]) for match in _PARAMETER.finditer(text))
    return Recipe(path.stem, title, " ".join(filter(None, rest)), parameters, text)


def recipe_named(name: str) -> Recipe:
    """Find a question of the cookbook.

    Raises:
        QueryError: there is none of that name; the nearest are named.
    """
    recipes = {recipe.name: recipe for recipe in list_cookbook()}
    if name in recipes:
        return recipes[name]
    near = difflib.get_close_matches(name, recipes, n=3) or sorted(recipes)
    raise QueryError(f"no cookbook query {name!r}", f"There are {', '.join(near)}.")
