"""Score libraries that read dates and numbers on the same gold as `measures.py`, for the decision whether to use one.

Usage: python benchmarks/measure_libraries.py SCORER GOLD TEXTS [--sources sources.toml]

A library counts if it is installed; none is a dependency of the program. Every library gets the help that it allows:
the date of publication as its base, dates of the past preferred, one sentence-like line at a time. Its answers are
turned into ISO values as coarse as it says it read them. Numbers are matched leniently, `value`, `min` or `max` being
right is enough, since none of them writes bounds as the gold does.
"""

import argparse
import re
import time
import warnings
from collections.abc import Callable, Iterator
from datetime import date, datetime
from importlib import import_module
from pathlib import Path

from measures import Article, Item, articles, match

Finder = Callable[[str, "date | None"], Iterator[Item]]


def dateparser_times(line: str, published: date | None) -> Iterator[Item]:
    """Read dates with dateparser's search; its parser then tells how coarse each is."""
    search = import_module("dateparser.search")
    parser = import_module("dateparser.date")
    settings: dict[str, object] = {"PREFER_DATES_FROM": "past", "RETURN_AS_TIMEZONE_AWARE": False}
    if published:
        settings["RELATIVE_BASE"] = datetime(published.year, published.month, published.day)
    at = 0
    for words, found in search.search_dates(line, languages=["en"], settings=settings) or []:
        at = max(line.find(words, at), 0)
        data = parser.DateDataParser(languages=["en"], settings=settings).get_date_data(words)
        form = {"month": "%Y-%m", "year": "%Y", "week": "%G-W%V"}.get(data.period, "%Y-%m-%d")
        yield Item(at, at + len(words), (found.strftime(form),))


def recognizers_times(line: str, published: date | None) -> Iterator[Item]:
    """Read dates with Microsoft's recognizers; of two readings the earlier one, which is the one in the past."""
    recognize = import_module("recognizers_date_time").recognize_datetime
    base = datetime(published.year, published.month, published.day) if published else datetime(2000, 1, 1)
    for found in recognize(line, "en-us", reference=base):
        for value in (found.resolution or {}).get("values", [])[:1]:
            timex = value.get("timex", "")
            if re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d)?|-W\d\d)?", timex):
                iso = timex
            elif "start" in value and "end" in value:
                iso = f"{value['start']}/{value['end']}"
            else:
                iso = str(value.get("value", ""))
            if published or re.match(r"\d{4}", timex):
                yield Item(found.start, found.end + 1, (iso,))


def quantulum_numbers(line: str, _: date | None) -> Iterator[Item]:
    """Read quantities with quantulum3."""
    for found in import_module("quantulum3.parser").parse(line):
        value = found.value / 100 if found.unit.name == "percentage" else found.value
        yield Item(*found.span, (value,))


def recognizers_numbers(line: str, _: date | None) -> Iterator[Item]:
    """Read numbers, shares and ordinals with Microsoft's recognizers."""
    module = import_module("recognizers_number")
    for recognize in (module.recognize_number, module.recognize_ordinal, module.recognize_percentage):
        for found in recognize(line, "en-us"):
            text = str((found.resolution or {}).get("value", ""))
            number = re.fullmatch(r"(-?[\d.]+)(%?)", text)
            if number:
                yield Item(found.start, found.end + 1, (float(number[1]) / (100 if number[2] else 1),))


def text2num_numbers(line: str, _: date | None) -> Iterator[Item]:
    """Read digits, and number words with text2num, word run by word run."""
    convert = import_module("text_to_num").text2num
    small = (
        "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    )
    small += "(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|million|billion"
    for found in re.finditer(rf"\d[\d,]*(?:\.\d+)?|\b(?:{small})(?:[\s-](?:and\s)?(?:{small}))*\b", line, re.I):
        words = found.group()
        try:
            value = float(words.replace(",", "")) if words[0].isdigit() else float(convert(words.lower(), "en"))
        except ValueError:
            continue
        yield Item(found.start(), found.end(), (value,))


TIMES: dict[str, Finder] = {"dateparser": dateparser_times, "recognizers": recognizers_times}
NUMBERS: dict[str, Finder] = {
    "quantulum3": quantulum_numbers,
    "recognizers": recognizers_numbers,
    "text2num": text2num_numbers,
}


def run(finder: Finder, article: Article) -> list[Item]:
    """Read an article line by line; what a library cannot digest gives nothing."""
    found: list[Item] = []
    for begin, end in article.lines:
        try:
            items = list(finder(article.text[begin:end], article.published))
        except (ValueError, TypeError, AttributeError, KeyError, IndexError, OverflowError):
            items = []
        found += [Item(begin + item.begin, begin + item.end, item.value) for item in items]
    return found


def lenient(system: list[Item], gold: list[Item]) -> int:
    """Count gold numbers that a system number overlaps with one of the right values, one to one."""
    left, right = list(system), 0
    for item in gold:
        values = [float(each) for each in item.value if each is not None]
        hit = next(
            (
                each
                for each in left
                if each.begin < item.end
                and item.begin < each.end
                and any(abs(each.value[0] - value) <= max(0.02 * abs(value), 1e-9) for value in values)
            ),
            None,
        )
        if hit:
            left.remove(hit)
            right += 1
    return right


def main() -> None:
    """Score every library that is installed."""
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("scorer", "gold", "texts"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--sources", type=Path)
    options = parser.parse_args()
    read = list(articles(options.scorer, options.gold, options.texts, options.sources))
    for kind, finders in (("times", TIMES), ("quantities", NUMBERS)):
        for name, finder in finders.items():
            counts = [0, 0, 0]
            began = time.perf_counter()
            for article in read:
                gold = article.gold[kind]
                system = run(finder, article)
                right = len(system) - len(match(system, gold)[0]) if kind == "times" else lenient(system, gold)
                counts = [counts[0] + right, counts[1] + len(system), counts[2] + len(gold)]
            precision, recall = counts[0] / max(counts[1], 1), counts[0] / max(counts[2], 1)
            f1 = 2 * counts[0] / max(counts[1] + counts[2], 1)
            took = time.perf_counter() - began
            print(f"{kind:11} {name:12} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}  {took:.1f} s")


if __name__ == "__main__":
    main()
