from datetime import date

import pytest

from kgbuild.read.templates import compile_wording, date_of

LISTS = {"pet": ("cat", "big dog"), "sign": (":", "|")}


def matches(wording: str, words: str) -> bool:
    return compile_wording(wording, LISTS).fullmatch(words) is not None


@pytest.mark.parametrize(
    ("wording", "words"),
    [
        ("Back to [the] top", "back to top"),
        ("Back to [the] top", "Back to the  top"),
        ("(Share|Tweet) this", "tweet this"),
        ("Don't miss", "Don’t miss"),
        ("Mid-May", "Mid–May"),
        ("{number} {pet}", "3 big dogs"[:-1]),
        ("{number} min ago", "an min ago"),
        ("{pet*}", "cat, big dog | cat"),
        ("By {creator}", "By Ana de Souza, John O'Neill and Çağla Yıldız"),
        ("{date}", "Mon, 2nd June 2025"),
        ("{date}", "Sept. 3, 2024"),
        ("{date}", "03/06/2025"),
        ("{time}", "10:15 pm GMT"),
        ("{hashtags}", "#Kyiv #Київ"),
        ("call {phone}", "call +44 20 7946 0000"),
        ("see {address}", "see https://example.org/a?b=c"),
        ("see {address}", "see jo.fox@example.org"),
        ("{signs}", "* * *"),
        ("Read ... now", "Read now"),
        ("Read ... now", "Read all of it now"),
        ("more {sign} ...", "more : of it"),
        (r"\[x\]", "[x]"),
        ("a|b", "b"),
    ],
)
def test_wordings_match_what_they_say(wording: str, words: str) -> None:
    assert matches(wording, words)


@pytest.mark.parametrize(
    ("wording", "words"),
    [
        ("Back to [the] top", "Back to them top"),
        ("Photo [...]", "Photos of it"),
        ("Read ... now", "Reader knows now"),
        ("{pet}", "cats"),
        ("By {creator}", "By the river"),
        ("{number} ago", "many ago"),
        ("{phone}", "100000"),
        ("{date}", "June 2025"),
        ("{signs}", "- a"),
    ],
)
def test_wordings_match_no_more(wording: str, words: str) -> None:
    assert not matches(wording, words)


@pytest.mark.parametrize("wording", ["{nobody}", "[open", "(open", "close)", "{published} {published}"])
def test_a_wording_that_makes_no_sense_is_refused(wording: str) -> None:
    with pytest.raises(ValueError, match=r"unknown|do not match"):
        compile_wording(wording, LISTS)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Friday, July 21, 2017", date(2017, 7, 21)),
        ("2 June 2025", date(2025, 6, 2)),
        ("1st Jan. 2024", date(2024, 1, 1)),
        ("2025-06-02", date(2025, 6, 2)),
        ("2025/06/02", date(2025, 6, 2)),
        ("Sept 30, 2024", date(2024, 9, 30)),
        ("31 June 2025", None),
        ("2025-13-02", None),
        ("02/06/2025", None),
        ("June 2025", None),
        ("", None),
    ],
)
def test_dates_are_read_when_they_are_whole_and_clear(words: str, day: date | None) -> None:
    assert date_of(words) == day
