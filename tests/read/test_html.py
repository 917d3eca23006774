# ruff: noqa: E501 - markup is easier to read unbroken
import json
from datetime import date
from pathlib import Path

import pytest

from kgbuild.model import SectionKind
from kgbuild.read import Reading, read
from kgbuild.read.elements import load_elements
from kgbuild.read.html import html_layout
from tests.read.pages import paragraphs_of, read_text, write

FIRST = "Dock workers in the harbour ended their strike on Monday after a night of talks, the union said."
SECOND = "They had asked for higher wages, shorter nights and a new canteen, and they got two of the three."
THIRD = "Work begins again on Tuesday, when the first of the waiting ships is to be unloaded by noon."
TITLE = "Harbour strike ends after night of talks"
BODY = f"<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
KEPT = [TITLE, FIRST, SECOND, THIRD]


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html lang=en><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"


def read_page(folder: Path, body: str | bytes, head: str = "") -> Reading:
    return read_text(folder, page(body, head) if isinstance(body, str) else body, "page.html")


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav><a href=/>Home</a><p>Everything that you always wanted to know about the world.</p></nav>",
        "<div class='cookie-banner'><p>We value the privacy of all who visit and keep as little as we can.</p></div>",
        "<div id=newsletterSignup><p>Get the most important stories of the day in your inbox.</p></div>",
        "<footer><p>Registered in England and Wales, number 1234, office at 1 Fleet Street.</p></footer>",
        "<aside><h3>Most read</h3><ol><li><a href=/a>Ferry service resumes</a></ol></aside>",
        "<ul><li><a href=/a>Ferry service resumes</a><li><a href=/b>New bridge opens</a></ul>",
        "<script>var words = 'Nobody reads what a script says, not even this.';</script>",
        "<div style='display: none'><p>Nobody sees what is hidden by its style, not even this.</p></div>",
        "<div hidden><p>Nobody sees what is hidden by its attribute, not even this.</p></div>",
        "<form><p>Tell us what you think about this page and what you miss.</p><input></form>",
        "<table><tr><td>Year</td><td>Ships</td></tr><tr><td>2024</td><td>12</td></tr></table>",
        "<div class=related-posts><h3>Related</h3><p><a href=/a>Ferry service resumes</a></p><p>Ferries sail.</p></div>",
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_furniture_is_cut_wherever_it_stands(furniture: str, above: bool, tmp_path: Path) -> None:
    reading = read_page(tmp_path, furniture + BODY if above else BODY + furniture)
    assert len(reading.documents) == 1
    assert paragraphs_of(reading) == KEPT


def test_offsets_point_into_the_extracted_text(tmp_path: Path) -> None:
    (document,) = read_page(tmp_path, f"<nav>Menu</nav>{BODY}").documents
    assert len(document.text_hash) == 64
    assert document.text_hash != document.content_hash
    for where in document.paragraphs:
        assert document.text[where.begin : where.end] in KEPT
    assert "Menu" in document.text, "what is cut can be seen too"


def test_a_text_file_needs_no_extracted_text(tmp_path: Path) -> None:
    assert read_text(tmp_path, f"{TITLE}\n{FIRST}\n").documents[0].text_hash == ""


def test_an_element_that_holds_the_text_is_no_furniture_whatever_it_is_called(tmp_path: Path) -> None:
    assert paragraphs_of(read_page(tmp_path, f"<div class='sidebar-left share'>{BODY}</div>")) == KEPT


def test_inline_marks_and_breaks_do_not_split_words(tmp_path: Path) -> None:
    body = f"<h1>{TITLE}</h1><p>Dock <b>work</b>ers ended<br>their <a href=/s>strike</a>.&nbsp;It was late.</p>"
    assert paragraphs_of(read_page(tmp_path, body))[1:] == ["Dock workers ended", "their strike. It was late."]


def test_what_stands_outside_the_article_element_is_cut(tmp_path: Path) -> None:
    teaser = "<div><p>Ferries sailed again on Tuesday after three days of storm in the strait, the port said.</p></div>"
    assert paragraphs_of(read_page(tmp_path, f"<main><article>{BODY}</article></main>{teaser}")) == KEPT


def test_a_related_piece_with_text_of_its_own_is_an_article(tmp_path: Path) -> None:
    other = "Ferries sailed again on Tuesday after three days of storm, and all berths of the port were open by noon."
    more = "The company said that tickets for Monday stay good until the end of the month for all who waited."
    related = f"<section class='relatedStories'><h3>Ferry service resumes</h3><p>{other}</p><p>{more}</p></section>"
    main, piece = read_page(tmp_path, BODY + related).documents
    assert piece.sections[0].kind is SectionKind.RELATED
    assert (piece.title, piece.part_of) == ("Ferry service resumes", main.part_of)
    assert piece.published is None


def test_posts_of_a_live_blog_are_articles_with_their_own_times(tmp_path: Path) -> None:
    posts = "".join(
        f"<article class=liveblog-post><time datetime=2025-06-0{day}T10:00>10:00</time><p>{text}</p></article>"
        for day, text in ((2, FIRST), (3, SECOND), (4, THIRD))
    )
    head = '<meta property="article:published_time" content="2025-06-02T06:00:00Z">'
    intro, *documents = read_page(
        tmp_path, f"<main><h1>{TITLE}</h1><p>Follow it here.</p>{posts}</main>", head
    ).documents
    assert intro.title == TITLE
    assert [one.published for one in documents] == [date(2025, 6, day) for day in (2, 3, 4)]
    assert [one.text[one.paragraphs[0].begin : one.paragraphs[0].end] for one in documents] == [FIRST, SECOND, THIRD]
    assert {one.part_of for one in documents} == {intro.part_of}


@pytest.mark.parametrize("word", ["Help", "Privacy", "Careers", "Archive"])
def test_a_word_of_menus_between_paragraphs_is_a_subhead(word: str, tmp_path: Path) -> None:
    assert paragraphs_of(read_text(tmp_path, f"{TITLE}\n{FIRST}\n{word}\n{SECOND}\n{word}\n"))[2] == word
    assert (
        paragraphs_of(read_page(tmp_path, f"<h1>{TITLE}</h1><p>{FIRST}</p><h2>{word}</h2><p>{SECOND}</p>"))[2] == word
    )


def test_a_word_of_menus_at_the_end_is_cut(tmp_path: Path) -> None:
    assert paragraphs_of(read_text(tmp_path, f"{TITLE}\n{FIRST}\n{SECOND}\nHelp\nPrivacy\n")) == [TITLE, FIRST, SECOND]


MALFORMED = {
    "no end tags": f"<h1>{TITLE}<p>{FIRST}<p>{SECOND}<p>{THIRD}",
    "crossed": f"<b><h1>{TITLE}</b></h1><i><p>{FIRST}</i></p><p>{SECOND}</div></p></span><p>{THIRD}",
    "two bodies": f"<body><h1>{TITLE}</h1><p>{FIRST}</p></body><body><p>{SECOND}</p><p>{THIRD}</p>",
    "open quote": f'<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><a href="x>',
    "open comment": f"<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><!-- never closed",
    "nul": f"<h1>{TITLE}</h1>\x00<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>",
    "deep": "<div>" * 5000 + f"<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>",
}


@pytest.mark.parametrize("case", [case for case in MALFORMED if case != "deep"])
def test_malformed_markup_is_read_all_the_same(case: str, tmp_path: Path) -> None:
    assert paragraphs_of(read_page(tmp_path, MALFORMED[case].encode())) == KEPT


def test_a_page_that_is_nested_without_end_costs_only_itself(tmp_path: Path) -> None:
    write(tmp_path, "deep.html", MALFORMED["deep"])
    write(tmp_path, "good.html", page(BODY))
    assert [one.source_file for one in read([tmp_path]).documents][-1] == "good.html"


@pytest.mark.parametrize("data", [b"", b"<html>", b"<!-- -->", b"<script>x</script>", b"\x00\x00", b"\xff\xfe"])
def test_a_page_without_text_is_told(data: bytes, tmp_path: Path) -> None:
    (failure,) = read([write(tmp_path, "a.html", data)]).failures
    assert "is a page without any text" in str(failure)


GREEK = "Zürich — “naïve” talks"


@pytest.mark.parametrize(
    ("encoding", "declared", "note"),
    [
        ("utf-8", "utf-8", ""),
        ("utf-8", "iso-8859-1", ""),
        ("utf-8-sig", "", ""),
        ("cp1252", "windows-1252", ""),
        ("cp1252", "iso-8859-1", ""),
        ("cp1252", "utf-8", "its encoding is not utf-8 as declared; read as cp1252"),
        ("cp1252", "", "its encoding is not declared; read as cp1252"),
        ("cp1252", "klingon", "its encoding is not klingon as declared; read as cp1252"),
        ("cp1252", "base64", "its encoding is not base64 as declared; read as cp1252"),
        ("utf-16", "", ""),
    ],
)
def test_the_encoding_is_found_whatever_is_declared(encoding: str, declared: str, note: str) -> None:
    meta = f"<meta charset={declared}>" if declared else ""
    layout = html_layout(f"<head>{meta}</head><p>{GREEK}</p>".encode(encoding), "", load_elements())
    assert [block.words for block in layout.blocks] == [GREEK]
    assert layout.complaints == ((note,) if note else ())


def ld(**values: object) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **values}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


OG = (
    '<meta property="og:title" content="O"><meta property="article:published_time" content="2025-06-02T23:00:00-05:00">'
)


def test_metadata_of_json_ld(tmp_path: Path) -> None:
    head = ld(
        headline="J",
        datePublished="2025-06-01T10:00:00Z",
        author=[{"name": "Ann Lee"}, {"name": "Bob Ray"}],
        publisher={"@type": "Organization", "name": "Example Press"},
        url="https://example.org/a",
    )
    (one,) = read_page(tmp_path, BODY, head + OG).documents
    assert (one.title, one.published, one.creator) == ("J", date(2025, 6, 1), "Ann Lee, Bob Ray")
    assert (one.publisher, one.url) == ("Example Press", "https://example.org/a")
    assert (one.date_source, one.date_certainty) == ("JSON-LD", "stated")


@pytest.mark.parametrize(
    ("head", "body", "day", "source"),
    [
        (ld(datePublished="2025-06-01") + OG, BODY, 1, "JSON-LD"),
        ("<script type='application/ld+json'>{broken</script>" + OG, BODY, 2, "OpenGraph"),
        ("<meta name=pubdate content=20250603>", f"<time datetime=2025-06-03>x</time>{BODY}", 3, "meta elements"),
        (
            "",
            f"<time class=updated datetime=2025-06-09>x</time><time datetime=2025-06-04>x</time>{BODY}",
            4,
            "a time element",
        ),
        ("", f"<h1>{TITLE}</h1><p>Published: June 5, 2025</p><p>{FIRST}</p><p>{SECOND}</p>", 5, "the page's own lines"),
        ("<link rel=canonical href='https://example.org/2025/06/06/talks'>", BODY, 6, "the address"),
    ],
)
def test_dates_are_taken_in_the_order_of_trust(head: str, body: str, day: int, source: str, tmp_path: Path) -> None:
    (document,) = read_page(tmp_path, body, head).documents
    assert (document.published, document.date_source) == (date(2025, 6, day), source)
    assert document.date_certainty == ("inferred" if source == "the address" else "stated")


def test_dates_that_disagree_are_told(tmp_path: Path) -> None:
    reading = read_page(tmp_path, f"<time datetime=2025-06-09>x</time>{BODY}", OG)
    assert reading.documents[0].date_certainty == "contradicted"
    assert any("published 2025-06-02 by OpenGraph, but 2025-06-09 by a time element" in note for note in reading.notes)


def test_a_day_of_difference_is_a_time_zone(tmp_path: Path) -> None:
    reading = read_page(tmp_path, f"<time datetime=2025-06-03>x</time>{BODY}", OG)
    assert (reading.documents[0].date_certainty, reading.notes) == ("stated", ())


def test_sources_toml_settles_a_contradiction(tmp_path: Path) -> None:
    write(tmp_path, "sources.toml", '["page.html"]\npublished = 2025-06-20\n')
    reading = read_page(tmp_path, f"<time datetime=2025-06-09>x</time>{BODY}", OG)
    assert reading.documents[0].published == date(2025, 6, 20)
    assert (reading.documents[0].date_certainty, reading.notes) == ("stated", ())


def test_a_table_beside_the_files_is_trusted_before_the_page(tmp_path: Path) -> None:
    write(tmp_path, "sources.csv", "file,published,publisher\npage.html,2025-06-02,Example Press\nb.html,soon,\n")
    reading = read_page(tmp_path, BODY, OG)
    assert reading.documents[0].publisher == "Example Press"
    assert reading.documents[0].date_source == "the table beside it"
    (failure,) = reading.failures
    assert ":3: T003 `soon` is no date" in str(failure)


def test_rules_of_a_folder_of_ones_own_are_used(tmp_path: Path) -> None:
    cues = tmp_path / "own" / "cues"
    cues.mkdir(parents=True)
    (cues / "elements.tsv").write_text("kind\tword\nfurniture\todd\n", encoding="utf-8")
    path = write(
        tmp_path, "page.html", page(f"<div class=odd><p>{THIRD}</p></div><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p>")
    )
    (document,) = read([path], ontology=tmp_path / "own").documents
    assert THIRD not in [where.of(document.text) for where in document.paragraphs]


def test_a_menu_is_cut_in_one_piece_and_can_be_seen(tmp_path: Path) -> None:
    menu = "<nav>" + "".join(f"<ul><li><a href=/{n}>Desk {n}</a><script>x</script></ul>" for n in range(50)) + "</nav>"
    (page_read,) = read_page(tmp_path, menu + BODY).pages
    first = page_read.sections[0]
    assert (first.kind, first.rule) == (SectionKind.BOILERPLATE, "html-nav")
    assert first.where.of(page_read.text).splitlines() == [f"Desk {n}" for n in range(50)]


def test_a_menu_inside_an_element_of_an_odd_name_is_cut_all_the_same(tmp_path: Path) -> None:
    menu = "<nav><ul><li>World</li><li>Ships and their crews</li></ul></nav>"
    assert paragraphs_of(read_page(tmp_path, f"<div class=sidebar>{menu}{BODY}</div>")) == KEPT
