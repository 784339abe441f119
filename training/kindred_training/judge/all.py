"""The table of all sets."""

from . import clusters, fewshot, links, pairs, passages, retrieval, spread, triplets
from .task import JudgedSide, JudgeSet

SETS: tuple[JudgeSet, ...] = (
    *links.SETS,
    *passages.SETS,
    *clusters.SETS,
    *pairs.SETS,
    *fewshot.SETS,
    *retrieval.SETS,
    *triplets.SETS,
    *spread.SETS,
)


def chosen(names: list[str] | None, at: JudgedSide | None) -> list[JudgeSet]:
    """Sets of one side (all for None), by their own name or that of their group; ValueError for a name of neither."""
    known = {one.name for one in SETS} | {one.group for one in SETS}
    for name in names or []:
        if name not in known:
            raise ValueError(f"no set or group is called {name}: there are {', '.join(sorted(known))}")
    return [one for one in SETS if at in (None, one.side) and (not names or {one.name, one.group} & set(names))]
