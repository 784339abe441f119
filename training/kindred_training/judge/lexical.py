"""BM25 over whole posts and its plain fusion with vectors, to see what vectors add to words."""

import re
from collections import Counter

import numpy as np
from scipy.sparse import csr_matrix

# The best of a few settings on the V8 blog, where a weak one would make vectors look better than they are.
K1, B = 2.0, 0.75
TITLE_COUNTS = 3
COMMON = 0.3  # words in more of the documents than this are not searched for
FUSION_CONSTANT = 60  # of reciprocal rank fusion, as its authors have it
FUSION_DEPTH = 100
COSINE_WEIGHT = 0.2  # of the cosine beside that share, as the app ranks
_WORD = re.compile(r"[a-z0-9]+(?:['.+#-][a-z0-9]+)*[+#]*")


def words(text: str) -> list[str]:
    """Lower-cased words, not stemmed."""
    return _WORD.findall(text.lower())


def bm25_scores(queries: list[str], documents: list[str], common: float = COMMON) -> np.ndarray:
    """
    fp32 [queries, documents], 0 to 1: BM25 as a share of what a document that repeats the query's words without end
    would get. A word counts as often as the query has it; Lucene's inverse document frequency.
    """
    vocabulary: dict[str, int] = {}
    cells = [
        (row, vocabulary.setdefault(word, len(vocabulary)), count)
        for row, document in enumerate(documents)
        for word, count in Counter(words(document)).items()
    ]
    rows, columns, counts = (np.array(part) for part in zip(*cells, strict=True))
    lengths = np.bincount(rows, weights=counts, minlength=len(documents))
    frequency = np.bincount(columns)
    idf = np.log1p((len(documents) - frequency + 0.5) / (frequency + 0.5))
    idf[frequency > common * len(documents)] = 0
    saturated = counts * (K1 + 1) / (counts + K1 * (1 - B + B * lengths[rows] / lengths.mean()))
    weights = csr_matrix((idf[columns] * saturated, (rows, columns)), (len(documents), len(vocabulary)))
    asked = [
        (row, vocabulary[word], count)
        for row, text in enumerate(queries)
        for word, count in Counter(words(text)).items()
        if word in vocabulary
    ]
    at, of, times = np.array(asked).reshape(-1, 3).T
    query = csr_matrix((times.astype(np.float64), (at, of)), (len(queries), len(vocabulary)))
    most = np.maximum((K1 + 1) * (query @ idf), 1e-9)
    return ((query @ weights.T).toarray() / most[:, None]).astype(np.float32)


def fused(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Reciprocal rank fusion of two lists of rows, best first: rows by the sum of 1 / (60 + rank)."""
    scores: dict[int, float] = {}
    for ranking in (left, right):
        for rank, row in enumerate(ranking[:FUSION_DEPTH]):
            scores[int(row)] = scores.get(int(row), 0.0) + 1 / (FUSION_CONSTANT + rank + 1)
    return np.array(sorted(scores, key=lambda row: (-scores[row], row)))
