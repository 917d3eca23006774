"""YAML with the line of every value kept, so that a mistake can be shown where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kgbuild.errors import DataError

LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The loader that is written in C, where PyYAML has it: it takes a tenth of the time."""


@dataclass(frozen=True, slots=True)
class Line:
    """Hold a value of a YAML file and the line it begins on, from 1.

    `value` is a string, a list of `Line` or a mapping of strings to `Line`; numbers and truth values stay the
    strings that were written.
    """

    value: Any
    number: int


def read_yaml(path: Path) -> Line:
    """Read a YAML file; an empty one gives an empty string.

    Raises:
        DataError: F001, the file is missing, is not UTF-8 or is not YAML; F003, a key stands twice.
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=LOADER)
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            "F001", path, 0, f"cannot be read ({error})", "Check that the file is there and is UTF-8."
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        problem = getattr(error, "problem", None) or "it breaks off"
        raise DataError(
            "F001", path, line, f"is not YAML: {problem}", "Check indentation, brackets and colons."
        ) from error
    return Line("", 1) if node is None else _line(path, node)


def _line(path: Path, node: yaml.Node) -> Line:
    number = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return Line([_line(path, item) for item in node.value], number)
    if not isinstance(node, yaml.MappingNode):
        return Line(str(node.value), number)
    found: dict[str, Line] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in found:
            raise DataError("F003", path, key.start_mark.line + 1, f"the key {name!r} stands twice", "Join the two.")
        found[name] = Line(_line(path, value).value, key.start_mark.line + 1)
    return Line(found, number)


def mapping(path: Path, line: Line, what: str) -> dict[str, Line]:
    """Give the keys and values of *line*, which is *what*; F003 if it is no mapping."""
    if not isinstance(line.value, dict):
        raise DataError("F003", path, line.number, f"{what} is not made of `key: value` lines", "See docs/frames.md.")
    return line.value


def check_keys(
    path: Path, line: Line, values: Mapping[str, Line], allowed: frozenset[str], needed: frozenset[str]
) -> None:
    """Let a mapping pass that has the *needed* keys and none but the *allowed* ones; F003 otherwise."""
    for key, value in values.items():
        if key not in allowed:
            remedy = f"Keys are {', '.join(sorted(allowed))}."
            raise DataError("F003", path, value.number, f"unknown key {key!r}", remedy)
    for key in sorted(needed - values.keys()):
        raise DataError("F003", path, line.number, f"the key {key!r} is missing", f"Add `{key}: ...`.")
