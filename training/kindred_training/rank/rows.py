"""Candidates of queries with their features, as `npm run eval -- --features FILE` writes them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..splits import TRAINING_ENDS

TRAINING_SITES = ("18f", "digitalgov", "v8")
ABOUT = ("site", "query", "date", "relevant", "post", "linked")


@dataclass(frozen=True)
class Candidates:
    """
    Candidates of many queries, those of one query side by side.

    `features` is float64 [candidates, names]; `starts` has the first row of each query and after the last the number of
    rows; `sites`, `dates` and `relevant` (posts that are right, candidates or not) are by query.
    """

    names: tuple[str, ...]
    features: np.ndarray
    linked: np.ndarray
    starts: np.ndarray
    sites: np.ndarray
    dates: np.ndarray
    relevant: np.ndarray

    def of(self, queries: np.ndarray) -> "Candidates":
        """Those of some queries, by a mask or by numbers."""
        numbers = np.arange(len(self.sites))[queries]
        rows = [np.arange(self.starts[at], self.starts[at + 1]) for at in numbers]
        kept = np.concatenate(rows) if rows else np.arange(0)
        starts = np.cumsum([0, *(len(part) for part in rows)])
        return Candidates(
            self.names,
            self.features[kept],
            self.linked[kept],
            starts,
            self.sites[numbers],
            self.dates[numbers],
            self.relevant[numbers],
        )

    def ndcg(self, scores: np.ndarray, depth: int = 10) -> np.ndarray:
        """Of each query, 0 to 1; higher scores come first, a right post that is no candidate counts as missed."""
        gains = 1 / np.log2(np.arange(depth) + 2)
        found = np.zeros(len(self.sites))
        for query, (start, end) in enumerate(zip(self.starts[:-1], self.starts[1:], strict=True)):
            order = np.argsort(-scores[start:end], kind="stable")[:depth]
            gain = (self.linked[start:end][order] * gains[: len(order)]).sum()
            found[query] = gain / gains[: min(depth, int(self.relevant[query]))].sum()
        return found


def read_learning(path: Path, learner: str) -> tuple[Candidates, np.ndarray, np.ndarray]:
    """
    Candidates; which queries are of sites that `learner` learns from; and which are of the time that it learns from.

    Raises ValueError as `read_candidates`, and when a site is missing.
    """
    candidates = read_candidates(path)
    missing = sorted(set(TRAINING_SITES) - set(candidates.sites))
    if missing:
        raise ValueError(f"{path} lacks {', '.join(missing)}, which {learner} learns from")
    return candidates, np.isin(candidates.sites, TRAINING_SITES), candidates.dates < TRAINING_ENDS


def read_candidates(path: Path) -> Candidates:
    """Raises ValueError that names what is missing and the command that makes it."""
    how = "npm run eval -- --features FILE writes such a file"
    if not path.is_file():
        raise ValueError(f"there is no {path}; {how}")
    with path.open(encoding="utf-8") as lines:
        header = lines.readline().rstrip("\n").split("\t")
        if tuple(header[: len(ABOUT)]) != ABOUT:
            raise ValueError(f"{path} does not begin with the columns {', '.join(ABOUT)}; {how}")
        queries: list[tuple[str, str, str, int]] = []
        starts: list[int] = []
        linked, features = [], []
        for number, line in enumerate(lines):
            site, query, date, relevant, _, right, *numbers = line.rstrip("\n").split("\t")
            if not queries or queries[-1][:2] != (site, query):
                queries.append((site, query, date, int(relevant)))
                starts.append(number)
            linked.append(right == "1")
            features.append(np.array(numbers, np.float64))
    return Candidates(
        tuple(header[len(ABOUT) :]),
        np.array(features),
        np.array(linked),
        np.array([*starts, len(linked)]),
        np.array([query[0] for query in queries]),
        np.array([query[2] for query in queries]),
        np.array([query[3] for query in queries]),
    )
