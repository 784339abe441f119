"""On which side a talk is: one given at several events is where its strictest event is."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from ..data.pyvideo import Talk, read_talks
from ..splits import Side, side
from .posts import has_body

STRICTNESS: dict[Side, int] = {"train": 0, "validation": 1, "test": 2}


def talk_sides(talks: Iterable[Talk]) -> list[tuple[Talk, Side]]:
    """Each talk with its side; talks of one name are on one side."""
    groups: dict[str, list[Talk]] = defaultdict(list)
    for talk in talks:
        groups[talk.name].append(talk)
    return [
        (talk, max((side("event", other.event) for other in group), key=STRICTNESS.__getitem__))
        for group in groups.values()
        for talk in group
    ]


def described_talks(data: Path) -> list[tuple[Talk, Side]]:
    """Talks whose description is long enough to be found by, each with its side."""
    return [(talk, at) for talk, at in talk_sides(read_talks(data)) if has_body(talk.description)]
