"""Pieces of N-Quads go into a database: a few here, many in processes that do nothing else.

What RocksDB and the C library keep of the work grows with it: freed blocks on each of its threads, what it remembers
of tables. A process that ends gives all of it back, so that none holds more than some pieces leave behind. It reads
its pieces itself, and loads several at once: the fewer times something is loaded, the less has to be merged.
"""

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from kgbuild.errors import OutputError
from kgbuild.memory import keep_no_large_blocks, peak_bytes
from kgbuild.pool import PATIENCE_SECONDS, Pool
from kgbuild.store.pace import Pace, open_lean

_FIRST_PIECES, _FEW_TRIPLES = 8, 250_000
_PIECES_A_PROCESS = 64
_BYTES_AT_ONCE = 32_000_000
_WHY = {"died": "the process that writes it was killed", "hung": "the process that writes it hung"}


Piece = Callable[[], bytes]
"""Gives N-Quads when it is called; it must be possible to pickle, since another process may be the one that calls."""


def load_all(folder: Path, pieces: Iterable[Piece], triples: int | None = None) -> int:
    """Put pieces into a database.

    A few are loaded here, since a process takes longer to start than they take. If there are more, or it is known that
    there will be, other processes do it.

    Args:
        folder: the database.
        pieces: give N-Quads.
        triples: how many triples there are in all pieces, if that is known.

    Returns:
        The most memory that one of the other processes held; 0 when none was needed.

    Raises:
        KgbuildError: a piece cannot be had, one of the processes came to an end, or what it writes finds no room.
    """
    left = iter(pieces)
    if triples is None or triples <= _FEW_TRIPLES:
        database = _Database(folder)
        for piece in islice(left, _FIRST_PIECES):
            database.load(piece)
        database.close()
    peak = 0
    while stretch := list(islice(left, _PIECES_A_PROCESS)):
        peak = max(peak, _load_elsewhere(folder, [*stretch, _no_more]))
    return peak


def _no_more() -> bytes:
    """Be the piece that no other follows."""
    return b""


class _Database:
    """Hold a database open while pieces go into it, each no sooner than the ones before are put together.

    Args:
        folder: where it lies, or is made.
        at_once: pieces are gathered until they have so many bytes.
    """

    def __init__(self, folder: Path, at_once: int = 0) -> None:
        self._pace = Pace(folder)
        self._store = open_lean(folder)
        self._at_once = at_once
        self._gathered: list[bytes] = []

    def load(self, piece: Piece) -> None:
        """Put one piece in."""
        self._gathered.append(piece())
        if sum(map(len, self._gathered)) >= self._at_once:
            self._put_in()

    def _put_in(self) -> None:
        """Load what was gathered; we wrote it, so that nothing needs to be looked over."""
        quads = b"".join(self._gathered)
        self._gathered.clear()
        if quads:
            self._store.bulk_load(input=quads, format=ox.RdfFormat.N_QUADS, lenient=True)
            self._pace.keep()

    def close(self) -> None:
        """Bring everything onto the disk and let go of it."""
        self._put_in()
        self._store.flush()
        del self._store  # which closes it; nothing is loaded behind that


@dataclass(frozen=True, slots=True)
class _Told:
    """Say how a piece went: what went wrong with the disk, or how much memory the process has held by then."""

    error: str = ""
    peak: int = 0


def _load_elsewhere(folder: Path, pieces: Iterable[Piece]) -> int:
    """Have pieces, the last of which is the end, put into a database by a process; tell what memory it took."""
    pool: Pool[Piece, _Told] = Pool(partial(_load, folder), 1, PATIENCE_SECONDS)
    peak = 0
    with closing(pool), closing(pool.run(pieces)) as found:
        for ended in found:
            if ended.how == "crashed":
                raise RuntimeError(ended.trace)
            if ended.error is not None:
                raise ended.error
            if ended.how in _WHY or (ended.result is not None and ended.result.error):
                reason = ended.result.error if ended.result is not None else _WHY[ended.how]
                raise OutputError(
                    f"{folder.parent}: the graph cannot be kept ({reason})", "Run the same command again."
                )
            peak = max(peak, ended.result.peak if ended.result is not None else 0)
    return peak


def _load(folder: Path, piece: Piece) -> _Told:
    """Put one piece into the database that this process has open, or close it at the end."""
    try:
        if piece is _no_more:
            _open(folder).close()
        else:
            _open(folder).load(piece)
    except OSError as error:
        return _Told(str(error.strerror or error))
    return _Told(peak=peak_bytes())


@lru_cache(maxsize=1)
def _open(folder: Path) -> _Database:
    keep_no_large_blocks()
    return _Database(folder, _BYTES_AT_ONCE)
