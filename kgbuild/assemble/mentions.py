"""Where things stand in the text: a mention is its article, its offsets and its kind, and may be of several things.

A span that names two things at once (`both sides`) is one mention node with two `kg:mentionOf`: the characters are
there once, and both things are named by them. The same holds for a word that triggers two events.

The sentence around a mention is a node of its own, a `nif:Sentence` with offsets and characters but without
`kg:mentionOf`. A sentence holds some five to ten mentions; to repeat its characters with each would make up most of
the file, and one node more lets a query go from a mention to all that its sentence says.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from kgbuild.assemble.ledger import Ledger, decimal
from kgbuild.model import Iri, Literal, MentionKind, Where
from kgbuild.rdf import KG, NIF, TYPE, integer


@dataclass(slots=True)
class _Pointing:
    """Gather what one mention is of, and why."""

    things: set[Iri] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)
    score: float = 0.0


class Mentions:
    """Gather the mentions of one article, and write each of them once.

    Args:
        ledger: takes the triples.
        sentences: the sentences of the article, none inside another.
    """

    def __init__(self, ledger: Ledger, sentences: Iterable[Where]) -> None:
        self._ledger = ledger
        self._sentences = sorted(set(sentences))
        self._found: dict[tuple[Where, MentionKind], _Pointing] = {}
        self._written: dict[Where, Iri] = {}

    def point(
        self, thing: Iri, where: Iterable[Where], kind: MentionKind, rules: Iterable[str] = (), score: float = 1.0
    ) -> None:
        """Note that *thing* stands at each place of *where*; of two scores for one place the higher stays."""
        for place in where:
            pointing = self._found.setdefault((place, kind), _Pointing())
            pointing.things.add(thing)
            pointing.rules.update(rules)
            pointing.score = max(pointing.score, score)

    def write(self) -> None:
        """Write all that was noted into the ledger, with the sentences that hold it."""
        for (place, kind), pointing in self._found.items():
            mention = self._string("mention", KG("Mention"), place, f"_{kind}")
            say = self._ledger.say
            say(mention, KG("mentionKind"), Literal(kind.value))
            say(mention, KG("mentionOf"), *pointing.things)
            say(mention, KG("rule"), *(Literal(rule) for rule in pointing.rules))
            if pointing.score < 1:
                say(mention, KG("score"), decimal(round(pointing.score, 4)))
            sentence = self._around(place)
            if sentence is not None:
                if sentence not in self._written:
                    self._written[sentence] = self._string("sentence", NIF("Sentence"), sentence, "")
                say(mention, KG("sentence"), self._written[sentence])

    def _string(self, room: str, class_: Iri, where: Where, suffix: str) -> Iri:
        """Write a stretch of characters and give its IRI."""
        ledger = self._ledger
        article = ledger.document.id.partition("/")[2].replace("/", "_") or ledger.document.id
        string = ledger.iri(f"{room}/{article}_{where.begin}_{where.end}{suffix}")
        ledger.say(string, TYPE, class_)
        ledger.say(string, KG("inArticle"), ledger.article)
        ledger.say(string, NIF("beginIndex"), integer(where.begin))
        ledger.say(string, NIF("endIndex"), integer(where.end))
        ledger.say(string, NIF("anchorOf"), Literal(where.of(ledger.document.text)))
        return string

    def _around(self, place: Where) -> Where | None:
        """Find the sentence that *place* begins in; None when it begins between sentences."""
        index = bisect_right(self._sentences, place.begin, key=lambda sentence: sentence.begin) - 1
        if index < 0 or self._sentences[index].end <= place.begin:
            return None
        return self._sentences[index]
