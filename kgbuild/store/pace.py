"""How fast pieces may go into a database, which is no faster than it puts its tables together, and what it may hold.

Each piece becomes a small table in every index, and RocksDB, below Oxigraph, merges them behind our back. When pieces
come quicker than that the tables pile up by the hundred, and a merge, which has all that it merges open at once, runs
out of open files. RocksDB slows down those who write for that reason, but not those who hand over whole tables.
"""

import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

_ENOUGH_FILES = 4096
_FEW_TABLES = 48
_SPARED_FILES = 48  # so many of the files that a process may have open Oxigraph does not use
_MOST_TABLES = 500
_SMALL_BYTES = 16_000_000  # a piece makes smaller ones, a merge makes tables of 64 MB
_LOOK_AGAIN_SECONDS, _IDLE_SECONDS = 0.02, 2.0


@contextmanager
def many_files() -> Iterator[None]:
    """Let this process have as many files open as it may, up to what a large database wants.

    Systems give a process 256 (macOS) or 1,024 (Linux) to begin with and more to those who ask.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _ENOUGH_FILES if hard == resource.RLIM_INFINITY else min(hard, _ENOUGH_FILES)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        yield
        return
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    except (OSError, ValueError):  # then it is done with fewer, slower
        yield
        return
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def open_lean(folder: Path) -> ox.Store:
    """Open a database for writing, or make it, so that it keeps few tables open apart from those that it merges.

    Oxigraph has it keep as many as this process may have open when it is opened, and the index of each in memory.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with Path(os.devnull).open("rb") as probe:  # the next file that is opened has the lowest number that is free
        few = probe.fileno() + _FEW_TABLES + _SPARED_FILES
    if soft != resource.RLIM_INFINITY and soft <= few:
        return ox.Store(str(folder))
    resource.setrlimit(resource.RLIMIT_NOFILE, (few, hard))
    try:
        return ox.Store(str(folder))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


class Pace:
    """Hold back the next piece while a database has too many small tables to merge."""

    def __init__(self, folder: Path) -> None:
        """Watch the database in *folder*, which this process has open for writing."""
        self._folder = folder
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        # Merges open tables beside those that are kept open, and may have a third of the files each.
        self._most = _MOST_TABLES if soft == resource.RLIM_INFINITY else min(_MOST_TABLES, soft // 3)
        self._staying = 0

    def keep(self) -> None:
        """Wait until the small tables are few enough, or the database has stopped merging them.

        Some stay as they are: tables that have nothing in common need no merging.
        """
        small, size = self._tables()
        last = time.monotonic()
        while small - self._staying > self._most:
            time.sleep(_LOOK_AGAIN_SECONDS)
            now = self._tables()
            if now != (small, size):
                (small, size), last = now, time.monotonic()
            elif time.monotonic() - last > _IDLE_SECONDS:
                self._staying = small

    def _tables(self) -> tuple[int, int]:
        """Count the small tables, and add up the bytes of all."""
        small = size = 0
        with os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.name.endswith(".sst"):
                    try:
                        own = entry.stat().st_size
                    except FileNotFoundError:  # merged into another meanwhile
                        continue
                    size += own
                    small += own < _SMALL_BYTES
        return small, size
