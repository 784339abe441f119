"""What every set comes down to: a list of texts, and scores of their vectors."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np

JudgedSide = Literal["validation", "test"]


@dataclass(frozen=True)
class Places:
    """Where the files are: `data` holds the public sets, `built` what the task builders wrote."""

    data: Path
    built: Path


@dataclass
class Scores:
    """Figures by name, and for those that are means the values they are the mean of (one for each query)."""

    values: dict[str, float] = field(default_factory=dict)
    queries: dict[str, np.ndarray] = field(default_factory=dict)

    def add_mean(self, name: str, of: list[float] | np.ndarray) -> None:
        """A figure that is the mean of one value a query."""
        self.queries[name] = np.asarray(of, np.float64)
        self.values[name] = float(self.queries[name].mean()) if len(self.queries[name]) else float("nan")


class Task(Protocol):
    """Prepared from files once; scored at several dimensions of the same vectors. Implementations are dataclasses."""

    texts: list[str]

    def score(self, vectors: np.ndarray) -> Scores:
        """Figures of fp32 [texts, dimension], rows of unit length."""
        ...


@dataclass(frozen=True)
class JudgeSet:
    """
    One set. `main` is the figure to show where there is room for one. Validation sets are for choosing, test sets for
    reporting; nothing may be chosen on a test set. `needs` are the files without which it is left out.
    """

    name: str
    group: str
    side: JudgedSide
    main: str
    about: str
    needs: Callable[[Places], list[Path]]
    prepare: Callable[[Places], Task]


class Texts:
    """Collects texts without repeats; `add` gives the row of a text."""

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}

    def add(self, text: str) -> int:
        return self._rows.setdefault(text, len(self._rows))

    @property
    def all(self) -> list[str]:
        return list(self._rows)


def identity(task: Task) -> str:
    """A hash of everything in a task, so that a saved result is not taken for another's."""
    content = {part.name: getattr(task, part.name) for part in fields(task)}  # type: ignore[arg-type]
    return hashlib.sha256(json.dumps(content, default=_plain, sort_keys=True).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value).__name__} in a task")
