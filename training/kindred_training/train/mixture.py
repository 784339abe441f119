"""Which task the next batch is of, and which examples are in it."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from .config import TaskSettings
from .examples import GradedRow, PairRow

Rows = list[PairRow] | list[GradedRow]


class Mixture:
    """
    One task a batch, drawn by size ** mixing; each task is gone through in random order, then again in another.

    Everything random follows from the seed and the number of the step, so that a resumed run goes on as if it had
    never stopped.
    """

    def __init__(self, tasks: dict[str, Rows], settings: dict[str, TaskSettings], mixing: float, seed: int) -> None:
        self._tasks, self._settings, self._seed = tasks, settings, seed
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
        rows, size = self._tasks[task], self._settings[task].batch
        size = min(size, len(rows))
        a_round = len(rows) // size
        turn, at = divmod(number, a_round)
        order = np.random.default_rng([self._seed, self._names.index(task), turn]).permutation(len(rows))
        return [rows[index] for index in order[at * size : (at + 1) * size]]

    def drawn(self, schedule: list[str]) -> Iterator[tuple[str, Rows]]:
        """The task and the batch of each step of a schedule."""
        counts: Counter[str] = Counter()
        for task in schedule:
            yield task, self.batch(task, counts[task])
            counts[task] += 1
