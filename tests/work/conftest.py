"""What tests of work folders have in common."""

import pytest

from tests import stand_in
from tests.work.folders import build


@pytest.fixture
def store(news, tmp_path):
    """Make a store of two articles."""
    place = tmp_path / "store"
    build([news], place / "work", place)
    return place


@pytest.fixture
def annotated():
    """Tell what was annotated since the test began."""
    stand_in.ANNOTATED.clear()
    return stand_in.ANNOTATED
