"""Knows spellings of one and the same name of a person, and the likely gender of a given name.

One name in another script has several Latin spellings (`Zelenskyy`, `Zelensky`, `Zelenskiy`). `transliteration.tsv`
says which of them are one; a row that begins with `-` is about endings. Names that are only cognates (`Volodymyr` and
`Vladimir`, `John` and `Juan`) are different names: two persons may bear them. `given-names.tsv` holds names that are
borne nearly always by one sex, so that a pronoun can be matched; a name that is not there tells nothing.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from kgbuild.errors import DataError
from kgbuild.knowledge.naming import fold
from kgbuild.knowledge.rows import read_rows, values

TRANSLITERATION_COLUMNS = ("spelling", "variants")
GIVEN_NAME_COLUMNS = ("name", "gender")

_SHORTEST_STEM = 3
_REMEMBERED = 32_768
"""How many answers are kept: texts ask for the same few names again and again."""


class PersonNames:
    """Answer what a part of a person's name is.

    Args:
        spellings: folded variant -> folded spelling that stands for all.
        endings: folded ending -> the ending that stands for all; longer ones are tried first.
        genders: folded given name -> `male` or `female`.
    """

    def __init__(self, spellings: Mapping[str, str], endings: Mapping[str, str], genders: Mapping[str, str]) -> None:
        self._spellings = spellings
        self._endings = tuple(sorted(endings.items(), key=lambda pair: (-len(pair[0]), pair[0])))
        self._genders = genders
        self._canonical = lru_cache(_REMEMBERED)(self._find_canonical)

    def canonical_part(self, part: str) -> str:
        """Bring one part of a person's name, given or family, to the spelling that stands for all, folded.

        >>> PersonNames({"sergiy": "serhii"}, {"skyy": "sky"}, {}).canonical_part("Zelenskyy")
        'zelensky'
        """
        return self._canonical(part)

    def _find_canonical(self, part: str) -> str:
        folded = fold(part)
        if folded in self._spellings:
            return self._spellings[folded]
        for ending, usual in self._endings:
            if folded.endswith(ending) and len(folded) - len(ending) >= _SHORTEST_STEM:
                return folded.removesuffix(ending) + usual
        return folded

    def gender(self, given_name: str) -> str:
        """Tell the likely gender of a given name: `male`, `female` or "" when the name does not tell."""
        return self._genders.get(fold(given_name), "")


def load_person_names(names_dir: Path) -> PersonNames:
    """Read both tables.

    Args:
        names_dir: the folder `ontology/names`.

    Raises:
        DataError: a table is missing or a row of it is broken.
    """
    spellings: dict[str, str] = {}
    endings: dict[str, str] = {}
    for row in read_rows(names_dir / "transliteration.tsv", TRANSLITERATION_COLUMNS, "N", required=2):
        usual, variants = row.cells
        kept = endings if usual.startswith("-") else spellings
        for variant in values(variants):
            folded = fold(variant.removeprefix("-"))
            if folded in kept:
                raise DataError("N006", row.path, row.line, f"`{variant}` has a row already", "Make one row of both.")
            kept[folded] = fold(usual.removeprefix("-"))
    return PersonNames(MappingProxyType(spellings), MappingProxyType(endings), MappingProxyType(_genders(names_dir)))


def _genders(names_dir: Path) -> dict[str, str]:
    """Read given names."""
    genders: dict[str, str] = {}
    for row in read_rows(names_dir / "given-names.tsv", GIVEN_NAME_COLUMNS, "N", required=2):
        name, gender = row.cells
        if gender not in {"male", "female"}:
            raise DataError("N011", row.path, row.line, f"`{gender}` is not a gender", "Write male or female.")
        if fold(name) in genders:
            raise DataError("N006", row.path, row.line, f"`{name}` has a row already", "Take one away.")
        genders[fold(name)] = gender
    return genders
