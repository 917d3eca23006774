"""What a question is asked of: a graph file, read into memory, or an Oxigraph store on disk, opened for reading."""

from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from kgbuild.errors import QueryError
from kgbuild.rdf import DEFAULT_BASE, PREFIXES, memory_store, read_graph

_MARK_OF_A_STORE = "CURRENT"


def open_source(source: Path) -> tuple[ox.Store, Mapping[str, str]]:
    """Open a graph file or a store folder, and give the prefixes that fit it.

    A store may be written by another process at the same time: what is read is its state when it was opened.

    Raises:
        KgbuildError: a graph file is missing, broken or of unknown kind.
        QueryError: a folder is not a store, or the store can't be read.
    """
    if not source.is_dir():
        file = read_graph(source)
        return memory_store(file.quads), {**file.prefixes, **PREFIXES}
    if not (source / _MARK_OF_A_STORE).is_file():
        raise QueryError(f"{source}: a folder, but not an Oxigraph store")
    try:
        return ox.Store.read_only(str(source)), {"kgid": DEFAULT_BASE, **PREFIXES}
    except (OSError, RuntimeError) as error:
        raise QueryError(f"{source}: not an Oxigraph store that can be read ({error})") from error
