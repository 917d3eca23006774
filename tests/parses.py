"""Hand-built parses, so that rules are tested in milliseconds and without a trained model."""

from spacy.lang.en import English
from spacy.tokens import Doc

from kgbuild.model import Document, Section, SectionKind, Where

_VOCAB = English().vocab


def doc_of(table: str) -> Doc:
    """Build a parse from one line a word: `form lemma UPOS head deprel [Feats|_ [ENT]]`.

    `head` counts words from 1 through the whole table, 0 marks a root and so begins a sentence's tree. A form that
    ends in `^` is not followed by a space. ENT is an IOB tag (`B-PERSON`, `I-PERSON`); none means `O`. Lines that
    are empty are passed over.
    """
    rows = [line.split() for line in table.splitlines() if line.strip()]
    words = [row[0].removesuffix("^") for row in rows]
    heads = [int(row[3]) - 1 if int(row[3]) else index for index, row in enumerate(rows)]
    return Doc(
        _VOCAB,
        words=words,
        spaces=[not row[0].endswith("^") for row in rows],
        lemmas=[row[1] for row in rows],
        pos=[row[2] for row in rows],
        heads=heads,
        deps=["ROOT" if row[3] == "0" else row[4] for row in rows],
        morphs=["" if len(row) < 6 or row[5] == "_" else row[5] for row in rows],
        ents=[row[6] if len(row) > 6 else "O" for row in rows],
    )


def document_of(*docs: Doc, headings: frozenset[int] = frozenset(), **known: object) -> Document:
    """Build the article whose paragraphs are *docs*, one a line; *headings* are the numbers of those that head."""
    paragraphs: list[Where] = []
    begin = 0
    for doc in docs:
        paragraphs.append(Where(begin, begin + len(doc.text)))
        begin += len(doc.text) + 1
    text = "\n".join(doc.text for doc in docs)
    whole = Section(Where(0, len(text)), SectionKind.ARTICLE)
    return Document(
        id="article/test",
        source_file="test.txt",
        text=text,
        content_hash="0" * 64,
        sections=(whole,),
        paragraphs=tuple(paragraphs),
        headings=frozenset(paragraphs[n] for n in headings),
        **known,  # type: ignore[arg-type]
    )
