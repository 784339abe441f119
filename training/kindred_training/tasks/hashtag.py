"""Hashtag: posts of one community, or under one tag."""

import random
from collections import defaultdict
from pathlib import Path

from ..data.blogs import read_blog
from ..data.pyvideo import read_talks
from ..data.reddit import read_reddit
from ..splits import TRAINING_ENDS, Side, side
from .pair import Built, Item, Pair, Task, item, thin
from .talks import talk_sides

CHOICES = 3
# A tag on more posts says little, a tag on fewer has no pair.
TAG_POSTS = (3, 60)
SHARE_OF_COMMUNITIES = 0.8
EVALUATED = 600


def build(data: Path, rng: random.Random, limit: int) -> Built:
    """Most pairs from communities, the rest from tags of talks and topics of digital.gov."""
    communities, tagged = _communities(data), _tagged(data)
    built = Built()
    for at in ("train", "validation", "test"):
        total = limit if at == "train" else EVALUATED
        most = int(total * SHARE_OF_COMMUNITIES)
        built.pairs[at] = [
            *_pairs(communities[at], most, "reddit-train", rng),
            *_pairs(tagged[at], total - most, "tags", rng),
        ]
        # Negatives come from communities that gave no pair, too.
        built.pool[at] = thin([post for group in communities[at].values() for post in group], total, rng)
    return built


def _communities(data: Path) -> dict[Side, dict[str, list[Item]]]:
    groups: dict[Side, dict[str, list[Item]]] = {"train": {}, "validation": {}, "test": {}}
    for post in read_reddit(data):
        # A title of three words ("So much this") has no topic of its own.
        if len(post.title.split()) >= 4:
            own = groups[side("community", post.community)]
            own.setdefault(post.community, []).append(item(post.title, f"community/{post.community}"))
    return groups


def _tagged(data: Path) -> dict[Side, dict[str, list[Item]]]:
    groups: dict[Side, dict[str, list[Item]]] = {at: defaultdict(list) for at in ("train", "validation", "test")}
    for talk, at in talk_sides(read_talks(data)):
        keys = [f"talk-tag/{tag}" for tag in talk.tags]
        for key in keys:
            groups[at][key].append(item(f"{talk.title}\n{talk.description}", *keys))
    for post in read_blog(data, "digitalgov").posts.values():
        at = "train" if post.date < TRAINING_ENDS else "validation" if post.date < "2021" else "test"
        keys = [f"topic/{tag.lower()}" for tag in post.tags]
        for key in keys:
            groups[at][key].append(item(f"{post.title}\n{post.summary or post.draft}", *keys))
    fewest, most = TAG_POSTS
    return {
        at: {key: posts for key, posts in own.items() if fewest <= len(posts) <= most} for at, own in groups.items()
    }


def _pairs(groups: dict[str, list[Item]], total: int, source: str, rng: random.Random) -> list[Pair]:
    """Every group in turn, so that large ones don't count for more."""
    names = sorted(name for name, posts in groups.items() if len(posts) >= 3)
    pairs: list[Pair] = []
    while names and len(pairs) < total:
        for name in rng.sample(names, len(names)):
            anchor, *others = rng.sample(groups[name], min(CHOICES + 1, len(groups[name])))
            pairs.append(Pair(anchor, others[0], anchor.keys, source, choices=tuple(others)))
    return pairs[:total]


TASK = Task(
    name="hashtag",
    meaning="posts of one community, or under one tag",
    sources=(
        "reddit-train communities (PDDL 1.0)",
        "digital.gov topics (CC0 1.0), posts before 2019",
        "pyvideo tags (CC0 1.0)",
    ),
    build=build,
    limit=8_000,
)
