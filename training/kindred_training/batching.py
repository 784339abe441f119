"""Texts of like lengths run together: what is padded is paid for."""

from collections.abc import Sequence


def padded_runs(order: Sequence[int], lengths: Sequence[int], tokens: int) -> list[list[int]]:
    """Runs of `order`, which goes from long to short, of at most `tokens` with padding; a longer text runs alone."""
    runs: list[list[int]] = []
    longest = 0
    for at in order:
        if not runs or (len(runs[-1]) + 1) * longest > tokens:
            runs.append([])
            longest = int(lengths[at])
        runs[-1].append(at)
    return runs
