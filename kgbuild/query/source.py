"""What a question is asked of: a graph file, read into memory, or a store on disk, opened for reading."""

from pathlib import Path

from kgbuild.errors import KgbuildError, QueryError
from kgbuild.store import Opened, open_graph


def open_source(source: Path) -> Opened:
    """Open a graph file or a store folder.

    A store may be written by another process at the same time: what is read is its state when it was opened.

    Raises:
        KgbuildError: a graph file is missing, broken or of unknown kind.
        QueryError: a folder is not a store, or the store can't be read.
    """
    try:
        return open_graph(source)
    except KgbuildError as error:
        if source.is_dir():
            raise QueryError(error.message, error.remedy) from error
        raise
