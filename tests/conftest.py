"""What all tests share: the flag that rewrites golden files for review."""

from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-golden", action="store_true", help="write what the program says now into tests/golden, for review"
    )


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
