"""
Fits the ranker: `python -m kindred_training.rank.fit --features build/features.tsv --out src/core/rank/ranker.json`.

A logistic regression over features of candidates, each query counting the same and nearer never counting less, one for
each set of features that a library may have: with or without vectors and links. Learned from queries before 2019 of the
training sites, how strongly weights are held back chosen on their later queries; reported on those and on sites that
take no part.
"""

import argparse
import json
from itertools import combinations
from pathlib import Path

import numpy as np

from .logistic import Bounds, Fitted, fit_logistic
from .rows import Candidates, read_learning

# Features by what a library needs for them, as FEATURE_GROUPS in src/core/rank/features.ts.
OPTIONAL = {
    "meaning": ("standsOut", "closest"),
    "links": ("linked", "links", "linkedLately", "linkedByNear", "linksToNear"),
}
GROUPS = {
    "words": ("words", "wordsToBest", "wordsRank", "rareTerms", "titleInDraft", "summaryInDraft"),
    **OPTIONAL,
    "time": ("recencyRank", "recencyShare", "gap"),
    "tags": ("tagVote",),
    "length": ("length",),
}
LESS_IS_NEARER = ("wordsRank", "recencyRank", "recencyShare", "gap")
EITHER_WAY = ("links", "length")
# Told of each candidate for the sake of trust; beside standsOut it orders nothing better.
NOT_RANKED = ("closest",)
STRENGTHS = (1, 10, 100, 1_000, 10_000)
CHECKED = 24


def fit(candidates: Candidates, names: tuple[str, ...], strength: float) -> Fitted:
    """`strength` is the share of the mean loss of a query beside half the squares of the standardised weights."""
    columns = [candidates.names.index(name) for name in names]
    raw = candidates.features[:, columns]
    # One query counts as much as another, however many candidates it has.
    sizes = np.diff(candidates.starts)
    share = np.repeat(1 / np.maximum(sizes, 1), sizes) / len(sizes)
    return fit_logistic(names, raw, candidates.linked, share, [_bounds(name) for name in names], strength)


def _bounds(name: str) -> Bounds:
    """What is nearer, newer or more often linked may only help; of the rest the data decide."""
    if name in EITHER_WAY:
        return (None, None)
    return (None, 0) if name in LESS_IS_NEARER else (0, None)


def by_site(candidates: Candidates, scores: np.ndarray) -> dict[str, float]:
    """nDCG@10 times 100 for each site, in the order of the file."""
    found = candidates.ndcg(scores)
    return {str(site): 100 * float(found[candidates.sites == site].mean()) for site in dict.fromkeys(candidates.sites)}


def choose(train: Candidates, validation: Candidates, names: tuple[str, ...]) -> Fitted:
    """The fit whose mean over the sites of the validation side is best."""
    fitted = [fit(train, names, strength) for strength in STRENGTHS]
    means = [
        np.mean(list(by_site(validation, one.score(validation.names, validation.features)).values())) for one in fitted
    ]
    return fitted[int(np.argmax(means))]


def names_with(groups: tuple[str, ...], all_names: tuple[str, ...]) -> tuple[str, ...]:
    """Features to rank by that need none of the optional groups but these."""
    missing = {*NOT_RANKED, *(name for group, names in OPTIONAL.items() if group not in groups for name in names)}
    return tuple(name for name in all_names if name not in missing)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--features", type=Path, default=Path("build/features.tsv"))
    parser.add_argument("--out", type=Path, default=Path("src/core/rank/ranker.json"))
    parser.add_argument("--check", type=Path, default=Path("src/testing/rankerCheck.json"))
    options = parser.parse_args()
    candidates, ours, early = read_learning(options.features, "the ranker")
    train, validation, test = (candidates.of(rows) for rows in (ours & early, ours & ~early, ~ours))
    subsets = [subset for size in range(len(OPTIONAL) + 1) for subset in combinations(OPTIONAL, size)]
    models = {subset: choose(train, validation, names_with(subset, candidates.names)) for subset in subsets}
    _report(train, validation, test, models[tuple(OPTIONAL)])
    options.out.write_text(_readable(models), "utf-8")
    options.check.write_text(_check(candidates, models), "utf-8")


def _report(train: Candidates, validation: Candidates, test: Candidates, whole: Fitted) -> None:
    """What the ranking is worth by site, and what is lost without each group of features."""
    rows = {"bm25": None, "all": whole}
    for group, left_out in GROUPS.items():
        rows[f"without {group}"] = choose(train, validation, tuple(n for n in whole.names if n not in left_out))
    sides = [side for side in (validation, test) if len(side.sites)]
    print("nDCG@10 x 100".ljust(20), *(site.rjust(12) for side in sides for site in dict.fromkeys(side.sites)))
    for name, fitted in rows.items():
        cells = [
            f"{value:12.1f}"
            for side in sides
            for value in by_site(
                side, _by_words(side) if fitted is None else fitted.score(side.names, side.features)
            ).values()
        ]
        print(name.ljust(20), *cells)
    for name, weight in zip(whole.names, whole.weights, strict=True):
        spread = train.features[:, train.names.index(name)].std()
        print(f"  {name:16} {weight:9.4f}  {weight * spread:+.2f} a standard deviation")


def _by_words(candidates: Candidates) -> np.ndarray:
    return candidates.features[:, candidates.names.index("words")]


def _readable(models: dict[tuple[str, ...], Fitted]) -> str:
    content = {
        "models": [{"with": list(subset), **one.readable()} for subset, one in models.items()],
    }
    return json.dumps(content, indent=2) + "\n"


def _check(candidates: Candidates, models: dict[tuple[str, ...], Fitted]) -> str:
    """Some candidates with what each model gives them: TypeScript must give the same."""
    rows = np.linspace(0, len(candidates.features) - 1, CHECKED).astype(int)
    some = Candidates(candidates.names, candidates.features[rows], candidates.linked[rows], *[np.array([])] * 4)
    content = {
        "features": [dict(zip(some.names, row, strict=True)) for row in some.features.tolist()],
        "scores": [
            {"with": list(subset), "scores": one.score(some.names, some.features).tolist()}
            for subset, one in models.items()
        ],
    }
    return json.dumps(content, indent=2) + "\n"


if __name__ == "__main__":
    main()
