"""From the examples of a batch to its loss."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from .batch_encoder import BatchEncoder
from .config import RunSettings, TaskSettings
from .examples import GradedRow, PairRow, TrainingData
from .losses import cosent, follow, info_nce


@dataclass(frozen=True)
class Pull:
    """Vectors of another model for every text, any width, and how strongly their similarities are followed."""

    vectors: np.ndarray
    weight: float


class BatchLoss:
    """`place` gives the row of a text in `encode` and in the vectors of pulls."""

    def __init__(
        self,
        data: TrainingData,
        encode: BatchEncoder,
        place: dict[int, int],
        pulls: Sequence[Pull],
        settings: RunSettings,
    ) -> None:
        self._data, self._encode, self._place = data, encode, place
        self._pulls, self._settings = pulls, settings

    def __call__(self, task: str, rows: list[PairRow] | list[GradedRow]) -> Tensor:
        if isinstance(rows[0], GradedRow):
            return self._graded(rows)
        return self._pairs(rows, self._settings.tasks[task])

    def _pairs(self, rows: list[PairRow], task: TaskSettings) -> Tensor:
        anchors = [row.anchor for row in rows]
        candidates = [row.positive for row in rows] + [n for row in rows for n in row.negatives[: task.negatives]]
        passages = self._data.passages
        texts = list(dict.fromkeys(part for number in (*anchors, *candidates) for part in passages[number]))
        at = {number: row for row, number in enumerate(texts)}
        vectors = self._vectors(texts)
        excluded = self._false_negatives(rows, candidates, task.margin).to(vectors.device)
        settings = self._settings
        loss = info_nce(
            [vectors[[at[part] for part in passages[number]]] for number in anchors],
            [vectors[[at[part] for part in passages[number]]] for number in candidates],
            excluded,
            settings.temperature,
            settings.dimensions,
        )
        return loss + self._pulled(vectors, texts)

    def _graded(self, rows: list[GradedRow]) -> Tensor:
        texts = list(dict.fromkeys(number for row in rows for number in (row.a, row.b)))
        at = {number: row for row, number in enumerate(texts)}
        vectors = self._vectors(texts)
        scores = torch.tensor([row.score for row in rows], device=vectors.device)
        a, b = (vectors[[at[number] for number in side]] for side in ([r.a for r in rows], [r.b for r in rows]))
        settings = self._settings
        return cosent(a, b, scores, settings.temperature, settings.dimensions) + self._pulled(vectors, texts)

    def _vectors(self, texts: list[int]) -> Tensor:
        return self._encode([self._place[number] for number in texts])

    def _pulled(self, vectors: Tensor, texts: list[int]) -> Tensor:
        total = vectors.new_zeros(())
        for pull in self._pulls:
            other = torch.from_numpy(pull.vectors[[self._place[number] for number in texts]]).to(vectors.device)
            total = total + pull.weight * follow(vectors, other, self._settings.dimensions)
        return total

    def _false_negatives(self, rows: list[PairRow], candidates: list[int], margin: float) -> Tensor:
        """bool [anchors, candidates]: of the anchor's own groups, the anchor itself, or too near by the guide."""
        keys, guide = self._data.keys, self._data.guide
        excluded = np.array(
            [
                [number == row.anchor or not row.accepts.isdisjoint(keys[number]) for number in candidates]
                for row in rows
            ]
        )
        nearness = guide[[row.anchor for row in rows]] @ guide[candidates].T
        own = np.arange(len(rows))
        excluded |= nearness > nearness[own, own][:, None] + margin
        # A hard negative was judged when it was mined; the margin here is for those that met by chance.
        excluded[own, own] = False
        return torch.from_numpy(excluded)
