"""Keeps the ids of pages apart that have the same name and the very same bytes.

Ids are minted from name and content, so that they hold wherever a file lies. Two files of one name and content, in
different folders, would have the same; they alone get a salt from where they lie, as little as tells them apart.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from kgbuild.model import Document
from kgbuild.read.files import distinguish
from kgbuild.read.pages import Place, ReadPage, article_ids, page_id


def salts(places: Iterable[Place]) -> dict[Place, str]:
    """Tell which pages need a salt and which; the order of *places* does not matter.

    Whoever has too many places to hold may ask for those of each name and content by themselves, and need not ask at
    all for a page that shares both with no other.

    >>> one, two = (Place("a.txt", "0a1b", f"/news/{day}/a.txt", f"{day}/a.txt", 0) for day in ("mon", "tue"))
    >>> salts([one, two]) == {one: "mon", two: "tue"}, salts([one])
    (True, {})
    """
    alike: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in places:
        alike[place.name, place.content_hash].append(place)
    found: dict[Place, str] = {}
    for group in alike.values():
        ordered = sorted(group, key=lambda place: (place.path, place.number))
        seen: Counter[str] = Counter()
        for place, folder in zip(ordered, distinguish([Path(place.real) for place in ordered]), strict=True):
            # an archive may hold one member twice, and two links may lead to files of one folder
            seen[folder] += 1
            salt = f"{folder}#{seen[folder]}" if seen[folder] > 1 else folder
            if salt:
                found[place] = salt
    return found


def salted(page: ReadPage, salt: str) -> tuple[Document, ...]:
    """Give the documents of a page their final ids; those that they have are final where *salt* is empty."""
    if not salt:
        return page.documents
    name, content_hash = page.place.name, page.place.content_hash
    begins = [one.sections[0].where.begin for one in page.documents]
    ids = article_ids(name, content_hash, salt, begins)
    renamed = {before.id: after for before, after in zip(page.documents, ids, strict=True)}
    return tuple(
        replace(
            one,
            id=renamed[one.id],
            part_of=one.part_of and page_id(name, content_hash, salt),
            duplicate_of=one.duplicate_of and renamed[one.duplicate_of],
        )
        for one in page.documents
    )
