"""Make a large, realistic collection of news out of a few texts, the same on every machine.

Each article is put together from stretches of two or three texts. Names and numbers in it are varied: most names are
those that many articles speak of, and new ones go on coming up, as in news. One article in twenty repeats an earlier
one, word for word or with small edits, and one in three has lines of site furniture around it.

    python -m benchmarks.collection FOLDER --articles 1000 [--texts TEXTS]
"""

import argparse
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"
WORDS = 320
_NEW = 0.35
"""With so large a chance a name that is varied is one that no article had before."""
_REPEATS, _FURNISHED = 20, 3
_FOLDER_FILES = 1000
_NAME = re.compile(r"(?<=[a-z,] )([A-Z][a-z]+) ([A-Z][a-z]{2,})\b")
_NUMBER = re.compile(r"(?<![\d.,])([1-9]\d{1,3})(?![\d.,]|st|nd|rd|th)")
_SYLLABLES = (
    "ba bel bor dan dor el far gan hal ir jan kal kor lan lem mar mir nal nor ol par ral ros sal tan tor ul van vor zan"
).split()
_ENDS = "ov ek ski sen man ter ic ley der son ani eda ez oglu".split()
_FURNITURE = (
    "Share this article",
    "Read more",
    "Follow us on social media",
    "Sign up to our newsletter",
    "Advertisement",
)

_NO_NAMES = frozenset(
    "United Prime Joint Task Air White Middle South North East West New State House Foreign Defense Security National "
    "Islamic Inherent Operation Combined Coalition Syrian Iraqi Minister President Force Forces Resolve Resolution "
    "Council States Nations Army Navy Marine Marines Guard Court Party University Press General Fighter Wing".split()
)


def write(folder: Path, articles: int, texts: Path = SEEDS, length: int = WORDS) -> int:
    """Write a collection of so many articles, a thousand in a folder, with their dates; give how many words it has."""
    words = 0
    for number, text in enumerate(collection(articles, texts, length)):
        place = folder / f"{number // _FOLDER_FILES:04}"
        if number % _FOLDER_FILES == 0:
            place.mkdir(parents=True)
            (place / "sources.toml").write_text(_dates(number, articles), encoding="utf-8")
        (place / f"{number:07}.txt").write_text(text, encoding="utf-8")
        words += len(text.split())
    return words


def _dates(first: int, articles: int) -> str:
    """Give the articles of a folder dates, a hundred a day."""
    rows = []
    for number in range(first, min(first + _FOLDER_FILES, articles)):
        day = number // 100
        published = f"{2020 + day // 336}-{1 + day % 336 // 28:02}-{1 + day % 28:02}"
        rows.append(f'["{number:07}.txt"]\npublished = {published}\n')
    return "\n".join(rows)


def collection(articles: int, texts: Path = SEEDS, length: int = WORDS) -> Iterator[str]:
    """Give so many articles of about so many words."""
    paragraphs = [
        [one.strip() for one in path.read_text(encoding="utf-8").split("\n") if len(one.split()) > 8]
        for path in sorted(texts.glob("*.txt"))
    ]
    paragraphs = [one for one in paragraphs if one]
    chance = random.Random(7)
    names = _Names(chance)
    earlier: list[str] = []
    for number in range(articles):
        if number % _REPEATS == _REPEATS - 1:
            yield _edited(chance.choice(earlier), chance)
            continue
        body = _body(paragraphs, chance, names, length)
        if number < 200:
            earlier.append(body)
        yield _furnished(body, chance) if number % _FURNISHED == 0 else body


def _body(paragraphs: Sequence[Sequence[str]], chance: random.Random, names: "_Names", length: int) -> str:
    """Put an article together from stretches of texts, and vary its names and numbers."""
    found: list[str] = []
    count = 0
    while count < length:
        text = chance.choice(paragraphs)
        begin = chance.randrange(len(text))
        for paragraph in text[begin : begin + 2]:
            found.append(paragraph)
            count += len(paragraph.split())
    own: dict[str, str] = {}

    def name(match: re.Match[str]) -> str:
        family = match.group(2)
        if not _NO_NAMES.isdisjoint(match.groups()):
            return match.group()
        if family not in own:
            own[family] = names.draw()
        return f"{match.group(1)} {own[family]}"

    varied = _NAME.sub(name, "\n\n".join(found))
    for family, other in own.items():
        varied = re.sub(rf"\b{family}\b", other, varied)
    return _NUMBER.sub(lambda match: _number(match.group(), chance), varied) + "\n"


def _number(digits: str, chance: random.Random) -> str:
    """Give another number of as many digits; years stay years."""
    if len(digits) == 4 and digits[:2] in ("19", "20"):
        return digits
    return str(chance.randint(10 ** (len(digits) - 1), 10 ** len(digits) - 1))


class _Names:
    """Draw family names: now and then a new one, else one of those before, the early ones most often."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._count = 0

    def draw(self) -> str:
        """Draw a name."""
        if self._count < 20 or self._chance.random() < _NEW:
            self._count += 1
            return self._spell(self._count)
        return self._spell(1 + int(self._count * self._chance.random() ** 3))

    def _spell(self, number: int) -> str:
        word = ""
        rest = number * 7919 + 104_729
        for _ in range(2 + rest % 2):
            rest, which = divmod(rest, len(_SYLLABLES))
            word += _SYLLABLES[which]
        return (word + _ENDS[number % len(_ENDS)]).capitalize()


def _edited(text: str, chance: random.Random) -> str:
    """Repeat a text, in half of the cases without a sentence or two."""
    if chance.random() < 0.5:
        return text
    paragraphs = text.split("\n\n")
    del paragraphs[chance.randrange(len(paragraphs))]
    return "\n\n".join(paragraphs) if len(paragraphs) > 2 else text


def _furnished(text: str, chance: random.Random) -> str:
    """Put lines of a site around a text."""
    above, below = chance.sample(_FURNITURE, 2)
    return f"{above}\n\n{text}\n{below}\n"


def main() -> None:
    """Write a collection."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--texts", type=Path, default=SEEDS, help="folder of .txt files to make them of")
    parser.add_argument("--words", type=int, default=WORDS, help="about how long an article is")
    options = parser.parse_args()
    print(f"{write(options.folder, options.articles, options.texts, options.words):,} words")


if __name__ == "__main__":
    main()
