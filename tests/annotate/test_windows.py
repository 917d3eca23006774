"""Windows cover all words in order, end at likely sentence ends, and words become arrays that fit together."""

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from kgbuild.annotate.features import SHAPES, shape_ids, shape_of, suffix_ids
from kgbuild.annotate.windows import FRAME_SHAPE, cut_windows, encode, pieces_of

TEXT = ("One two three . Four , five six ! " * 30).split()


@pytest.fixture
def tokenizer():
    vocabulary = {w: n for n, w in enumerate(["[UNK]", "[CLS]", "[SEP]", "talk", "##s", "in", "kyiv", "."])}
    made = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 - a piece, no password
    made.normalizer = BertNormalizer(lowercase=True)
    made.pre_tokenizer = BertPreTokenizer()
    return made


@pytest.mark.parametrize("limit", [1, 3, 7, 20, 64, 1000])
def test_windows_cover_every_word_once(limit):
    windows = cut_windows(TEXT, [1] * len(TEXT), limit)
    assert [n for begin, end in windows for n in range(begin, end)] == list(range(len(TEXT)))
    assert all(end - begin <= limit for begin, end in windows)


def test_windows_end_after_sentences():
    windows = cut_windows(TEXT, [1] * len(TEXT), 20)
    assert all(TEXT[end - 1] in {".", "!"} for _, end in windows)


def test_a_closing_quotation_mark_stays_with_its_sentence():
    words = [*"He said : “ We go . ” Then he went away".split()]
    assert cut_windows(words, [1] * len(words), 9)[0] == (0, 8)


def test_a_word_longer_than_the_limit_is_a_window():
    assert cut_windows(["a", "bbbb", "c"], [1, 9, 1], 4) == [(0, 1), (1, 2), (2, 3)]


def test_no_words_no_windows():
    assert cut_windows([], [], 10) == []


def test_every_word_has_a_piece(tokenizer):
    assert pieces_of(["Talks", "\u200d", "Kyiv"], tokenizer) == [[3, 4], [0], [6]]
    assert pieces_of([], tokenizer) == []


def test_arrays_of_a_window_fit_together(tokenizer):
    words = ["Talks", "in", "Kyiv", "."]
    array = encode(words, [True, True, True, False], pieces_of(words, tokenizer), (1, 2))
    assert array.pieces.tolist() == [1, 3, 4, 5, 6, 7, 2]
    assert array.first.tolist() == [1, 3, 4, 5]
    assert array.last.tolist() == [2, 3, 4, 5]
    assert array.piece_shapes[0] == array.piece_shapes[-1] == FRAME_SHAPE
    assert array.shapes[3] % 2 == 1
    assert array.shapes[1] % 2 == 0


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("talks", "lower"),
        ("Kyiv", "Title"),
        ("NATO", "UPPER"),
        ("U.S.", "dotted"),
        ("2025", "digits"),
        ("McCain", "mixedCase"),
        ("F-16", "Upper+digits"),
        ("17th", "lower+digits"),
        ("(", "opening"),
        ("%", "symbol"),
        ("...", "stop"),
    ],
)
def test_shapes(word, shape):
    assert shape_of(word) == shape


def test_the_first_capital_says_less():
    ids = shape_ids(["“", "Talks", "Kyiv"])
    assert [SHAPES[n] for n in ids] == ["quote", "Title-first", "Title"]


def test_endings_are_the_same_in_every_process():
    assert suffix_ids(["talks", "WALKS"]).tolist() == np.array([suffix_ids(["alks"])[0]] * 2).tolist()
