"""
The figures of a model's card from what was built and judged:
`python -m kindred_training.judge.card_figures --json build/judge/quick.json --dimension 384 --out build/figures.json`.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from ..tasks.all import TASKS
from .claims import claims
from .saved import GROUPS, Collected, Saved, by_run, collect, kept_share, mean_and_spread

Row = dict[str, str | float | None]


def task_rows(counts: dict[str, dict]) -> list[Row]:
    """A row a task: what a positive is, how many pairs trained, how many are held out."""
    return [
        {
            "task": task.name,
            "a positive is": task.meaning,
            "training pairs": counts[task.name]["train"],
            "held out": counts[task.name]["validation"] + counts[task.name]["test"],
        }
        for task in TASKS
        if task.name in counts
    ]


def source_rows(counts: dict[str, dict]) -> list[Row]:
    """A row a source that a task names, with the tasks that use it."""
    used: dict[str, list[str]] = {}
    for task in TASKS:
        if task.name in counts:
            for source in task.sources:
                used.setdefault(source, []).append(task.name)
    return [{"source": source, "tasks": ", ".join(names)} for source, names in used.items()]


def result_rows(collected: Collected, dimension: int) -> list[Row]:
    """
    A row a set of the test side, a column a run; means over the seeds of a run. The first, the base, was not trained to
    be cut and stands with its whole vectors.
    """
    rows: list[Row] = []
    runs = by_run(collected.models)
    for one, about in collected.sets.items():
        if about["side"] != "test" or about["group"] not in GROUPS:
            continue
        row: Row = {"set": one, "measure": about["main"]}
        for at, (name, models) in enumerate(runs.items()):
            found = mean_and_spread(models, one, about["main"], None if at == 0 else dimension)
            row[name] = None if found is None else round(found[0], 1)
        rows.append(row)
    return rows


def curve_rows(model: Saved, collected: Collected) -> list[Row]:
    """A row a dimension: what is left of the figures at the widest."""
    dimensions = sorted({at for found in model.values.values() for at in found}, reverse=True)
    rows: list[Row] = []
    for dimension in dimensions:
        row: Row = {"dimension": dimension}
        for name, groups in (("all sets, %", GROUPS), *((f"{group}, %", (group,)) for group in GROUPS)):
            share = kept_share(model, collected.sets, groups, dimension)
            if share is not None:
                row[name] = round(share, 1)
        rows.append(row)
    return rows


def fusion_rows(model: Saved, collected: Collected, dimension: int) -> list[Row]:
    """A row a set of links: words alone, vectors alone, and the app's weighted sum of both."""
    rows: list[Row] = []
    for one, about in collected.sets.items():
        words, vectors, gain = (model.at(one, figure, dimension) for figure in ("bm25", "ndcg", "sum-gain"))
        if about["side"] == "test" and words is not None and vectors is not None and gain is not None:
            figures = (("words (BM25)", words), ("vectors", vectors), ("both", words + gain))
            rows.append({"set": one, **{name: round(figure, 1) for name, figure in figures}})
    return rows


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--json", type=Path, nargs="+", required=True, help="of the judge: the base first, then the model"
    )
    parser.add_argument(
        "--transfer", type=Path, nargs="*", default=[], help="of the judge: the runs of the transfer table"
    )
    parser.add_argument("--built", type=Path, default=Path("build/data"), help="what the task builders wrote")
    parser.add_argument("--dimension", type=int, default=384, help="that is stored by default")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    counts = json.loads((options.built / "counts.json").read_text("utf-8"))
    collected = collect(options.json)
    if len(collected.models) < 2:
        parser.error("the files hold one model; judge the base beside it")
    model = collected.models[1]
    figures: dict[str, str | list[Row]] = {
        "tasks": task_rows(counts),
        "data": source_rows(counts),
        "results": result_rows(collected, options.dimension),
        "curve": curve_rows(model, collected),
        "fusion": fusion_rows(model, collected, options.dimension),
    }
    if options.transfer:
        figures["transfer"] = claims(collect(options.transfer), "####")
    options.out.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
