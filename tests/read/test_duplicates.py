from datetime import date
from pathlib import Path

import pytest

from kgbuild.read import read
from kgbuild.read.dateline import Dateline, dateline_of
from kgbuild.read.duplicates import copies, retellings, text_of
from tests.read.pages import write

ROOT = Path(__file__).parents[2]
WORDS = (
    "The council of the harbour town voted on Monday to build a new pier for the ferries that cross the strait each "
    "morning. Its members had argued about the cost for eleven years. The mayor said that the first stone would be "
    "laid before winter and that fishermen could keep their berths. A group of residents wants to go to court because "
    "the pier would stand in front of the old lighthouse. The builders expect to need three summers for the work."
)
OTHER = (
    "Bakers in the capital closed their shops for a day to protest against the price of flour. Their guild says that "
    "one in five will give up by spring unless the ministry pays a part of the bill for gas. Hundreds of them marched "
    "from the old mill to the parliament with white aprons. The minister of farming promised to meet them on Thursday."
)


def test_a_copy_with_small_edits_repeats_the_original(tmp_path: Path) -> None:
    edited = (
        WORDS.replace("Monday", "Tuesday").replace("eleven", "12").replace("wants to go", "is going") + " It rained."
    )
    write(tmp_path, "a.txt", f"Town votes for pier\n{WORDS}\n")
    write(tmp_path, "b.txt", f"A new pier at last\nHARBOUR (AP) - {edited}\n")
    write(tmp_path, "c.txt", f"Bakers on the street\n{OTHER}\n")
    first, copy, other = read([tmp_path]).documents
    assert copy.duplicate_of == first.id
    assert copy.paragraphs == ()
    assert other.duplicate_of is first.duplicate_of is None


def test_of_two_copies_the_earlier_published_is_the_original(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", f"Town votes for pier\n{WORDS}\n")
    write(tmp_path, "b.txt", f"Town votes\n{WORDS.replace('Monday', 'Tuesday')}\n")
    write(tmp_path, "sources.toml", '["a.txt"]\npublished = 2025-06-03\n["b.txt"]\npublished = 2025-06-01\n')
    late, early = read([tmp_path]).documents
    assert (early.duplicate_of, late.duplicate_of) == (None, early.id)


def test_an_article_that_goes_on_is_not_emptied_for_the_short_one() -> None:
    short, long = text_of("short", [WORDS], None), text_of("long", [WORDS, OTHER, OTHER[::-1]], None)
    assert copies([short, long]) == copies([long, short]) == {"short": "long"}


def test_chains_of_copies_lead_to_one_that_stays() -> None:
    texts = [
        text_of(str(n), [WORDS.replace("Monday", day)], None) for n, day in enumerate(("Monday", "Friday", "Sunday"))
    ]
    assert copies(texts) == {"1": "0", "2": "0"}


@pytest.mark.parametrize("words", ["", "Talks ended.", " ".join(WORDS.split()[:30])])
def test_short_texts_are_compared_word_by_word_only(words: str) -> None:
    assert copies([text_of("a", [words], None), text_of("b", [words], None)]) == {}


def test_seeds_000_and_003_retell_one_story_and_no_others_do() -> None:
    documents = read([ROOT / "seeds"]).documents
    stories = {one.source_file[:3]: one.wire_story for one in documents if one.wire_story}
    assert stories.keys() == {"000", "003"}
    assert len(set(stories.values())) == 1
    assert all(story.startswith("wire-story/") for story in stories.values() if story)


def test_quotations_alone_make_no_common_story() -> None:
    said = f"“{WORDS}” she said. "
    assert retellings([text_of("a", [said + OTHER], None), text_of("b", [said + OTHER[::-1]], None)]) == {}


@pytest.mark.parametrize(("day", "together"), [(5, True), (6, False)])
def test_articles_far_apart_in_time_retell_nothing_together(day: int, together: bool) -> None:
    texts = [
        text_of("a", [WORDS], date(2025, 6, 2)),
        text_of("b", [f"{WORDS} {OTHER} {OTHER[::-1]}"], date(2025, 6, day)),
    ]
    assert bool(retellings(texts)) is together


@pytest.mark.parametrize(
    ("words", "place", "agency"),
    [
        ("SEOUL, South Korea — The leaders met.", "SEOUL, South Korea", ""),
        ("SEOUL, South Korea (AP) — The leaders met.", "SEOUL, South Korea", "AP"),
        ("KYIV, June 2 (Reuters) - Talks ended.", "KYIV", "Reuters"),
        ("Paris (AFP) – Talks ended.", "Paris", "AFP"),
        ("(Reuters) - Talks ended.", "", "Reuters"),
        ("NEW YORK/LONDON, 2 June 2025 (Reuters) - Talks ended.", "NEW YORK/LONDON", "Reuters"),
        ("WASHINGTON: The minister spoke.", "WASHINGTON", ""),
        ("Talks - The minister spoke.", "", ""),
        ("The talks (in Paris) - They ended.", "", ""),
        ("It ended.", "", ""),
        ("", "", ""),
    ],
)
def test_datelines_tell_place_and_agency(words: str, place: str, agency: str) -> None:
    assert dateline_of(words) == Dateline(place, agency)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Talks end\n\nKYIV, June 2 (Reuters) - Talks ended on Monday.\n", "KYIV, June 2 (Reuters) - "),
        ("Talks end\n\n(Reuters) - Talks ended on Monday.\n", "(Reuters) - "),
        ("Talks end\n\nTalks ended on Monday.\n\nKYIV - They went on.\n", None),
    ],
)
def test_a_document_knows_where_its_dateline_stands(tmp_path: Path, text: str, line: str | None) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (document,) = read([tmp_path]).documents
    assert (None if document.dateline is None else document.dateline.of(document.text)) == line
