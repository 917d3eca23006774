"""The examples of frame entries: sentences with what an entry must give for them, which run as tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgbuild.errors import DataError
from kgbuild.knowledge.lines import Line, check_keys, mapping


@dataclass(frozen=True, slots=True)
class FrameExample:
    """Hold one sentence with what an entry gives for it: role -> texts; None for nothing."""

    text: str
    gives: Mapping[str, tuple[str, ...]] | None
    line: int = 0


def read_examples(path: Path, line: Line) -> tuple[FrameExample, ...]:
    """Read the examples of an entry: one at least that gives something, one that gives nothing.

    Raises:
        DataError: F003 or F009, with file and line.
    """
    remedy = "Give one sentence with `gives: {role: [words]}` and one near miss with `gives: nothing`."
    if not isinstance(line.value, list):
        raise DataError("F009", path, line.number, "examples are missing", remedy)
    found: list[FrameExample] = []
    for item in line.value:
        values = mapping(path, item, "an example")
        check_keys(path, item, values, frozenset({"text", "gives"}), frozenset({"text", "gives"}))
        found.append(FrameExample(str(values["text"].value), _gives(path, values["gives"]), item.number))
    if not any(example.gives is not None for example in found) or all(example.gives is not None for example in found):
        raise DataError("F009", path, line.number, "an example is missing", remedy)
    return tuple(found)


def _gives(path: Path, line: Line) -> dict[str, tuple[str, ...]] | None:
    value: Any = line.value
    if value == "nothing":
        return None
    if not isinstance(value, dict) or not all(isinstance(texts.value, list) for texts in value.values()):
        remedy = "Write `gives: {actor: [Russia]}` or `gives: nothing`."
        raise DataError("F009", path, line.number, "an example does not say what it gives", remedy)
    return {role: tuple(str(text.value) for text in texts.value) for role, texts in value.items()}
