"""What an article says: events with their roles, relations, claims, quantities and times.

Nothing here sees a parse. Frames come from the text side, what they mean from `ontology/frames/`, who is who from the
resolution; here they become statements, each with the characters it stands on and the rules that made it.
"""

from kgbuild.interpret.article import read_article
from kgbuild.interpret.attribution import attribute, name_authors
from kgbuild.interpret.claims import find_claims
from kgbuild.interpret.events import find_events
from kgbuild.interpret.measures import interpret_measures, measured_events
from kgbuild.interpret.relations import interpret_relations
from kgbuild.knowledge import Knowledge
from kgbuild.model import Document, Extraction, Interpretation, Resolution

__all__ = ["interpret"]


def interpret(
    document: Document, extraction: Extraction, resolution: Resolution, knowledge: Knowledge
) -> Interpretation:
    """Read one article's extraction as facts.

    Args:
        document: the article.
        extraction: what the text side found in it.
        resolution: who is who over all articles of the build.
        knowledge: frames, cues and names.

    Returns:
        Everything that the article says; an article without paragraphs says nothing.
    """
    relations, positions = interpret_relations(document, extraction, resolution, knowledge)
    article = read_article(document, extraction, resolution, knowledge)
    events = find_events(article)
    claims = name_authors(find_claims(article, events), relations, resolution.entities)
    relations, claims = attribute(relations, positions, claims, extraction.sentences)
    measured = measured_events(extraction, events.id_of)
    quantities, times = interpret_measures(document, extraction, resolution, knowledge, measured)
    return Interpretation(
        document=document,
        extraction=extraction,
        events=events.events,
        relations=relations,
        positions=positions,
        claims=claims,
        quantities=quantities,
        times=times,
    )
