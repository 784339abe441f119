"""
How a model uses its space: cosines of random pairs of posts and of linked ones, on the Carpentries' blog (CC BY 4.0,
never trained on). `anisotropy` is the mean cosine of random pairs times 100; `separation` the chance that a linked
pair has the higher cosine than a random one, times 100.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from .links import link_task, linked_posts
from .task import JudgeSet, Scores

SEED = 1
PAIRS = 20_000
PERCENTILES = (1, 5, 25, 50, 75, 95, 99)


@dataclass
class SpreadTask:
    """Pairs of rows: linked by an author, and random ones."""

    texts: list[str]
    linked: np.ndarray
    random: np.ndarray

    def score(self, vectors: np.ndarray) -> Scores:
        cosines = {name: (vectors[a] * vectors[b]).sum(axis=1) for name, (a, b) in self._pairs().items()}
        labels = np.repeat([1, 0], [len(cosines["linked"]), len(cosines["random"])])
        together = np.concatenate([cosines["linked"], cosines["random"]])
        values = {
            "anisotropy": 100 * float(cosines["random"].mean()),
            "separation": 100 * float(roc_auc_score(labels, together)),
        }
        for name, found in cosines.items():
            for percent, value in zip(PERCENTILES, np.percentile(found, PERCENTILES), strict=True):
                values[f"{name}-p{percent}"] = 100 * float(value)
        return Scores(values)

    def _pairs(self) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        return {"linked": tuple(self.linked.T), "random": tuple(self.random.T)}


def spread_task(blog: Path) -> SpreadTask:
    """All linked pairs of a blog and 20,000 random ones."""
    task = link_task(linked_posts(blog))
    linked = [(query, row) for query, rows in zip(task.queries, task.relevant, strict=True) for row in rows]
    random = np.random.default_rng(SEED).integers(0, len(task.texts), (PAIRS, 2))
    return SpreadTask(task.texts, np.array(linked), random[random[:, 0] != random[:, 1]])


SETS = (
    JudgeSet(
        "spread",
        "scores",
        "test",
        "separation",
        "cosines of random and linked pairs of posts; CC BY 4.0, never trained on",
        lambda p: [p.data / "blog-carpentries"],
        lambda p: spread_task(p.data / "blog-carpentries"),
    ),
)
