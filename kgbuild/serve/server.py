"""Starts the Oxigraph server on a store, and the guard before it."""

import ctypes
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kgbuild.errors import KgbuildError
from kgbuild.serve.guard import Guard, Limits
from kgbuild.store import open_data

_LOOPBACK = "127.0.0.1"
_START_SECONDS = 60.0
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux


@contextmanager
def serving(store: Path, host: str, port: int, limits: Limits, *, cors: bool = False) -> Iterator[Guard]:
    """Serve a store until the block ends; the graph is that of the moment when it was opened.

    Args:
        store: the folder of a store.
        host: the address to listen at.
        port: the port, 0 for any that is free.
        limits: what a question may cost.
        cors: whether pages from other sites may ask.

    Yields:
        The guard, listening; `serve_forever` makes it answer.

    Raises:
        KgbuildError: the folder is no store, the server is not installed or does not start, or the port is taken.
    """
    program = _program()
    with open_data(store) as (data, base):
        backend = _free_port()
        try:
            guard = Guard((host, port), (_LOOPBACK, backend), limits, base=base, cors=cors)
        except OSError as error:
            raise KgbuildError(f"{host}:{port}: cannot be listened at ({error.strerror or error})") from error
        command = [program, "serve-read-only", "--location", str(data), "--bind", f"{_LOOPBACK}:{backend}"]
        command += ["--union-default-graph", "--timeout-s", str(limits.seconds)]
        try:
            with subprocess.Popen(  # noqa: S603 - our own program with our own arguments
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=_leash
            ) as process:
                try:
                    _await(process, backend)
                    yield guard
                finally:
                    process.terminate()
        finally:
            guard.server_close()


def _program() -> str:
    """Find the server beside this Python, or on the path."""
    found = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if found is None:
        raise KgbuildError("the Oxigraph server is not installed", "Install kgbuild[serve].")
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _leash() -> None:
    """Make the server end when we do, however we end; where the system can't, it ends when we end in order."""
    try:
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)
    except (OSError, AttributeError):
        return


def _await(process: "subprocess.Popen[bytes]", port: int) -> None:
    """Wait until the server listens."""
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            said = process.stderr.read().decode(errors="replace").strip() if process.stderr else ""
            raise KgbuildError(f"the Oxigraph server does not start ({said.splitlines()[-1] if said else 'no word'})")
        try:
            socket.create_connection((_LOOPBACK, port), 1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise KgbuildError(f"the Oxigraph server does not start within {_START_SECONDS:g} seconds")
