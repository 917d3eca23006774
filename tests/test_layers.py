"""The gates of the house: layers, sizes and suppressions; and that each gate fires on a known-bad sample."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "kgbuild"
MODULE_LINES, FUNCTION_LINES = 400, 40

# contract -> (module to spoil, the import that spoils it)
KNOWN_BAD = {
    "Stages stand in layers and siblings do not know one another": ("resolve/bad.py", "import kgbuild.interpret"),
    "spaCy is known only where text is read into mentions": ("resolve/worse.py", "import spacy"),
    "The text side knows no RDF library": ("model/bad.py", "import rdflib"),
    "Only the command line knows typer and rich": ("query/bad.py", "import rich"),
}


def lint_imports(folder: Path) -> tuple[int, str]:
    """Run import-linter over the package that lies in *folder*, with the project's own contracts."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo", str(ROOT / "pyproject.toml")],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_layers_hold():
    status, said = lint_imports(ROOT)
    assert status == 0, said


def test_every_contract_fires_on_a_known_bad_import(tmp_path):
    spoiled = tmp_path / "kgbuild"
    shutil.copytree(PACKAGE, spoiled, ignore=shutil.ignore_patterns("__pycache__", "_data"))
    for module, statement in KNOWN_BAD.values():
        (spoiled / module).write_text(f"{statement}\n")
    status, said = lint_imports(tmp_path)
    assert status == 1, said
    contracts = re.findall(r'^name = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert set(KNOWN_BAD) == set(contracts[1:]), "every contract needs a known-bad import here"
    kept = [name for name in KNOWN_BAD if f"{name} BROKEN" not in said]
    assert kept == [], said


def python_files() -> list[Path]:
    found = [path for path in sorted(PACKAGE.rglob("*.py")) if "_data" not in path.parts]
    assert len(found) > 30, "the walk over the package found too little to be right"
    return found


def too_long_modules(paths: list[Path]) -> Iterator[str]:
    """Name each module over the limit with its length."""
    for path in paths:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MODULE_LINES:
            yield f"{path}: {lines} lines"


def too_long_functions(paths: list[Path]) -> Iterator[str]:
    """Name each function whose body, without its docstring, is over the limit.

    The signature is not counted: a command's options are declarations, not something to follow.
    """
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) is not None else node.body
                lines = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
                if lines > FUNCTION_LINES:
                    yield f"{path}:{node.lineno} {node.name}: {lines} lines"


def bare_ignores(paths: list[Path]) -> Iterator[str]:
    """Name each `type: ignore` that lacks an error code or, after a second `#`, a reason."""
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if re.search(r"#\s*type:\s*ignore", line) and not re.search(r"# type: ignore\[[a-z-]+\]\s+# \S", line):
                yield f"{path}:{number}: {line.strip()}"


@pytest.mark.parametrize("gate", [too_long_modules, too_long_functions, bare_ignores])
def test_package_is_within_the_limits(gate):
    assert list(gate(python_files())) == []


@pytest.mark.parametrize(
    ("gate", "bad", "good"),
    [
        (too_long_modules, "x = 1\n" * 401, "x = 1\n" * 400),
        (too_long_functions, "def f():\n" + "    x = 1\n" * 41, 'def f():\n    """Doc."""\n' + "    x = 1\n" * 40),
        (bare_ignores, "x = f()  # type: " + "ignore\n", "x = f()  # type: " + "ignore[arg-type]  # f is untyped\n"),
        (bare_ignores, "x = f()  # type: " + "ignore[arg-type]\n", "x = 1\n"),
    ],
)
def test_gate_fires_on_a_known_bad_file_only(tmp_path, gate, bad, good):
    path = tmp_path / "sample.py"
    path.write_text(good)
    assert list(gate([path])) == []
    path.write_text(bad)
    assert len(list(gate([path]))) == 1


@pytest.mark.parametrize(
    ("rule", "bad"),
    [
        (
            "C901",
            "def f(x):\n" + "".join(f"    if x == {n}:\n        x = {n + 1}\n" for n in range(11)) + "    return x\n",
        ),
        ("T201", 'print("the library never prints")\n'),
        ("BLE001", "try:\n    x = 1\nexcept Exception:\n    x = 2\n"),
        ("D103", "def public(x: int) -> int:\n    return x\n"),
        ("ANN001", "def f(x):\n    return x\n"),
    ],
)
def test_ruff_fires_on_a_known_bad_file(rule, bad):
    ruff = Path(sys.executable).with_name("ruff")
    command = [str(ruff), "check", "--no-cache", "--output-format", "concise", "--stdin-filename", "kgbuild/sample.py"]
    done = subprocess.run(command, input=bad, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert rule in done.stdout
