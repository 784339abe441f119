"""Runs sets for one model and keeps what came out, so that a second run reads it."""

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from ..data import lines
from ..embedders import Embedder, truncated
from . import clusters, fewshot, lexical, links, measures, pairs, read, retrieval, spread, triplets
from .task import JudgeSet, Places, Scores, Task, identity

Say = Callable[[str], None]

# Read when this module is, so that an edit during a long run changes no key. A change of protocol must not be answered
# with what was measured before it.
_SOURCES = {
    module.__name__: Path(str(module.__file__)).read_bytes()
    for module in (clusters, fewshot, lexical, lines, links, measures, pairs, read, retrieval, spread, triplets)
}


@dataclass
class SetResult:
    """One model on one set: scores by dimension."""

    set: JudgeSet
    by_dimension: dict[int, Scores]


@dataclass
class ModelResult:
    """One model on all its sets."""

    name: str
    format: str
    dimension: int
    fingerprint: str
    sets: list[SetResult] = field(default_factory=list)


class Runner:
    """Prepares each set once and scores models on it."""

    def __init__(self, places: Places, cache: Path, say: Say) -> None:
        self._places, self._cache, self._say = places, cache, say
        self._tasks: dict[str, tuple[Task, str]] = {}

    def available(self, sets: Sequence[JudgeSet]) -> list[JudgeSet]:
        """The sets whose files are there; says which are not."""
        kept = []
        for one in sets:
            missing = [path for path in one.needs(self._places) if not path.exists() or not path.stat().st_size]
            if missing:
                self._say(f"left out {one.name}: {missing[0]} is not there, or empty")
            else:
                kept.append(one)
        return kept

    def run(self, embedder: Embedder, one: JudgeSet, dimensions: Sequence[int]) -> SetResult:
        """Scores at each dimension the model has; embeds each text once."""
        task, task_hash = self._task(one)
        usable = [dimension for dimension in dimensions if dimension <= embedder.dimension] or [embedder.dimension]
        found: dict[int, Scores] = {}
        vectors: np.ndarray | None = None
        for dimension in usable:
            key = f"{embedder.fingerprint}{task_hash}{dimension}"
            path = self._cache / f"{one.name}-{hashlib.sha256(key.encode()).hexdigest()[:24]}.json"
            if not path.is_file():
                if vectors is None:
                    started = time.monotonic()
                    vectors = embedder.embed(task.texts)
                    taken = time.monotonic() - started
                    self._say(f"{embedder.name}: {one.name}: {len(task.texts)} texts in {taken:.0f} s")
                with threadpool_limits(1):  # small products: threads that wait for each other only lose
                    _save(path, task.score(truncated(vectors, dimension)))
            found[dimension] = _load(path)
        return SetResult(one, found)

    def _task(self, one: JudgeSet) -> tuple[Task, str]:
        if one.name not in self._tasks:
            task = one.prepare(self._places)
            self._tasks[one.name] = task, identity(task) + _code_of(task)
        return self._tasks[one.name]


def _code_of(task: Task) -> str:
    names = [lines.__name__, measures.__name__, read.__name__, type(task).__module__]
    if isinstance(task, links.LinkTask):
        names.append(lexical.__name__)
    return hashlib.sha256(b"".join(_SOURCES.get(name, b"") for name in names)).hexdigest()


def _save(path: Path, scores: Scores) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"values": scores.values, "queries": {name: list(found) for name, found in scores.queries.items()}}
    written = path.with_suffix(".new")
    written.write_text(json.dumps(content), "utf-8")
    written.replace(path)


def _load(path: Path) -> Scores:
    content = json.loads(path.read_text("utf-8"))
    return Scores(content["values"], {name: np.array(found) for name, found in content["queries"].items()})
