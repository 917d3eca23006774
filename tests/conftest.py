"""What all tests share: the flag that rewrites golden files, and a stand-in for the model."""

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-golden", action="store_true", help="write what the program says now into tests/golden, for review"
    )


def pytest_configure() -> None:
    # a shell that puts a command into the background lets it ignore Ctrl-C, and tests send Ctrl-C to what they start
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compare bytes with a golden file, or rewrite the file when `--rewrite-golden` is given."""

    def check(name: str, said: bytes) -> None:
        path = GOLDEN / name
        if request.config.getoption("--rewrite-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(said)
        assert path.exists(), f"no golden file {name}; make it with --rewrite-golden and review it"
        assert said.decode().split("\n") == path.read_text(encoding="utf-8").split("\n")
        assert said == path.read_bytes()

    return check


@pytest.fixture
def stand_in(monkeypatch):
    """Put the stand-in in the place of annotation and extraction; the data files are read once for all tests.

    A build in a work folder then does its work in this process, where the stand-in is.
    """
    from kgbuild import annotate, pipeline, stages, work
    from kgbuild.work import keys
    from tests import stand_in as ours

    monkeypatch.setattr(stages, "load_model", lambda name: name)
    monkeypatch.setattr(stages, "annotate", ours.annotate)
    monkeypatch.setattr(stages, "extract", ours.find_names)
    monkeypatch.setattr(pipeline, "load", lambda: ours.KNOWLEDGE)
    monkeypatch.setattr(annotate, "docs_to_bytes", ours.docs_to_bytes)
    monkeypatch.setattr(annotate, "docs_from_bytes", ours.docs_from_bytes)
    monkeypatch.setattr(work.Settings, "knowledge", property(ours.knowledge_of))
    monkeypatch.setattr(work, "choose", lambda engine, jobs, scheduler: work.Here())
    monkeypatch.setattr(keys, "model", lambda name: f"digest of {name}")


@pytest.fixture
def news(tmp_path):
    """Make a folder of two articles that the stand-in understands."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("Anna Berg spoke with Jón Arnarson about the harbour today.\n", encoding="utf-8")
    (folder / "b.txt").write_text("The minister Anna Berg went home early on that long day.\n", encoding="utf-8")
    return folder
