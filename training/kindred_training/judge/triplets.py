"""
The training tasks themselves on their held-out sides: is the positive nearer to its anchor than a negative?

Rows come from what the task builders wrote: {"anchor", "positive", "negatives", "random"}. A triplet is right when the
positive's cosine is the higher one; a row counts by its share of right triplets. Similarity has graded pairs instead:
{"a", "b", "score"}, judged by Spearman. Licences are those of each task's sources.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..data.lines import json_lines
from .pairs import PairTask, pair_task
from .read import sample
from .task import JudgedSide, JudgeSet, Places, Scores, Texts

SEED = 1
ROWS = {"validation": 300, "test": 1500}
TASKS = ("hashtag", "interest", "storyline", "search", "duplicate")
GRADED = "similarity"


@dataclass
class TripletTask:
    """Rows of `texts`: one anchor and one positive each, and any number of negatives of two kinds."""

    texts: list[str]
    anchors: np.ndarray
    positives: np.ndarray
    hard: list[np.ndarray]
    random: list[np.ndarray]

    def score(self, vectors: np.ndarray) -> Scores:
        scores = Scores()
        for name, kind in (("hard", self.hard), ("random", self.random)):
            rows = [row for row, negatives in enumerate(kind) if len(negatives)]
            scores.add_mean(name, [self._right(vectors, row, kind[row]) for row in rows])
        return scores

    def _right(self, vectors: np.ndarray, row: int, negatives: np.ndarray) -> float:
        anchor = vectors[self.anchors[row]]
        other = vectors[negatives] @ anchor
        own = vectors[self.positives[row]] @ anchor
        return 100 * float(np.mean((own > other) + 0.5 * (own == other)))


def triplet_task(path: Path, limit: int) -> TripletTask:
    """A sample of a task's rows."""
    texts = Texts()
    lines = list(json_lines(path))
    rows = [lines[row] for row in sample(range(len(lines)), limit, SEED)]

    def add(found: list[str]) -> np.ndarray:
        return np.array([texts.add(text) for text in found], np.int64)

    return TripletTask(
        anchors=add([row["anchor"] for row in rows]),
        positives=add([row["positive"] for row in rows]),
        hard=[add(row["negatives"]) for row in rows],
        random=[add(row["random"]) for row in rows],
        texts=texts.all,
    )


def graded_task(path: Path) -> PairTask:
    """All graded pairs of a file."""
    return pair_task([(row["a"], row["b"], float(row["score"])) for row in json_lines(path)], labelled=False)


def _set(task: str, at: JudgedSide) -> JudgeSet:
    def file(places: Places) -> Path:
        return places.built / task / f"{at}.jsonl"

    suffix = "-held-out" if at == "validation" else ""
    if task == GRADED:
        about = "Spearman on the task's own pairs"
        prepare, main = (lambda p: graded_task(file(p))), "spearman"
        return JudgeSet(f"task-{task}{suffix}", "triplets", at, main, about, lambda p: [file(p)], prepare)
    about = "share of triplets with the positive nearer, with hard and with random negatives"
    return JudgeSet(
        f"task-{task}{suffix}",
        "triplets",
        at,
        "hard",
        about,
        lambda p: [file(p)],
        lambda p: triplet_task(file(p), ROWS[at]),
    )


SETS = tuple(_set(task, at) for at in ("validation", "test") for task in (*TASKS, GRADED))
