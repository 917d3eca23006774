"""What a cue before a colon introduces: `The minister said:`, then paragraphs of his, with or without quotation marks.

News quotes such a statement with a mark at the head of each paragraph, press releases without any. Without marks it is
told where it ends by who speaks: a statement speaks of itself as `I` and `we`, and ends before a headline and where the
article takes the word again (`He added:`).
"""

import re
from collections.abc import Iterator, Sequence

from kgbuild.interpret.article import Article
from kgbuild.interpret.reporting import SPEECH, before_colon, speakers
from kgbuild.model import Frame, Where

_OPENS = ("“", '"', "«", "„", "‘")
_ITEM = re.compile(r"[•·▪*–-]\s|\(?\d{1,2}[.)]\s")
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|my|My|our|Our|us|me)\b(?!\.)")


def statements(article: Article, cues: Sequence[Frame]) -> dict[Where, list[Where]]:
    """Find what follows the last cue of each paragraph that ends in a colon: its trigger -> the paragraphs."""
    last = {frame.sentence: frame for frame in sorted(cues, key=lambda frame: frame.trigger)}
    found = {}
    for frame in last.values():
        if before_colon(article, frame):
            following = list(_following(article, frame))
            if following:
                found[frame.trigger] = following
    return found


def is_quoted(article: Article, paragraph: Where) -> bool:
    """Tell whether a paragraph begins with a quotation."""
    return paragraph.of(article.document.text).lstrip().startswith(_OPENS)


def _following(article: Article, frame: Frame) -> Iterator[Where]:
    """Give the paragraphs of a statement."""
    after = [where for where in article.document.paragraphs if where.begin >= frame.sentence.end]
    near: list[Where] = []
    for paragraph in after:
        if paragraph in article.document.headings or _takes_the_word(article, frame, paragraph):
            break
        near.append(paragraph)
    if near and is_quoted(article, near[0]):
        for paragraph in near:
            if not is_quoted(article, paragraph):
                return
            yield paragraph
        return
    own = [number for number, paragraph in enumerate(near) if _is_own(article, paragraph)]
    items = next((n for n, where in enumerate(near) if not _ITEM.match(where.of(article.document.text))), len(near))
    yield from near[: max([1, items, *(number + 1 for number in own)])]


def _is_own(article: Article, paragraph: Where) -> bool:
    return _FIRST_PERSON.search(paragraph.of(article.document.text)) is not None


def _takes_the_word(article: Article, cue: Frame, paragraph: Where) -> bool:
    """Tell whether a paragraph reports of the same speaker once more, and so is none of his."""
    own = set(speakers(article, cue))
    for frame in article.frames:
        if paragraph.contains(frame.trigger) and frame.lemma in SPEECH and not frame.quoted and frame.tense:
            first = any(f.side == "subject" and article.text(f) in ("i", "we") for f in frame.fillers)
            if not first and (before_colon(article, frame) or own & set(speakers(article, frame))):
                return True
    return False
