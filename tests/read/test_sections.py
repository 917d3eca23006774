from pathlib import Path

import pytest

from kgbuild.read.blocks import plain_blocks
from kgbuild.read.sections import is_heading
from tests.read.pages import paragraphs_of, read_text, sections_of

BODY = "The two sides met in Geneva on Monday and agreed on a list of prisoners to be set free."


def cut(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    return sections_of(read_text(tmp_path, text))


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("Agreement details", True),
        ("List of 'abducted' children", True),
        ("What comes next?", True),
        ("Russia proposes two ceasefire options", True),
        ("The talks ended.", False),
        ("Minister Ellwood said:", False),
        ("“We agreed,” he said", True),
        ("“Will it hold?”", False),
        ("He said “no.”", False),
        ("- 1,000 prisoners", False),
        ("and so it went on", False),
        (" ".join(["Word"] * 21), False),
    ],
)
def test_headings_are_short_and_do_not_end(line: str, heading: bool) -> None:
    (block,) = plain_blocks(line)
    assert is_heading(block) is heading


def test_subheads_stay_in_the_article(tmp_path: Path) -> None:
    reading = read_text(tmp_path, f"Talks end\n{BODY}\nTruce\n{BODY[:-1]}, they said.\n")
    document = reading.documents[0]
    assert [where.of(document.text) for where in sorted(document.headings)] == ["Talks end", "Truce"]
    assert [kind for kind, _ in sections_of(reading)] == ["article"]


def test_a_share_bar_that_says_comments_does_not_swallow_the_article(tmp_path: Path) -> None:
    sections = cut(tmp_path, f"Talks end in Geneva\nA list was agreed on.\nComments\n{BODY}\n{BODY[:-1]} soon.\n")
    assert [kind for kind, _ in sections] == ["article", "boilerplate", "article"]


def test_what_readers_wrote_is_cut(tmp_path: Path) -> None:
    sections = cut(tmp_path, f"Talks end in Geneva\n{BODY}\n2 Comments\nJohn\n2 hours ago\nI do not believe it.\n")
    assert [kind for kind, _ in sections] == ["article", *["boilerplate"] * (len(sections) - 1)]
    assert "believe" in sections[-1][1]


def test_a_list_of_links_is_cut_and_a_piece_below_it_read(tmp_path: Path) -> None:
    links = "Read next\nFerries are back\nStorm passes\n\n"
    assert cut(tmp_path, f"Talks end in Geneva\n{BODY}\n{links}Strike over at port\nIt ended today.\n") == [
        ("article", f"Talks end in Geneva\n{BODY}"),
        ("boilerplate", "Read next"),
        ("boilerplate", "Ferries are back\nStorm passes"),
        ("related", "Strike over at port\nIt ended today."),
    ]


@pytest.mark.parametrize(
    "card",
    [
        "Example Press\n31 minutes ago\n- Example Press\nFerries are back",
        "Example Press · 2h ago\nFerries are back",
        "\nFerries are back\nExample Press\n3 hours ago",
    ],
)
def test_cards_of_several_shapes_begin_a_piece(card: str, tmp_path: Path) -> None:
    reading = read_text(tmp_path, f"Talks end in Geneva\n{BODY}\n\n{card}\nFerries sailed again on Tuesday.\n")
    main, related = reading.documents
    assert main.title == "Talks end in Geneva"
    assert (related.title, related.publisher) == ("Ferries are back", "Example Press")
    assert paragraphs_of(reading, 1) == ["Ferries are back", "Ferries sailed again on Tuesday."]


def test_a_card_above_the_text_is_the_articles_own(tmp_path: Path) -> None:
    reading = read_text(tmp_path, f"Talks end in Geneva\n31 minutes ago\n{BODY}\n")
    assert [kind for kind, _ in sections_of(reading)] == ["article", "boilerplate", "article"]
    assert len(reading.documents) == 1


def test_datelines_stay(tmp_path: Path) -> None:
    line = "SEOUL, South Korea — The leaders met on Thursday."
    assert paragraphs_of(read_text(tmp_path, f"Leaders meet\n{line}\n")) == ["Leaders meet", line]


def test_a_headline_that_is_repeated_is_read_once(tmp_path: Path) -> None:
    sections = cut(tmp_path, f"Talks end in Geneva\n\nTalks end in Geneva\n\n{BODY}\n")
    assert [kind for kind, _ in sections] == ["article", "duplicate", "article"]


def test_a_long_sentence_that_is_repeated_is_read_once(tmp_path: Path) -> None:
    sections = cut(tmp_path, f"Talks end in Geneva\n{BODY} It was late.\n{BODY} Rain fell.\n")
    assert ("duplicate", BODY) in sections
    assert sections[-1] == ("article", "Rain fell.")


def test_similar_news_lines_all_stay(tmp_path: Path) -> None:
    lines = [
        f"At least {count} people are killed in a landslide near the town of Batang Kali." for count in (21, 24, 26)
    ]
    assert paragraphs_of(read_text(tmp_path, "\n".join(lines))) == lines


@pytest.mark.parametrize("last", ["Ferries are back", "Ferry"])
def test_links_after_furniture_at_the_end_are_cut(last: str, tmp_path: Path) -> None:
    sections = cut(tmp_path, f"Talks end in Geneva\n{BODY}\nBack to top\n{last}\n")
    assert [kind for kind, _ in sections] == ["article", "boilerplate", "boilerplate"]


def test_last_words_without_a_full_stop_stay(tmp_path: Path) -> None:
    assert paragraphs_of(read_text(tmp_path, f"Talks end in Geneva\n{BODY}\nThe ministry declined to comment\n"))[
        -1
    ] == ("The ministry declined to comment")


def test_a_text_of_headlines_alone_is_an_article(tmp_path: Path) -> None:
    assert paragraphs_of(read_text(tmp_path, "Talks end\nFerries are back\n")) == ["Talks end", "Ferries are back"]


def test_a_kicker_is_not_the_headline(tmp_path: Path) -> None:
    reading = read_text(tmp_path, f"BREAKING TALKS\nTalks end in Geneva after a night\n{BODY}\n")
    assert reading.documents[0].title == "Talks end in Geneva after a night"
    assert sections_of(reading)[0] == ("boilerplate", "BREAKING TALKS")
