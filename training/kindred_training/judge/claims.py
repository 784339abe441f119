"""
Whether one model trained on all tasks at once holds its own: against each task alone, and against its base on sets that
were never trained on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .measures import difference_interval
from .saved import GROUPS, Collected, Saved, by_run, mean_and_spread

ALONE = "alone-"
TOGETHER = "together"
ZERO_SHOT = "never trained on"
# The task whose own test part nobody may have: its development set stands for it.
OWN_SET = {"similarity": "stsb-dev"}
# Two-sided 95 % of Student's t by the number of seeds.
STUDENT = {2: 12.71, 3: 4.30, 4: 3.18, 5: 2.78}


@dataclass(frozen=True)
class Difference:
    """Of a run from another, means over seeds × 100, with its interval of 95 %; `by` says over what that is drawn."""

    mean: float
    low: float
    high: float
    by: str

    @property
    def verdict(self) -> str:
        """Whether the first is better: yes, no, or not told apart by what was measured."""
        if self.low > 0:
            return "better"
        return "worse" if self.high < 0 else "not told apart"


def difference(ours: Sequence[Saved], theirs: Sequence[Saved], one: str, figure: str) -> Difference | None:
    """
    By paired bootstrap over queries, each the mean over seeds, where the figure is a mean over queries; else by the
    spread of our seeds. None where one was not measured, or has neither.
    """
    if all(one in model.queries for model in (*ours, *theirs)):
        queries = [np.mean([model.queries[one] for model in models], axis=0) for models in (ours, theirs)]
        return Difference(*difference_interval(*queries), "queries")
    found, other = (mean_and_spread(models, one, figure) for models in (ours, theirs))
    if found is None or other is None or len(ours) not in STUDENT:
        return None
    mean, half = found[0] - other[0], STUDENT[len(ours)] * found[1] / len(ours) ** 0.5
    return Difference(mean, mean - half, mean + half, "seeds")


def claims(collected: Collected, heading: str = "##") -> str:
    """Two tables of Markdown below headings; empty when there is no run of all tasks or none of one alone."""
    runs = by_run(collected.models)
    base = next(iter(runs.values()), [])
    alone = {name.removeprefix(ALONE): models for name, models in runs.items() if name.startswith(ALONE)}
    together = runs.get(TOGETHER)
    if together is None or not alone:
        return ""
    others = {
        name: models for name, models in runs.items() if name not in (base[0].run, TOGETHER) and ALONE not in name
    }
    own = [(task, OWN_SET.get(task, f"task-{task}"), models) for task, models in alone.items()]
    zero_shot = [one for one, about in collected.sets.items() if _is_zero_shot(about)]
    return "\n\n".join(
        [
            f"{heading} All tasks at once against each alone",
            _table(
                collected,
                "alone",
                base,
                together,
                others,
                [(one, f"{task}: {one}", models) for task, one, models in own],
            ),
            f"{heading} All tasks at once against the base, on sets never trained on",
            _table(collected, base[0].run, base, together, others, [(one, one, base) for one in zero_shot]),
            "In brackets the 95 % interval: over queries, by paired bootstrap, or (s) over seeds where a set has none.",
        ]
    )


def _is_zero_shot(about: Mapping[str, str]) -> bool:
    return ZERO_SHOT in about["about"] and about["side"] == "test" and about["group"] in GROUPS


def _table(
    collected: Collected,
    compared: str,
    base: Sequence[Saved],
    together: Sequence[Saved],
    others: Mapping[str, Sequence[Saved]],
    rows: Sequence[tuple[str, str, Sequence[Saved]]],
) -> str:
    columns = dict.fromkeys([base[0].run, compared, TOGETHER, *others])
    lines = ["| set | figure | " + " | ".join(columns) + f" | {TOGETHER} − {compared} | |"]
    lines.append("|---|---|" + "---:|" * (len(columns) + 1) + "---|")
    verdicts = []
    for one, label, against in rows:
        if one not in collected.sets:
            continue
        figure = collected.sets[one]["main"]
        of = {**others, base[0].run: base, compared: against, TOGETHER: together}
        cells = [_cell(of[name], one, figure) for name in columns]
        found = difference(together, against, one, figure)
        text = "–" if found is None else _with_interval(found)
        verdicts.append("" if found is None else found.verdict)
        lines.append(f"| {label} | {figure} | " + " | ".join(cells) + f" | {text} | {verdicts[-1]} |")
    counts = ", ".join(f"{verdicts.count(kind)} {kind}" for kind in ("better", "not told apart", "worse"))
    return "\n".join([*lines, "", f"Of {len(verdicts)}: {counts}."])


def _cell(models: Sequence[Saved], one: str, figure: str) -> str:
    found = mean_and_spread(models, one, figure)
    if found is None:
        return "–"
    return f"{found[0]:.1f} ± {found[1]:.1f}" if len(models) > 1 else f"{found[0]:.1f}"


def _with_interval(found: Difference) -> str:
    mark = " (s)" if found.by == "seeds" else ""
    return f"{found.mean:+.1f} [{found.low:+.1f}, {found.high:+.1f}]{mark}"
