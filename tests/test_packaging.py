"""What is installed is what is written down: locks, licences, and the wheel with its data."""

import importlib.metadata
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.lock", "requirements-dev.lock"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: str) -> dict[str, list[str]]:
    """Read a lock: for each package the lines that pin it, continuation lines joined."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.strip():
            found.setdefault(normal(re.split(r"[=\s;]", line, maxsplit=1)[0]), []).append(line)
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_pins_versions_and_hashes_and_names_no_registry(lock):
    found = pins(lock)
    assert len(found) > 50
    for lines in found.values():
        for line in lines:
            assert re.match(r"[\w.-]+==[\w.!+]+ ", line), line
            assert "--hash=sha256:" in line, line
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index" not in re.sub(r"^\S+==.*", "", text, flags=re.MULTILINE)


def test_locks_hold_all_that_the_project_asks_for_and_agree():
    runtime, developing = pins("requirements.lock"), pins("requirements-dev.lock")
    asked = [normal(re.split(r"[<>=\[ ]", each, maxsplit=1)[0]) for each in PROJECT["project"]["dependencies"]]
    dev = [
        normal(re.split(r"[<>=\[ ]", each, maxsplit=1)[0])
        for each in PROJECT["project"]["optional-dependencies"]["dev"]
    ]
    assert set(asked) | {"hatchling", "editables"} <= set(runtime)
    assert set(dev) <= set(developing)

    # where something is needed may differ: a tool may want everywhere what the program wants on Windows
    def bare(lines: list[str]) -> list[list[str]]:
        return [re.sub(r" ;[^-]*", " ", line).split() for line in lines]

    assert {name: bare(developing.get(name, [])) for name in runtime} == {name: bare(runtime[name]) for name in runtime}
    assert not {"torch", "transformers"} & set(developing), "training has its own requirements"


def test_every_locked_package_is_in_the_notices_with_its_own_licence():
    text = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8")
    text = text[: text.index("## Data")]
    told = dict(re.findall(r"^\| ([\w.-]+) \| ([^|]+?) \|", text, re.MULTILINE))
    assert set(pins("requirements.lock")) == {normal(name) for name in told} - {"package", "-"}
    compared = 0
    for name, licence in told.items():
        try:
            declared = importlib.metadata.metadata(name).get("License-Expression")
        except importlib.metadata.PackageNotFoundError:
            continue
        if declared:
            compared += 1
            assert licence == declared, name
    assert compared > 25


def test_licence_is_the_whole_apache_text():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert PROJECT["project"]["license"] == "Apache-2.0 AND CC-BY-SA-4.0"


@pytest.mark.slow
def test_wheel_carries_its_data_and_works_from_it(tmp_path):
    """Build the wheel without any network, unpack it elsewhere, and check the data files through it."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*command, "--no-build-isolation", "--wheel-dir", str(tmp_path), str(ROOT)], check=True)
    (wheel,) = tmp_path.glob("kgbuild-*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(site)
    for room in ("ontology", "shapes", "models"):
        here = {path.relative_to(ROOT).as_posix() for path in (ROOT / room).rglob("*") if path.is_file()}
        there = {name.removeprefix("kgbuild/_data/") for name in names}
        assert {name for name in here if "__pycache__" not in name} <= there
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert not any(name.startswith(("tests/", "gold/", "training/")) for name in names)
    code = "import kgbuild, sys; from kgbuild.cli.app import run; print(kgbuild.__file__); sys.exit(run(['check']))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(site), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert str(site) in done.stdout
