"""What the text side finds: mentions, who is the same, and clauses as frames. No spaCy object survives here."""

from dataclasses import dataclass
from enum import StrEnum

from kgbuild.model.text import Where


class MentionKind(StrEnum):
    """Tell how a mention stands in the text, in the terms of `kg:mentionKind`."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"
    TRIGGER = "trigger"
    CUE = "cue"
    STATEMENT = "statement"
    QUANTITY = "quantity"
    TIME = "time"


class EntityType(StrEnum):
    """Name the classes of entities of the graph (`kg:Person` and so on)."""

    PERSON = "Person"
    ORGANIZATION = "Organization"
    COUNTRY = "Country"
    REGION = "Region"
    CITY = "City"
    FACILITY = "Facility"
    PLACE = "Place"
    GROUP = "Group"
    DOCUMENT = "Document"
    WEAPON = "Weapon"
    NAMED_EVENT = "NamedEvent"


@dataclass(frozen=True, slots=True)
class Mention:
    """Point at one naming, nominal or pronoun of an entity.

    Attributes:
        where: the span as the guidelines want it: a name alone, a nominal without determiner and relative clause.
        text: those characters.
        kind: name, nominal or pronoun.
        type: the class that this mention by itself suggests; None when only its chain can tell.
        head: the word that carries it in its clause: its head word, or the title's before a name (`Minister`).
        lemma: dictionary form of the head, lower case (the name itself for names).
        sentence: the sentence around it.
        number: "singular", "plural" or "" when unknown.
        gender: "male", "female", "neuter" or "" when unknown.
        person: 1, 2 or 3, grammatical.
        rules: names of the rules that made it, for `kgbuild explain`.
        score: how sure they are, in [0, 1].
        hidden: inside a longer mention or a title (`Ukrainian` of `Ukrainian delegation`); it tells whom the longer
            one belongs to, and becomes a mention of the graph only when its chain has no other.
    """

    where: Where
    text: str
    kind: MentionKind
    type: EntityType | None
    head: Where
    lemma: str
    sentence: Where
    number: str = ""
    gender: str = ""
    person: int = 3
    rules: tuple[str, ...] = ()
    score: float = 1.0
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Join two mentions by a construction alone; what it means is a row of `ontology/frames/links.tsv`.

    Attributes:
        kind: `apposition`, `predicate`, `possessor`, `adjective`, `compound`, `comma` (`Istanbul, Turkey`), `list`,
            `naming` (`agencies TASS and Interfax`), `preposition` or `verb`.
        head: index of the mention that is described; of a verb, its subject.
        dependent: index of the mention that describes it; of a verb, its object.
        word: the characters that carry the construction.
        lemma: the preposition or verb in its dictionary form, "" for the other kinds.
        rules: names of the rules that made it.
    """

    kind: str
    head: int
    dependent: int
    word: Where
    lemma: str = ""
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """Hold a title or role that the text gives to a person.

    Attributes:
        bearer: index of the mention of the person.
        title: the characters of the title as written, without nationality and organisation.
        lemma: its dictionary form, lower case.
        of: indices of the mentions of the country or organisation it belongs to.
        former: whether the text says that it is over.
        rules: names of the rules that made it.
    """

    bearer: int
    title: Where
    lemma: str
    of: tuple[int, ...] = ()
    former: bool = False
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """Gather the mentions of one thing within one article.

    Attributes:
        mentions: indices into `Extraction.mentions`, in text order. A span that names two things at once
            (`both sides`) is in the chain of each.
        type: the class of the thing.
        name: the fullest form of its name, or the text of its first nominal.
        named: whether a name of it is in the article.
        key: identifier of the gazetteer row that its name matched, "" if none.
        rules: why its mentions were joined.
    """

    mentions: tuple[int, ...]
    type: EntityType
    name: str
    named: bool
    key: str = ""
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filler:
    """Fill one side of a frame, in words of the logical clause, never of a parser's labels.

    Attributes:
        side: `subject`, `object`, `indirect`, `clause`, `complement`, `possessor`, `modifier`, `bearer` (who has the
            office that a noun names), or a preposition (`of`, `in`, `with`, `between`, `against`, ...).
        where: the head word of the filler.
        mention: index into `Extraction.mentions`, or None.
        frame: index into `Extraction.frames` when the filler is itself a clause or event noun, or None.
        quantity: index into `Extraction.quantities`, or None.
    """

    side: str
    where: Where
    mention: int | None = None
    frame: int | None = None
    quantity: int | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """Hold one predicate (verb, event noun, office noun) with its sides, syntax undone.

    Passive, relative clauses, control, raising, coordination, participles before nouns and nominalisations are
    undone: `subject` is always who does it, `object` whom it is done to.

    Attributes:
        trigger: the one word that names it.
        lemma: its dictionary form, lower case, with a particle after a space (`carry out`).
        pos: "verb", "noun" or "adjective".
        sentence: the sentence around it.
        fillers: its sides, in text order.
        negated: under a negation of its own (`not`, `never`, `no`, `without`).
        auxiliaries: lemmas of modals and semi-modals over it (`may`, `would`, `will`, `be going to`), in order.
        tense: "past", "present", "future" or "".
        heading: stands in a headline or subhead.
        quoted: stands inside quotation marks.
        rules: names of the rules that made it.
        learned: what a learned tagger heard in the trigger: headings with their probabilities, the likeliest first;
            empty when it heard nothing, None when no tagger has read the text.
        begin: where its clause begins, with its subject's determiners and its auxiliaries; None for a noun.
    """

    trigger: Where
    lemma: str
    pos: str
    sentence: Where
    fillers: tuple[Filler, ...] = ()
    negated: bool = False
    auxiliaries: tuple[str, ...] = ()
    tense: str = ""
    heading: bool = False
    quoted: bool = False
    rules: tuple[str, ...] = ()
    learned: tuple[tuple[str, float], ...] | None = None
    begin: int | None = None


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """Point at a number with a meaning: `about 6,000`, `a third`, `two to three`.

    Attributes:
        where: the number with its modifier, without its unit.
        value: the exact value, or None when there are only bounds.
        minimum, maximum: bounds, or None.
        modifier: the words that make it vague (`about`, `at least`), "" if none.
        unit: what is counted or measured, in the text's words (`soldiers' remains`, `day`, `ordinal`).
        head: the word that the number measures or modifies; equals `where` when there is none.
        sentence: the sentence around it.
        rules: names of the rules that made it.
    """

    where: Where
    value: float | None
    minimum: float | None
    maximum: float | None
    modifier: str
    unit: str
    head: Where
    sentence: Where
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Point at an expression of time; `value` is ISO 8601 by the publication date, None if it can't be resolved."""

    where: Where
    value: str | None
    sentence: Where
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """Hold all that was found in one article, in text order; the end of the text side.

    Empty text gives empty tuples.
    """

    document_id: str
    sentences: tuple[Where, ...] = ()
    mentions: tuple[Mention, ...] = ()
    chains: tuple[Chain, ...] = ()
    links: tuple[Link, ...] = ()
    offices: tuple[Office, ...] = ()
    frames: tuple[Frame, ...] = ()
    quantities: tuple[QuantityMention, ...] = ()
    times: tuple[TimeMention, ...] = ()
