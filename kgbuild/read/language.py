"""Tells a text that is not English, so that it is left and not misread.

Everything after reading is made for English. A text in another alphabet is told by its letters. One in Latin letters is
told by its small words: every language of the file `languages.tsv` has some forty that no text of it can do without.
English is the language unless another one has clearly more, or a text of some length has hardly any English ones. A
text of few words is taken for English: a headline in capitals has no small words in any language.

Codes:
    L001 the file is missing, cannot be read, or is not UTF-8
    L002 a line has not three columns
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kgbuild.errors import DataError
from kgbuild.paths import ontology_dir

LEAST_WORDS = 15
_SAMPLE_WORDS = 600
_ENGLISH = "en"
_ENOUGH = 0.18
"""English prose has a share of small words far above this (a third or more); above it nothing else is considered."""

_LEAST_OTHER = 0.1
_HARDLY = 0.08
_SURE_WORDS = 25
"""No English paragraph of so many words has so few small ones: of 502 that were measured, none had less than 0.16."""

_UNKNOWN = "a language that is not told"
_LATIN_SHARE = 0.5
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Languages:
    """Hold the small words of some languages, and what each language is called."""

    words: Mapping[str, frozenset[str]]
    names: Mapping[str, str]

    def foreign(self, text: str) -> str:
        """Name the language of a text that is not English; "" for one that is, or that is too short to tell.

        >>> load_languages().foreign("Die Minister haben sich am Montag in Genf auf eine Liste von Gefangenen "
        ...                          "geeinigt, die nach dem Ende der Gespräche frei sind.")
        'German'
        """
        words = [word.casefold() for word in _WORD.findall(text[: 12 * _SAMPLE_WORDS])][:_SAMPLE_WORDS]
        if len(words) < LEAST_WORDS:
            return "" if not words or _is_latin(words) else self._by_letters(words)
        if not _is_latin(words):
            return self._by_letters(words)
        counts = Counter(words)
        shares = {
            code: sum(counts[word] for word in known & counts.keys()) / len(words) for code, known in self.words.items()
        }
        english = shares.pop(_ENGLISH)
        best = max(sorted(shares), key=lambda code: shares[code])
        if english < _ENOUGH and shares[best] >= max(_LEAST_OTHER, 1.5 * english):
            return self.names[best]
        return _UNKNOWN if english < _HARDLY and len(words) >= _SURE_WORDS else ""

    def _by_letters(self, words: list[str]) -> str:
        """Name the alphabet of a text that is not in Latin letters."""
        scripts = Counter(unicodedata.name(word[0], "UNKNOWN ").split()[0] for word in words)
        return f"text in {max(sorted(scripts), key=lambda name: scripts[name]).capitalize()} letters"


def _is_latin(words: list[str]) -> bool:
    """Tell whether most words are in Latin letters."""
    latin = sum(word[0] < "\u0250" or unicodedata.name(word[0], "").startswith("LATIN") for word in words)
    return latin >= _LATIN_SHARE * len(words)


def load_languages(path: Path | None = None) -> Languages:
    """Load and check the words; None means those that ship.

    Raises:
        DataError: codes L001 and L002.
    """
    return _load(path or ontology_dir() / "cues" / "languages.tsv")


@lru_cache(maxsize=4)
def _load(path: Path) -> Languages:
    """Load once a process."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError("L001", path, 0, f"cannot be read ({error})", "Restore the file.") from error
    words: dict[str, frozenset[str]] = {}
    names: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith(("#", "language\t")):
            continue
        cells = line.split("\t")
        if len(cells) != 3 or not all(cells):
            raise DataError("L002", path, number, "has not three columns", "Write code, name and words.")
        words[cells[0]], names[cells[0]] = frozenset(cells[2].split()), cells[1]
    return Languages(words, names)
