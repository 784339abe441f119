"""Pairs of sentences with a graded similarity."""

from dataclasses import dataclass
from pathlib import Path

from .lines import tab_lines


@dataclass(frozen=True)
class GradedPair:
    a: str
    b: str
    # From 0 (unrelated) to 1 (same meaning).
    score: float


def read_stsb_train(data: Path) -> list[GradedPair]:
    """The train part of the STS benchmark; it shares pairs with STS12 to 15, which have no clean score after it."""
    rows = tab_lines(data / "sts-for-developers" / "stsb-train.tsv", 4)
    return [GradedPair(a, b, float(score) / 5) for _, score, a, b in rows]
