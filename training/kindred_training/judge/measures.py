"""Figures of a ranking, a clustering or a similarity; all are shares or correlations times 100."""

from collections.abc import Sequence

import numpy as np
from scipy.stats import rankdata
from sklearn.cluster import KMeans, MiniBatchKMeans
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, v_measure_score

DEPTH = 10


def best_first(scores: np.ndarray, depth: int = DEPTH) -> np.ndarray:
    """Rows of the `depth` highest scores [..., candidates], best first; equal ones in the order they stand in."""
    return np.argsort(-scores, axis=-1, kind="stable")[..., :depth]


def ndcg(ranking: Sequence[int] | np.ndarray, relevant: Sequence[int], depth: int = DEPTH) -> float:
    """Normalised discounted cumulative gain of the first `depth` with binary gain, 0 to 100."""
    wanted = set(relevant)
    gains = [1 / np.log2(rank + 2) for rank, row in enumerate(ranking[:depth]) if int(row) in wanted]
    ideal = sum(1 / np.log2(rank + 2) for rank in range(min(depth, len(wanted))))
    return float(100 * sum(gains) / ideal) if ideal else 0.0


def reciprocal_rank(ranking: Sequence[int] | np.ndarray, relevant: Sequence[int]) -> float:
    """100 divided by the place of the first relevant one; 0 where the ranking has none."""
    wanted = set(relevant)
    return next((100 / (rank + 1) for rank, row in enumerate(ranking) if int(row) in wanted), 0.0)


def recall(ranking: Sequence[int] | np.ndarray, relevant: Sequence[int], depth: int = DEPTH) -> float:
    """Share of what could be found in the first `depth` that was, 0 to 100."""
    wanted = set(relevant)
    return 100 * sum(int(row) in wanted for row in ranking[:depth]) / max(1, min(depth, len(wanted)))


def spearman(left: np.ndarray, right: np.ndarray) -> float:
    """Rank correlation times 100; equal values share their mean rank."""
    return 100 * float(np.corrcoef(rankdata(left), rankdata(right))[0, 1])


def average_precision(labels: np.ndarray, scores: np.ndarray) -> float:
    """Average precision of the positive label times 100, as scikit-learn and MTEB have it."""
    return 100 * float(average_precision_score(labels, scores))


def v_measure(vectors: np.ndarray, labels: np.ndarray, *, seed: int, batches: bool = False, starts: int = 3) -> float:
    """
    V-measure times 100 of k-means with as many clusters as labels: the best of `starts` by inertia, or with `batches`
    MiniBatchKMeans with batches of 500, as the clustering tasks of MTEB run it.
    """
    count = len(np.unique(labels))
    if batches:
        model = MiniBatchKMeans(n_clusters=count, batch_size=500, n_init="auto", random_state=seed)
    else:
        model = KMeans(n_clusters=count, n_init=starts, random_state=seed)
    return 100 * float(v_measure_score(labels, model.fit_predict(vectors)))


def few_shot_draws(labels: np.ndarray, shots: int, draws: int, seed: int) -> list[np.ndarray]:
    """Rows of each draw, `shots` of every label: one shuffle a draw that goes on from the last, as MTEB does it."""
    random = np.random.RandomState(seed)
    rows = np.arange(len(labels))
    drawn = []
    for _ in range(draws):
        random.shuffle(rows)
        taken: dict[object, int] = {}
        kept = []
        for row in rows:
            label = labels[row].item()
            if taken.get(label, 0) < shots:
                taken[label] = taken.get(label, 0) + 1
                kept.append(row)
        drawn.append(np.array(kept))
    return drawn


def classified(train: np.ndarray, labels: np.ndarray, test: np.ndarray, expected: np.ndarray, seed: int) -> float:
    """Accuracy times 100 of logistic regression with at most 100 iterations."""
    model = LogisticRegression(random_state=seed, max_iter=100)
    return 100 * float((model.fit(train, labels).predict(test) == expected).mean())


def difference_interval(
    ours: np.ndarray, theirs: np.ndarray, draws: int = 2000, seed: int = 1
) -> tuple[float, float, float]:
    """Mean of ours − theirs over the same queries, with the 2.5th and 97.5th percentile of its bootstrap."""
    if ours.shape != theirs.shape:
        raise ValueError(f"{ours.shape} values against {theirs.shape}: the queries are not the same")
    differences = ours - theirs
    random = np.random.default_rng(seed)
    means = [differences[random.integers(0, len(differences), len(differences))].mean() for _ in range(draws)]
    low, high = np.percentile(means, [2.5, 97.5])
    return float(differences.mean()), float(low), float(high)
