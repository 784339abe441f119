"""Which task the next batch is of, and which examples are in it."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from .alike import alike_batches
from .config import TaskSettings
from .examples import GradedRow, PairRow

Rows = list[PairRow] | list[GradedRow]


class Mixture:
    """
    One task a batch, drawn by size ** mixing; each task is gone through in random order, then again in another.
    Where a task wants it, the examples of several batches that follow each other are dealt out anew, so that those
    of one batch are alike. `guide` are unit vectors of the texts, by another model.

    Everything random follows from the seed and the number of the step, so that a resumed run goes on as if it had
    never stopped.
    """

    def __init__(
        self, tasks: dict[str, Rows], settings: dict[str, TaskSettings], mixing: float, seed: int, guide: np.ndarray
    ) -> None:
        self._tasks, self._settings, self._seed, self._guide = tasks, settings, seed, guide
        self._names = sorted(settings)
        shares = np.array([len(tasks[name]) ** mixing * settings[name].weight for name in self._names], np.float64)
        self.shares = dict(zip(self._names, shares / shares.sum(), strict=True))

    def schedule(self, steps: int) -> list[str]:
        """The task of each step."""
        rng = np.random.default_rng(self._seed)
        shares = [self.shares[name] for name in self._names]
        return [self._names[at] for at in rng.choice(len(self._names), steps, p=shares)]

    def batch(self, task: str, number: int) -> Rows:
        """The `number`-th batch of a task, from 0."""
        rows, size = self._tasks[task], self._size(task)
        turn, at = divmod(number, len(rows) // size)
        dealt, place = divmod(at, self._settings[task].alike_among)
        order = self._deal(task, turn, dealt)[place * size : (place + 1) * size]
        return [rows[index] for index in order]

    def _size(self, task: str) -> int:
        """Examples in one of its batches."""
        return min(self._settings[task].batch, len(self._tasks[task]))

    @lru_cache(maxsize=16)  # noqa: B019 - a run has one mixture, and batches ask for the same deal one after another
    def _deal(self, task: str, turn: int, number: int) -> np.ndarray:
        """The rows of the `number`-th `alike_among` batches of a turn, batch by batch."""
        rows, size, among = self._tasks[task], self._size(task), self._settings[task].alike_among
        whole = len(rows) // size * size
        order = np.random.default_rng([self._seed, self._names.index(task), turn]).permutation(len(rows))[:whole]
        order = order[number * among * size : (number + 1) * among * size]
        if among == 1:
            return order
        return order[alike_batches(self._guide[[rows[index].anchor for index in order]], size)]

    def drawn(self, schedule: list[str]) -> Iterator[tuple[str, Rows]]:
        """The task and the batch of each step of a schedule."""
        counts: Counter[str] = Counter()
        for task in schedule:
            yield task, self.batch(task, counts[task])
            counts[task] += 1
