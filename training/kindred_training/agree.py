"""How far two files of vectors agree: `python -m kindred_training.agree reference.npy ours.npy`."""

import argparse
from pathlib import Path

import numpy as np


def cosines(reference: np.ndarray, ours: np.ndarray) -> np.ndarray:
    """Cosine of each row with its counterpart; raises ValueError for unequal shapes or a zero row."""
    if reference.shape != ours.shape or reference.ndim != 2:
        raise ValueError(f"shapes differ: {reference.shape} and {ours.shape}")
    left, right = reference.astype(np.float64), ours.astype(np.float64)
    lengths = np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1)
    bad = np.flatnonzero(~np.isfinite(lengths) | (lengths == 0))
    if bad.size:
        raise ValueError(f"row {bad[0]} is zero or not finite")
    return (left * right).sum(axis=1) / lengths


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reference", type=Path)
    parser.add_argument("ours", type=Path)
    options = parser.parse_args()
    values = cosines(np.load(options.reference), np.load(options.ours))
    worst = int(values.argmin())
    print(f"{len(values)} rows: mean cosine {values.mean():.5f}, worst {values[worst]:.5f} (row {worst})")


if __name__ == "__main__":
    main()
