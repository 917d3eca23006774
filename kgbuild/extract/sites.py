"""Mentions with the tokens that they stand on: what the rules of this stage hand to one another.

A `Site` is a mention on its way: it keeps the parse in reach, so that coreference and links can ask for heads and
clauses. Only the `Mention` inside it leaves the stage.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kgbuild.extract.passage import Passage
from kgbuild.extract.words import Phrase, Word
from kgbuild.model import EntityType, Mention, MentionKind

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj"})
OBJECTS = frozenset({"obj", "iobj"})
_NUMBERS = {"Plur": "plural", "Sing": "singular"}


@dataclass(frozen=True, slots=True)
class Site:
    """Hold a mention, the paragraph it stands in, its tokens and its head word."""

    mention: Mention
    passage: Passage
    span: Phrase
    head: Word
    key: str = ""
    form: str = ""

    @property
    def top(self) -> Word:
        """Give the word that carries the mention's place in the clause; of a name behind a title, the title's."""
        return self.head

    def hide(self, rule: str) -> "Site":
        """Give the same site with its mention hidden, and the *rule* that hid it."""
        hidden = replace(self.mention, hidden=True, rules=(*self.mention.rules, rule))
        return replace(self, mention=hidden)

    def retype(self, kind: EntityType, rule: str) -> "Site":
        """Give the same site with another type, and the *rule* that chose it."""
        return replace(self, mention=replace(self.mention, type=kind, rules=(*self.mention.rules, rule)))

    def rekey(self, other: "Site", rule: str) -> "Site":
        """Give the same site as a mention of what *other* names, and the *rule* that chose it."""
        made = self.retype(other.mention.type, rule) if other.mention.type is not None else self
        return replace(made, key=other.key)


def carrier(span: Phrase) -> Word:
    """Give the word through which a name hangs in its clause: its own head, or that of the title before it.

    Universal Dependencies make the title the head (`Minister` of `Minister Rustem Umerov`).
    """
    token = span.root
    while token.dep in {"flat", "compound", "appos"} and token.head.i == span.start - 1:
        if token.head.pos not in {"NOUN", "PROPN"} or number_of(token.head) == "plural":
            break
        token = token.head
    return token


def described(adjective: Word) -> Word:
    """Give the noun that an adjective describes in the end (`minorities` of `Russian-speaking minorities`)."""
    noun = adjective.head
    while noun.dep in {"amod", "compound"} and noun.head.i > noun.i:
        noun = noun.head
    return noun


def number_of(token: Word) -> str:
    """Tell the grammatical number of a noun or pronoun, "" if the parse doesn't."""
    value = token.feature("Number")
    return _NUMBERS.get(value[0], "") if value else ""


def site(
    passage: Passage,
    span: Phrase,
    head: Word,
    kind: MentionKind,
    entity_type: EntityType | None,
    *rules: str,
    **known: str,
) -> Site:
    """Make a site for *span*; *known* may give `key`, `form`, `lemma`, `number`, `gender` and `person`."""
    mention = Mention(
        where=span.where,
        text=span.text,
        kind=kind,
        type=entity_type,
        head=head.where,
        lemma=known.get("lemma", span.text if kind is MentionKind.NAME else head.lemma),
        sentence=head.sent.place,
        number=known.get("number", number_of(head)),
        gender=known.get("gender", ""),
        person=int(known.get("person", "3")),
        rules=rules,
    )
    return Site(mention, passage, span, head, known.get("key", ""), known.get("form", ""))


def in_order(sites: Iterable[Site]) -> list[Site]:
    """Sort sites by where they begin, the longer first, so that indices follow the text."""
    return sorted(sites, key=lambda s: (s.mention.where.begin, -s.mention.where.end, s.mention.kind.value))
