"""Find which stretches of a paragraph are names: the trained pipeline's, mended, and the gazetteer's.

The edges follow the guidelines: a name alone, without article, title, possessive and common noun. The gazetteer widens
a name that the model cut short and adds what it passed over: acronyms, adjectives of countries, well-known places.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kgbuild.extract.passage import Passage
from kgbuild.extract.words import Phrase, Word
from kgbuild.knowledge.cues import Cues
from kgbuild.knowledge.gazetteer import Form, Gazetteer, Name
from kgbuild.model import EntityType

LABELS = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANIZATION,
    "GPE": EntityType.CITY,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.FACILITY,
    "NORP": EntityType.GROUP,
    "EVENT": EntityType.NAMED_EVENT,
    "WEAPON": EntityType.WEAPON,
    "MISC": EntityType.DOCUMENT,
}
"""The class that a label of the model stands for when nothing else tells."""
WELL_KNOWN_CITY = 300_000
"""Below this population a one-word city name that the model did not see is more likely something else."""
_FIRST_WORD_LABELS: dict[EntityType | None, str] = {EntityType.NAMED_EVENT: "EVENT", EntityType.WEAPON: "WEAPON"}
_LONGEST_NAME = 7


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold the tokens from `start` up to `end` that may be a name; the gazetteer's have no label."""

    start: int
    end: int
    label: str
    rule: str


def model_candidates(passage: Passage, gazetteer: Gazetteer, cues: Cues) -> Iterator[Candidate]:
    """Give the model's names with mended edges: split at commas, joined when one name was cut in two."""
    pieces: list[Candidate] = []
    for ent in passage.names:
        if ent.label not in LABELS:
            continue
        for start, end in _split_places(passage, ent, gazetteer):
            start, end = _trim(passage, start, end, ent.label, gazetteer, cues)
            if start < end:
                end = _with_number(passage.words, _with_last_word(passage.words, start, end, ent.label, cues), cues)
                piece = _with_first_word(passage.words, start, end, ent.label, cues)
                pieces += [] if _inside_title(passage, piece, cues) else [piece]
    joined: list[Candidate] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and last.end == piece.start and last.label == piece.label == "PERSON":
            joined[-1] = Candidate(last.start, piece.end, "PERSON", "joined-person")
        else:
            joined.append(piece)
    yield from joined


def _with_last_word(words: list[Word], start: int, end: int, label: str, cues: Cues) -> int:
    """Take in a capital word behind a name that tells what is named (`Foreign | Ministry`)."""
    if (
        label in {"ORG", "FAC"}
        and end < len(words)
        and _capital(words[end])
        and cues.ending_type(words[end - 1].text) is None
    ):
        return end + 1 if cues.ending_type(words[end].text) is not None and words[end].entity == "" else end
    return end


def _with_number(words: list[Word], end: int, cues: Cues) -> int:
    """Take in the number that belongs to a name, and the word before it (`UN Security Council | Resolution 2254`)."""
    for number in (end, end + 1):
        if number < len(words) and words[number].text.isdigit() and words[number - 1].lower in cues.numbered:
            return number + 1 if _capital(words[number - 1]) else end
    return end


def _inside_title(passage: Passage, piece: Candidate, cues: Cues) -> bool:
    """Tell a word of a person's title that the model took for a name (`Permanent | Representative`)."""
    if piece.label != "ORG" or piece.end - piece.start > 1 or piece.end >= len(passage.words):
        return False
    return cues.title(passage.written(piece.start, piece.end + 1)) is not None


def _with_first_word(words: list[Word], start: int, end: int, label: str, cues: Cues) -> Candidate:
    """Take in a word before a name that tells what is named (`Hurricane | Ian`, `HMS | Ocean`)."""
    before = words[start - 1] if start > 0 else None
    told = cues.beginning_type(before.text) if before is not None and _capital(before) else None
    if told in _FIRST_WORD_LABELS and label != "ORG":
        return Candidate(start - 1, end, _FIRST_WORD_LABELS[told], "first-word")
    return Candidate(start, end, label, f"model-{label.lower()}")


def _split_places(passage: Passage, ent: Phrase, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Cut `Istanbul, Turkey` and `Russia-Ukraine` into their two places; other names stay whole."""
    if ent.label not in {"GPE", "LOC"}:
        yield ent.start, ent.end
        return
    start = ent.start
    for token in ent:
        if token.text == "," or (token.text == "-" and _two_places(passage, ent, token, gazetteer)):
            yield start, token.i
            start = token.i + 1
    yield start, ent.end


def _two_places(passage: Passage, ent: Phrase, hyphen: Word, gazetteer: Gazetteer) -> bool:
    """Tell whether a hyphen stands between two names, not inside one (`Guinea-Bissau`)."""
    sides = (passage.written(ent.start, hyphen.i), passage.written(hyphen.i + 1, ent.end))
    return best(gazetteer, ent.text) is None and all(best(gazetteer, side) is not None for side in sides)


def _trim(passage: Passage, start: int, end: int, label: str, gazetteer: Gazetteer, cues: Cues) -> tuple[int, int]:
    """Take articles, possessives, quotes, white space, titles and common nouns off the ends of a name."""
    words = passage.words
    while start < end and _droppable(words[start], at_start=True):
        start += 1
    if end - start > 2 and words[start].lower in _SIDES and words[start + 1].text == "-":
        start += 2  # `pro-Moscow` names Moscow
    while start < end and _droppable(words[end - 1], at_start=False):
        end -= 1
    if label == "PERSON":
        start = _after_title(passage, start, end, cues)
        while end - start > 1 and _demonym(words[start], gazetteer):
            start += 1
    elif label != "NORP":
        end = _before_common_noun(passage.words, start, end)
    return start, end


def _demonym(token: Word, gazetteer: Gazetteer) -> bool:
    row = best(gazetteer, token.text)
    return row is not None and row.form is Form.ADJECTIVE


def _before_common_noun(words: list[Word], start: int, end: int) -> int:
    """Leave the common noun out that tells what a name names (`Likud | party`, `Swedish | general election`).

    Names that are a description through and through (`Jenin refugee camp`) lose their noun too; it still tells their
    class.
    """
    last = end
    while last - 1 > start and words[last - 1].text.islower() and words[last - 1].pos in {"NOUN", "ADJ"}:
        last -= 1
    return last if words[last - 1].text[:1].isupper() else end


_TAILS = frozenset({"and", "or", "of", "the", "in", "on", "for", "to"})
_SIDES = frozenset({"pro", "anti", "non", "ex"})


def _droppable(token: Word, *, at_start: bool) -> bool:
    if token.is_space or token.text in {"'s", "’s", "'", "’"}:
        return True
    if token.is_punct and token.text not in {".", ")"}:
        return True
    if not at_start and token.lower in _TAILS:
        return True
    return at_start and (token.lower in {"the", "a", "an"} or token.pos == "PRON")


def _after_title(passage: Passage, start: int, end: int, cues: Cues) -> int:
    """Skip a title that the model took for part of a person's name (`President Vladimir Putin`)."""
    for cut in range(end - 1, start, -1):
        if (cues.title(passage.written(start, cut)) or cues.title(passage.words[cut - 1].lower)) is not None:
            return cut
    return start


def widen(passage: Passage, candidates: list[Candidate], gazetteer: Gazetteer) -> list[Candidate]:
    """Let a longer name of the gazetteer swallow the model's pieces of it (`UN | Security Council`)."""
    words = passage.words
    longer: list[Candidate] = []
    for start in sorted({c.start for c in candidates}):
        furthest = min(len(words), start + _LONGEST_NAME)
        near = [c for c in candidates if start < c.end and c.start < furthest]
        for end in range(furthest, start + 1, -1):
            if not ends_a_name(words[end - 1]):
                continue
            inside = [c for c in near if start <= c.start and c.end <= end]
            cut = any(c.start < end < c.end for c in near)
            if cut or not inside or (len(inside) == 1 and inside[0].end == end):
                continue
            row = best(gazetteer, passage.written(start, end))
            if row is not None and row.form in {Form.NAME, Form.ACRONYM, Form.ADJECTIVE}:
                longer.append(Candidate(start, end, inside[0].label, "gazetteer-longer"))
                break
    kept = [c for c in candidates if not any(w.start <= c.start and c.end <= w.end for w in longer)]
    return kept + _without_overlap(longer)


def shorten(passage: Passage, candidates: Iterable[Candidate], gazetteer: Gazetteer) -> Iterator[Candidate]:
    """Take the place off a body that is known without it (`International Criminal Court | in The Hague`)."""
    for one in candidates:
        words = [word.lower for word in passage.words[one.start : one.end]]
        place = one.start + words.index("in") if "in" in words[1:] else one.end
        row = best(gazetteer, passage.written(one.start, place)) if place < one.end else None
        known = row is not None and row.type is EntityType.ORGANIZATION
        yield replace(one, end=place) if known and best(gazetteer, passage.written(one.start, one.end)) is None else one


def join_bodies(words: list[Word], candidates: list[Candidate], cues: Cues) -> list[Candidate]:
    """Join what the model cut: a body that is named by a noun and its place (`Government | of | Iraq`)."""
    joined: list[Candidate] = []
    for one in sorted(candidates, key=lambda c: c.start):
        last = joined[-1] if joined else None
        if last is not None and one.label == "GPE" and _names_body(words, last, one, cues):
            joined[-1] = Candidate(last.start, one.end, "ORG", "body-of-place")
        else:
            joined.append(one)
    return joined


def _names_body(words: list[Word], noun: Candidate, place: Candidate, cues: Cues) -> bool:
    between = [t.lower for t in words[noun.end : place.start]]
    alone = noun.end - noun.start == 1 and _capital(words[noun.start])
    return alone and between == ["of"] and cues.noun_type(words[noun.start].lower) is EntityType.ORGANIZATION


def _without_overlap(candidates: list[Candidate]) -> list[Candidate]:
    kept: list[Candidate] = []
    for one in sorted(candidates, key=lambda c: (c.start, -c.end)):
        if not kept or kept[-1].end <= one.start:
            kept.append(one)
    return kept


def gazetteer_candidates(
    passage: Passage, gazetteer: Gazetteer, taken: set[int], surnames: frozenset[str]
) -> Iterator[Candidate]:
    """Give names that the model passed over and the gazetteer is sure of."""
    end = 0
    for word in passage.words:
        if word.i < end or word.i in taken or not _capital(word) or _droppable(word, at_start=True):
            continue
        known = _known_end(passage, word.i, gazetteer, taken, surnames)
        if known:
            end = known
            yield Candidate(word.i, end, "", "gazetteer")


def _known_end(passage: Passage, start: int, gazetteer: Gazetteer, taken: set[int], surnames: frozenset[str]) -> int:
    words = passage.words
    free = next((i for i in range(start, len(words)) if i in taken), len(words))
    for end in range(min(free, start + _LONGEST_NAME), start, -1):
        if not ends_a_name(words[end - 1]):
            continue
        row = best(gazetteer, passage.written(start, end))
        if row is not None and (end - start > 1 or _sure_word(words, start, row, surnames)):
            return end
    return 0


def _sure_word(words: list[Word], i: int, row: Name, surnames: frozenset[str]) -> bool:
    """Tell whether a single word is this name by itself, not part of an unseen longer one and not a plain word."""
    token = words[i]
    if token.text in surnames:
        return False
    if row.form in {Form.ADJECTIVE, Form.PEOPLE}:
        return True
    neighbours = [words[j] for j in (i - 1, i + 1) if 0 <= j < len(words)]
    alone = not any(n.pos == "PROPN" and _capital(n) and n.dep in {"flat", "compound"} for n in neighbours)
    noun = token.pos == "NOUN" and token.i != token.sent.start and row.form is Form.NAME
    if not (token.pos == "PROPN" or noun) or not alone:
        return False
    return row.type is not EntityType.CITY or row.weight >= WELL_KNOWN_CITY


def _capital(token: Word) -> bool:
    return token.text[:1].isupper()


def ends_a_name(token: Word) -> bool:
    """Tell whether a name can end in this token: folding would let a comma or a small word slip in."""
    return _capital(token) or token.text[:1].isdigit()


def best(gazetteer: Gazetteer, surface: str) -> Name | None:
    """Give what *surface* most likely stands for, or None."""
    rows = gazetteer.look_up(surface)
    return rows[0] if rows else None
