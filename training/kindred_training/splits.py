"""Which side of the split a community, an event or a talk is on: by a hash of its name, so that it never changes."""

import hashlib
from collections.abc import Callable
from typing import Literal, TypeVar

Side = Literal["train", "validation", "test"]
SIDES: tuple[Side, ...] = ("train", "validation", "test")
Part = TypeVar("Part")

TRAIN_SHARE, VALIDATION_SHARE = 0.80, 0.08

# Links between posts from this day on are for choosing (validation) or for reporting, never for training.
TRAINING_ENDS = "2019-01-01"
# Of STSb's train part: pairs whose first sentence is from here on are for choosing.
STSB_HELD_OUT = 0.9


def fraction(kind: str, key: str) -> float:
    """A number in [0, 1) that follows from the name alone."""
    digest = hashlib.sha256(f"{kind}/{key}".encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64


def side(kind: str, key: str) -> Side:
    """The side of one unit (`kind` is "community", "event", ...): what is near it must be on the same side."""
    at = fraction(kind, key)
    if at < TRAIN_SHARE:
        return "train"
    return "validation" if at < TRAIN_SHARE + VALIDATION_SHARE else "test"


def stsb_held_out(sentence: str) -> bool:
    """Whether the pair that begins with this sentence is left out of training, to choose by."""
    return fraction("stsb-train", sentence) >= STSB_HELD_OUT


def by_side(make: Callable[[], Part]) -> dict[Side, Part]:
    """Something of its own for each side."""
    return {at: make() for at in SIDES}
