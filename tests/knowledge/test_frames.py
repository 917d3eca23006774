from pathlib import Path

import pytest

from kgbuild.errors import DataError
from kgbuild.knowledge.frames import Side, load_frames, word_of
from kgbuild.paths import ontology_dir

CLASSES = """\
Event:
  says: Anything.
  roles: {place: ["in:Site"]}
Agree:
  parent: Event
  says: Sides come to terms.
  content: future
  roles: {actor: [subject], theme: [object, "on:Event"]}
Propose:
  parent: Agree
  says: An offer.
  content: proposed
"""
ENTRY = """\
- id: agree
  says: Sides agree.
  class: kg:Agree
  words: {verbs: [agree, come to term], nouns: [peace deal]}
  when: {actor: [Agent, side]}
  examples:
    - {text: They agreed., gives: {actor: [They]}}
    - {text: They slept., gives: nothing}
"""


def write(folder: Path, entry: str = ENTRY, classes: str = CLASSES) -> Path:
    (folder / "classes.yaml").write_text(classes, encoding="utf-8")
    (folder / "theme.yaml").write_text(entry, encoding="utf-8")
    return folder


def test_an_entry_takes_over_what_its_class_says(tmp_path: Path):
    frames = load_frames(write(tmp_path))
    (entry,) = frames.entries
    assert entry.event_class == "Agree"
    assert entry.content == "future"
    assert entry.roles["actor"] == (Side("subject"),)
    assert entry.roles["theme"] == (Side("object"), Side("on", frozenset({"Event"})))
    assert "Country" in entry.roles["place"][0].types
    assert entry.when[0].lemmas == {"side"}
    assert "Person" in entry.when[0].types
    assert (entry.path, entry.line) == ("theme.yaml", 1)


def test_words_are_found_by_their_first_word_and_their_part_of_speech(tmp_path: Path):
    frames = load_frames(write(tmp_path))
    assert [entry.id for entry, _ in frames.candidates("verb", "come to")] == ["agree"]
    assert [word.modifiers for _, word in frames.candidates("noun", "deal")] == [("peace",)]
    assert frames.candidates("noun", "agree") == ()


def test_the_most_demanding_entry_is_asked_first(tmp_path: Path):
    plain = ENTRY.replace("id: agree", "id: plain").replace("  when: {actor: [Agent, side]}\n", "")
    frames = load_frames(write(tmp_path, plain + ENTRY))
    assert [entry.id for entry, _ in frames.candidates("verb", "agree")] == ["agree", "plain"]


def test_headings(tmp_path: Path):
    frames = load_frames(write(tmp_path))
    assert (frames.heading("Propose"), frames.heading("Agree"), frames.heading("Other")) == ("Agree", "Agree", "Other")


@pytest.mark.parametrize(
    ("pos", "text", "wanted"),
    [
        ("verb", "agree", ("agree", "", "", ())),
        ("verb", "carry out", ("carry", "out", "", ())),
        ("verb", "put on alert", ("put", "on", "alert", ())),
        ("verb", "take hostage", ("take", "", "hostage", ())),
        ("noun", "call for", ("call", "for", "", ())),
        ("noun", "act of terrorism", ("act", "of", "terrorism", ())),
        ("noun", "martial law", ("law", "", "", ("martial",))),
        ("adjective", "dead", ("dead", "", "", ())),
    ],
)
def test_combinations_are_taken_apart(pos: str, text: str, wanted: tuple[str, str, str, tuple[str, ...]]):
    word = word_of(pos, text)
    assert (word.lemma, word.particle, word.noun, word.modifiers) == wanted


# One broken file for each code: what is replaced by what, the code, and the line that it must name.
BROKEN = {
    "not YAML": ("says: Sides agree.", "says: [Sides agree.", "F001", 3),
    "not a list": (ENTRY, "id: agree\n", "F002", 1),
    "unknown key": ("  says:", "  meaning: x\n  says:", "F003", 2),
    "missing key": ("  says: Sides agree.\n", "", "F003", 1),
    "key twice": ("  says:", "  says: x\n  says:", "F003", 3),
    "bad id": ("id: agree", "id: Agree Now", "F004", 1),
    "no id": ("id: agree\n  says", "says", "F004", 1),
    "id twice": (ENTRY, ENTRY + ENTRY.replace("verbs: [agree", "verbs: [settle"), "F004", 9),
    "unknown class": ("kg:Agree", "kg:Agreement", "F005", 3),
    "class without prefix": ("kg:Agree", "Agree", "F005", 3),
    "no words": ("{verbs: [agree, come to term], nouns: [peace deal]}", "[]", "F006", 4),
    "unknown part of speech": ("verbs:", "verb:", "F006", 4),
    "capital word": ("[peace deal]", "[Peace deal]", "F006", 4),
    "unknown role": ("  when:", "  roles: {agent: [subject]}\n  when:", "F007", 5),
    "unknown side": ("  when:", "  roles: {actor: [nsubj]}\n  when:", "F007", 5),
    "condition on nothing": ("actor: [Agent", "who: [Agent", "F007", 5),
    "unknown type": ("[Agent,", "[Agents,", "F008", 5),
    "no near miss": ("    - {text: They slept., gives: nothing}\n", "", "F009", 6),
    "nothing given": ("gives: {actor: [They]}", "gives: [They]", "F009", 7),
    "unknown telling": ("  when:", "  content: wished\n  when:", "F010", 5),
    "same word twice": (ENTRY, ENTRY + ENTRY.replace("id: agree", "id: again"), "F011", 9),
}


@pytest.mark.parametrize(("old", "new", "code", "line"), BROKEN.values(), ids=BROKEN.keys())
def test_a_mistake_is_named_with_its_line_and_a_remedy(tmp_path: Path, old: str, new: str, code: str, line: int):
    assert old in ENTRY
    with pytest.raises(DataError) as raised:
        load_frames(write(tmp_path, ENTRY.replace(old, new, 1)))
    assert raised.value.code == code
    assert raised.value.line == line
    assert raised.value.path.name == "theme.yaml"
    assert raised.value.remedy


def test_a_class_under_a_class_that_does_not_exist(tmp_path: Path):
    with pytest.raises(DataError, match="F005"):
        load_frames(write(tmp_path, classes=CLASSES.replace("parent: Agree", "parent: Agreed")))


def test_a_missing_table_of_classes(tmp_path: Path):
    with pytest.raises(DataError, match="F001"):
        load_frames(tmp_path)


def test_what_ships_is_broad_and_covers_every_class():
    frames = load_frames(ontology_dir() / "frames")
    assert {entry.event_class for entry in frames.entries} == set(frames.classes)
    assert sum(len(entry.words) for entry in frames.entries) > 1000
    assert len(set(map(frames.heading, frames.classes))) == 20
