"""What a cue before a colon introduces: `The minister said:`, then paragraphs of his, with or without quotation marks.

News quotes such a statement with a mark at the head of each paragraph, press releases without any. Without marks it is
told where it ends by who speaks: a statement speaks of itself as `I` and `we`, and ends before a headline and where the
article takes the word again (`He added:`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kgbuild.interpret.article import Article
from kgbuild.interpret.reporting import SPEECH, before_colon, speakers
from kgbuild.model import Frame, Where

_ITEM = re.compile(r"[•·▪*–-]\s|\(?\d{1,2}[.)]\s")
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|my|My|our|Our|us|me)\b(?!\.)")


@dataclass(frozen=True, slots=True)
class Statement:
    """Hold what a cue introduces: quotations, or else the stretch of the paragraphs without marks."""

    quotations: tuple[Where, ...] = ()
    text: Where | None = None


def statements(article: Article, cues: Sequence[Frame], quoted: Sequence[Where]) -> dict[Where, Statement]:
    """Find what follows the last cue of each paragraph that ends in a colon, by the cue's trigger.

    Args:
        article: the article.
        cues: the frames that attribute.
        quoted: the quotations of all paragraphs.
    """
    last = {frame.sentence: frame for frame in sorted(cues, key=lambda frame: frame.trigger)}
    found = {}
    for frame in last.values():
        following = _following(article, frame) if before_colon(article, frame) else []
        if following and _begins_quoted(article, following[0], quoted):
            marked = list(_marked(article, following, quoted))
            found[frame.trigger] = Statement(tuple(q for where in marked for q in quoted if where.contains(q)))
        elif following:
            own = _unmarked(article, following)
            found[frame.trigger] = Statement(text=Where(own[0].begin, own[-1].end))
    return found


def _following(article: Article, frame: Frame) -> list[Where]:
    """List the paragraphs after a cue up to a headline, or to where the article takes the word again."""
    near: list[Where] = []
    for paragraph in article.document.paragraphs:
        if paragraph.begin < frame.sentence.end:
            continue
        if paragraph in article.document.headings or _takes_the_word(article, frame, paragraph):
            break
        near.append(paragraph)
    return near


def _marked(article: Article, paragraphs: Sequence[Where], quoted: Sequence[Where]) -> Iterator[Where]:
    """Give the paragraphs for as long as each begins with a quotation."""
    for paragraph in paragraphs:
        if not _begins_quoted(article, paragraph, quoted):
            return
        yield paragraph


def _unmarked(article: Article, paragraphs: Sequence[Where]) -> Sequence[Where]:
    """Give the first paragraph, the items of a list, and all up to the last that speaks of itself."""
    own = [number for number, paragraph in enumerate(paragraphs) if _is_own(article, paragraph)]
    text = article.document.text
    items = next((n for n, where in enumerate(paragraphs) if not _ITEM.match(where.of(text))), len(paragraphs))
    return paragraphs[: max([1, items, *(number + 1 for number in own)])]


def _begins_quoted(article: Article, paragraph: Where, quoted: Sequence[Where]) -> bool:
    """Tell whether a quotation begins right behind the first sign of a paragraph, its mark."""
    words = paragraph.of(article.document.text)
    first = paragraph.begin + len(words) - len(words.lstrip())
    return any(span.begin == first + 1 for span in quoted)


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
