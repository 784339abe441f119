"""The built data as the trainer reads it: texts, their keys, examples by task."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..data.lines import json_lines


@dataclass(frozen=True)
class PairRow:
    anchor: int
    positive: int
    negatives: tuple[int, ...]
    accepts: frozenset[str]

    def chosen(self, negatives: int) -> tuple[int, ...]:
        """Its texts, with the first of its negatives."""
        return (self.anchor, self.positive, *self.negatives[:negatives])


@dataclass(frozen=True)
class GradedRow:
    a: int
    b: int
    score: float


@dataclass(frozen=True)
class TrainingData:
    texts: list[str]
    keys: list[frozenset[str]]
    # Numbers of the texts that a text is trained by: its passages, or itself alone.
    passages: list[tuple[int, ...]]
    # Of the base model that mined, unit rows, fp32 [texts, width].
    guide: np.ndarray
    tasks: dict[str, list[PairRow] | list[GradedRow]]

    def texts_of(self, rows: Iterable[PairRow | GradedRow], negatives: int) -> set[int]:
        """Numbers of the texts that are embedded for some examples, of each at most so many negatives."""
        numbers: set[int] = set()
        for row in rows:
            chosen = (row.a, row.b) if isinstance(row, GradedRow) else row.chosen(negatives)
            numbers.update(passage for number in chosen for passage in self.passages[number])
        return numbers


def read_training_data(folder: Path, tasks: list[str]) -> TrainingData:
    """Raises ValueError that names what is missing and the command that makes it."""
    if not (folder / "texts.jsonl").is_file():
        raise ValueError(f"{folder} holds no texts.jsonl: run python -m kindred_training.tasks.build --out {folder}")
    texts, keys, passages = [], [], []
    for row in json_lines(folder / "texts.jsonl"):
        texts.append(row["text"])
        keys.append(frozenset(row["keys"]))
        passages.append(tuple(row.get("passages") or (len(passages),)))
    guide = np.load(folder / "base.npy").astype(np.float32)
    if len(guide) != len(texts):
        raise ValueError(f"{folder}: {len(guide)} vectors for {len(texts)} texts; build the data again")
    return TrainingData(texts, keys, passages, guide, {name: _rows(folder, name) for name in tasks})


def _rows(folder: Path, task: str) -> list[PairRow] | list[GradedRow]:
    path = folder / task / "train.jsonl"
    if not path.is_file():
        known = json.loads((folder / "counts.json").read_text("utf-8"))
        raise ValueError(f"{folder} has no task {task}; it has {', '.join(known)}")
    rows = list(json_lines(path))
    if rows and "score" in rows[0]:
        return [GradedRow(row["a"], row["b"], row["score"]) for row in rows]
    return [PairRow(row["anchor"], row["positive"], tuple(row["negatives"]), frozenset(row["accepts"])) for row in rows]
