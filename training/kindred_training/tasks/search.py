"""Search: a title or a summary, and a passage of its own body."""

import random
from pathlib import Path

from ..data.blogs import read_blog
from ..data.pyvideo import read_talks
from ..data.reddit import read_reddit
from ..splits import Side, side
from .pair import Built, Pair, Task, item, thin
from .storyline import BLOGS, post_side, stretch
from .talks import talk_sides

EVALUATED = 400
SHORTEST_BODY = 25


def build(data: Path, rng: random.Random, limit: int) -> Built:
    reddit = _empty()
    for post in read_reddit(data):
        if len(post.body.split()) >= SHORTEST_BODY:
            _add(
                reddit[side("community", post.community)], post.title, stretch(post.body, rng), post.id, "reddit-train"
            )
    talks = _empty()
    for talk, at in talk_sides(read_talks(data)):
        if len(talk.description.split()) >= SHORTEST_BODY:
            _add(talks[at], talk.title, stretch(talk.description, rng), f"talk/{talk.name}", "pyvideo")
    blogs = _empty()
    for name in BLOGS:
        for post in read_blog(data, name).posts.values():
            if post.date and len(post.text.split()) >= 2 * SHORTEST_BODY:
                query = post.summary if post.summary and rng.random() < 0.5 else post.title
                _add(blogs[post_side(post)], query, stretch(post.text, rng), f"{name}/{post.id}", f"blog-{name}")
    built = Built()
    for at in ("train", "validation", "test"):
        total = limit if at == "train" else EVALUATED
        thirds = [
            thin(pairs[at], int(total * share), rng) for pairs, share in ((reddit, 0.4), (talks, 0.3), (blogs, 0.3))
        ]
        built.pairs[at] = [pair for third in thirds for pair in third]
    return built


def _empty() -> dict[Side, list[Pair]]:
    return {"train": [], "validation": [], "test": []}


def _add(pairs: list[Pair], query: str, passage: str, key: str, source: str) -> None:
    pairs.append(Pair(item(query, key), item(passage, key), frozenset({key}), source))


TASK = Task(
    name="search",
    meaning="a title or a summary, and a passage of its own body",
    sources=(
        "reddit-train bodies (PDDL 1.0)",
        "pyvideo descriptions (CC0 1.0)",
        "digital.gov, 18F, V8 and Node.js blogs before 2019",
    ),
    build=build,
    limit=4_500,
)
