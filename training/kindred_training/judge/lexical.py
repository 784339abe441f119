"""BM25 over whole posts and its plain fusion with vectors, to see what vectors add to words."""

import re
from collections import Counter

import numpy as np
from scipy.sparse import csr_matrix

K1, B = 1.5, 0.75
FUSION_CONSTANT = 60  # of reciprocal rank fusion, as its authors have it
FUSION_DEPTH = 100
_WORD = re.compile(r"[a-z0-9]+(?:['.+#-][a-z0-9]+)*[+#]*")


def words(text: str) -> list[str]:
    """Lower-cased words; no stemming, no stop words: BM25 weighs those down itself."""
    return _WORD.findall(text.lower())


def bm25_scores(queries: list[str], documents: list[str]) -> np.ndarray:
    """fp32 [queries, documents]. Each word of a query counts once; Lucene's form of inverse document frequency."""
    vocabulary: dict[str, int] = {}
    counts = [Counter(words(document)) for document in documents]
    cells = [
        (row, vocabulary.setdefault(word, len(vocabulary)), n)
        for row, found in enumerate(counts)
        for word, n in found.items()
    ]
    rows, columns, n = (np.array(part) for part in zip(*cells, strict=True))
    lengths = np.bincount(rows, weights=n, minlength=len(documents))
    idf = np.log1p((len(documents) - (df := np.bincount(columns)) + 0.5) / (df + 0.5))
    saturated = n * (K1 + 1) / (n + K1 * (1 - B + B * lengths[rows] / lengths.mean()))
    weights = csr_matrix((idf[columns] * saturated, (rows, columns)), (len(documents), len(vocabulary)))
    asked = [
        (row, vocabulary[word]) for row, text in enumerate(queries) for word in set(words(text)) if word in vocabulary
    ]
    at, of = np.array(asked).reshape(-1, 2).T
    query = csr_matrix((np.ones(len(at)), (at, of)), (len(queries), len(vocabulary)))
    return (query @ weights.T).toarray().astype(np.float32)


def fused(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Reciprocal rank fusion of two lists of rows, best first: rows by the sum of 1 / (60 + rank)."""
    scores: dict[int, float] = {}
    for ranking in (left, right):
        for rank, row in enumerate(ranking[:FUSION_DEPTH]):
            scores[int(row)] = scores.get(int(row), 0.0) + 1 / (FUSION_CONSTANT + rank + 1)
    return np.array(sorted(scores, key=lambda row: (-scores[row], row)))
