"""What the judged sets have in common when they are read: tables with a head, samples, openings."""

import csv
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

Item = TypeVar("Item", bound=Hashable)


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
