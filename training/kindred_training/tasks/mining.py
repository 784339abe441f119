"""Hard negatives: what BM25 and the base model would wrongly put near the anchor, two for each anchor."""

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

from .table import TextTable

K1, B = 1.2, 0.75
CONSIDERED = 40
BATCH = 512
# A candidate nearer to the anchor than the positive plus this much is more likely an unlabelled positive.
MARGIN = 0.05
# Where the positive itself is far away (two titles of one community), a candidate may be this near.
ALWAYS_ALLOWED = 0.45
# One of the first few allowed, so that not all anchors share one.
FIRST_FEW = 4


def bm25_matrix(texts: list[str]) -> tuple[sparse.csr_matrix, CountVectorizer]:
    """BM25 weights [texts, terms]; a query is a row of ones at its terms."""
    counter = CountVectorizer(stop_words="english", min_df=1, token_pattern=r"(?u)\b\w\w+\b")
    counts = counter.fit_transform(texts).astype(np.float32).tocsr()
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    documents = counts.shape[0]
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = np.log(1 + (documents - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
    rows = np.repeat(np.arange(documents), np.diff(counts.indptr))
    norm = K1 * (1 - B + B * lengths[rows] / max(lengths.mean(), 1))
    counts.data = idf[counts.indices] * counts.data * (K1 + 1) / (counts.data + norm)
    return counts, counter


def mine(
    table: TextTable,
    vectors: np.ndarray,
    anchors: list[int],
    positives: list[int],
    accepts: list[frozenset[str]],
    pool: np.ndarray,
    rng: np.random.Generator,
) -> list[tuple[int, ...]]:
    """
    For each anchor at most two texts of the pool: one that BM25 ranks high, one that the base model ranks high.

    `vectors` are unit rows [texts, dimension] of the base model, `pool` numbers of texts. Texts that share a key with
    `accepts`, and those nearer to the anchor than its positive by more than a margin, are left out.
    """
    weights, counter = bm25_matrix([table.texts[number] for number in pool])
    pool_vectors = vectors[pool]
    found: list[tuple[int, ...]] = []
    for start in range(0, len(anchors), BATCH):
        part = slice(start, start + BATCH)
        queries = counter.transform(table.texts[number] for number in anchors[part])
        queries.data[:] = 1
        lexical = np.asarray((queries @ weights.T).todense())
        dense = vectors[anchors[part]] @ pool_vectors.T
        for row, (anchor, positive, accepted) in enumerate(
            zip(anchors[part], positives[part], accepts[part], strict=True)
        ):
            limit = max(float(vectors[anchor] @ vectors[positive]) + MARGIN, ALWAYS_ALLOWED)
            chosen: list[int] = []
            for best in (_best(lexical[row], lexical_only=True), _best(dense[row], lexical_only=False)):
                allowed = [
                    int(at)
                    for at in best
                    if dense[row, at] <= limit
                    and at not in chosen
                    and pool[at] not in (anchor, positive)
                    and accepted.isdisjoint(table.keys[pool[at]])
                ]
                chosen += _one_of_few(allowed, rng)
            found.append(tuple(int(pool[at]) for at in chosen))
    return found


def _best(scores: np.ndarray, lexical_only: bool) -> np.ndarray:
    """Places in the pool by falling score; of a search by words only those that share one."""
    considered = min(CONSIDERED, len(scores))
    top = np.argpartition(-scores, considered - 1)[:considered]
    top = top[np.argsort(-scores[top], kind="stable")]
    return top[scores[top] > 0] if lexical_only else top


def _one_of_few(candidates: list[int], rng: np.random.Generator) -> list[int]:
    return [int(rng.choice(candidates[:FIRST_FEW]))] if candidates else []
