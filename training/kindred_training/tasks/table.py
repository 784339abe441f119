"""All texts of all tasks once, by number: what is embedded, mined and trained on."""

from dataclasses import dataclass, field

from .pair import Item


@dataclass
class TextTable:
    """
    Distinct texts in order of appearance; the keys of a text are those of all its appearances.

    `passages` are numbers of texts; a text cut in two ways has two numbers.
    """

    texts: list[str] = field(default_factory=list)
    keys: list[set[str]] = field(default_factory=list)
    passages: list[tuple[int, ...]] = field(default_factory=list)
    _numbers: dict[tuple[str, tuple[int, ...]], int] = field(default_factory=dict)

    def add(self, item: Item) -> int:
        """The number of the item's text."""
        return self.add_text(item.text, item.keys, tuple(self.add_text(text, item.keys) for text in item.passages))

    def add_text(self, text: str, keys: frozenset[str] = frozenset(), passages: tuple[int, ...] = ()) -> int:
        number = self._numbers.setdefault((text, passages), len(self.texts))
        if number == len(self.texts):
            self.texts.append(text)
            self.keys.append(set())
            self.passages.append(passages)
        self.keys[number] |= keys
        return number

    def __len__(self) -> int:
        return len(self.texts)
