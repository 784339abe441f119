"""Hashtag: posts of one community, or under one tag."""

import random
from collections import defaultdict
from pathlib import Path

from ..data.blogs import read_blog
from ..data.pyvideo import read_talks
from ..data.reddit import CommunityPost
from ..splits import SIDES, Side, by_side
from .communities import topical_posts
from .pair import Built, Item, Pair, Task, item, thin
from .posts import post_side, post_text
from .talks import talk_sides

CHOICES = 5
# A tag on more posts says little, a tag on fewer has no pair.
TAG_POSTS = (3, 60)
SHARE_OF_COMMUNITIES = 0.8
EVALUATED = 600


def build(data: Path, rng: random.Random, limit: int) -> Built:
    """Most pairs from communities, the rest from tags of talks and topics of digital.gov."""
    communities = {
        at: {name: [_titled(post) for post in posts] for name, posts in groups.items()}
        for at, groups in topical_posts(data).items()
    }
    tagged = _tagged(data)
    built = Built()
    for at in SIDES:
        total = limit if at == "train" else EVALUATED
        most = int(total * SHARE_OF_COMMUNITIES)
        built.pairs[at] = [
            *_pairs(communities[at], most, "reddit-train", rng),
            *_pairs(tagged[at], total - most, "tags", rng),
        ]
        # Negatives come from communities that gave no pair, too.
        built.pool[at] = thin([post for group in communities[at].values() for post in group], total, rng)
    return built


def _titled(post: CommunityPost) -> Item:
    return item(post.title, f"community/{post.community}")


def _tagged(data: Path) -> dict[Side, dict[str, list[Item]]]:
    groups: dict[Side, dict[str, list[Item]]] = by_side(lambda: defaultdict(list))
    for talk, at in talk_sides(read_talks(data)):
        keys = [f"talk-tag/{tag}" for tag in talk.tags]
        for key in keys:
            groups[at][key].append(item(f"{talk.title}\n{talk.description}", *keys))
    for post in read_blog(data, "digitalgov").posts.values():
        keys = [f"topic/{tag.lower()}" for tag in post.tags]
        for key in keys:
            groups[post_side(post)][key].append(item(post_text(post, post.summary or post.draft), *keys))
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
    limit=16_000,
)
