"""Find titles of persons in a sentence: the phrases of `ontology/cues/titles.tsv`, nationality inside them passed over.

A title is looked for from its last word (`deputy foreign | minister`) or from the noun that carries it: in `secretary
of state` and `chief of staff` that noun is the first word, and what follows it belongs to the title.
"""

from collections.abc import Iterable, Mapping

from kgbuild.extract.words import Word
from kgbuild.knowledge.cues import Cues, Title
from kgbuild.model import EntityType

_LONGEST = 5
_NOUNS = frozenset({"NOUN", "PROPN"})
_NAMES = frozenset({"ORG", "GPE", "LOC", "FAC"})


def title_ending_at(token: Word, cues: Cues) -> Title | None:
    """Give the longest title of the data files whose last word is *token* (`deputy foreign minister`), or None."""
    forms = token.lemma, token.lower.rstrip(".")
    if not (cues.ends_title(forms[0]) or cues.ends_title(forms[1])):
        return None
    first = token.sent.start
    for length in range(_LONGEST, 0, -1):
        start = token.i - length + 1
        if start < first or token.words[start].entity == "NORP" or _inside_name(token.words, start, cues):
            continue
        # `chief Ukrainian negotiator` is a chief negotiator
        words = [t.lower for t in token.words[start : token.i] if t.entity != "NORP"]
        for last in forms:
            title = cues.title(" ".join([*words, last]))
            if title is not None and title.kind != "honorific":
                return title
    return None


def _inside_name(words: list[Word], start: int, cues: Cues) -> bool:
    """Tell whether a body's name goes over a word: of `European Commission President` only the last word is a title."""
    goes_on = start > 0 and words[start].entity in _NAMES and words[start - 1].entity == words[start].entity
    return goes_on and cues.noun_type(words[start].lower) is EntityType.ORGANIZATION


def titles_in(words: Iterable[Word], cues: Cues) -> dict[int, Title]:
    """Give the longest title that ends in each noun among *words*, by the noun's number; of most none ends there."""
    ending = ((word.i, title_ending_at(word, cues)) for word in words if word.pos in _NOUNS)
    return {i: title for i, title in ending if title is not None}


def title_carried_by(token: Word, cues: Cues) -> tuple[Title, Word] | None:
    """Give the title whose noun is *token*, with the title's last word (`Secretary` of `Secretary of State`)."""
    around = _title_around(token, titles_in(token.words[token.i + 1 : token.i + _LONGEST], cues))
    if around is not None and _carrier(*around) == token.i:
        return around
    title = title_ending_at(token, cues)
    return None if title is None else (title, token)


def title_of(token: Word, titles: Mapping[int, Title]) -> tuple[Title, int] | None:
    """Give the longest title that a noun stands in, with the number of the noun that carries it, or None.

    An inner word of a longer title names nobody by itself (`minister` of `prime minister-designate`).

    Args:
        token: the noun.
        titles: those of the paragraph.
    """
    around = _title_around(token, titles)
    if around is None and token.i in titles:
        around = titles[token.i], token
    return None if around is None else (around[0], _carrier(*around))


def words_of(title: Title, last: Word) -> list[Word]:
    """Give the tokens that *title* covers, counted back from its *last* word; hyphens count as tokens."""
    wanted = title.phrase.split()
    tokens: list[Word] = []
    i = last.i
    while i >= 0 and wanted:
        token = last.words[i]
        tokens.append(token)
        if token.text != "-" and token.entity != "NORP":
            wanted.pop()
        i -= 1
    return tokens[::-1]


def _title_around(token: Word, titles: Mapping[int, Title]) -> tuple[Title, Word] | None:
    """Give the title that goes on beyond *token*, the longest first, with its last word; None if none does."""
    for i in range(min(token.i + _LONGEST, token.sent.end) - 1, token.i, -1) if titles else ():
        title = titles.get(i)
        if title is not None and words_of(title, token.words[i])[0].i <= token.i:
            return title, token.words[i]
    return None


def _carrier(title: Title, last: Word) -> int:
    """Give the place of the noun that carries a title: its last word before `of`."""
    words = words_of(title, last)
    of = next((n for n, word in enumerate(words) if n and word.lower == "of"), len(words))
    return words[of - 1].i
