"""All texts of all tasks once, by number: what is embedded, mined and trained on."""

from dataclasses import dataclass, field

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
