"""A training run as one TOML file: everything that decides its outcome, seeds included."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

PRECISIONS = ("bf16", "fp32")


@dataclass(frozen=True)
class TaskSettings:
    # Pairs in one batch; long texts need fewer.
    batch: int
    # Hard negatives taken for each anchor, of the two that were mined.
    negatives: int = 2
    # Multiplies the task's share of the mixture.
    weight: float = 1.0
    # A candidate that the base finds nearer to the anchor than the positive by this much counts as no negative.
    margin: float = 0.1
    # The pairs of this many batches are dealt out so that those of one batch are alike; 1 leaves them to chance.
    alike_among: int = 1


@dataclass(frozen=True)
class PullSettings:
    """Another model whose similarities are followed: a teacher, or the base itself against forgetting."""

    # "minilm", "bge-small", or a folder.
    model: str
    weight: float


@dataclass(frozen=True)
class RunSettings:
    name: str
    # As PullSettings.model.
    base: str
    tasks: dict[str, TaskSettings]
    steps: int
    seed: int = 1
    learning_rate: float = 2e-5
    warmup: float = 0.1
    weight_decay: float = 0.01
    # "bf16" where the processor or the graphics card knows it, else "fp32".
    precision: str = "bf16"
    # Layers below this one stay as they are, which forgets less and costs half. 0 trains everything.
    frozen_layers: int = 0
    # A linear map after pooling, at first the rotation that puts most into the first dimensions.
    projection: bool = True
    projection_rate: float = 2e-4
    max_tokens: int = 128
    temperature: float = 0.05
    # Of the shares of tasks by size: 1 is by size, 0 is equal.
    mixing: float = 0.5
    # Lengths that a vector may be cut to, with their weights in the loss.
    dimensions: Mapping[int, float] = field(default_factory=lambda: {384: 1, 256: 1, 128: 1, 64: 1})
    pulls: tuple[PullSettings, ...] = ()
    # Of a text this much is read by the models that are followed.
    pull_tokens: int = 64
    # Shares of the trained weights in the averages with the base that are written out.
    averages: tuple[float, ...] = (1.0,)
    checkpoint_every: int = 100
    data: str = "build/data"


def read_config(path: Path, changes: dict | None = None) -> RunSettings:
    """The settings of a file, `changes` over them; raises ValueError that names an unknown setting."""
    content = tomllib.loads(path.read_text("utf-8")) | (changes or {})
    known = set(RunSettings.__dataclass_fields__)
    unknown = sorted(set(content) - known)
    if unknown:
        raise ValueError(f"{path}: unknown settings {', '.join(unknown)}; known are {', '.join(sorted(known))}")
    if content.get("precision", "fp32") not in PRECISIONS:
        raise ValueError(f"{path}: precision is one of {', '.join(PRECISIONS)}, not {content['precision']}")
    if not content.get("tasks"):
        raise ValueError(f"{path}: no task; give at least one [tasks.NAME] with its batch size")
    content["tasks"] = {name: TaskSettings(**values) for name, values in content["tasks"].items()}
    content["pulls"] = tuple(PullSettings(**values) for values in content.get("pulls", ()))
    if "dimensions" in content:
        content["dimensions"] = {int(dimension): weight for dimension, weight in content["dimensions"].items()}
    if "averages" in content:
        content["averages"] = tuple(content["averages"])
    return RunSettings(**content)
