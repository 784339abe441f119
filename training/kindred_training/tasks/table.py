"""All texts of all tasks once, by number: what is embedded, mined and trained on."""

from dataclasses import dataclass, field

import numpy as np

from .pair import Item


@dataclass
class TextTable:
    """Distinct texts in order of appearance; the keys of a text are those of all its appearances."""

    texts: list[str] = field(default_factory=list)
    keys: list[set[str]] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def add(self, item: Item) -> int:
        """The number of the item's text."""
        return self.add_text(item.text, item.keys)

    def add_text(self, text: str, keys: frozenset[str] = frozenset()) -> int:
        number = self._numbers.setdefault(text, len(self.texts))
        if number == len(self.texts):
            self.texts.append(text)
            self.keys.append(set())
        self.keys[number] |= keys
        return number

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True)
class Example:
    """One anchor with its positive and hard negatives, as numbers of texts."""

    anchor: int
    positive: int
    negatives: tuple[int, ...]
    accepts: frozenset[str]


def free_of(table: TextTable, numbers: np.ndarray, accepts: frozenset[str]) -> np.ndarray:
    """Those of the texts that have no key in `accepts`: no false negatives by label."""
    return np.array([number for number in numbers if accepts.isdisjoint(table.keys[number])], dtype=np.int64)
