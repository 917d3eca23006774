"""Join mentions by the construction they stand in: apposition, possessor, preposition, verb, list.

A link says how two mentions are joined and nothing of what it means: `Çırağan Palace in Istanbul` and `the talks in
Istanbul` give the same link. Which constructions state a relation of the ontology, between which kinds of things, is
data (`ontology/frames/links.tsv`).
"""

from collections.abc import Iterator, Sequence

from kgbuild.extract.sites import OBJECTS, SUBJECTS, Site, described
from kgbuild.extract.words import Word
from kgbuild.knowledge.links import LinkReadings
from kgbuild.model import EntityType, Link, MentionKind, Where

_PLACES = frozenset({EntityType.CITY, EntityType.REGION, EntityType.COUNTRY, EntityType.PLACE, EntityType.FACILITY})
_LARGER_PLACES = _PLACES - {EntityType.FACILITY}
_SIZE: dict[EntityType | None, int] = {
    EntityType.FACILITY: 0,
    EntityType.CITY: 1,
    EntityType.REGION: 2,
    EntityType.PLACE: 2,
    EntityType.COUNTRY: 3,
}
_HANGING = frozenset({"amod", "compound", "nmod", "nmod:unmarked", "flat"})
_BETWEEN = 8
"""How many words may stand between the comma and an apposition: its determiner, possessor or title."""
_LONG_TITLE = 16
"""How many words the complement of a title before a name may have."""
_BRACKETS = 8
"""How many words a bracket between a noun phrase and a comma may hold."""
_LIST_OPENERS = frozenset({":", "—", "–", "-", "--", "(", ","})
_DIRECTIONS = frozenset({"northern", "southern", "eastern", "western", "central", "north", "south", "east", "west"})
_SHARES = frozenset(
    "majority minority populated dominated speaking inhabited language occupied annexed controlled held".split()
)
_LIST_WORDS = frozenset({"including", "include", "namely", "like"})


def find_links(sites: Sequence[Site], readings: LinkReadings) -> tuple[Link, ...]:
    """Find the links between *sites*, whose order gives the indices, sorted; *readings* knows nouns that are verbs."""
    index = {id(s): n for n, s in enumerate(sites)}
    links: list[Link] = []
    for group in _by_passage(sites):
        finder = _Finder(group, index, readings)
        links += finder.links()
    return tuple(sorted(set(links), key=lambda one: (one.word, one.kind, one.head, one.dependent)))


def _by_passage(sites: Sequence[Site]) -> Iterator[list[Site]]:
    groups: dict[int, list[Site]] = {}
    for one in sites:
        groups.setdefault(one.passage.begin, []).append(one)
    yield from groups.values()


class _Finder:
    """Look for the links of one paragraph."""

    def __init__(self, sites: list[Site], index: dict[int, int], readings: LinkReadings) -> None:
        self._readings = readings
        self._sites = [s for s in sites if s.mention.kind is not MentionKind.PRONOUN or s.head.dep == "nmod:poss"]
        self._everything = sites
        self._index = index
        self._at: dict[int, Site] = {}
        for one in sites:
            if one.top.i not in self._at or not one.mention.hidden:
                self._at[one.top.i] = one

    def links(self) -> list[Link]:
        found: list[Link] = []
        for one in self._everything:
            found += self._upward(one)
            found += self._comma(one)
            found += self._set_off(one)
            found += self._membership(one)
        for one in self._sites:
            found += self._list(one)
        if self._everything:
            found += self._verbs()
            found += self._deverbal()
        return found

    def _deverbal(self) -> Iterator[Link]:
        """Give `Russia's annexation of Crimea` and `Crimea's annexation by Russia` as the verb would be given."""
        passage = self._everything[0].passage
        for noun in passage.words:
            verb = self._readings.verb_of.get(noun.lemma) if noun.pos == "NOUN" else None
            if verb is None:
                continue
            of = [t for t in noun.children if (c := _case(t)) is not None and c.lower == "of"]
            by = [t for t in noun.children if (c := _case(t)) is not None and c.lower == "by"]
            owner = [t for t in noun.children if t.dep == "nmod:poss" or t.entity == "NORP"]
            subjects, objects = (by, owner + of) if by else (owner, of)
            for subject in self._spread(subjects):
                for other in self._spread(objects):
                    yield self._link("verb", subject, other, noun.where, verb)

    def _link(self, kind: str, head: Site, dependent: Site, word: Where, lemma: str = "") -> Link:
        return Link(kind, self._index[id(head)], self._index[id(dependent)], word, lemma, (f"link-{kind}",))

    def _upward(self, one: Site) -> Iterator[Link]:
        """Give the links to the noun that *one* hangs on, through coordination of equals."""
        if "inside-name" in one.mention.rules:
            yield from self._inside(one)
            return
        if "part-of-word" in one.mention.rules:
            return  # a counter-terrorism pact belongs to no terrorist
        token = one.top
        seen = 0
        while token.dep == "conj" and seen < 12:
            token = token.head
            seen += 1
        head = self._at.get(described(token).i if one.form == "adjective" else token.head.i)
        if head is None or head is one or token.dep == "ROOT":
            yield from self._predicate(one, token)
            return
        yield from self._joined(head, one, token, beside=seen == 0)

    def _joined(self, head: Site, one: Site, token: Word, *, beside: bool) -> Iterator[Link]:
        """Give the link between a noun and what hangs on it; coordinated with that, it is not *beside* the noun."""
        word, case = token.where, _case(token)
        plural = head.mention.kind is MentionKind.NOMINAL and head.mention.number == "plural"
        if case is None and (_title_and_name(head, one) or _title_below_name(head, one)):
            yield self._link("apposition", head, one, word)
        elif token.dep in {"appos", "flat"} and plural and one.mention.kind is MentionKind.NAME:
            announced = one.passage.words[head.head.i + 1].text in _LIST_OPENERS
            yield self._link("list" if announced else "naming", head, one, word)
        elif token.dep == "appos" and beside and not self._explains_other(head, one):
            yield self._link("apposition", head, one, word)
        elif token.dep == "nmod:poss":
            yield self._link("possessor", head, one, word)
        elif token.dep in _HANGING:
            if case is not None:
                yield self._link("preposition", head, one, case.where, case.lower)
            elif not _belongs_to_none(one):
                adjective = one.form in {"adjective", "people"} or token.dep == "amod"
                yield self._link("adjective" if adjective else "compound", head, one, word)

    def _explains_other(self, head: Site, one: Site) -> bool:
        """Tell what stands in brackets behind another mention (`the army and the Rapid Support Forces (RSF)`)."""
        opens = one.span.start - 1
        if opens < 1 or one.passage.words[opens].text != "(" or head.span.end == opens:
            return False
        return any(other.span.end == opens and other is not head for other in self._everything)

    def _inside(self, one: Site) -> Iterator[Link]:
        """Join the owner inside a name with the name around it (`US Senate`)."""
        for host in self._everything:
            around = host.span.start <= one.span.start and one.span.end <= host.span.end
            if around and host is not one and host.mention.kind is MentionKind.NAME and not host.mention.hidden:
                yield self._link("compound", host, one, one.mention.where)

    def _predicate(self, one: Site, token: Word) -> Iterator[Link]:
        """Give `X is the president of Y`: the subject is described by the predicate noun."""
        if not any(t.dep == "cop" for t in token.children):
            return
        for subject in (t for t in token.children if t.dep in SUBJECTS):
            bearer = self._at.get(subject.i)
            if bearer is not None and bearer is not one:
                yield self._link("predicate", bearer, one, token.where)

    def _comma(self, one: Site) -> Iterator[Link]:
        """Give a place and the larger place right behind it: `Istanbul, Turkey`, `Manbij in northern Syria`."""
        if one.mention.type not in _PLACES or one.mention.kind is not MentionKind.NAME:
            return
        words, end = one.passage.words, one.span.end
        if end + 1 >= len(words) or words[end].lower not in {",", "in"}:
            return
        begin = end + (2 if words[end + 1].text in _DIRECTIONS else 1)
        for other in self._everything:
            larger = other.mention.kind is MentionKind.NAME and other.mention.type in _LARGER_PLACES
            if other.span.start == begin and larger and not (_enumerates(one, other) or self._goes_on(other)):
                yield self._link("comma", one, other, one.passage.where(one.span.start, other.span.end))

    def _goes_on(self, other: Site) -> bool:
        """Tell a list: one more place, no larger, follows behind a comma (`Donetsk, Luhansk, Kherson`)."""
        words, end = other.passage.words, other.span.end
        if end >= len(words) or words[end].text != ",":
            return False
        behind = (s for s in self._everything if s.span.start == end + 1 and s.mention.kind is MentionKind.NAME)
        return any(s.mention.type in _PLACES and _enumerates(other, s) for s in behind)

    def _set_off(self, one: Site) -> Iterator[Link]:
        """Give a person's name and the noun phrase beside it, with a comma between, whatever the parse hung where.

        `the head of the delegation, Vladimir Medinsky` and `Umerov, the country's chief negotiator` both stand so; a
        title may stand before the name.
        """
        if one.mention.type is not EntityType.PERSON or one.mention.number == "plural" or one.mention.hidden:
            return
        words, comma = one.passage.words, _past_brackets(one)
        if comma + 1 >= len(words) or words[comma].text != ",":
            yield from self._long_title(one)
            return
        for other in self._everything:
            between = words[comma + 1 : other.span.start]
            person = other.mention.type is EntityType.PERSON and other.mention.number != "plural"
            if not person or other.span.start <= comma or len(between) > _BETWEEN:
                continue
            kinds = {one.mention.kind, other.mention.kind}
            if kinds != {MentionKind.NAME, MentionKind.NOMINAL} or not _leads_up(between, other):
                continue
            name, noun = (one, other) if one.mention.kind is MentionKind.NAME else (other, one)
            yield self._link("apposition", name, noun, words[comma].where)
            return

    def _membership(self, one: Site) -> Iterator[Link]:
        """Give a person and the body right behind, wherever the parse hung it (`Cyd Ho from the Labour Party`)."""
        words, end = one.passage.words, one.span.end
        person = one.mention.kind is MentionKind.NAME and one.mention.type is EntityType.PERSON
        if not person or one.mention.hidden or end + 1 >= len(words) or words[end].lower not in {"of", "from"}:
            return
        begin = end + (2 if words[end + 1].lower == "the" else 1)
        for other in self._everything:
            body = other.mention.kind is MentionKind.NAME and other.mention.type is EntityType.ORGANIZATION
            if body and other.span.start == begin and not other.mention.hidden:
                yield self._link("preposition", one, other, words[end].where, words[end].lower)

    def _long_title(self, one: Site) -> Iterator[Link]:
        """Give the name behind a long title, wherever the parse hung it (`the director of the agency Alia Salem`)."""
        if one.mention.kind is not MentionKind.NOMINAL:
            return
        names = (s for s in self._everything if s.mention.kind is MentionKind.NAME and not s.mention.hidden)
        for name in names:
            if name.span.start > one.head.i and name.mention.type is EntityType.PERSON:
                between = one.passage.words[one.head.i + 1 : name.span.start]
                if len(between) <= _LONG_TITLE and name.head.sent is one.head.sent and _of_somewhat(between):
                    yield self._link("apposition", name, one, one.passage.where(between[0].i, between[-1].i + 1))
                return

    def _list(self, one: Site) -> Iterator[Link]:
        """Give the members that a plural announces: `four regions — Luhansk, Donetsk and Kherson`."""
        plural = one.mention.number == "plural" and one.mention.kind is MentionKind.NOMINAL
        words, i = one.passage.words, max(one.span.end, one.head.i + 1)
        if not plural or i >= len(words):
            return
        if words[i].text == "," and i + 1 < len(words) and words[i + 1].lower in _LIST_WORDS:
            i += 1
        such_as = one.passage.written(i, min(i + 2, len(words))).lower() == "such as"
        if not (such_as or words[i].text in _LIST_OPENERS - {","} or words[i].lower in _LIST_WORDS):
            return
        start = i + (2 if such_as else 1)
        run = list(_run_of_names(self._everything, start))
        if words[i].text == "(" and len(run) < 2:
            return  # the short form of a name: `deputies of the Five Star Movement (M5S)`
        for other in run:
            yield self._link("list", one, other, one.passage.where(i, i + (2 if such_as else 1)))

    def _verbs(self) -> Iterator[Link]:
        """Give subject and object of each verb, the passive, participles and relative clauses undone."""
        passage = self._everything[0].passage
        for verb in passage.words:
            if verb.pos != "VERB":
                continue
            word, lemma = verb.where, verb.lemma
            subjects, objects = self._arguments(verb)
            yield from self._become(verb, subjects, objects)
            for subject in subjects:
                for other in objects:
                    if subject is not other:
                        yield self._link("verb", subject, other, word, lemma)

    def _become(self, verb: Word, subjects: list[Site], objects: list[Site]) -> Iterator[Link]:
        """Give `X becomes president` and `they elect X as chairman`: a verb that says what somebody is."""
        of_subject = verb.lemma in self._readings.of_subject
        if of_subject and not subjects and verb.dep == "xcomp":
            subjects = self._spread([t for t in verb.head.children if t.dep in SUBJECTS])
        for child in verb.children:
            case = _case(child)
            told = child.dep == "xcomp" or (child.dep == "obl" and case is not None and case.lower == "as")
            for what in self._spread([child]) if told else []:
                for bearer in subjects if of_subject else objects or subjects:
                    if bearer is not what and what.mention.kind is MentionKind.NOMINAL:
                        yield self._link("predicate", bearer, what, child.where)
        if verb.lemma == "become":
            for what in objects:
                for bearer in subjects:
                    yield self._link("predicate", bearer, what, verb.where)

    def _arguments(self, verb: Word) -> tuple[list[Site], list[Site]]:
        passive = any(t.dep in {"nsubj:pass", "aux:pass"} for t in verb.children)
        subjects: list[Word] = []
        objects: list[Word] = []
        for child in verb.children:
            if child.dep == "nsubj:pass":
                objects.append(child)
            elif child.dep in SUBJECTS:
                subjects.append(child)
            elif child.dep in OBJECTS:
                objects.append(child)
            elif child.dep in {"obl:agent", "obl"} and (case := _case(child)) is not None and case.lower == "by":
                subjects.append(child)
        if verb.dep in {"acl", "acl:relcl", "amod"}:
            _fill_from_noun(verb, passive, subjects, objects)
        if verb.dep == "conj" and not subjects and not passive:
            subjects += [t for t in verb.head.children if t.dep in SUBJECTS]
        return self._spread(subjects), self._spread(objects)

    def _spread(self, tokens: list[Word]) -> list[Site]:
        """Give the mentions at *tokens* and at what is coordinated with them."""
        found: list[Site] = []
        for token in tokens:
            for t in (token, *(c for c in token.children if c.dep == "conj")):
                if t.i in self._at:
                    found.append(self._at[t.i])
        return found


def _belongs_to_none(one: Site) -> bool:
    """Tell a people from its country, and who holds a place from whose it is: `ethnic Albanian`, `Israeli-occupied`."""
    words, end = one.passage.words, one.span.end
    ethnic = one.span.start > 0 and words[one.span.start - 1].lower == "ethnic"
    return ethnic or (end + 1 < len(words) and words[end].text == "-" and words[end + 1].lower in _SHARES)


def _title_and_name(head: Site, one: Site) -> bool:
    """Tell a person's noun phrase from the name that the parse hung below it (`envoy to Syria Staffan de Mistura`)."""
    persons = head.mention.type is one.mention.type is EntityType.PERSON
    kinds = head.mention.kind is MentionKind.NOMINAL and one.mention.kind is MentionKind.NAME
    return persons and kinds and head.mention.number != "plural" and one.span.start > head.head.i


def _title_below_name(head: Site, one: Site) -> bool:
    """Tell a person's name from the long title before it (`Minister for the Middle East Tobias Ellwood`)."""
    persons = head.mention.type is one.mention.type is EntityType.PERSON
    kinds = head.mention.kind is MentionKind.NAME and one.mention.kind is MentionKind.NOMINAL
    return persons and kinds and one.head.dep == "nmod:desc" and one.span.end > one.head.i + 1


def _past_brackets(one: Site) -> int:
    """Give the place behind a mention and what stands in brackets right behind it (`the head of CEI (...), X`)."""
    words, end = one.passage.words, one.span.end
    if end < len(words) and words[end].text == "(":
        return next((t.i + 1 for t in words[end : end + _BRACKETS] if t.text == ")"), end)
    return end


def _of_somewhat(between: Sequence[Word]) -> bool:
    """Tell whether a noun phrase's complement, and nothing else, stands between it and a name."""
    plain = all(t.pos in {"NOUN", "PROPN", "ADJ", "DET", "ADP", "PART"} or t.text == "-" for t in between)
    return (
        plain and len(between) > 1 and between[0].lower in {"of", "for", "at"} and between[-1].pos not in {"ADP", "DET"}
    )


def _leads_up(between: Sequence[Word], other: Site) -> bool:
    """Tell whether the words before a mention belong to it: its determiner, possessor, adjectives or title."""
    if other.mention.kind is MentionKind.NAME:
        return all(t.pos in {"NOUN", "PROPN", "ADJ", "CCONJ"} and t.text.isalpha() for t in between)
    inside = set(other.head.subtree)
    return all(t in inside and t.pos not in {"VERB", "CCONJ", "PUNCT"} for t in between)


def _fill_from_noun(verb: Word, passive: bool, subjects: list[Word], objects: list[Word]) -> None:
    """Give a participle or relative clause the noun it describes as the side that it lacks."""
    noun = verb.head
    relative = next((t for t in verb.children if t.dep in SUBJECTS | OBJECTS and t.tag in {"WDT", "WP"}), None)
    past = "Past" in verb.feature("Tense") and "Part" in verb.feature("VerbForm")
    if relative is not None:
        (objects if relative.dep in OBJECTS | {"nsubj:pass"} else subjects).append(noun)
    elif passive or (past and not objects and not any(t.dep == "nsubj" for t in verb.children)):
        objects.append(noun)
    elif subjects and not objects:
        objects.append(noun)  # `regions that it annexed`: the object is the gap
    else:
        subjects.append(noun)


def _case(token: Word) -> Word | None:
    return next((t for t in token.lefts if t.dep == "case" and t.text not in {"'s", "’s", "'", "’"}), None)


def _enumerates(one: Site, other: Site) -> bool:
    """Tell a list of places (`Paris, London and Rome`) from a place and what it lies in, which is of a larger kind."""
    return _SIZE.get(one.mention.type, 9) >= _SIZE.get(other.mention.type, 0)


def _before_name(token: Word, name: Site) -> bool:
    """Tell a word of the title that stands before a name in a list (`musician Tiziano Lugli and actor Jason Beghe`)."""
    return token.pos in {"NOUN", "PROPN", "ADJ"} and (token.head == name.head or token.head.dep == "nmod:desc")


def _run_of_names(sites: Sequence[Site], start: int) -> Iterator[Site]:
    """Give the names that follow one another from *start*, joined by commas and `and` only."""
    position = start
    for one in sorted(sites, key=lambda s: s.span.start):
        if one.span.start < position or one.mention.kind is not MentionKind.NAME or one.mention.hidden:
            continue
        between = one.passage.words[position : one.span.start]
        if any(t.text not in {",", "and", "or", "the", "both"} and not _before_name(t, one) for t in between):
            return
        yield one
        position = one.span.end
