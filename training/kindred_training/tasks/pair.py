"""What a task is made of: texts with the groups they belong to, pairs of them, and a task's own description."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..splits import Side

MAX_WORDS = 160


@dataclass(frozen=True)
class Item:
    """
    A text and the groups it belongs to (a community, a tag, a post).

    With `passages` it is trained as the app scores a post: by the best pair of its passages and the other text's.
    """

    text: str
    keys: frozenset[str]
    passages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pair:
    """
    Two related texts, an anchor and a positive.

    `choices` are other texts that could be the positive: mining takes the most telling one. A text with a key in
    `accepts` is never a negative of this anchor. `negatives` are hard ones by construction.
    """

    anchor: Item
    positive: Item
    accepts: frozenset[str]
    source: str
    choices: tuple[Item, ...] = ()
    negatives: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Graded:
    """Two texts and how similar people found them, from 0 to 1."""

    a: str
    b: str
    score: float
    source: str


@dataclass
class Built:
    """The examples of a task on each side, and texts beside them from which negatives may come."""

    pairs: dict[Side, list[Pair]] = field(default_factory=dict)
    graded: dict[Side, list[Graded]] = field(default_factory=dict)
    pool: dict[Side, list[Item]] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    name: str
    # What a positive is, in one sentence.
    meaning: str
    # Data set and licence, as the model's card names them.
    sources: tuple[str, ...]
    build: Callable[[Path, random.Random, int], Built]
    # Training pairs at most; chosen so that no task drowns the others and every text can be embedded on a laptop.
    limit: int


def item(text: str, *keys: str, passages: Sequence[str] = ()) -> Item:
    """An item of at most MAX_WORDS words, as each of its passages."""
    return Item(clip(text), frozenset(keys), tuple(clip(passage) for passage in passages))


def clip(text: str, words: int = MAX_WORDS) -> str:
    """The first words of a text, its line breaks kept."""
    found = [match.end() for match in re.finditer(r"\S+", text)]
    return text.strip() if len(found) <= words else text[: found[words - 1]].strip()


def thin(rows: list, limit: int, rng: random.Random) -> list:
    """At most `limit` of the rows, in random order."""
    return rng.sample(rows, min(limit, len(rows)))
