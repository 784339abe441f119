"""Saved results of the judge read again: several JSON files as one list of models, for the report."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

# Of sets whose main figure says how good a model is.
GROUPS = ("links", "passages", "communities", "topics", "sts", "few-shot", "retrieval", "triplets")

Values = dict[str, dict[int, dict[str, float]]]


@dataclass
class Saved:
    """
    One model. `values` is by set, dimension and figure; `queries` has by set what the main figure at the widest
    dimension is the mean of, where it is a mean. A name `quick#2` is the second seed of `quick`, a name
    `quick:int8` another file of `quick`; `family` and `run` are what is left without them.
    """

    name: str
    format: str
    values: Values = field(default_factory=dict)
    queries: dict[str, np.ndarray] = field(default_factory=dict)

    @property
    def run(self) -> str:
        return self.name.partition("#")[0]

    @property
    def family(self) -> str:
        return self.run.partition(":")[0]

    def at(self, one: str, figure: str, dimension: int | None = None) -> float | None:
        """One figure, at the widest dimension when none is named; None where it wasn't measured."""
        by_dimension = self.values.get(one, {})
        wanted = max(by_dimension, default=None) if dimension is None else dimension
        return by_dimension.get(wanted, {}).get(figure) if wanted is not None else None


@dataclass
class Collected:
    """All models of some files, and what is known of the sets."""

    models: list[Saved]
    sets: dict[str, dict[str, str]]  # name to group, side, main and about


def collect(paths: Sequence[Path]) -> Collected:
    """
    Reads files that the judge wrote; a model that is in several gets the sets of all. Raises ValueError when two files
    call different weights by one name.
    """
    models: dict[str, Saved] = {}
    prints: dict[str, str] = {}
    sets: dict[str, dict[str, str]] = {}
    for path in paths:
        for found in json.loads(path.read_text("utf-8"))["models"]:
            name = found["name"]
            if prints.setdefault(name, found["fingerprint"]) != found["fingerprint"]:
                raise ValueError(f'{path}: the model "{name}" is another one in an earlier file; give it another name')
            saved = models.setdefault(name, Saved(name, found["format"]))
            for one in found["sets"]:
                sets[one["name"]] = {key: one[key] for key in ("group", "side", "main", "about")}
                cells: dict[str, Any] = one["dimensions"]
                known = saved.values.setdefault(one["name"], {})
                known.update({int(dimension): cell["values"] for dimension, cell in cells.items()})
                for cell in cells.values():
                    if "queries" in cell:
                        saved.queries[one["name"]] = np.array(cell["queries"])
    return Collected(list(models.values()), sets)


def by_run(models: Sequence[Saved]) -> dict[str, list[Saved]]:
    """Seeds of one run together, in the order they came."""
    runs: dict[str, list[Saved]] = {}
    for model in models:
        runs.setdefault(model.run, []).append(model)
    return runs


def mean_and_spread(
    models: Sequence[Saved], one: str, figure: str, dimension: int | None = None
) -> tuple[float, float] | None:
    """Mean over the seeds of a run and the standard deviation of a sample (0 for one seed); dimension as `Saved.at`."""
    found = [value for model in models if (value := model.at(one, figure, dimension)) is not None]
    if not found:
        return None
    return float(np.mean(found)), float(np.std(found, ddof=1)) if len(found) > 1 else 0.0


def kept_share(model: Saved, sets: dict[str, dict[str, str]], groups: Collection[str], dimension: int) -> float | None:
    """Main figures at a dimension as a share of those at the widest, × 100, mean over the sets of some groups."""
    shares = []
    for one, about in sets.items():
        if about["group"] not in groups:
            continue
        cut, whole = model.at(one, about["main"], dimension), model.at(one, about["main"])
        if cut is not None and whole:
            shares.append(100 * cut / whole)
    return float(np.mean(shares)) if shares else None
