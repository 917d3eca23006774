import pytest

from kgbuild.read.repeats import fingerprint, plain_words, repeats_within, shingles

LONG = (
    "Ferries sailed again on Tuesday after the storm and the port of Esbjerg said that all berths were open once more"
)


def test_quotation_marks_case_and_encoding_do_not_matter() -> None:
    assert fingerprint(["“Çırağan” wasn’t OPEN."]) == fingerprint(['"C\u0327ırag\u0306an"', "wasn't open"])


def test_other_words_are_another_text() -> None:
    assert fingerprint(["a b"]) != fingerprint(["ab"])
    assert fingerprint([]) == fingerprint(["..."])


@pytest.mark.parametrize(("text", "count"), [("", 0), ("a b", 1), ("a b c d e", 1), ("a b c d e f g", 3)])
def test_shingles_are_runs_of_five(text: str, count: int) -> None:
    assert len(shingles([text])) == count


@pytest.mark.parametrize(
    ("pieces", "repeats"),
    [
        ([], {}),
        (["main", LONG], {}),
        (["main", LONG, LONG], {2: 1}),
        (["main", LONG, LONG.replace("Tuesday", "Monday").upper()], {}),
        (["main", f"{LONG} on Tuesday", LONG.upper()], {2: 1}),
        (["main", LONG, f"{LONG} {LONG[::-1]} {LONG}"], {1: 2}),
        (["main", LONG, LONG, LONG], {2: 1, 3: 1}),
        ([LONG, LONG], {1: 0}),
        ([LONG[:40], LONG], {}),
    ],
)
def test_repeats_on_one_page(pieces: list[str], repeats: dict[int, int]) -> None:
    assert repeats_within([[piece] for piece in pieces]) == repeats


def test_one_changed_word_in_a_long_text_is_still_a_repeat() -> None:
    words = [f"word{n}" for n in range(100)]
    changed = [*words[:50], "other", *words[51:]]
    assert repeats_within([["main"], [" ".join(words)], [" ".join(changed)]]) == {2: 1}


def test_words_keep_their_apostrophes() -> None:
    assert plain_words("Xi’s, ‘so’") == ["xi's", "so"]
