from pathlib import Path

import pytest
import yaml

from kgbuild.errors import DataError
from kgbuild.paths import ontology_dir
from kgbuild.read import check_furniture, load_furniture, read
from kgbuild.read.furniture import sentences
from tests.read.pages import write

RULES = yaml.safe_load((ontology_dir() / "cues" / "furniture.yaml").read_text(encoding="utf-8"))["rules"]
EXAMPLES = [(rule["id"], example) for rule in RULES for example in rule["cuts"]]
NEAR_MISSES = [(rule["id"], example) for rule in RULES for example in rule["keeps"]]
EVERYWHERE = frozenset({"top", "bottom", "end"})

RULE = {
    "id": "bell",
    "says": "A bell.",
    "line": ["Ring [the] bell"],
    "cuts": ["Ring the bell"],
    "keeps": ["Rings the bells"],
}
FILE = {"lists": {"pet": ["cat", "dog"]}, "rules": [RULE]}

BROKEN = {
    "R001": ('lists: {}\nrules: "x" y\n', 2),
    "R002": ("lists: {}\nrules:\n  - {id: a, says: b, cuts: [c], keeps: [d]}\n", 3),
    "R003": ("lists: {}\nrules:\n  - {id: a, says: b, line: [c], cuts: [c], keeps: [d], colour: e}\n", 3),
    "R004": ("lists: {}\nrules:\n  - {id: a, says: b, line: [c], cuts: [c], keeps: [d], place: left}\n", 3),
    "R005": (
        "lists: {}\nrules:\n  - id: a\n    says: b\n    line:\n    - '{pets} here'\n    cuts: [c]\n    keeps: [d]\n",
        6,
    ),
    "R006": ("lists: {}\nrules:\n" + "  - {id: a, says: b, line: [c], cuts: [c], keeps: [d]}\n" * 2, 4),
    "R007": ("lists: {}\nrules:\n  - {id: a, says: b, line: [c], keeps: [d],\n     cuts: [c, e]}\n", 4),
    "R008": ("lists: {}\nrules:\n  - {id: a, says: b, line: [c], cuts: [c],\n     keeps: [c]}\n", 4),
}


def load(folder: Path, **changes: object):
    return load_furniture(write(folder, "furniture.yaml", yaml.safe_dump({**FILE, "rules": [{**RULE, **changes}]})))


def test_there_are_many_rules_with_examples() -> None:
    assert len(RULES) >= 25
    assert len(EXAMPLES) >= 100
    assert len(NEAR_MISSES) >= 50


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_every_example_is_cut_by_all_rules_together(rule: str, example: str) -> None:
    furniture = load_furniture()
    assert furniture.whole(example, EVERYWHERE) or furniture.parts(example), rule


@pytest.mark.parametrize("code", BROKEN)
def test_each_fault_names_file_and_line(code: str, tmp_path: Path) -> None:
    content, line = BROKEN[code]
    path = write(tmp_path, "furniture.yaml", content)
    with pytest.raises(DataError) as caught:
        load_furniture(path)
    assert (caught.value.code, caught.value.line, caught.value.path) == (code, line, path)
    assert caught.value.remedy


@pytest.mark.parametrize("content", ["", "- a\n", "lists: {}\n", "lists: 3\nrules: []\n", "lists: {a: b}\nrules: []\n"])
def test_a_file_of_the_wrong_form_is_told(content: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"R00[24]"):
        load_furniture(write(tmp_path, "furniture.yaml", content))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="R001"):
        load_furniture(tmp_path / "gone.yaml")


@pytest.mark.parametrize(
    ("place", "cut_at"), [("top", {"top"}), ("bottom", {"bottom"}), ("end", {"end"}), ("anywhere", {"top", "bottom"})]
)
def test_a_rule_holds_only_in_its_place(place: str, cut_at: set[str], tmp_path: Path) -> None:
    furniture = load(tmp_path, place=place)
    for where in ("top", "bottom", "end"):
        found = furniture.whole("Ring bell", frozenset({where}))
        assert bool(found) is (where in cut_at or place == "anywhere")


@pytest.mark.parametrize("words", ["ring  the bell", "RING BELL", "• Ring the bell »", "Ring the bell."])
def test_case_space_and_ornaments_do_not_matter(words: str, tmp_path: Path) -> None:
    assert load(tmp_path).whole(words, EVERYWHERE)


def test_a_long_paragraph_is_never_furniture_as_a_whole(tmp_path: Path) -> None:
    furniture = load(tmp_path, starts=["Ring"])
    assert furniture.whole("Ring " * 20, EVERYWHERE)
    assert not furniture.whole("Ring " * 200, EVERYWHERE)


def test_a_sentence_is_cut_out_of_its_paragraph(tmp_path: Path) -> None:
    furniture = load(tmp_path, sentence=["Ring ... now"])
    words = "He came. Ring the old bell now. He left."
    assert [words[match.begin : match.end] for match in furniture.parts(words)] == ["Ring the old bell now."]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("A crane in the harbour. Image: Jo Fox.", "A crane in the harbour. "),
        ("A crane in the harbour. (Photo: Reuters)", "A crane in the harbour. "),
        ("A crane in the harbour [Jo Fox/Reuters]", ""),
        ("Image: Jo Fox.", ""),
    ],
)
def test_a_caption_stays_only_as_a_sentence(words: str, kept: str) -> None:
    furniture = load_furniture()
    if furniture.whole(words, EVERYWHERE):
        assert kept == ""
    else:
        (match,) = furniture.parts(words)
        assert words[: match.begin] == kept


def test_a_users_own_rules_are_used(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "Talks end in Geneva\nRing the bell\nThe talks ended on Monday.\n")
    furniture = load(tmp_path)
    (page,) = read([tmp_path], furniture=furniture).pages
    assert [section.rule for section in page.sections] == ["article-text", "bell", "article-text"]


@pytest.mark.parametrize(
    "text", ["Brig. Gen. Coe spoke at 10 a.m. in Kyiv.", "The U.S. Army left.", "J. R. Smith and Dr. Lee came."]
)
def test_abbreviations_do_not_end_sentences(text: str) -> None:
    assert sentences(text) == [(0, len(text))]


def test_runs_of_space_that_markup_leaves_neither_hide_nor_cost(tmp_path: Path) -> None:
    furniture = load_furniture()
    gap = " " * 300
    words = f"He left.{gap}Read the{gap}full{gap}statement on the site. {'Read the' + gap:.<900} She stayed."
    (match, *_) = furniture.parts(words)
    assert words[match.begin : match.end] == f"Read the{gap}full{gap}statement on the site."


def test_check_tells_the_mistake_instead_of_raising_it(tmp_path: Path) -> None:
    assert check_furniture() == ()
    assert check_furniture(tmp_path) == ()
    write(tmp_path, "cues/furniture.yaml", BROKEN["R003"][0])
    assert [error.code for error in check_furniture(tmp_path)] == ["R003"]
