"""Readers of the public files, one function a form; they keep the order of the file."""

import csv
import json
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

Item = TypeVar("Item", bound=Hashable)


def json_lines(path: Path) -> list[dict[str, Any]]:
    """Objects of a JSON Lines file; only LF ends a line, texts hold other separators."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def tab_rows(path: Path, skip: int = 0) -> list[list[str]]:
    """Cells of a file by tabs without quoting."""
    lines = path.read_text("utf-8").split("\n")[skip:]
    return [line.rstrip("\r").split("\t") for line in lines if line.strip()]


def comma_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file with a head."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sample(items: Sequence[Item], count: int, seed: int) -> list[Item]:
    """`count` of them at random, the same for the same seed, in their order; all when there are no more."""
    if len(items) <= count:
        return list(items)
    rows = np.random.default_rng(seed).choice(len(items), count, replace=False)
    return [items[row] for row in sorted(rows)]


def first_words(text: str, count: int) -> str:
    """The first `count` words with single spaces between."""
    return " ".join(text.split()[:count])
