"""
Intents with few examples, by the protocol of MTEB's classification tasks: eight texts of each label, ten draws,
logistic regression with at most 100 iterations, accuracy on the whole test part. To report by, Banking77 (CC BY 4.0);
to choose by, two domains of CLINC150 (CC BY 3.0). None of these intents trains.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..data.labelled import Labelled, read_clinc
from .measures import classified, few_shot_draws
from .read import comma_rows
from .task import JudgeSet, Scores, Texts

SEED = 42  # MTEB's own, so that draws are the same for files in the same order
SHOTS, DRAWS = 8, 10


@dataclass
class FewShotTask:
    """Rows and labels of each draw, and of the texts to classify."""

    texts: list[str]
    draws: list[np.ndarray]
    labels: list[np.ndarray]
    test: np.ndarray
    expected: np.ndarray

    def score(self, vectors: np.ndarray) -> Scores:
        values = [
            classified(vectors[rows], labels, vectors[self.test], self.expected, SEED)
            for rows, labels in zip(self.draws, self.labels, strict=True)
        ]
        return Scores({"accuracy": float(np.mean(values)), "accuracy-spread": float(np.std(values))})


def few_shot_task(
    train: list[tuple[str, str]], test: list[tuple[str, str]], shots: int = SHOTS, draws: int = DRAWS
) -> FewShotTask:
    """A task of texts with their labels; only the texts that are drawn are kept of `train`."""
    names = {name: place for place, name in enumerate(sorted({label for _, label in [*train, *test]}))}
    labels = np.array([names[label] for _, label in train])
    texts = Texts()
    drawn = few_shot_draws(labels, shots, draws, SEED)
    return FewShotTask(
        draws=[np.array([texts.add(train[row][0]) for row in rows]) for rows in drawn],
        labels=[labels[rows] for rows in drawn],
        test=np.array([texts.add(text) for text, _ in test]),
        expected=np.array([names[label] for _, label in test]),
        texts=texts.all,
    )


def banking77(folder: Path) -> FewShotTask:
    """The two files of Banking77."""
    train, test = (
        [(row["text"], row["category"]) for row in comma_rows(folder / f"{part}.csv")] for part in ("train", "test")
    )
    return few_shot_task(train, test)


def held_out_intents(data: Path) -> FewShotTask:
    """CLINC150's domains that never train: examples of its train part, judged on the two others."""

    def labelled(rows: list[Labelled]) -> list[tuple[str, str]]:
        return [(row.text, row.label) for row in rows]

    parts = read_clinc(data, held_out=True)
    return few_shot_task(labelled(parts["train"]), labelled(parts["validation"] + parts["test"]))


SETS = (
    JudgeSet(
        "clinc-held-out",
        "few-shot",
        "validation",
        "accuracy",
        "accuracy with 8 texts of each of 30 labels of two domains, 10 draws; CC BY 3.0, never trained on",
        lambda p: [p.data / "clinc150" / "data_full.json", p.data / "clinc150" / "domains.json"],
        lambda p: held_out_intents(p.data),
    ),
    JudgeSet(
        "banking77",
        "few-shot",
        "test",
        "accuracy",
        "accuracy with 8 texts of each of 77 labels, 10 draws, as MTEB; CC BY 4.0, never trained on",
        lambda p: [p.data / "banking77" / "train.csv", p.data / "banking77" / "test.csv"],
        lambda p: banking77(p.data / "banking77"),
    ),
)
