"""Does what docs/tutorial.md tells its reader to do, and compares what comes out.

A block that opens with ```` ```text NAME ```` is a file to be made. In a block ```` ```console ```` a line that begins
with `$ ` is a command, and what follows is what it prints; `...` there stands for anything. To write the outputs anew
after a change, for review:

    python -m tests.test_tutorial
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TUTORIAL = ROOT / "docs" / "tutorial.md"
_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def steps(console: str) -> Iterator[tuple[str, str]]:
    """Split a console block into commands and what each prints; a command goes on after a backslash."""
    for piece in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        lines = piece.split("\n")
        length = next(number for number, line in enumerate(lines, start=1) if not line.endswith("\\"))
        yield "\n".join(lines[:length]), "\n".join(lines[length:])


def agrees(expected: str, printed: str) -> bool:
    """Compare what is told with what is printed, line ends apart; `...` stands for anything."""
    pattern = ".*".join(re.escape(part) for part in re.split(r"\.\.\.", _plain(expected)))
    return re.fullmatch(pattern, _plain(printed), re.DOTALL) is not None


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def perform(text: str, folder: Path, judge: Callable[[str, str, str], None]) -> int:
    """Make the files and run the commands of *text* in *folder*; *judge* sees command, told and printed output."""
    count = 0
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "120",
        "LC_ALL": "C.UTF-8",
    }
    for language, name, content in _BLOCK.findall(text):
        if language in ("text", "toml", "sparql") and name:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content, encoding="utf-8")
        elif language == "console":
            for command, expected in steps(content):
                done = subprocess.run(
                    ["/bin/bash", "-c", command],
                    cwd=folder,
                    env=environment,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                    check=False,
                )
                judge(command, expected, done.stdout)
                count += 1
    return count


def test_tutorial_prints_what_it_says(tmp_path):
    wrong: list[str] = []

    def judge(command, expected, printed):
        if not agrees(expected, printed):
            wrong.append(f"$ {command}\nshould print:\n{expected}\nprints:\n{printed}")

    count = perform(TUTORIAL.read_text(encoding="utf-8"), tmp_path, judge)
    assert count >= 6
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize(
    ("expected", "printed", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n...\nd\n", "a\nb\nc\nd\n", True),
        ("took ... s", "took 1.5 s\n", True),
        ("a\n", "a\nb\n", False),
        ("a.c\n", "abc\n", False),
    ],
)
def test_comparison_tells_right_from_wrong(expected, printed, same):
    assert agrees(expected, printed) is same


def rewrite() -> None:
    """Put what the commands print now into the tutorial, except where it agrees with what stands there."""
    text = TUTORIAL.read_text(encoding="utf-8")
    changes: list[tuple[str, str]] = []

    def judge(command: str, expected: str, printed: str) -> None:
        if not agrees(expected, printed):
            changes.append((f"$ {command}\n{expected}", f"$ {command}\n{_plain(printed)}\n"))

    with tempfile.TemporaryDirectory() as folder:
        perform(text, Path(folder), judge)
    for old, new in changes:
        text = text.replace(old, new, 1)
    TUTORIAL.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    rewrite()
