"""Asking within limits: so many rows, so many seconds."""

import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from kgbuild.errors import QueryError
from kgbuild.model import Iri, Literal
from kgbuild.query.cookbook import recipe_named
from kgbuild.query.source import open_source
from kgbuild.query.sparql import asks_for_order, check_question, fill, syntax_error
from kgbuild.query.table import Cell, Form, Table
from kgbuild.rdf import boolean, from_term, natural_key
from kgbuild.store import Opened

ROW_LIMIT = 100_000
TIME_LIMIT_SECONDS = 60.0


def query(
    source: Path,
    query: str,
    values: Mapping[str, str] | None = None,
    *,
    row_limit: int = ROW_LIMIT,
    time_limit_seconds: float = TIME_LIMIT_SECONDS,
) -> Table:
    """Ask *source* a question.

    The engine cannot be stopped once it has begun to count. A question that takes too long is therefore left behind
    in a thread that ends at its next row or with the process; until then it goes on using one core.

    Args:
        source: a graph file (`.ttl .trig .nt .nq .jsonld`) or a store's folder.
        query: SPARQL text, the path of an `.rq` file, or a cookbook name.
        values: values for parameters of the query (see `Recipe`); `<...>` is an IRI, anything else a plain literal.
        row_limit: how many rows an answer may have; more is an error, since a cut answer looks like a whole one.
        time_limit_seconds: how long the engine may take; reading a graph file does not count.

    Returns:
        The answer; no match gives a table without rows.

    Raises:
        QueryError: the query can't be found, is not valid, is an update or federated, or breaks a limit; or a folder
            is no store.
        KgbuildError: the graph file can't be read.
    """
    name, text = _question(query)
    text = fill(text, values or {}, name)
    check_question(text, name)
    asked = _Asked(open_source(source), text, row_limit)
    asked.start()
    asked.join(time_limit_seconds)
    if asked.is_alive():
        asked.given_up = True
        raise QueryError(f"{name}: no answer within {time_limit_seconds:g} seconds", "Narrow it down, or add LIMIT.")
    if isinstance(asked.failure, SyntaxError):
        raise syntax_error(asked.failure, name) from asked.failure
    if isinstance(asked.failure, OSError | RuntimeError | ValueError):
        raise QueryError(f"{name}: cannot be answered ({asked.failure})") from asked.failure
    if asked.table is None:
        raise asked.failure or AssertionError("neither table nor failure")
    if len(asked.table.rows) > row_limit:
        raise QueryError(f"{name}: more than {row_limit:,} rows", "Narrow it down, or add LIMIT.")
    return asked.table


def _question(query: str) -> tuple[str, str]:
    """Find the SPARQL text, and what to call it in errors."""
    if query.endswith(".rq") and "\n" not in query:
        path = Path(query)
        try:
            return query, path.read_text(encoding="utf-8")
        except OSError as error:
            raise QueryError(f"{path}: cannot be read ({error.strerror})") from error
        except UnicodeDecodeError as error:
            raise QueryError(f"{path}: not UTF-8 (byte {error.start})") from error
    if query.strip().replace("-", "").replace("_", "").isalnum():
        return query.strip(), recipe_named(query.strip()).text
    return "query", query


class _Asked(threading.Thread):
    """Ask in a thread of its own, which may be left behind."""

    def __init__(self, opened: Opened, text: str, row_limit: int) -> None:
        super().__init__(daemon=True, name="kgbuild-query")
        self._opened = opened
        self._store = opened.store
        self._text = text
        self._prefixes = dict(opened.prefixes)
        self._row_limit = row_limit
        self.given_up = False
        self.table: Table | None = None
        self.failure: Exception | None = None

    def run(self) -> None:
        """Ask, and keep either the table or what went wrong for the thread that waits."""
        try:
            self.table = self._ask()
        except Exception as error:  # noqa: BLE001 - handed over whole to the thread that waits, and raised there
            self.failure = error
        finally:
            self._opened.close()

    def _ask(self) -> Table:
        found = self._store.query(self._text, prefixes=self._prefixes, use_default_graph_as_union=True)
        if isinstance(found, ox.QueryBoolean):
            return Table(("answer",), ((boolean(bool(found)),),), Form.ASK, self._prefixes)
        if isinstance(found, ox.QueryTriples):
            rows = self._take((triple.subject, triple.predicate, triple.object) for triple in found)
            unique = sorted(set(rows), key=_row_key)
            return Table(("subject", "predicate", "object"), tuple(unique), Form.CONSTRUCT, self._prefixes)
        columns = tuple(variable.value for variable in found.variables)
        rows = self._take(tuple(solution) for solution in found)
        if not asks_for_order(self._text):
            rows.sort(key=_row_key)
        return Table(columns, tuple(rows), Form.SELECT, self._prefixes)

    def _take(
        self, found: Iterator[tuple[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None, ...]]
    ) -> list[tuple[Cell, ...]]:
        """Take rows until there is one too many or nobody waits any more."""
        rows: list[tuple[Cell, ...]] = []
        for row in found:
            if self.given_up or len(rows) > self._row_limit:
                break
            rows.append(tuple(None if term is None else from_term(term) for term in row))
        return rows


def _row_key(row: tuple[Cell, ...]) -> tuple[tuple[int, object, str, str], ...]:
    """Order rows by what their cells show, unbound cells first; numbers inside names by size."""
    return tuple(_cell_key(cell) for cell in row)


def _cell_key(cell: Cell) -> tuple[int, object, str, str]:
    if cell is None:
        return 0, (), "", ""
    if isinstance(cell, Iri):
        return 1, natural_key(cell.value), "", ""
    assert isinstance(cell, Literal)  # noqa: S101
    return 2, natural_key(cell.value), cell.datatype, cell.language
