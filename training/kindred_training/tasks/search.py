"""Search: a title, a summary or a passage, and another passage of the same body."""

import random
from pathlib import Path

from ..data.blogs import read_blog
from ..splits import SIDES, Side, by_side
from .communities import posts_with_body
from .pair import Built, Pair, Task, item, thin
from .posts import BLOGS, SHORTEST_BODY, has_body, post_side, stretch
from .talks import described_talks

EVALUATED = 400
SHARES = {"reddit-train": 0.3, "pyvideo": 0.2, "blogs": 0.25, "two passages": 0.25}


def build(data: Path, rng: random.Random, limit: int) -> Built:
    reddit: dict[Side, list[Pair]] = by_side(list)
    talks: dict[Side, list[Pair]] = by_side(list)
    blogs: dict[Side, list[Pair]] = by_side(list)
    halves: dict[Side, list[Pair]] = by_side(list)
    for post, at in posts_with_body(data):
        _add(reddit[at], post.title, stretch(post.body, rng), post.id, "reddit-train")
        _add_halves(halves[at], post.body, post.id, rng)
    for talk, at in described_talks(data):
        _add(talks[at], talk.title, stretch(talk.description, rng), f"talk/{talk.name}", "pyvideo")
        _add_halves(halves[at], talk.description, f"talk/{talk.name}", rng)
    for name in BLOGS:
        for post in read_blog(data, name).posts.values():
            if post.date and len(post.text.split()) >= 2 * SHORTEST_BODY:
                query = post.summary if post.summary and rng.random() < 0.5 else post.title
                key, at = f"{name}/{post.id}", post_side(post)
                _add(blogs[at], query, stretch(post.text, rng), key, f"blog-{name}")
                _add_halves(halves[at], post.text, key, rng)
    sources = {"reddit-train": reddit, "pyvideo": talks, "blogs": blogs, "two passages": halves}
    built = Built()
    for at in SIDES:
        total = limit if at == "train" else EVALUATED
        built.pairs[at] = [
            pair for name, pairs in sources.items() for pair in thin(pairs[at], int(total * SHARES[name]), rng)
        ]
    return built


def _add(pairs: list[Pair], query: str, passage: str, key: str, source: str) -> None:
    pairs.append(Pair(item(query, key), item(passage, key), frozenset({key}), source))


def _add_halves(pairs: list[Pair], text: str, key: str, rng: random.Random) -> None:
    """A passage of each half of a text, if there is enough of both."""
    paragraphs = [part for part in text.split("\n") if part.strip()]
    middle = len(paragraphs) // 2
    first, second = (stretch("\n".join(half), rng) for half in (paragraphs[:middle], paragraphs[middle:]))
    if has_body(first) and has_body(second):
        _add(pairs, first, second, key, "two passages")


TASK = Task(
    name="search",
    meaning="a title, a summary or a passage, and another passage of the same body",
    sources=(
        "reddit-train bodies (PDDL 1.0)",
        "pyvideo descriptions (CC0 1.0)",
        "posts before 2019 of digital.gov and 18F (CC0 1.0), V8 (CC BY 3.0) and Node.js (MIT)",
    ),
    build=build,
    limit=12_000,
)
