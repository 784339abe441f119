"""Search: a title or a summary, and a passage of its own body."""

import random
from pathlib import Path

from ..data.blogs import read_blog
from ..splits import SIDES, Side, by_side
from .communities import posts_with_body
from .pair import Built, Pair, Task, item, thin
from .posts import BLOGS, SHORTEST_BODY, post_side, stretch
from .talks import described_talks

EVALUATED = 400


def build(data: Path, rng: random.Random, limit: int) -> Built:
    reddit: dict[Side, list[Pair]] = by_side(list)
    for post, at in posts_with_body(data):
        _add(reddit[at], post.title, stretch(post.body, rng), post.id, "reddit-train")
    talks: dict[Side, list[Pair]] = by_side(list)
    for talk, at in described_talks(data):
        _add(talks[at], talk.title, stretch(talk.description, rng), f"talk/{talk.name}", "pyvideo")
    blogs: dict[Side, list[Pair]] = by_side(list)
    for name in BLOGS:
        for post in read_blog(data, name).posts.values():
            if post.date and len(post.text.split()) >= 2 * SHORTEST_BODY:
                query = post.summary if post.summary and rng.random() < 0.5 else post.title
                _add(blogs[post_side(post)], query, stretch(post.text, rng), f"{name}/{post.id}", f"blog-{name}")
    built = Built()
    for at in SIDES:
        total = limit if at == "train" else EVALUATED
        thirds = [
            thin(pairs[at], int(total * share), rng) for pairs, share in ((reddit, 0.4), (talks, 0.3), (blogs, 0.3))
        ]
        built.pairs[at] = [pair for third in thirds for pair in third]
    return built


def _add(pairs: list[Pair], query: str, passage: str, key: str, source: str) -> None:
    pairs.append(Pair(item(query, key), item(passage, key), frozenset({key}), source))


TASK = Task(
    name="search",
    meaning="a title or a summary, and a passage of its own body",
    sources=(
        "reddit-train bodies (PDDL 1.0)",
        "pyvideo descriptions (CC0 1.0)",
        "posts before 2019 of digital.gov and 18F (CC0 1.0), V8 (CC BY 3.0) and Node.js (MIT)",
    ),
    build=build,
    limit=12_000,
)
