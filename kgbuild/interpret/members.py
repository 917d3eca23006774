"""Who is meant by a plural: the members that the text names beside it take part where the plural does."""

from collections.abc import Iterator

from kgbuild.interpret.article import Article
from kgbuild.interpret.roles import ROLES, Draft, Ref
from kgbuild.model import MentionKind

_NAMING = frozenset({"list", "naming", "apposition", "predicate"})
_INCLUDING = frozenset({"including", "include", "like", "such"})


def add_members(article: Article, draft: Draft) -> None:
    """Add to each role the members of the plurals that fill it.

    `allies including Russia`, `the candidates elected were Gary Chan and Eunice Yung`, `the regions of Luhansk and
    Kherson`. What is included is added whatever it is; a list or a predicate only where it gives names.
    """
    for filler in article.frames[draft.frame].fillers:
        if filler.mention is None:
            continue
        chains = set(article.chains_at(filler)) | set(article.chains_of.get(filler.mention, ()))
        for role in ROLES:
            held = {ref.number for ref in draft.roles.get(role, ()) if ref.kind == "chain"}
            if held & chains:
                for member in _members(article, filler.mention):
                    draft.add(role, Ref("chain", member))


def _members(article: Article, mention: int) -> Iterator[int]:
    """Give the chains of the members that stand beside a plural."""
    mentions = article.extraction.mentions
    plural = mentions[mention]
    if plural.kind is not MentionKind.NOMINAL:
        return
    for link in article.links_of.get(mention, ()):
        member = mentions[link.dependent]
        if link.kind == "preposition" and link.lemma in _INCLUDING:
            yield from article.chains_of.get(link.dependent, ())
        elif plural.number == "plural" and member.kind is MentionKind.NAME:
            alike = link.kind == "preposition" and link.lemma == "of" and member.type is plural.type
            if link.kind in _NAMING or alike:
                yield from article.chains_of.get(link.dependent, ())
