"""What a process of a build holds, and what it can let go of."""

import ctypes
import gc
import re
import resource
import sys
from pathlib import Path

from kgbuild.pool import is_worker

_KILOBYTE = 1024
_MMAP_THRESHOLD = -3  # M_MMAP_THRESHOLD of malloc.h
_LARGE_BYTES = 4 << 20


def keep_for_good() -> None:
    """Tell the garbage collector that what is loaded by now stays, so that it need not look through it again and again.

    Only in a process of ours: what the program around this library holds is its own affair.
    """
    if is_worker():
        gc.collect()
        gc.freeze()


def peak_bytes() -> int:
    """Tell how much memory this process has held at most.

    What the system counts for a process begins, on Linux, with what the one that started it held; its status does not.
    """
    if sys.platform == "linux":
        found = re.search(r"^VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"), re.MULTILINE)
        if found is not None:
            return int(found[1]) * _KILOBYTE
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * _KILOBYTE


def give_back() -> None:
    """Give memory that was freed back to the system.

    The C library of GNU keeps what small arrays have taken, in case there are more of them. After the one step that
    makes many, that was a seventh of all that the process held. Other systems do it by themselves.
    """
    _ask_allocator("malloc_trim", 0)


def keep_no_large_blocks() -> None:
    """Have large blocks given back to the system as soon as they are freed.

    The C library of GNU does so to begin with, and keeps ever larger ones the larger those are that were freed. A
    database that merges its tables takes and frees many of some megabytes, on several threads, each of which keeps
    its own: a fifth of what it held.
    """
    _ask_allocator("mallopt", _MMAP_THRESHOLD, _LARGE_BYTES)


def _ask_allocator(function: str, *values: int) -> None:
    """Call a function of the C library of GNU; another one has none of them and is left alone."""
    if sys.platform == "linux":
        found = getattr(ctypes.CDLL(None), function, None)
        if found is not None:
            found(*values)
