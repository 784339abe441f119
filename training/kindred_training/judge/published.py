"""Scores that others published for known models, and which of ours they may be set beside."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Comparison:
    """A task of MTEB beside one of our sets. `same` only where the rows and the protocol are the same."""

    set: str
    metric: str
    task: str
    same: bool
    note: str


COMPARISONS = (
    Comparison("sick-r", "spearman", "SICK-R", True, "the same 9,927 pairs"),
    Comparison("banking77", "accuracy", "Banking77Classification", True, "the same rows and protocol"),
    Comparison("stsb-dev", "spearman", "STSBenchmark", False, "a proxy: theirs is the test part, ours the dev part"),
    Comparison("sts12", "spearman", "STS12", False, "ours lacks pairs that are also in STSb test"),
    Comparison("sts13", "spearman", "STS13", False, "ours lacks pairs that are also in STSb test"),
    Comparison("sts14", "spearman", "STS14", False, "ours lacks pairs that are also in STSb test"),
    Comparison("sts15", "spearman", "STS15", False, "ours lacks pairs that are also in STSb test"),
    Comparison(
        "twitter-url", "ap", "TwitterURLCorpus", False, "ours is the raw test part, 9,334 of their 51,534 pairs"
    ),
)
SHOWN = ("MiniLM-L6", "bge-small", "ada-002", "3-small")


def published(data: Path) -> dict[str, dict[str, float]]:
    """Scores × 100 by MTEB task and model, from `mteb-scores`; empty where that is not there."""
    path = data / "mteb-scores" / "selected.json"
    if not path.is_file():
        return {}
    content = json.loads(path.read_text("utf-8"))
    found: dict[str, dict[str, float]] = {}
    for task, models in content.items():
        rows = {model: dict(map(tuple, parts)) for model, parts in models.items()}
        found[task] = {model: parts["test"] for model, parts in rows.items() if "test" in parts}
    return found
