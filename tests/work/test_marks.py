"""Counting different lines."""

from kgbuild.work import marks
from kgbuild.work.marks import Marks


def test_each_line_counts_once_wherever_it_comes_again(monkeypatch) -> None:
    monkeypatch.setattr(marks, "_MOST_NEW", 10)
    found = Marks()
    assert len(found) == 0
    for number in range(1000):
        found.add(b"%d" % (number % 37))
        found.add(b"x%d" % number)
    assert len(found) == 1037
