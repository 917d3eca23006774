"""Writes docs/cli.md from the commands themselves, so that it never says what they do not.

Run it with `make docs`; a test compares.
"""

import inspect
import sys
from collections.abc import Iterator
from typing import Any

import typer.main

from kgbuild.cli.app import app

_HEAD = """\
# The command line

<!-- Written by `make docs` from the commands themselves: change those, not this file. -->
"""
_TAIL = """\
## Exit status

| status | meaning |
| --- | --- |
| 0 | all good |
| 1 | the graph does not conform to the shapes: `build` has written what does conform, and a report beside it |
| 2 | bad usage or bad input: an option, a file, a data file, the model or the output; one line says which |
| 3 | a fault in kgbuild itself; the traceback is printed |
| 130, 141 | interrupted (Ctrl-C); whoever read the output left (`kgbuild ... \\| head`) |

An input that `build` cannot read costs one line on standard error, and the others are still built: a script that
feeds a folder of downloads wants the graph of what is readable. One that must not lose an article adds `--strict`.

Results go to standard output or the file named, everything for a person to standard error. A file gets its name only
when all of it is on the disk.
"""


def reference() -> str:
    """Describe every command with its arguments and options, in Markdown."""
    group: Any = typer.main.get_command(app)
    parts = [_HEAD, _description(group)]
    for name, command in _leaves(group):
        parts.append(f"## kgbuild {name}\n")
        parts.append(f"    kgbuild {name} {' '.join(_usage(command))}\n")
        parts.append(_description(command))
        parts.append("\n".join(_parameters(command)) + "\n")
    return "\n".join([*parts, _TAIL])


def _leaves(group: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - typer gives no public type
    """Go through the commands, those of groups under the name of their group."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _leaves(command, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}", command


def _description(command: Any) -> str:  # noqa: ANN401 - typer gives its commands no public type
    return inspect.cleandoc(command.help or "") + "\n"


def _usage(command: Any) -> Iterator[str]:  # noqa: ANN401
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            name = parameter.metavar + ("..." if parameter.nargs == -1 else "")
            yield name if parameter.required else f"[{name}]"
    for parameter in command.params:
        if parameter.param_type_name == "option" and parameter.required:
            yield f"{parameter.opts[-1]} {parameter.metavar}"
    yield "[OPTIONS]"


def _parameters(command: Any) -> Iterator[str]:  # noqa: ANN401
    yield "| argument or option | meaning |"
    yield "| --- | --- |"
    for parameter in command.params:
        if parameter.name == "help":
            continue
        names = ", ".join(f"`{name}`" for name in parameter.opts)
        if parameter.param_type_name == "argument":
            names = f"`{parameter.metavar}`"
        yield f"| {names}{_values(parameter)} | {_cell(parameter.help)}{_default(parameter)} |"


def _values(parameter: Any) -> str:  # noqa: ANN401
    """Say what an option takes."""
    if parameter.param_type_name == "argument" or getattr(parameter, "is_flag", False):
        return ""
    return " " + _cell(parameter.metavar)


def _default(parameter: Any) -> str:  # noqa: ANN401
    """Say what holds when an option is not given."""
    if getattr(parameter, "is_flag", False) or parameter.default is None or parameter.required:
        return ""
    default = getattr(parameter.default, "value", parameter.default)
    return f" Default: `{default}`." if default not in ("", (), []) else ""


def _cell(text: str) -> str:
    """Keep a text inside its cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(reference())
