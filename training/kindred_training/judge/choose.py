"""
Which of several models to ship, by the validation side alone: the one whose least gain over the base is largest.

`python -m kindred_training.judge.choose --json VALIDATION.json`. A model that gains much somewhere and loses
elsewhere has forgotten something; this prefers one that loses nowhere.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .saved import GROUPS, Collected, collect


@dataclass(frozen=True)
class LeastGain:
    model: str
    set: str
    # Points of the set's main figure above those of the base, at the widest dimension.
    points: float


def least_gains(collected: Collected) -> list[LeastGain]:
    """Of every model but the first, the largest first. Raises ValueError without a validation set that both have."""
    base, *others = collected.models
    sets = [
        (one, about["main"])
        for one, about in collected.sets.items()
        if about["side"] == "validation" and about["group"] in GROUPS
    ]
    least = []
    for model in others:
        gains = [
            LeastGain(model.name, one, ours - theirs)
            for one, main in sets
            if (ours := model.at(one, main)) is not None and (theirs := base.at(one, main)) is not None
        ]
        if not gains:
            raise ValueError(f"{model.name} and {base.name} have no validation set in common: judge both on that side")
        least.append(min(gains, key=lambda gain: gain.points))
    return sorted(least, key=lambda gain: -gain.points)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, nargs="+", required=True, help="of the judge, the base model first")
    options = parser.parse_args(arguments)
    for gain in least_gains(collect(options.json)):
        print(f"{gain.model:24} {gain.points:+6.2f} at least, on {gain.set}")


if __name__ == "__main__":
    main()
