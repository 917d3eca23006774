import pytest

from kgbuild.model import Where
from kgbuild.read.blocks import ink, plain_blocks

WRAPPED = """HARBOUR STRIKE ENDS AFTER A NIGHT OF TALKS BETWEEN THE DOCK WORKERS AND
THE PORT

ROTTERDAM, June 2 - Dock workers ended their strike on Monday, the union
said, after talks that had lasted the whole night and most of the morning
in the harbour office.

The union had asked for higher wages, shorter nights and a new canteen,
and it got two of the three.
    The port's director said that work would begin again on Tuesday, when
the first of the waiting ships is to be unloaded.

- First, the wages of all dock workers rise by four per cent in July.
- Second, no night is longer than seven hours.
"""


def texts(text: str) -> list[str]:
    return [block.where.of(text) for block in plain_blocks(text)]


def words(text: str) -> list[str]:
    return [block.words for block in plain_blocks(text)]


def test_a_line_is_a_paragraph_with_or_without_empty_lines() -> None:
    text = "Headline\nFirst sentence.\n\n\nSecond sentence.\n"
    assert texts(text) == ["Headline", "First sentence.", "Second sentence."]
    assert [block.gap for block in plain_blocks(text)] == [0, 0, 2]


def test_wrapped_lines_are_joined() -> None:
    found = words(WRAPPED)
    assert len(found) == 6
    assert found[0].endswith("DOCK WORKERS AND THE PORT")
    assert found[1].startswith("ROTTERDAM, June 2 - Dock workers")
    assert found[1].endswith("in the harbour office.")
    assert found[3].startswith("The port's director")
    assert found[4].startswith("- First")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems_count(end: str) -> None:
    text = WRAPPED.replace("\n", end)
    assert words(text) == words(WRAPPED)
    for block in plain_blocks(text):
        assert " ".join(block.where.of(text).split()) == block.words


def test_short_lines_that_are_sentences_are_not_joined() -> None:
    text = "The talks ended.\nBoth sides left the city.\nNo date was set.\nThe next round is open.\n"
    assert len(texts(text)) == 4


def test_short_headings_above_long_paragraphs_are_not_joined() -> None:
    text = (
        "Truce\nBoth sides differ\n" + "The talks went on for hours and hours. " * 5 + "\nSanctions\nMore are meant.\n"
    )
    assert len(texts(text)) == 5


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("\ufeffKyiv.", "Kyiv."),
        ("\t Kyiv.\u00a0\u200b", "Kyiv."),
        ("\x01Kyiv\x02.\x03", "Kyiv\x02."),
        ("Kyiv\u2028", "Kyiv"),
    ],
)
def test_white_and_invisible_characters_at_the_ends_are_left_out(text: str, kept: str) -> None:
    where = ink(text, Where(0, len(text)))
    assert where is not None
    assert where.of(text) == kept


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\ufeff", "\u200e\u200f"])
def test_no_ink_no_blocks(text: str) -> None:
    assert plain_blocks(text) == []


def test_a_very_long_paragraph_is_one_block() -> None:
    text = "The talks went on. " * 20_000
    assert len(plain_blocks(text)) == 1
