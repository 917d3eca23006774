"""What the passes of coreference look at besides the mentions: sentences, links, offices, quotations."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kgbuild.extract.coreference.clusters import Clusters
from kgbuild.extract.sites import Site
from kgbuild.extract.words import Word
from kgbuild.knowledge.cues import Cues
from kgbuild.knowledge.gazetteer import Gazetteer
from kgbuild.knowledge.institutions import Institutions
from kgbuild.model import Link, MentionKind, Office, Where


@dataclass(frozen=True, slots=True)
class Context:
    """Hold the article's mentions and all that tells about them.

    Attributes:
        sites: the mentions, in text order; their places are the indices used everywhere.
        clusters: the chains so far, which the passes join further.
        links: constructions between mentions.
        offices: titles of persons.
        sentence_of: number of the sentence that each mention stands in, counted over the article.
        quoted: for each mention inside a quotation, the index of the mention of who speaks, if known.
        names: the mentions that are names.
    """

    sites: Sequence[Site]
    clusters: Clusters
    links: Sequence[Link]
    offices: Sequence[Office]
    cues: Cues
    gazetteer: Gazetteer
    institutions: Institutions
    sentence_of: Sequence[int]
    quoted: dict[int, int | None] = field(default_factory=dict)
    names: Sequence[int] = field(init=False, repr=False)
    _links_of: dict[int, list[Link]] = field(init=False, repr=False)
    _at: dict[Word, list[int]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        links_of: dict[int, list[Link]] = {}
        for link in self.links:
            links_of.setdefault(link.head, []).append(link)
        object.__setattr__(self, "_links_of", links_of)
        names = [i for i, one in enumerate(self.sites) if one.mention.kind is MentionKind.NAME]
        object.__setattr__(self, "names", names)
        at: dict[Word, list[int]] = {}
        for i, one in enumerate(self.sites):
            at.setdefault(one.top, []).append(i)
        object.__setattr__(self, "_at", at)

    def at(self, word: Word) -> Sequence[int]:
        """Give the mentions that stand in their clause by *word*, in text order."""
        return self._at.get(word, ())

    def dependents(self, head: int, *kinds: str) -> list[int]:
        """Give the mentions that are joined to *head* by links of these kinds, in text order."""
        return [link.dependent for link in self._links_of.get(head, ()) if link.kind in kinds]


def sentence_numbers(sites: Sequence[Site]) -> list[int]:
    """Number the sentences that mentions stand in, from 0, in text order."""
    order: dict[Where, int] = {}
    for where in sorted({s.mention.sentence for s in sites}):
        order[where] = len(order)
    return [order[s.mention.sentence] for s in sites]
