"""Batches of texts that are alike, in which each is a hard negative of the others."""

import numpy as np


def alike_batches(vectors: np.ndarray, size: int) -> np.ndarray:
    """
    The order, int64 [texts], in which every `size` texts after each other are near to each other.

    `vectors` is float [batches * size, width]. They are halved along the axis on which they differ most, and so are
    the halves, until each is a batch. Raises ValueError where the texts are no whole number of batches.
    """
    if len(vectors) % size:
        raise ValueError(f"{len(vectors)} texts are no whole number of batches of {size}")
    return _halved(vectors, np.arange(len(vectors)), size)


def _halved(vectors: np.ndarray, rows: np.ndarray, size: int) -> np.ndarray:
    batches = len(rows) // size
    if batches < 2:
        return rows
    centred = vectors[rows] - vectors[rows].mean(axis=0)
    # Its last eigenvector is the axis of the largest spread.
    axis = np.linalg.eigh(centred.T @ centred)[1][:, -1]
    order = rows[np.argsort(centred @ axis, kind="stable")]
    middle = batches // 2 * size
    return np.concatenate([_halved(vectors, half, size) for half in (order[:middle], order[middle:])])
