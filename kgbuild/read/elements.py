"""Which elements of a web page are furniture: words in their class, id, role or type, as data (`elements.tsv`).

Codes:
    E001 the file is missing, cannot be read, or is not UTF-8
    E002 a line has not two columns, or its kind is unknown
    E003 a word has signs that no name of a class can have
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from kgbuild.errors import DataError
from kgbuild.paths import ontology_dir

KINDS = ("post", "related", "caption", "aside", "furniture")
"""What an element can be; of several that match the first here decides."""

_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BETWEEN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Elements:
    """Tell what an element is by its names; what was told once is remembered, since a site repeats itself."""

    pattern: re.Pattern[str]
    kind_of: Mapping[str, str]
    _known: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    def kind(self, names: str) -> str:
        """Give the kind of an element from the values of its class, id, role and itemtype; "" for none.

        >>> load_elements().kind("col-3 relatedArticles"), load_elements().kind("unrelated")
        ('related', '')
        """
        known = self._known.get(names)
        if known is None:
            plain = "-" + _BETWEEN.sub("-", _CAMEL.sub("-", names).lower()) + "-"
            found = {self.kind_of[match] for match in self.pattern.findall(plain)}
            known = next((kind for kind in KINDS if kind in found), "")
            if len(self._known) < 10_000:
                self._known[names] = known
        return known


def load_elements(path: Path | None = None) -> Elements:
    """Load and check the words; None means those that ship.

    Raises:
        DataError: codes E001 to E003.
    """
    return _load(path or ontology_dir() / "cues" / "elements.tsv")


@lru_cache(maxsize=4)
def _load(path: Path) -> Elements:
    """Load once a process."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError("E001", path, 0, f"cannot be read ({error})", "Restore the file.") from error
    kind_of: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#") or line == "kind\tword":
            continue
        kind, _, word = line.partition("\t")
        if kind not in KINDS or not word:
            raise DataError("E002", path, number, f"`{line}` is no kind and word", f"Use one of {', '.join(KINDS)}.")
        if not _WORD.fullmatch(word):
            raise DataError("E003", path, number, f"`{word}` is no word of a class", "Write it small, with hyphens.")
        kind_of[word] = kind
    longest_first = sorted(kind_of, key=lambda word: (-len(word), word))
    return Elements(re.compile(f"(?<=-)(?:{'|'.join(map(re.escape, longest_first))})(?=-)"), kind_of)
