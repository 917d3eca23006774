"""Writes docs/cookbook.md from the questions themselves, so that it never says what they do not.

Run it with `make docs`; a test compares.
"""

import sys
from collections.abc import Iterator

from kgbuild.query.cookbook import list_cookbook

_HEAD = """\
# The cookbook: questions by name

<!-- Written by `make docs` from the questions themselves (kgbuild/query/cookbook): change those, not this file. -->

    kgbuild query GRAPH who-said-what --speaker Umerov
    kgbuild query GRAPH attacks --day 2025-06-01 --format csv
    kgbuild query GRAPH my-question.rq

GRAPH is a file or a [store](stores.md). Options narrow a question down; without them it answers for everything in the
graph. A thing may be called by any of its names, written as an article writes it; a class is given as an IRI in angle
brackets. Each question is an `.rq` file that can be copied and changed.

How they are written, so that they stay quick on millions of triples: what must be there comes first, what may be there
after it as `OPTIONAL` of single steps. Where the first part is long, it stands in a sub-select with a `LIMIT` that is
never reached, which tells the engine that it is small.
"""


def page() -> str:
    """Describe every question."""
    return "\n".join([_HEAD, *_lines()])


def _lines() -> Iterator[str]:
    for recipe in list_cookbook():
        yield f"## {recipe.name}\n"
        yield f"{recipe.title}. {recipe.answers}\n"
        for name, what in recipe.parameters:
            yield f"- `--{name}`: {what}"
        yield ""


if __name__ == "__main__":
    sys.stdout.write(page())
