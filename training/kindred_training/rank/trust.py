"""
Fits trust: `python -m kindred_training.rank.trust --rows build/trust.tsv --out src/core/rank/trust.json`.

One model for each kind of answer: with or without vectors, of libraries with or without dates.
`related` is the probability that authors link to what is shown; half of the drafts are of other sites, where nothing is
right. `topic` is the probability that what is shown shares a rare tag with the draft, which is not known while it is
written; reported too is how well it tells those from posts that are only linked. `least` is the probability below which
nothing is shown, by the share of other sites' drafts that get any suggestion all the same. Learned from drafts before
2019 of the training sites and from strangers' of that time. How strongly weights are held back, whether `fit` helps and
what `least` is are told by fits that leave one site out, on that site: nobody's site has been seen.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .logistic import Bounds, Fitted, fit_logistic
from .rows import Candidates, read_learning

GROUPS = ("meaning", "dates")
# Share of strangers' drafts that get any suggestion.
AMOUNTS = {"fewer": 0.01, "usual": 0.04, "more": 0.2}
STRENGTHS = (1, 10, 100, 1_000)
CHECKED = 24
BINS = 10


@dataclass(frozen=True)
class Rows:
    """Candidates of one kind of answer, as arrays by candidate."""

    names: tuple[str, ...]
    inputs: np.ndarray
    linked: np.ndarray
    tagged: np.ndarray
    strange: np.ndarray
    # By draft: which draft a candidate is of, and which library that draft was asked in.
    draft: np.ndarray
    site: np.ndarray

    def of(self, rows: np.ndarray) -> "Rows":
        taken = [part[rows] for part in (self.inputs, self.linked, self.tagged, self.strange, self.draft, self.site)]
        return Rows(self.names, *taken)

    def share(self) -> np.ndarray:
        """What each row counts, 1 in all: every library the same, in it own and strange drafts the same."""
        _, draft, sizes = np.unique(self.draft, return_inverse=True, return_counts=True)
        share = 1 / sizes[draft]
        for site in np.unique(self.site):
            for strange in (False, True):
                part = (self.site == site) & (self.strange == strange)
                share[part] /= max(share[part].sum(), np.finfo(float).tiny)
        return share / share.sum()


def rows_of(candidates: Candidates, meaning: bool, dates: bool, paragraph: bool = False) -> Rows:
    """Rows of one kind, their flags taken off."""
    flags = {"meaning": meaning, "dates": dates, "paragraph": paragraph}
    column = candidates.names.index
    kept = np.all([candidates.features[:, column(name)] == value for name, value in flags.items()], axis=0)
    tagged = candidates.features[:, column("tagged")] == 1
    names = tuple(name for name in candidates.names if name not in (*flags, "tagged"))
    sizes = np.diff(candidates.starts)
    by_row = [np.repeat(part, sizes) for part in (candidates.relevant == 0, np.arange(len(sizes)), candidates.sites)]
    inputs = candidates.features[:, [column(name) for name in names]]
    return Rows(names, *(part[kept] for part in (inputs, candidates.linked, tagged, *by_row)))


def related_names(names: tuple[str, ...], meaning: bool, dates: bool, fit: bool) -> tuple[str, ...]:
    """
    What tells that a post is related. Without dates the order of the ranker, which learned with them, keeps fewer of
    the linked posts and lets more of other sites' drafts through.
    """
    left_out = {"topics"}
    if not meaning:
        left_out.add("closest")
    if not dates:
        left_out.add("order")
    if not fit:
        left_out.add("fit")
    return tuple(name for name in names if name not in left_out)


def topic_names(names: tuple[str, ...], meaning: bool) -> tuple[str, ...]:
    left_out = {"order", "fit"} if meaning else {"order", "fit", "closest"}
    return tuple(name for name in names if name not in left_out)


def log_loss(fitted: Fitted, rows: Rows, labels: np.ndarray) -> float:
    margins = np.where(labels, 1, -1) * fitted.score(rows.names, rows.inputs)
    return float(rows.share() @ np.logaddexp(0, -margins))


def choose(train: Rows, every: Rows, choices: list[tuple[str, ...]], label: str) -> tuple[Fitted, np.ndarray]:
    """
    The fit of `train` whose like, learned from the other sites, has the smallest loss on each site of `every`, and what
    those give the rows of `every`: what a site that nobody has seen may expect. No more of anything is a sign against.
    """

    def fit(rows: Rows, names: tuple[str, ...], strength: float) -> Fitted:
        columns = [rows.names.index(name) for name in names]
        bounds: list[Bounds] = [(0, None)] * len(names)
        return fit_logistic(names, rows.inputs[:, columns], getattr(rows, label), rows.share(), bounds, strength)

    best: tuple[float, tuple[str, ...], float, np.ndarray] | None = None
    for names in choices:
        for strength in STRENGTHS:
            unseen = np.zeros(len(every.linked))
            losses = []
            for site in np.unique(every.site):
                one = fit(train.of(train.site != site), names, strength)
                here = every.site == site
                unseen[here] = one.probability(every.names, every.inputs[here])
                part = every.of(here)
                losses.append(log_loss(one, part, getattr(part, label)))
            if best is None or np.mean(losses) < best[0]:
                best = (float(np.mean(losses)), names, strength, unseen)
    assert best is not None
    return fit(train, best[1], best[2]), best[3]


def least_shown(probabilities: np.ndarray, rows: Rows) -> dict[str, float]:
    """Probabilities that the best candidates of so many strange drafts stay below; every library counts the same."""
    strange = rows.of(rows.strange)
    best = np.zeros(int(strange.draft.max()) + 1)
    np.maximum.at(best, strange.draft, probabilities[rows.strange])
    drafts, first = np.unique(strange.draft, return_index=True)
    sites = strange.site[first]
    weights = np.array([1 / (sites == site).sum() for site in sites])
    order = np.argsort(-best[drafts])
    above = np.cumsum(weights[order]) / weights.sum()
    found = {}
    for amount, share in AMOUNTS.items():
        at = int(np.searchsorted(above, share))
        found[amount] = float(np.ceil(best[drafts][order][at] * 1_000) / 1_000)
    return found


def calibration_error(probabilities: np.ndarray, labels: np.ndarray, share: np.ndarray) -> float:
    """Expected calibration error over ten equal bins."""
    bins = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    gaps = [abs(share[bins == one] @ (probabilities[bins == one] - labels[bins == one])) for one in range(BINS)]
    return float(sum(gaps) / share.sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=Path, default=Path("build/trust.tsv"))
    parser.add_argument("--out", type=Path, default=Path("src/core/rank/trust.json"))
    parser.add_argument("--check", type=Path, default=Path("src/testing/trustCheck.json"))
    options = parser.parse_args()
    candidates, ours, early = read_learning(options.rows, "trust")
    sides = [candidates.of(part) for part in (ours & early, ours & ~early, ours, ~ours)]
    models = []
    for meaning, dates in ((False, False), (True, False), (False, True), (True, True)):
        train, validation, both, test = (rows_of(side, meaning, dates) for side in sides)
        choices = [related_names(train.names, meaning, dates, fit) for fit in (False, True)]
        related, unseen = choose(train, both, choices, "linked")
        own = [rows.of(~rows.strange) for rows in (train, both)]
        topic, _ = choose(*own, [topic_names(train.names, meaning)], "tagged")
        groups = [name for name, has in zip(GROUPS, (meaning, dates), strict=True) if has]
        models.append({"with": groups, "related": related, "topic": topic, "least": least_shown(unseen, both)})
        _report(models[-1], {"before": train, "later": validation, **_by_site(test)}, sides, meaning, dates)
    options.out.write_text(_readable(models), "utf-8")
    options.check.write_text(_check(rows_of(candidates, True, True), models), "utf-8")


def _by_site(rows: Rows) -> dict[str, Rows]:
    return {str(site): rows.of(rows.site == site) for site in np.unique(rows.site)}


def _report(model: dict, sides: dict[str, Rows], parts: list[Candidates], meaning: bool, dates: bool) -> None:
    related, topic, least = model["related"], model["topic"], model["least"]["usual"]
    print("with", ", ".join(model["with"]) or "nothing", "  least", model["least"])
    print("  related", related.readable(), "\n  topic", topic.readable())
    sides = {**sides, "paragraphs": rows_of(parts[1], meaning, dates, paragraph=True)}
    for name, rows in sides.items():
        if not len(rows.linked):
            continue
        found = related.probability(rows.names, rows.inputs)
        own = ~rows.strange
        shown = found >= least
        strangers = np.unique(rows.draft[rows.strange])
        cells = [
            f"error {calibration_error(found, rows.linked, rows.share()):.3f}",
            f"own {calibration_error(found[own], rows.linked[own], rows.of(own).share()):.3f}",
            f"strangers {len(np.unique(rows.draft[rows.strange & shown])) / max(1, len(strangers)):.3f}",
            f"own any {len(np.unique(rows.draft[own & shown])) / len(np.unique(rows.draft[own])):.3f}",
            f"linked kept {(rows.linked & shown).sum() / rows.linked.sum():.3f}",
        ]
        shown_own = rows.of(own)
        if shown_own.tagged.any():
            cells.append(_topic_cells(topic.probability(shown_own.names, shown_own.inputs), shown_own))
        print(f"  {name:12}", *cells, sep="  ")


def _topic_cells(found: np.ndarray, rows: Rows) -> str:
    said = found >= 0.5
    about = rows.linked | rows.tagged
    return (
        f"topic: said {said.mean():.3f} of {rows.tagged.mean():.3f}, right {rows.tagged[said].mean():.3f}, "
        f"found {said[rows.tagged].mean():.3f}, beside only linked {_area(found[about], rows.tagged[about]):.3f}"
    )


def _area(scores: np.ndarray, labels: np.ndarray) -> float:
    """Under the curve of hits against false alarms: how often one of the right scores above one of the wrong."""
    order = np.argsort(scores)
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    right = labels.sum()
    return float((ranks[labels].sum() - right * (right + 1) / 2) / (right * (len(labels) - right)))


def _readable(models: list[dict]) -> str:
    content = [
        {
            "with": model["with"],
            "related": model["related"].readable(),
            "topic": model["topic"].readable(),
            "least": model["least"],
        }
        for model in models
    ]
    return json.dumps({"models": content}, indent=2) + "\n"


def _check(rows: Rows, models: list[dict]) -> str:
    """Some candidates with what each model gives them: TypeScript must give the same."""
    some = rows.inputs[np.linspace(0, len(rows.inputs) - 1, CHECKED).astype(int)]
    content = {
        "signals": [dict(zip(rows.names, row, strict=True)) for row in some.tolist()],
        "trust": [
            {
                "with": model["with"],
                "probability": model["related"].probability(rows.names, some).tolist(),
                "topic": model["topic"].probability(rows.names, some).tolist(),
            }
            for model in models
        ],
    }
    return json.dumps(content, indent=2) + "\n"


if __name__ == "__main__":
    main()
