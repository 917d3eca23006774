# ruff: noqa: E501 - sentences are easier to read unbroken
from pathlib import Path

import pytest

from kgbuild.errors import DataError
from kgbuild.read import check_rules
from kgbuild.read.elements import load_elements
from kgbuild.read.language import load_languages

TEXTS = {
    "": "The ministers agreed in Geneva on Monday on a list of prisoners who are to be set free after the talks end.",
    "German": "Die Minister haben sich am Montag in Genf auf eine Liste von Gefangenen geeinigt, die bald frei sind.",
    "French": "Les ministres se sont mis d'accord lundi à Genève sur une liste de prisonniers qui seront libérés dans les "
    "jours qui suivent la fin des négociations.",
    "Spanish": "Los ministros acordaron el lunes en Ginebra una lista de presos que serán liberados después de que las "
    "conversaciones terminen.",
    "Italian": "I ministri si sono accordati lunedì a Ginevra su una lista di prigionieri che saranno liberati dopo la "
    "fine dei colloqui.",
    "Dutch": "De ministers zijn het maandag in Genève eens geworden over een lijst van gevangenen die na het einde van de "
    "gesprekken vrij zullen zijn.",
    "Polish": "Ministrowie uzgodnili w poniedziałek w Genewie listę więźniów, którzy po zakończeniu rozmów będą wolni, i "
    "to nie jest ostatnia lista, jak już wiadomo.",
    "a language that is not told": "Ministerid leppisid esmaspäeval Genfis kokku vangide nimekirja osas kes pärast "
    "läbirääkimiste lõppu vabastatakse ning kelle perekonnad ootavad neid piiril mitu nädalat teadmata millal nad koju jõuavad",
    "text in Cyrillic letters": "Министры договорились в понедельник о списке пленных.",
    "text in Arabic letters": "اتفق الوزراء يوم الاثنين على قائمة السجناء.",
}


@pytest.mark.parametrize("name", TEXTS)
def test_languages_are_told_apart(name: str) -> None:
    assert load_languages().foreign(TEXTS[name]) == name


@pytest.mark.parametrize(
    "text", ["", "1,000", "TALKS END IN GENEVA", "De facto talks in Côte d'Ivoire", "Angela Merkel und Die Zeit"]
)
def test_short_texts_are_taken_for_english(text: str) -> None:
    assert load_languages().foreign(text) == ""


def test_an_english_text_with_foreign_names_is_english() -> None:
    text = "Die Welt and El País wrote on Monday that Rheinmetall and Indra will build a plant near La Línea de la Concepción."
    assert load_languages().foreign(text) == ""


@pytest.mark.parametrize(("content", "code", "line"), [("en\tEnglish\n", "L002", 1), ("# x\nen\t\tthe\n", "L002", 2)])
def test_a_fault_in_the_words_is_told(content: str, code: str, line: int, tmp_path: Path) -> None:
    path = tmp_path / "languages.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_languages(path)
    assert (caught.value.code, caught.value.line) == (code, line)


@pytest.mark.parametrize(
    ("content", "code"), [("nonsense\tnav\n", "E002"), ("furniture\n", "E002"), ("furniture\tNav Bar\n", "E003")]
)
def test_a_fault_in_the_elements_is_told(content: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "elements.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_elements(path)
    assert (caught.value.code, caught.value.line) == (code, 1)


def test_files_that_are_missing_are_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="L001"):
        load_languages(tmp_path / "gone.tsv")
    with pytest.raises(DataError, match="E001"):
        load_elements(tmp_path / "gone.tsv")


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        ("nav", "furniture"),
        ("main-nav__list", "furniture"),
        ("siteFooter", "furniture"),
        ("navy-blue unrelated shareholder", ""),
        ("ArticleBody story", ""),
        ("live-blog-entry", "post"),
        ("teaser share", "related"),
    ],
)
def test_words_match_whole_parts_of_names(names: str, kind: str) -> None:
    assert load_elements().kind(names) == kind


def test_all_files_of_reading_are_checked(tmp_path: Path) -> None:
    assert check_rules() == ()
    cues = tmp_path / "cues"
    cues.mkdir()
    assert check_rules(tmp_path) == ()
    (cues / "elements.tsv").write_text("x\ty\n", encoding="utf-8")
    (cues / "languages.tsv").write_text("x\ty\n", encoding="utf-8")
    assert [error.code for error in check_rules(tmp_path)] == ["E002", "L002"]
