"""Duplicate: the same message again, reworded, shortened or somewhere else; other numbers are another message."""

import random
from collections import defaultdict
from pathlib import Path

from ..data.blogs import read_blog, read_shared_posts
from ..splits import SIDES, Side, by_side
from .communities import posts_with_body
from .edits import change_numbers, edit
from .pair import Built, Pair, Task, clip, item, thin
from .posts import post_text, stretch
from .talks import described_talks

EVALUATED = 250
SHARED_TRAINING_ENDS = "2017"
SHARE_EDITED = 0.7


def build(data: Path, rng: random.Random, limit: int) -> Built:
    real: dict[Side, list[Pair]] = by_side(list)
    _shared(data, real)
    _same_talks(data, real)
    edited = _edited(data, rng)
    built = Built()
    for at in SIDES:
        total = limit if at == "train" else EVALUATED
        most = int(total * SHARE_EDITED)
        built.pairs[at] = [*thin(real[at], total - most, rng), *thin(edited[at], most, rng)]
    return built


def _shared(data: Path, pairs: dict[Side, list[Pair]]) -> None:
    """Posts that stand on digital.gov and on 18F."""
    left, right = read_blog(data, "digitalgov"), read_blog(data, "18f")
    for a, b in read_shared_posts(data):
        if a not in left.posts or b not in right.posts:
            continue
        key = f"shared/{a}"
        first, second = left.posts[a], right.posts[b]
        at = "train" if max(first.date, second.date) < SHARED_TRAINING_ENDS else "test"
        anchor, positive = (item(post_text(post, post.draft), key) for post in (first, second))
        pairs[at].append(Pair(anchor, positive, frozenset({key}), "shared posts"))


def _same_talks(data: Path, pairs: dict[Side, list[Pair]]) -> None:
    """One talk at two events: the same name and a common speaker."""
    groups: dict[str, list] = defaultdict(list)
    for talk, at in described_talks(data):
        groups[talk.name].append((talk, at))
    for name, talks in groups.items():
        for (one, at), (other, _) in zip(talks, talks[1:], strict=False):
            if one.event != other.event and set(one.speakers) & set(other.speakers):
                key = f"talk/{name}"
                # Titles are equal: the descriptions alone, or the pair would be too easy.
                pairs[at].append(
                    Pair(item(one.description, key), item(other.description, key), frozenset({key}), "same talk")
                )


def _edited(data: Path, rng: random.Random) -> dict[Side, list[Pair]]:
    """Edits by program of bodies, with the same text under other numbers as a negative."""
    bodies: list[tuple[Side, str, str]] = [
        (at, f"reddit/{post.id}", f"{post.title}\n{stretch(post.body, rng)}") for post, at in posts_with_body(data)
    ]
    bodies += [
        (at, f"talk/{talk.name}", f"{talk.title}\n{stretch(talk.description, rng)}")
        for talk, at in described_talks(data)
    ]
    pairs: dict[Side, list[Pair]] = by_side(list)
    for at, key, text in bodies:
        text = clip(text, 110)
        other = change_numbers(text, rng)
        negatives = () if other is None else (item(edit(other, rng), f"{key}/other"),)
        pairs[at].append(
            Pair(item(text, key), item(edit(text, rng), key), frozenset({key}), "edits", negatives=negatives)
        )
    return pairs


TASK = Task(
    name="duplicate",
    meaning="the same message again, reworded, shortened or somewhere else",
    sources=(
        "posts on both digital.gov and 18F before 2017 (CC0 1.0)",
        "pyvideo talks given twice (CC0 1.0)",
        "edits by program of reddit-train bodies (PDDL 1.0) and pyvideo descriptions (CC0 1.0)",
    ),
    build=build,
    limit=1_800,
)
