from datetime import date
from pathlib import Path

import pytest

from kgbuild.read.markdown import markdown_blocks
from tests.read.pages import paragraphs_of, read_text

PAGE = """---
title: "Strike ends: what we know"
date: 2025-06-02
authors: [Anna Smith, Bob Jones]
publisher: Example Press
url: https://example.org/a
---

# Strike ends

**Dock workers** ended [their strike](https://example.org/b_(c) "so it *is*") on Monday,
the *union* said.

![A crane](crane.png)

## What next

> "We agreed," said Larsen,
> who leads the union.

* wages rise
* nights are shorter

```
not = prose
```

| a | b |
|---|---|
| 1 | 2 |

<div>html</div>

## Related articles

### Ferries are back

Ferries sailed again on Tuesday.

### Storm passes

The storm passed Esbjerg.
"""


def words(text: str) -> list[str]:
    return [block.words for block in markdown_blocks(text).blocks if not block.rule]


def test_front_matter_and_structure_are_read(tmp_path: Path) -> None:
    reading = read_text(tmp_path, PAGE, "a.md")
    main, ferries, storm = reading.documents
    assert (main.title, main.published) == ("Strike ends: what we know", date(2025, 6, 2))
    assert (main.publisher, main.creator) == ("Example Press", "Anna Smith, Bob Jones")
    assert main.url == "https://example.org/a"
    assert [where.of(main.text) for where in sorted(main.headings)] == ["Strike ends", "What next"]
    assert (ferries.title, storm.title) == ("Ferries are back", "Storm passes")


def test_words_come_without_signs_and_offsets_hold(tmp_path: Path) -> None:
    reading = read_text(tmp_path, PAGE, "a.md")
    main = reading.documents[0]
    said = [main.words(where) for where in main.paragraphs]
    assert [" ".join(line.split()) for line in said] == [
        "Strike ends",
        "Dock workers ended their strike on Monday, the union said.",
        "What next",
        '"We agreed," said Larsen, who leads the union.',
        "wages rise",
        "nights are shorter",
    ]
    for where, line in zip(main.paragraphs, said, strict=True):
        assert len(line) == where.length
        assert all(sign in (" ", main.text[where.begin + n]) for n, sign in enumerate(line))


@pytest.mark.parametrize("rule", ["front-matter", "code", "table", "html"])
def test_what_is_no_prose_is_boilerplate(rule: str, tmp_path: Path) -> None:
    (page,) = read_text(tmp_path, PAGE, "a.md").pages
    (section,) = [section for section in page.sections if section.rule == rule]
    assert section.kind.value == "boilerplate"


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("A *b* c", "A b c"),
        ("**Kyiv**-based", "Kyiv-based"),
        ('[Kyiv](a "b c"), [Lviv][1].\n\n[1]: https://e.org', "Kyiv, Lviv."),
        ("See <https://e.org/x> now", "See https://e.org/x now"),
        ("Snow \\*now\\* and AT&amp;T", "Snow *now* and AT&T"),
        ("`code` and ~~gone~~ text", "code and gone text"),
        ("![alt [x](y)](z) Words here", "Words here"),
        ("Line<br>break", "Linebreak"),
        ("Heading\n=======", "Heading"),
    ],
)
def test_inline_signs_are_seen_through(source: str, plain: str) -> None:
    assert words(source) == [plain]


def test_lines_too_long_to_be_wrapped_are_paragraphs_of_their_own() -> None:
    long = "The talks went on for many hours in the old palace by the water, and nobody outside knew how they stood."
    assert words(f"{long}\n{long}") == [long, long]
    assert words("A short line\nand the rest of it.") == ["A short line and the rest of it."]


@pytest.mark.parametrize(
    "front",
    ["---\n[broken\n---\n", "+++\nbroken\n+++\n", "---\n- a\n- b\n---\n"],
)
def test_broken_front_matter_is_noted_and_the_text_read(front: str, tmp_path: Path) -> None:
    reading = read_text(tmp_path, f"{front}\n# Talks end\n\nThe talks ended on Monday.\n", "a.md")
    assert paragraphs_of(reading) == ["Talks end", "The talks ended on Monday."]
    assert any("front matter" in note for note in reading.notes)


def test_toml_front_matter_counts(tmp_path: Path) -> None:
    text = '+++\ntitle = "T"\ndate = 2025-06-02T10:00:00Z\n+++\nThe talks ended.\n'
    (document,) = read_text(tmp_path, text, "a.md").documents
    assert (document.title, document.published) == ("T", date(2025, 6, 2))


def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "---\n\nThe talks ended.\n", "a.md")
    assert paragraphs_of(reading) == ["The talks ended."]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_all_systems_count(end: str, tmp_path: Path) -> None:
    plain = read_text(tmp_path / "a", PAGE, "a.md").documents
    other = read_text(tmp_path / "b", "\ufeff" + PAGE.replace("\n", end), "a.md").documents
    for one, two in zip(plain, other, strict=True):
        assert one.title == two.title
        assert [" ".join(one.words(w).split()) for w in one.paragraphs] == [
            " ".join(two.words(w).split()) for w in two.paragraphs
        ]


def test_a_page_saved_as_markdown_without_empty_lines_is_cut_as_text(tmp_path: Path) -> None:
    long = "Ferries sailed again on Tuesday after the storm, and the port of Esbjerg said all of its berths were open."
    card = "Example Press\n31 minutes ago\n- Example Press\nStorm over\n"
    text = f"Talks end in Geneva\n{long}\nRelated Articles\n\n\n{card}"
    plain = read_text(tmp_path / "a", f"{text}{long[:-1]} again.\n", "a.txt")
    marked = read_text(tmp_path / "b", f"{text}{long[:-1]} again.\n", "a.md")
    assert [one.title for one in marked.documents] == ["Talks end in Geneva", "Storm over"]
    for one, two in zip(plain.documents, marked.documents, strict=True):
        assert (one.paragraphs, one.headings, one.publisher) == (two.paragraphs, two.headings, two.publisher)


def test_a_line_in_bold_is_a_heading_without_its_stars(tmp_path: Path) -> None:
    (document,) = read_text(tmp_path, "# Talks end\n\n**Background**\n\nThe war began in 2022.\n", "a.md").documents
    assert [where.of(document.text) for where in sorted(document.headings)] == ["Talks end", "Background"]
