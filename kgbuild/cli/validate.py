"""`kgbuild validate`: does a graph hold to the shapes?"""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kgbuild.validate import Report


class ReportFormat(StrEnum):
    """Name the forms of a report."""

    TEXT = "text"
    JSON = "json"
    TURTLE = "turtle"


class EngineName(StrEnum):
    """Name the engines that check the core constraints."""

    FAST = "fast"
    PYSHACL = "pyshacl"


def validate(
    file: Annotated[Path, typer.Argument(metavar="SOURCE", help="A graph file or a store.", show_default=False)],
    form: Annotated[
        ReportFormat, typer.Option("--format", metavar="text|json|turtle", help="How to print the report.")
    ] = ReportFormat.TEXT,
    shapes: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Another shapes folder than the one that ships.", show_default=False),
    ] = None,
    engine: Annotated[
        EngineName,
        typer.Option(metavar="fast|pyshacl", help="What checks the core constraints; pySHACL is the reference."),
    ] = EngineName.FAST,
) -> int:
    """Hold a graph to the shapes and print what violates them.

    The report names the shape, the thing that violates it and, where it has evidence, the sentence. The exit status
    is 0 if the graph conforms and 1 if it does not. With `--format turtle` it is a standard SHACL validation report.

        kgbuild validate seeds.ttl
        kgbuild validate seeds.ttl --format json | python3 -m json.tool
    """
    from kgbuild.knowledge import load
    from kgbuild.validate import Engine, validate_file

    report = validate_file(file, load(shapes=shapes), Engine(engine.value))
    sys.stdout.write(report_bytes(report, form).decode())
    return 0 if report.conforms else 1


def report_bytes(report: "Report", wanted: ReportFormat) -> bytes:
    """Write a report in one of its forms."""
    if wanted is ReportFormat.JSON:
        return (json.dumps(report.to_dict(), indent=2, ensure_ascii=False) + "\n").encode()
    return report.to_turtle() if wanted is ReportFormat.TURTLE else report.to_text().encode()


def report_format(path: Path) -> ReportFormat:
    """Choose the form of a report by the name of the file it goes to.

    >>> report_format(Path("r.json")), report_format(Path("r.log"))
    (<ReportFormat.JSON: 'json'>, <ReportFormat.TEXT: 'text'>)
    """
    return {".json": ReportFormat.JSON, ".ttl": ReportFormat.TURTLE}.get(path.suffix.lower(), ReportFormat.TEXT)
