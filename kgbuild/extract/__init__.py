"""From a parse to what an article mentions, who is the same, and how things stand to one another.

    passages -names, nominals, pronouns-> mentions -links, offices, coreference-> chains -clauses-> frames

This is the end of the text side: nothing of spaCy leaves it.
"""

from collections.abc import Sequence

from spacy.tokens import Doc

from kgbuild.extract.clauses import find_frames, known_words
from kgbuild.extract.coreference import (
    Clusters,
    Context,
    agree_on_acronyms,
    agree_on_types,
    leave_shared_names,
    resolve_coreference,
    sentence_numbers,
)
from kgbuild.extract.links import find_links
from kgbuild.extract.names import find_names, surnames_of
from kgbuild.extract.nominals import find_nominals, find_pronouns
from kgbuild.extract.offices import find_offices
from kgbuild.extract.passage import Passage, passages
from kgbuild.extract.quantities import find_quantities
from kgbuild.extract.sites import Site, in_order
from kgbuild.extract.speakers import quoted_speakers
from kgbuild.extract.standing import settle_standing
from kgbuild.extract.times import find_times
from kgbuild.knowledge import Knowledge
from kgbuild.model import Document, Extraction, Where

__all__ = ["extract"]


def extract(document: Document, docs: Sequence[Doc], knowledge: Knowledge) -> Extraction:
    """Find what *document* mentions and says.

    Args:
        document: the article.
        docs: one parse a paragraph, Universal Dependencies labels.
        knowledge: names, cues and institutions.

    Returns:
        Mentions in text order, chains, links, offices, frames, quantities and times, each with the rules that made
        it. An article without paragraphs gives an empty extraction.
    """
    read = passages(document, docs)
    known = known_words(knowledge)
    for passage in read:
        passage.put_verbs_right(known["verb"])
    sites = find_mentions(read, knowledge)
    links = find_links(sites, knowledge.links)
    offices = find_offices(sites, links, knowledge.cues)
    context = Context(
        sites=sites,
        clusters=Clusters(sites),
        links=links,
        offices=offices,
        cues=knowledge.cues,
        gazetteer=knowledge.gazetteer,
        institutions=knowledge.institutions,
        sentence_of=sentence_numbers(sites),
        quoted=quoted_speakers(read, sites, knowledge.cues),
    )
    chains = resolve_coreference(context)
    mentions = tuple(s.mention for s in sites)
    times = find_times(read, document.published, knowledge.measures)
    quantities = find_quantities(read, times, knowledge.measures)
    return Extraction(
        document_id=document.id,
        sentences=_sentences(read),
        mentions=mentions,
        chains=chains,
        links=links,
        offices=offices,
        frames=find_frames(read, mentions, known, quantities),
        quantities=quantities,
        times=times,
    )


def find_mentions(read: Sequence[Passage], knowledge: Knowledge) -> list[Site]:
    """Find all mentions of an article, in text order, with the tokens they stand on."""
    surnames = surnames_of(read, knowledge.gazetteer, knowledge.cues)
    calendar = frozenset(word.lower() for word in (*knowledge.measures.weekdays, *knowledge.measures.months))
    sites: list[Site] = []
    for passage in read:
        names = find_names(passage, knowledge.gazetteer, knowledge.cues, surnames, calendar)
        nominals = find_nominals(passage, knowledge.cues, knowledge.institutions, names)
        pronouns = list(find_pronouns(passage, knowledge.cues))
        sites += settle_standing([*names, *nominals, *pronouns], knowledge.gazetteer, knowledge.cues)
    return agree_on_types(leave_shared_names(agree_on_acronyms(in_order(sites)), knowledge.gazetteer))


def _sentences(read: Sequence[Passage]) -> tuple[Where, ...]:
    return tuple(sentence.place for passage in read for sentence in passage.sentences if sentence.text.strip())
