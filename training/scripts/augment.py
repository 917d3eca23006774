"""Sound changes to training examples: other names, casing and quotation marks, headlines, weapons' designations.

Every change keeps the layers true: a replaced name keeps its number of words, a dropped or added word is a leaf of the
tree.
"""

from __future__ import annotations

import copy
import random
from dataclasses import dataclass
from pathlib import Path

from corpus import Example
from gazetteers import Gazetteers

_WEAPON_NOUNS = {
    "missile": "missile",
    "rocket": "rocket",
    "drone": "drone",
    "uav": "drone",
    "bomber": "bomber",
    "fighter": "fighter",
    "jet": "fighter",
    "tank": "tank",
    "vehicle": "vehicle",
    "rifle": "gun",
    "gun": "gun",
    "howitzer": "gun",
    "helicopter": "helicopter",
    "warplane": "fighter",
    "aircraft": "plane",
    "plane": "plane",
    "launcher": "rocket",
    "airplane": "plane",
}
_QUOTES = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("“", "”"), ("«", "»"))
_DROPPED_AUX = {"be"}


@dataclass(frozen=True, slots=True)
class Lists:
    """Names to put in place of others."""

    given: list[str]
    surnames: list[str]
    places: dict[int, list[str]]
    weapons: dict[str, list[str]]


def load_lists(folder: Path, gazetteers: Gazetteers) -> Lists:
    """Read the name lists of `training/data`."""
    weapons: dict[str, list[str]] = {}
    for line in (folder / "weapons.tsv").read_text(encoding="utf-8").splitlines():
        name, kind = line.split("\t")
        weapons.setdefault(kind, []).append(name)
    given = (folder / "given_names.txt").read_text(encoding="utf-8").split()
    surnames = [s for s in (folder / "surnames.txt").read_text(encoding="utf-8").split() if "-" not in s]
    return Lists([g for g in given if "-" not in g], surnames, gazetteers.gpe_by_length, weapons)


def augment(example: Example, rng: random.Random, lists: Lists) -> Example:
    """Change an example by chance; the given one stays as it is."""
    changed = copy.deepcopy(example)
    if "names" in changed.layers:
        if rng.random() < 0.3:
            _replace_names(changed, rng, lists)
        if rng.random() < 0.5:
            _add_designation(changed, rng, lists)
    if "head" in changed.layers and changed.layers["sent"].count("1") == 1 and rng.random() < 0.12:
        _headline(changed, rng)
    if rng.random() < 0.4:
        _requote(changed, rng)
    _recase(changed, rng)
    return changed


def _names(example: Example) -> list[tuple[int, int, str]]:
    """List the spans whose type is certain."""
    spans: list[tuple[int, int, str]] = []
    for n, label in enumerate(example.layers["names"]):
        text = str(label)
        if text.startswith("B-") and "/" not in text:
            spans.append((n, n + 1, text[2:]))
        elif text.startswith("I-") and "/" not in text and spans and spans[-1][1] == n and spans[-1][2] == text[2:]:
            spans[-1] = (spans[-1][0], n + 1, text[2:])
    return spans


def _replace_names(example: Example, rng: random.Random, lists: Lists) -> None:
    """Put other persons and places in, word for word, the same for the same word."""
    chosen: dict[str, str] = {}
    for begin, end, kind in _names(example):
        words = example.words[begin:end]
        if kind == "GPE" and end - begin in lists.places and all(w.istitle() for w in words):
            new = chosen.setdefault(" ".join(words), rng.choice(lists.places[end - begin])).split(" ")
        elif kind == "PERSON":
            new = [
                _other_word(w, chosen, rng, lists.surnames if n == len(words) - 1 else lists.given)
                for n, w in enumerate(words)
            ]
        else:
            continue
        for n, word in enumerate(new, begin):
            if word != example.words[n] and "lemma" in example.layers:
                example.layers["lemma"][n] = word if example.layers["upos"][n] == "PROPN" else None
            example.words[n] = word


def _other_word(word: str, chosen: dict[str, str], rng: random.Random, names: list[str]) -> str:
    """Choose a replacement for one word of a person's name; initials and particles stay."""
    if not word.isalpha() or not word.istitle() or len(word) < 3:
        return word
    return chosen.setdefault(word, rng.choice(names))


def _insert(example: Example, at: int, word: str, values: dict[str, str | int | None]) -> None:
    """Put a leaf in before word `at`; heads move along."""
    if "head" in example.layers:
        example.layers["head"] = [h + 1 if isinstance(h, int) and h >= at else h for h in example.layers["head"]]
    example.words.insert(at, word)
    example.spaces.insert(at, True)
    for name, layer in example.layers.items():
        layer.insert(at, values.get(name))


def _add_designation(example: Example, rng: random.Random, lists: Lists) -> None:
    """Put a designation before one weapon noun: `missiles` becomes `Kalibr missiles`."""
    at = next((n for n, w in enumerate(example.words) if w.islower() and _singular(w) in _WEAPON_NOUNS), None)
    if at is None or example.layers["names"][at] != "O" or at == 0 or not example.spaces[at - 1]:
        return
    sentence_start = "sent" in example.layers and example.layers["sent"][at] == "1"
    previous = example.words[at - 1]
    if (
        sentence_start
        or (example.words[at - 1][:1].isupper() and str(example.layers["names"][at - 1]) != "B-NORP")
        or previous in {"-", "/"}
    ):
        return
    kind = _WEAPON_NOUNS[_singular(example.words[at])]
    for n, word in enumerate(rng.choice(lists.weapons[kind]).split(" ")):
        values: dict[str, str | int | None] = {
            "names": "B-WEAPON" if n == 0 else "I-WEAPON",
            "sent": "0",
            "dep": "compound",
            "head": at + n + 1,
        }
        values |= {"upos": "PROPN", "xpos": "NNP", "feats": "Number=Sing", "lemma": word}
        _insert(example, at + n, word, values)
        if "head" in example.layers and n:
            example.layers["head"][at] = at + 2


def _singular(word: str) -> str:
    """Take a plural s off."""
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


def _delete(example: Example, at: int) -> None:
    """Take a leaf out; heads move along."""
    if "head" in example.layers:
        example.layers["head"] = [h - 1 if isinstance(h, int) and h > at else h for h in example.layers["head"]]
    if at and not example.spaces[at]:
        example.spaces[at - 1] = False
    if "sent" in example.layers and example.layers["sent"][at] == "1" and at + 1 < len(example.words):
        example.layers["sent"][at + 1] = "1"
    del example.words[at], example.spaces[at]
    for layer in example.layers.values():
        del layer[at]


def _headline(example: Example, rng: random.Random) -> None:
    """Write a short sentence as a headline: no articles, no `be`, no final stop, past told in the present."""
    layers = example.layers
    if not 5 <= len(example.words) <= 22 or "root" not in layers["dep"]:
        return
    _present(example)
    for at in range(len(example.words) - 1, -1, -1):
        leaf = at not in layers["head"]
        article = layers["dep"][at] == "det" and layers["lemma"][at] in {"the", "a"}
        auxiliary = (
            layers["dep"][at] in {"aux:pass", "aux", "cop"}
            and layers["lemma"][at] in _DROPPED_AUX
            and layers["xpos"][at] in {"VBZ", "VBP", "VBD"}
        )
        stop = at == len(example.words) - 1 and example.words[at] == "."
        if leaf and len(example.words) > 3 and (article or auxiliary or stop):
            _delete(example, at)
    first = example.words[0]
    example.words[0] = first[:1].upper() + first[1:]
    if rng.random() < 0.4:
        _title(example, rng)


def _present(example: Example) -> None:
    """Put a past root verb in the present: `vetoed` becomes `vetoes`."""
    layers = example.layers
    root = layers["dep"].index("root")
    lemma = str(layers["lemma"][root] or "")
    subject = next((n for n, h in enumerate(layers["head"]) if h == root and layers["dep"][n] == "nsubj"), None)
    if (
        layers["xpos"][root] != "VBD"
        or subject is None
        or not lemma.isalpha()
        or layers["lemma"][subject] in {"I", "you", "we"}
        or lemma == "be"
    ):
        return
    joined = any(h == subject and layers["dep"][n] == "conj" for n, h in enumerate(layers["head"]))
    if "Plur" in str(layers["feats"][subject]) or joined:
        example.words[root] = lemma
        layers["xpos"][root], layers["feats"][root] = "VBP", "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin"
        return
    ending = "es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else "s"
    stem = lemma[:-1] + "ie" if lemma.endswith("y") and lemma[-2:-1] not in set("aeiou") else lemma
    example.words[root] = "has" if lemma == "have" else stem + ("s" if stem != lemma else ending)
    layers["xpos"][root], layers["feats"][root] = "VBZ", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"


def _requote(example: Example, rng: random.Random) -> None:
    """Write double quotation marks in another style."""
    marks = [n for n, w in enumerate(example.words) if w in {'"', "“", "”", "``", "''"}]
    if not marks:
        return
    left, right = rng.choice(_QUOTES)
    opened = False
    for n in marks:
        opening = {"“": True, "”": False}.get(example.words[n], not opened)
        if "xpos" in example.layers and example.layers["xpos"][n] in {"``", "''"}:
            opening = example.layers["xpos"][n] == "``"
        example.words[n] = left if opening else right
        opened = opening


def _title(example: Example, rng: random.Random) -> None:
    """Capitalise as headlines do; small words stay by chance."""
    small = rng.random() < 0.7
    for n, word in enumerate(example.words):
        if (
            word.islower()
            and not (small and n and (len(word) < 4 or word in {"with", "from", "over", "into"}))
            and word.isalpha()
        ):
            example.words[n] = word.title()


def _recase(example: Example, rng: random.Random) -> None:
    """Write all in lower case, in capitals, as a title, or its first words in capitals."""
    chance = rng.random()
    words = example.words
    if chance < 0.03:
        example.words = [w.lower() for w in words]
    elif chance < 0.05 and len(words) < 40:
        example.words = [w.upper() if w not in {"'s", "n't"} else w for w in words]
    elif chance < 0.08:
        stop = rng.randint(1, 5)
        example.words = [w.upper() if n < stop else w for n, w in enumerate(words)]
    elif chance < 0.13 and len(words) < 30:
        _title(example, rng)
