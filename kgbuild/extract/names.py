"""Find names in a paragraph, mend their edges, and say what kind of thing each names.

The trained pipeline proposes spans; three sources then settle them. The edges follow the guidelines: a name alone,
without article, title or possessive. The gazetteer adds what the model missed (acronyms, adjectives of countries) and
overrules it where a name is known for sure. The class comes from the gazetteer, then from the name's own last word
(`Palace`), then from the model's label. Whether an adjective or a capital is a mention of its own is settled later,
when the noun phrases around it are known (`standing.py`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kgbuild.extract.passage import Passage
from kgbuild.extract.sites import Site, carrier, site
from kgbuild.knowledge.cues import Cues
from kgbuild.knowledge.gazetteer import Form, Gazetteer, Name, Tier
from kgbuild.model import EntityType, MentionKind

_BY_LABEL = {
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
_PLACES = frozenset({EntityType.COUNTRY, EntityType.REGION, EntityType.CITY, EntityType.PLACE})
_NAMED_BY_NOUN = frozenset(
    {EntityType.REGION, EntityType.CITY, EntityType.FACILITY, EntityType.ORGANIZATION, EntityType.PLACE}
)
_LONGEST_NAME = 7
_WELL_KNOWN_CITY = 300_000
"""Below this population a one-word city name that the model did not see is more likely something else."""
_CLOSE, _SAME_SENTENCE = 2, 40
"""How many words off `region` may stand to make a region of a name that is a city too; a capital needs it close."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    label: str
    rule: str


def find_names(passage: Passage, gazetteer: Gazetteer, cues: Cues, surnames: frozenset[str]) -> list[Site]:
    """Find the names of one paragraph.

    Args:
        passage: the parsed paragraph.
        gazetteer: names known beforehand.
        cues: titles and name endings.
        surnames: last words of the article's names of persons with more than one word; a single word among them is a
            person even where the gazetteer knows a town of that name.

    Returns:
        Sites of kind `NAME`, in text order, not overlapping; then the hidden owners inside them.
    """
    doc = passage.doc
    candidates = list(_model_candidates(doc, gazetteer, cues))
    candidates = _widen(doc, candidates, gazetteer)
    taken = {i for c in candidates for i in range(c.start, c.end)}
    candidates += _gazetteer_candidates(doc, gazetteer, taken, surnames)
    found = [_name_site(passage, c, gazetteer, cues, surnames) for c in sorted(candidates, key=lambda c: c.start)]
    names = [one for one in found if one is not None]
    return names + [owner for one in names if (owner := _owner_inside(one, gazetteer)) is not None]


def _owner_inside(one: Site, gazetteer: Gazetteer) -> Site | None:
    """Find the country or body that an organisation's name begins with (`US Senate`), as a hidden mention."""
    if one.mention.type is not EntityType.ORGANIZATION or len(one.span) < 2:
        return None
    for length in (3, 2, 1):
        if length >= len(one.span):
            continue
        span = one.span.doc[one.span.start : one.span.start + length]
        row = _best(gazetteer, span.text) if _ends_a_name(span[-1]) else None
        if row is not None and row.key != one.key and row.type in {EntityType.COUNTRY, EntityType.ORGANIZATION}:
            owner = site(one.passage, span, span.root, MentionKind.NAME, row.type, "owner-in-name", key=row.key)
            return owner.hide("inside-name")
    return None


def surnames_of(passages: Iterable[Passage]) -> frozenset[str]:
    """Collect the last words of persons' names that have more than one word, over the whole article."""
    return frozenset(ent[-1].text for p in passages for ent in p.doc.ents if ent.label_ == "PERSON" and len(ent) > 1)


def _model_candidates(doc: Doc, gazetteer: Gazetteer, cues: Cues) -> Iterator[_Candidate]:
    """Give the model's names with mended edges: split at commas, joined when one name was cut in two."""
    pieces: list[_Candidate] = []
    for ent in doc.ents:
        if ent.label_ not in _BY_LABEL:
            continue
        for start, end in _split_places(ent):
            start, end = _trim(doc, start, end, ent.label_, gazetteer, cues)
            if start < end:
                pieces.append(_Candidate(start, end, ent.label_, f"model-{ent.label_.lower()}"))
    joined: list[_Candidate] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and last.end == piece.start and last.label == piece.label == "PERSON":
            joined[-1] = _Candidate(last.start, piece.end, "PERSON", "joined-person")
        else:
            joined.append(piece)
    yield from joined


def _split_places(ent: Span) -> Iterator[tuple[int, int]]:
    """Cut `Istanbul, Turkey` into its two places; other names stay whole."""
    if ent.label_ not in {"GPE", "LOC"}:
        yield ent.start, ent.end
        return
    start = ent.start
    for token in ent:
        if token.text == ",":
            yield start, token.i
            start = token.i + 1
    yield start, ent.end


def _trim(doc: Doc, start: int, end: int, label: str, gazetteer: Gazetteer, cues: Cues) -> tuple[int, int]:
    """Take articles, possessives, quotes, white space, titles and common nouns off the ends of a name."""
    while start < end and _droppable(doc[start], at_start=True):
        start += 1
    if end - start > 2 and doc[start].lower_ in _SIDES and doc[start + 1].text == "-":
        start += 2  # `pro-Moscow` names Moscow
    while start < end and _droppable(doc[end - 1], at_start=False):
        end -= 1
    if label == "PERSON":
        start = _after_title(doc, start, end, cues)
        while end - start > 1 and _demonym(doc[start], gazetteer):
            start += 1
    elif label != "NORP":
        end = _before_common_noun(doc, start, end)
    return start, end


def _demonym(token: Token, gazetteer: Gazetteer) -> bool:
    row = _best(gazetteer, token.text)
    return row is not None and row.form is Form.ADJECTIVE


def _before_common_noun(doc: Doc, start: int, end: int) -> int:
    """Leave the common noun out that tells what a name names (`Likud | party`, `Swedish | general election`).

    Names that are a description through and through (`Jenin refugee camp`) lose their noun too; it still tells their
    class.
    """
    last = end
    while last - 1 > start and doc[last - 1].text.islower() and doc[last - 1].pos_ in {"NOUN", "ADJ"}:
        last -= 1
    return last if doc[last - 1].text[:1].isupper() else end


_SIDES = frozenset({"pro", "anti", "non", "ex"})


def _droppable(token: Token, *, at_start: bool) -> bool:
    if token.is_space or token.text in {"'s", "’s", "'", "’"}:
        return True
    if token.is_punct and token.text not in {".", ")"}:
        return True
    return at_start and (token.lower_ in {"the", "a", "an"} or token.pos_ == "PRON")


def _after_title(doc: Doc, start: int, end: int, cues: Cues) -> int:
    """Skip a title that the model took for part of a person's name (`President Vladimir Putin`)."""
    for cut in range(end - 1, start, -1):
        phrase = doc[start:cut].text.lower()
        if cues.title(phrase) is not None or cues.title(doc[cut - 1].lower_) is not None:
            return cut
    return start


def _widen(doc: Doc, candidates: list[_Candidate], gazetteer: Gazetteer) -> list[_Candidate]:
    """Let a longer name of the gazetteer swallow the model's pieces of it (`UN | Security Council`)."""
    starts = {c.start for c in candidates}
    longer: list[_Candidate] = []
    for start in sorted(starts):
        for end in range(min(len(doc), start + _LONGEST_NAME), start + 1, -1):
            inside = [c for c in candidates if start <= c.start and c.end <= end]
            cut = any(c.start < end < c.end for c in candidates)
            if cut or not inside or (len(inside) == 1 and inside[0].end == end) or not _ends_a_name(doc[end - 1]):
                continue
            row = _best(gazetteer, doc[start:end].text)
            if row is not None and row.form in {Form.NAME, Form.ACRONYM}:
                longer.append(_Candidate(start, end, inside[0].label, "gazetteer-longer"))
                break
    kept = [c for c in candidates if not any(w.start <= c.start and c.end <= w.end for w in longer)]
    return kept + _without_overlap(longer)


def _without_overlap(candidates: list[_Candidate]) -> list[_Candidate]:
    kept: list[_Candidate] = []
    for one in sorted(candidates, key=lambda c: (c.start, -c.end)):
        if not kept or kept[-1].end <= one.start:
            kept.append(one)
    return kept


def _gazetteer_candidates(
    doc: Doc, gazetteer: Gazetteer, taken: set[int], surnames: frozenset[str]
) -> Iterator[_Candidate]:
    """Give names that the model passed over and the gazetteer is sure of."""
    i = 0
    while i < len(doc):
        begins = i not in taken and _capital(doc[i]) and not _droppable(doc[i], at_start=True)
        end = _known_end(doc, i, gazetteer, taken, surnames) if begins else 0
        if end:
            yield _Candidate(i, end, "", "gazetteer")
            i = end
        else:
            i += 1


def _known_end(doc: Doc, start: int, gazetteer: Gazetteer, taken: set[int], surnames: frozenset[str]) -> int:
    for end in range(min(len(doc), start + _LONGEST_NAME), start, -1):
        if any(i in taken for i in range(start, end)) or not _ends_a_name(doc[end - 1]):
            continue
        row = _best(gazetteer, doc[start:end].text)
        if row is None:
            continue
        if end - start > 1 or _sure_word(doc, start, row, surnames):
            return end
    return 0


def _sure_word(doc: Doc, i: int, row: Name, surnames: frozenset[str]) -> bool:
    """Tell whether a single word is this name by itself, not part of an unseen longer one and not a plain word."""
    token = doc[i]
    if token.text in surnames:
        return False
    if row.form in {Form.ADJECTIVE, Form.PEOPLE}:
        return True
    neighbours = [doc[j] for j in (i - 1, i + 1) if 0 <= j < len(doc)]
    alone = not any(n.pos_ == "PROPN" and _capital(n) and n.dep_ in {"flat", "compound"} for n in neighbours)
    if token.pos_ != "PROPN" or not alone:
        return False
    return row.type is not EntityType.CITY or row.weight >= _WELL_KNOWN_CITY


def _capital(token: Token) -> bool:
    return token.text[:1].isupper()


def _ends_a_name(token: Token) -> bool:
    """Tell whether a name can end in this token: folding would let a comma or a small word slip in."""
    return _capital(token) or token.text[:1].isdigit()


def _best(gazetteer: Gazetteer, surface: str) -> Name | None:
    rows = gazetteer.look_up(surface)
    return rows[0] if rows else None


def _name_site(
    passage: Passage, candidate: _Candidate, gazetteer: Gazetteer, cues: Cues, surnames: frozenset[str]
) -> Site | None:
    span = passage.doc[candidate.start : candidate.end]
    if not re.search(r"\w", span.text):
        return None
    rows = gazetteer.look_up(span.text)
    row = _choose(span, candidate.label, rows, surnames, cues)
    if row is not None:
        kind = EntityType.GROUP if row.form is Form.PEOPLE else row.type
        rule = "gazetteer-type"
    elif candidate.label != "PERSON" and (told := _told_by_name(span, cues)) is not None:
        kind, rule = told, "name-ending"
    elif candidate.label:
        kind, rule = _BY_LABEL[candidate.label], "model-type"
    else:
        return None
    head = carrier(span)
    made = site(
        passage,
        span,
        head,
        MentionKind.NAME,
        kind,
        candidate.rule,
        key=row.key if row else "",
        form=row.form.value if row else "",
        number="plural" if row is not None and row.form is Form.PEOPLE else "singular",
        gender=_gender(span, gazetteer, cues) if kind is EntityType.PERSON else "",
    )
    return made.retype(kind, rule)


def _gender(span: Span, gazetteer: Gazetteer, cues: Cues) -> str:
    """Tell a person's gender by the title before the name or by the first name; "" if neither does."""
    before = span.doc[span.start - 1] if span.start > 0 else None
    title = cues.title(before.lower_.rstrip(".")) if before is not None else None
    if title is not None and title.gender:
        return title.gender
    return gazetteer.gender(span[0].text) if len(span) > 1 else ""


def _told_by_name(span: Span, cues: Cues) -> EntityType | None:
    """Give the class that a name of several words tells by its last or first word (`Palace`, `Mount`)."""
    told = None
    if len(span) > 1:
        told = cues.ending_type(span[-1].text) or cues.beginning_type(span[0].text)
    return told or _told_by_noun_after(span, cues)


def _told_by_noun_after(span: Span, cues: Cues) -> EntityType | None:
    """Give the class that the common noun behind a name tells (`Likud party`, `Shah Cheragh mosque`)."""
    if span.end >= len(span.doc):
        return None
    noun = span.doc[span.end]
    described = span.root.head == noun or span.root.dep_ in {"compound", "amod"}
    if noun.pos_ != "NOUN" or not noun.text.islower() or not described:
        return None
    kind = cues.noun_type(noun.lemma_)
    return kind if kind in _NAMED_BY_NOUN else None


def _choose(span: Span, label: str, rows: tuple[Name, ...], surnames: frozenset[str], cues: Cues) -> Name | None:
    """Pick the gazetteer's row that the model's label and the words around the name allow, or None."""
    if not rows or (label == "PERSON" and not _place_after_all(span, rows[0], surnames)):
        return None
    if rows[0].type is EntityType.CITY and (
        label in {"ORG", "FAC", "WEAPON"} or (label in {"EVENT", "MISC"} and rows[0].tier > Tier.CITY)
    ):
        return None
    if rows[0].type is not EntityType.CITY and rows[0].tier <= Tier.REGION:
        return rows[0]  # first of all a country or region, though there are cities of that name: `Gaza`, `Mexico`
    ambiguous = {row.type for row in rows if row.form is Form.NAME} & _PLACES
    if {EntityType.REGION, EntityType.CITY} <= ambiguous:
        near = _CLOSE if any(row.capital_of for row in rows) else _SAME_SENTENCE
        wanted = EntityType.REGION if _speaks_of_regions(span, cues, near) else EntityType.CITY
        return next(row for row in rows if row.type is wanted)
    return rows[0]


def _place_after_all(span: Span, row: Name, surnames: frozenset[str]) -> bool:
    """Tell whether the model's person is a place or organisation that the gazetteer knows for sure."""
    if span[-1].text in surnames or row.type is EntityType.PERSON:
        return False
    sure = row.type in {EntityType.COUNTRY, EntityType.REGION, EntityType.ORGANIZATION, EntityType.GROUP}
    return sure or row.weight >= _WELL_KNOWN_CITY


def _speaks_of_regions(span: Span, cues: Cues, near: int) -> bool:
    """Tell from the nearest telling noun of the sentence whether a name means the region or its capital."""
    best = (near, False)
    for token in span.sent:
        kind = cues.noun_type(token.lemma_.lower())
        if kind in {EntityType.REGION, EntityType.CITY}:
            # what follows the name directly (`Kherson region`) tells most
            distance = token.i - span.end if token.i >= span.end else 2 * (span.start - token.i)
            best = min(best, (distance, kind is EntityType.REGION))
    return best[1]
