"""Holds the articles of all files against one another: which repeat which, and which retell one agency text."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from kgbuild.model import Document, Section, SectionKind, mint
from kgbuild.read.duplicates import copies, retellings, text_of

_Rank = tuple[bool, date, str, str, int]


def across(
    documents: Sequence[tuple[str, Document]], prints: Mapping[str, tuple[str, Sequence[str]]]
) -> list[Document]:
    """Empty the articles that repeat one of another file, and name the agency text that others retell together.

    Of equal articles the one that a page is about is the original, before related pieces; then the one published first;
    then the one whose file sorts first. So the choice does not depend on the order of the files.

    Args:
        documents: the articles, each with the path of its file.
        prints: id of an article -> digest of its words, and its paragraphs.
    """
    by_id = {document.id: document for _, document in documents}
    ranked = sorted((pair for pair in documents if pair[1].duplicate_of is None), key=lambda pair: _rank(*pair))
    repeats = _equal([document for _, document in ranked], prints)
    left = [document for _, document in ranked if document.id not in repeats]
    texts = [text_of(document.id, prints[document.id][1], document.published) for document in left]
    near = copies(texts)
    # what repeats a copy repeats the original; a copy within its own page has been told already
    repeats = {one: near.get(original, original) for one, original in repeats.items()} | near
    stories = retellings([text for text in texts if text.key not in near])
    return [_told(document, repeats, stories, by_id) for _, document in documents]


def _equal(ranked: Sequence[Document], prints: Mapping[str, tuple[str, Sequence[str]]]) -> dict[str, str]:
    """Tell which articles have the very words of another."""
    alike: dict[str, list[Document]] = defaultdict(list)
    for document in ranked:
        alike[prints[document.id][0]].append(document)
    return {repeat.id: original.id for original, *others in alike.values() for repeat in others}


def _rank(path: str, document: Document) -> _Rank:
    """Order articles by how readily they are taken for the original."""
    related = document.sections[0].kind is not SectionKind.ARTICLE
    return related, document.published or date.max, document.source_file, path, document.sections[0].where.begin


def _told(
    document: Document, repeats: Mapping[str, str], stories: Mapping[str, str], by_id: Mapping[str, Document]
) -> Document:
    """Write down what was found about one article."""
    if document.id in repeats:
        return _emptied(document, repeats[document.id])
    if document.duplicate_of is not None:
        return replace(document, duplicate_of=repeats.get(document.duplicate_of, document.duplicate_of))
    first = stories.get(document.id)
    if first is None:
        return document
    name = by_id[first].title or by_id[first].source_file
    return replace(document, wire_story=mint("wire-story", name, first))


def _emptied(document: Document, original: str) -> Document:
    """Turn an article into a repeat of the article *original*: nothing in it is read."""
    sections = tuple(Section(one.where, SectionKind.DUPLICATE, "repeated-file") for one in document.sections)
    return replace(document, sections=sections, paragraphs=(), headings=frozenset(), duplicate_of=original, markup=())
