"""Similarity: pairs of sentences that people graded."""

import random
from pathlib import Path

from ..data.sts import read_stsb_train
from ..splits import by_side, stsb_held_out
from .pair import Built, Graded, Task


def build(data: Path, rng: random.Random, limit: int) -> Built:
    built = Built(graded=by_side(list))
    for pair in read_stsb_train(data):
        at = "validation" if stsb_held_out(pair.a) else "train"
        built.graded[at].append(Graded(pair.a, pair.b, pair.score, "stsb-train"))
    rng.shuffle(built.graded["train"])
    built.graded["train"] = built.graded["train"][:limit]
    return built


TASK = Task(
    name="similarity",
    meaning="sentences as similar as people found them",
    sources=("STS benchmark, train part (CC BY-SA 4.0), without pairs of its test part",),
    build=build,
    limit=6_000,
)
