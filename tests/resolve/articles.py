"""Articles made by hand for resolving: things with a name, a class and what else an article says of them."""

from kgbuild.knowledge import Knowledge
from kgbuild.model import Chain, EntityType, Extraction, Link, Mention, MentionKind, Office, Where
from kgbuild.resolve import resolve

Thing = tuple[str, EntityType, str]


def article(
    name: str, *things: Thing, offices: dict[str, str] | None = None, behind: dict[str, str] | None = None
) -> Extraction:
    """Make an extraction in which each thing is named once.

    Args:
        name: of the article.
        things: text, class and key of the gazetteer each.
        offices: lemma of a title by the text of who bears it.
        behind: text of the larger place by the text of the place that it stands behind after a comma.
    """
    mentions, chains, begin = [], [], 0
    for number, (text, kind, key) in enumerate(things):
        where = Where(begin, begin + len(text))
        mentions.append(Mention(where, text, MentionKind.NAME, kind, where, text, where))
        chains.append(Chain((number,), kind, text, True, key))
        begin += len(text) + 1
    place = {text: number for number, (text, _, _) in enumerate(things)}
    return Extraction(
        f"article/{name}",
        mentions=tuple(mentions),
        chains=tuple(chains),
        links=tuple(
            Link("comma", place[one], place[other], mentions[place[one]].where) for one, other in (behind or {}).items()
        ),
        offices=tuple(Office(place[one], mentions[place[one]].where, title) for one, title in (offices or {}).items()),
    )


def person(text: str) -> Thing:
    return (text, EntityType.PERSON, "")


def body(text: str, key: str = "") -> Thing:
    return (text, EntityType.ORGANIZATION, key)


def city(text: str, key: str = "") -> Thing:
    return (text, EntityType.CITY, key)


def country(text: str, key: str) -> Thing:
    return (text, EntityType.COUNTRY, key)


def ids(known: Knowledge, *articles: Extraction) -> list[str]:
    """Give the local names of the IRIs of all things, article by article."""
    resolution = resolve(articles, known)
    return [resolution.entity_of[a.document_id, n] for a in articles for n in range(len(a.chains))]
