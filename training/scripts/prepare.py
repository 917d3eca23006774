"""Write the training data: every corpus as examples with settled labels.

Usage: prepare.py CORPORA GOLD OUT
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import gazetteers
import names
import spacy
import ud
from corpus import ANY, Example, write
from gazetteers import Gazetteers

from kgbuild.annotate.tokens import english_tokenizer

HELD_OUT_SILVER = {"w_homeopathic"}
_SILVER_TYPES = {
    "Person": "PER",
    "Organization": "ORG",
    "Country": "GPE",
    "City": "GPE",
    "Region": "GPE",
    "Facility": "FAC",
    "Place": "LOC",
    "Group": "GROUP",
    "Document": "MISC",
    "Weapon": "WEAPON",
    "NamedEvent": "EVENT",
}
_CROSSNER = {
    "politician": "PER",
    "person": "PER",
    "politicalparty": "ORG",
    "organisation": "ORG",
    "country": "GPE",
    "location": "LOC",
    "election": "EVENT",
    "event": "EVENT",
    "misc": "MISC",
}
_REDOCRED = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": "MISC"}
_GUM = {
    "person": "PER",
    "organization": "ORG",
    "place": "LOC",
    "event": "EVENT",
    "object": "MISC",
    "abstract": "MISC",
    "animal": "MISC",
    "plant": "MISC",
    "substance": "MISC",
}
_RENAMED = {
    "obl:npmod": "obl:unmarked",
    "obl:tmod": "obl:unmarked",
    "nmod:npmod": "nmod:unmarked",
    "nmod:tmod": "nmod:unmarked",
}


def uner_tags(path: Path) -> dict[str, tuple[list[str], list[str]]]:
    """Read a UNER file: words and tags by sentence id."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    key = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# sent_id"):
            key = line.split("=", 1)[1].strip()
            found[key] = ([], [])
        elif line and not line.startswith("#"):
            parts = line.split("\t")
            found[key][0].append(parts[1])
            found[key][1].append(parts[2] if parts[2] not in {"", "B-O", "I-O"} else "O")
    return found


def ewt(corpora: Path, part: str, places: Gazetteers) -> Iterator[Example]:
    """Read a part of EWT with UNER's names."""
    folder = corpora / "ud_english_ewt"
    uner = {k: v for path in sorted((corpora / "uner_english_ewt").glob("*.iob2")) for k, v in uner_tags(path).items()}
    for path in ud.files_of(folder, part):
        for doc, group in ud.paragraphs(path):
            example = ud.to_example(group, "ewt", doc)
            labels: list[str | int | None] = []
            for sentence in group:
                words = [row[1] for row in sentence.rows]
                known, tags = uner.get(sentence.comments["sent_id"], ([], []))
                if known != words:
                    labels.extend([ANY] * len(words))
                    continue
                spans = [s for b, e, k in names.spans_of(tags) for s in names.settle(words, b, e, k, places)]
                labels.extend(names.labels_for(words, spans, "uner", places, upos=[row[3] for row in sentence.rows]))
            example.layers["names"] = labels
            yield unify(example)


def gum(corpora: Path, part: str, places: Gazetteers, unnamed: set[str]) -> Iterator[Example]:
    """Read a part of GUM with its proper names; documents in `unnamed` come without names."""
    for path in ud.files_of(corpora / "ud_english_gum_open", part):
        for doc, group in ud.paragraphs(path):
            example = ud.to_example(group, "gum", doc)
            if path.stem not in unnamed:
                example.layers["names"] = [x for s in group for x in gum_names(s, places)]
            yield unify(example)


def unify(example: Example) -> Example:
    """Bring older relation names to those of the newer UD release."""
    example.layers["dep"] = [_RENAMED.get(str(d), d) for d in example.layers["dep"]]
    return example


def gum_names(sentence: ud.Sentence, places: Gazetteers) -> list[str | int | None]:
    """Find the proper names in a GUM sentence by its entity mentions and proper nouns."""
    rows = sentence.rows
    words = [row[1] for row in rows]
    spans: list[names.Span] = []
    timed: set[int] = set()
    taken: set[int] = set()
    for begin, end, kind, _, _ in sorted(ud.gum_mentions(rows), key=lambda m: m[1] - m[0]):
        if kind == "time":
            timed |= set(range(begin, end))
        if kind not in _GUM:
            continue
        head = next((n for n in range(begin, end) if not begin < int(rows[n][6]) <= end), begin)
        if rows[head][3] != "PROPN" or head in taken:
            continue
        left, right = _proper_run(rows, begin, end, head, of=kind in {"organization", "event", "object", "abstract"})
        if set(range(left, right)) & taken:
            left, right = _proper_run(rows, begin, end, head, of=False)
        if set(range(left, right)) & taken:
            continue
        taken |= set(range(left, right))
        spans += names.settle(words, left, right, _GUM[kind], places)
    inside = {n for b, e, _ in spans for n in range(b, e)}
    masked = {n for n, row in enumerate(rows) if row[3] == "PROPN" and n not in inside | timed | taken}
    return names.labels_for(words, spans, "gum", places, masked, [row[3] for row in rows])


def _proper_run(rows: list[list[str]], begin: int, end: int, head: int, of: bool) -> tuple[int, int]:
    """Extend a proper noun to the whole name around it, within a mention."""

    def fits(n: int) -> bool:
        return rows[n][3] == "PROPN" or (
            rows[n][1][:1].isupper() and rows[n][3] in {"ADJ", "NOUN", "NUM", "X", "VERB"} and n > 0
        )

    left, right = head, head + 1
    while left > begin and (
        fits(left - 1)
        or (
            rows[left - 1][1] in {"-", "–", "/"}
            and left - 1 > begin
            and fits(left - 2)
            and "SpaceAfter=No" in rows[left - 1][9]
        )
    ):
        left -= 1
    while right < end:
        if fits(right) or (rows[right][3] == "NUM" and rows[right][7] in {"nummod", "flat", "dep"}):
            right += 1
        elif rows[right][1] == "-" and right + 1 < end and fits(right + 1):
            right += 2
        elif of and rows[right][1].lower() in {"of", "for", "and"} and right + 1 < end:
            skip = right + 1 + (rows[right + 1][1].lower() == "the")
            if skip >= end or not fits(skip):
                break
            right = skip + 1
        else:
            break
    return left, right


def split_words(
    words: list[str], tags: list[str], tokenizer: spacy.tokenizer.Tokenizer
) -> tuple[list[str], list[str], list[bool]]:
    """Split a corpus's own words as our tokenizer would; parts inherit the tag; spaces are guessed."""
    out_words: list[str] = []
    out_tags: list[str] = []
    spaces: list[bool] = []
    opened = False
    for n, (word, tag) in enumerate(zip(words, tags, strict=True)):
        parts = [t.text for t in tokenizer(word) if not t.is_space] or [word]
        out_words += parts
        out_tags += [tag] + [("I" + tag[1:]) if tag != "O" else "O"] * (len(parts) - 1)
        following = words[n + 1] if n + 1 < len(words) else ""
        if word == '"':
            opened = not opened
        glued = word in "([$£€" or (word == '"' and opened) or word in {"-", "/"} or following in {"-", "/"}
        glued = (
            glued
            or (len(following) < 4 and bool(re.match(r"[.,;:!?)\]%]|'s|n't|’s|''", following)))
            or (following == '"' and opened)
        )
        spaces += [False] * (len(parts) - 1) + [not glued]
    return out_words, out_tags, spaces


def from_tags(
    corpus: str,
    doc: str,
    words: list[str],
    tags: list[str],
    kinds: dict[str, str],
    nlp: spacy.Language,
    places: Gazetteers,
) -> Example | None:
    """Make a names example of tagged words; None for nothing."""
    words, tags, spaces = split_words([w.replace("``", '"').replace("''", '"') for w in words], tags, nlp.tokenizer)
    if not words:
        return None
    spans = [s for b, e, k in names.spans_of(tags) if k in kinds for s in names.settle(words, b, e, kinds[k], places)]
    return Example(corpus, doc, words, spaces, {"names": names.labels_for(words, spans, corpus, places)})


def column_file(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Read a two-column file: words and tags of each sentence."""
    words, tags = list[str](), list[str]()
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        parts = line.split()
        if len(parts) >= 2:
            words.append(parts[0])
            tags.append(parts[-1])
        elif words:
            yield words, tags
            words, tags = [], []


def named_corpora(corpora: Path, nlp: spacy.Language, places: Gazetteers) -> Iterator[Example]:
    """Read the corpora that carry names only."""
    same = {k: k for k in ("PER", "ORG", "LOC", "MISC")}
    sources = [("wikigold", corpora / "wikigold/CONLL-format/data/wikigold.conll.txt", same)]
    sources += [("crossner", corpora / f"crossner/politics/{part}.txt", _CROSSNER) for part in ("train", "dev", "test")]
    for corpus, path, kinds in sources:
        for n, (words, tags) in enumerate(column_file(path)):
            made = from_tags(corpus, f"{path.stem}-{n}", words, tags, kinds, nlp, places)
            if made:
                yield made
    for part in ("dev", "test"):
        for document in json.loads((corpora / f"re-docred/{part}_revised.json").read_text(encoding="utf-8")):
            yield from redocred(document, nlp, places)


def redocred(document: dict[str, object], nlp: spacy.Language, places: Gazetteers) -> Iterator[Example]:
    """Read one Re-DocRED document, a sentence an example."""
    sents: list[list[str]] = document["sents"]  # type: ignore[assignment]
    tags = [["O"] * len(s) for s in sents]
    mentions = [m for v in document["vertexSet"] for m in v]  # type: ignore[attr-defined]
    for mention in sorted(mentions, key=lambda m: m["pos"][0] - m["pos"][1]):
        begin, end = mention["pos"]
        row = tags[mention["sent_id"]]
        if all(t == "O" for t in row[begin:end]):
            row[begin:end] = [f"B-{mention['type']}"] + [f"I-{mention['type']}"] * (end - begin - 1)
    for n, (words, row) in enumerate(zip(sents, tags, strict=True)):
        kept = [(w, t) for w, t in zip(words, row, strict=True) if w.strip()]
        made = from_tags(
            "redocred", f"{document['title']}-{n}", [w for w, _ in kept], [t for _, t in kept], _REDOCRED, nlp, places
        )
        if made:
            yield made


def silver(gold: Path, nlp: spacy.Language, places: Gazetteers) -> Iterator[Example]:
    """Read the silver news texts, a paragraph an example."""
    sys.path.insert(0, str(gold))
    from check import Gold  # type: ignore[import-not-found]

    for path in sorted((gold / "silver").glob("*.json")):
        if path.stem in HELD_OUT_SILVER:
            continue
        text = (gold / "silver/text" / f"{path.stem}.txt").read_text(encoding="utf-8")
        document = Gold(json.loads(path.read_text(encoding="utf-8")), text)
        found = [
            (*span, _SILVER_TYPES[e["type"]])
            for e in document.data["entities"]
            for m in e["mentions"]
            if m["kind"] == "name" and (span := document.span(m, e["id"]))
        ]
        skipped = [
            (document.segs[s["from"] - 1][0], document.segs[s["to"] - 1][1])
            for s in document.data.get("sections", [])
            if s["kind"] in {"boilerplate", "duplicate"}
        ]
        for match in re.finditer(r"[^\n]*\S[^\n]*", text):
            if not any(b <= match.start() and match.end() <= e for b, e in skipped):
                yield silver_paragraph(path.stem, match.start(), match.group(), found, nlp, places)


def silver_paragraph(
    doc: str, offset: int, text: str, found: list[tuple[int, int, str]], nlp: spacy.Language, places: Gazetteers
) -> Example:
    """Make an example of one silver paragraph."""
    tokens = [t for t in nlp.tokenizer(text) if not t.is_space]
    words = [t.text for t in tokens]
    spans: list[names.Span] = []
    taken: set[int] = set()
    for begin, end, kind in sorted(set(found), key=lambda s: s[0] - s[1]):
        inside = [n for n, t in enumerate(tokens) if t.idx + offset < end and t.idx + offset + len(t) > begin]
        if not inside or taken & set(inside) or not any(c.isupper() for n in inside for c in words[n]):
            continue
        taken |= set(inside)
        part = words[inside[0] : inside[-1] + 1]
        if kind == "GROUP":
            spans.append(
                (
                    inside[0],
                    inside[-1] + 1,
                    ["NORP"] if places.is_people(part[0]) and len(part) == 1 else ["NORP", "ORG"],
                )
            )
        elif kind == "GPE" and places.place_types(part) == ["LOC"]:
            spans.append((inside[0], inside[-1] + 1, ["LOC"]))
        else:
            spans += names.settle(words, inside[0], inside[-1] + 1, kind, places)
    labels = names.labels_for(words, spans, "silver", places)
    return Example("silver", doc, words, [bool(t.whitespace_) for t in tokens], {"names": labels})


def silver_in_gum(gold: Path) -> set[str]:
    """Name the GUM documents that are silver too, so that stage one does not see their names."""
    return {f"GUM_news_{p.stem[2:]}" for p in (gold / "silver").glob("w_*.json")}


def main(corpora: Path, gold: Path, out: Path) -> None:
    """Write all data files."""
    out.mkdir(parents=True, exist_ok=True)
    nlp = spacy.blank("en")
    nlp.tokenizer = english_tokenizer(nlp)
    places = gazetteers.load(corpora / "gazetteers")
    unnamed = silver_in_gum(gold)
    print(
        "ud_train",
        write([*ewt(corpora, "train", places), *gum(corpora, "train", places, unnamed)], out / "ud_train.jsonl"),
    )
    for part in ("dev", "test"):
        print(
            "ud",
            part,
            write([*ewt(corpora, part, places), *gum(corpora, part, places, set())], out / f"ud_{part}.jsonl"),
        )
    print("names", write(named_corpora(corpora, nlp, places), out / "names.jsonl"))
    print("silver", write(silver(gold, nlp, places), out / "silver.jsonl"))


if __name__ == "__main__":
    main(*(Path(a) for a in sys.argv[1:4]))
