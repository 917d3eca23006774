"""What the process that leads a build lets go of before it writes the store."""

import gc
import subprocess
import sys
from weakref import ref

import pytest

from kgbuild.memory import peak_bytes
from kgbuild.work import Here, building, commands
from tests.work.folders import build, mixed


class _Watched(Here):
    """Work here, and remember being let go."""

    ended = 0

    def close(self):
        """Count."""
        type(self).ended += 1


def test_workers_and_names_are_gone_when_the_store_is_written(tmp_path, monkeypatch):
    seen, names = [], []

    def look(one, store):
        seen.append((_Watched.ended, names[0]() is not None))
        return keep_graph(one, store)

    def resolve(one, lost):
        resolved = decide(one, lost)
        names.append(ref(one.knowledge.gazetteer))
        seen.append((_Watched.ended, names[0]() is not None))
        return resolved

    keep_graph, decide = commands.keep_graph, building.Building._resolve
    monkeypatch.setattr(commands, "keep_graph", look)
    monkeypatch.setattr(building.Building, "_resolve", resolve)
    gc.disable()  # nothing may have to be looked for: that takes long where much is held
    try:
        build([mixed(tmp_path / "news")], tmp_path / "work", tmp_path / "store", engine=_Watched())
    finally:
        gc.enable()
    assert seen == [(0, True), (1, False)]


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process inherits what another one held")
def test_the_peak_of_a_process_is_its_own():
    held = bytearray(150_000_000)
    command = [sys.executable, "-c", "from kgbuild.memory import peak_bytes; print(peak_bytes())"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert 1_000_000 < int(told) < len(held) < peak_bytes()
