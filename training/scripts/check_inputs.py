"""Check that the corpora are the ones that the models were trained on.

Usage: check_inputs.py INPUTS.toml CORPORA GOLD [--write]

An input's digest is the SHA-256 of the lines `SHA-256 of a file, two spaces, its path` of its files, sorted by path.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tomllib
from pathlib import Path
from typing import Any


def digest(folder: Path, patterns: list[str]) -> str:
    """Compute the digest of the files below a folder that match any pattern."""
    paths = sorted({p for pattern in patterns for p in folder.glob(pattern) if p.is_file()})
    lines = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(folder).as_posix()}\n" for p in paths]
    return hashlib.sha256("".join(lines).encode()).hexdigest() if lines else "missing"


def main() -> int:
    """Compare, or write the digests down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", type=Path)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    text = args.inputs.read_text(encoding="utf-8")
    inputs: dict[str, dict[str, Any]] = tomllib.loads(text)
    wrong = 0
    for name, entry in inputs.items():
        root = args.gold if entry["root"] == "gold" else args.corpora
        found = digest(root / entry["folder"], entry["files"])
        if args.write:
            text = text.replace(f'sha256 = "{entry["sha256"]}" # {name}', f'sha256 = "{found}" # {name}')
        elif found != entry["sha256"]:
            wrong += 1
            print(f"{name}: expected {entry['sha256']}, found {found}")
    if args.write:
        args.inputs.write_text(text, encoding="utf-8")
    print(f"{len(inputs)} inputs, {wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
