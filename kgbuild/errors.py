"""What can go wrong, by whose hand, and what to do about it.

There are three families. A person's data file is wrong (`DataError`: file, line and remedy). An article
cannot be read (`DocumentError`: it is named, skipped and counted, and the rest is still built). A tool that
the build needs is missing (`ModelError`, `OutputError`, `QueryError`). Everything else is our own bug and is
left to rise; `CrashError` says on which article, for a build that is to go on without it. The library never prints:
the command line turns an error into one line and an exit status.
"""

from pathlib import Path


class KgbuildError(Exception):
    """Say in one line what failed and what to do; base of every error that a user can mend.

    Args:
        message: what is wrong, in plain words, naming the file if there is one.
        remedy: what the user can do about it; empty when the message already says so.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        """Give the one line that a person reads."""
        return f"{self.message}. {self.remedy}" if self.remedy else self.message


class DataError(KgbuildError):
    """Say where a data file (ontology, frames, names, cues, sources.toml) is wrong.

    Args:
        code: a stable code such as `F003`, listed in the module that raises it.
        path: the file.
        line: its line, counted from 1; 0 when the whole file is meant.
        message: what is wrong.
        remedy: what to change.
    """

    def __init__(self, code: str, path: Path | str, line: int, message: str, remedy: str = "") -> None:
        place = f"{path}:{line}" if line else str(path)
        super().__init__(f"{place}: {code} {message}", remedy)
        self.code = code
        self.path = Path(path)
        self.line = line


class DocumentError(KgbuildError):
    """Say why one input file gave no article; the others are still built."""

    def __init__(self, path: Path | str, message: str, remedy: str = "") -> None:
        super().__init__(f"{path}: {message}", remedy)
        self.path = Path(path)


class ModelError(KgbuildError):
    """Say that a language pipeline is missing, broken or lacks a layer that the build needs."""


class OutputError(KgbuildError):
    """Say that a result could not be written; nothing half-written stays under the final name."""


class QueryError(KgbuildError):
    """Say what is wrong with a query or its source, with the position where there is one."""


class CrashError(RuntimeError):
    """Say on which article our own code raised; the cause, or its traceback as text, comes with it.

    Not a `KgbuildError`: nobody who builds a graph can mend it.
    """

    def __init__(self, source_file: str, trace: str) -> None:
        super().__init__(source_file, trace)
        self.source_file = source_file
        self.trace = trace

    def __str__(self) -> str:
        """Name the article, then show where the code raised."""
        return f"kgbuild raised while it read {self.source_file}\n{self.trace}".rstrip()

    @property
    def reason(self) -> str:
        """Give the last line of the traceback: the exception itself."""
        return self.trace.rstrip().rpartition("\n")[2]
