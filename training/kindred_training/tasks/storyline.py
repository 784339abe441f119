"""Storyline: posts that link to each other, and parts of one series."""

import random
import re
from collections import defaultdict
from pathlib import Path

from ..data.blogs import Blog, Post, read_blog
from ..passages import passages
from ..splits import by_side
from .pair import Built, Item, Pair, Task, item, thin
from .posts import BLOGS, post_side, post_text, stretch

# Passages of a post besides its head that a batch has room for.
PASSAGES = 4
PART = re.compile(r"[\s,:(–—-]*\bpart\s+(?:\d+|[ivx]+|one|two|three|four|five)\b", re.IGNORECASE)


def build(data: Path, rng: random.Random, limit: int) -> Built:
    built = Built(pairs=by_side(list), pool=by_side(list))
    for name in BLOGS:
        blog = read_blog(data, name)
        related = _related(blog)
        for a, b in sorted(related):
            newer, older = sorted((blog.posts[a], blog.posts[b]), key=lambda post: post.date, reverse=True)
            if not newer.date or not older.date:
                continue
            accepts = frozenset(_key(blog, other) for pair in related for other in pair if newer.id in pair)
            at = post_side(newer)
            positive = _earlier(blog, older)
            anchor = _draft(blog, newer)
            built.pairs[at].append(Pair(anchor, positive, accepts, f"blog-{name}"))
            if at == "train":
                built.pairs[at] += _other_parts(blog, newer, older, related, rng)
        for post in blog.posts.values():
            if post.date and len(post.draft.split()) >= 20:
                built.pool[post_side(post)].append(_earlier(blog, post))
    built.pairs["train"] = thin(built.pairs["train"], limit, rng)
    # A later draft is compared with everything before it.
    for at in ("validation", "test"):
        built.pool[at] += built.pool["train"]
    return built


def _related(blog: Blog) -> set[tuple[str, str]]:
    """Pairs of ids, lower first: linked either way, or parts of a series."""
    pairs = {(min(a, b), max(a, b)) for a, b in blog.links}
    series: dict[str, list[str]] = defaultdict(list)
    for post in blog.posts.values():
        match = PART.search(post.title)
        if match and len(post.title[: match.start()].split()) >= 2:
            series[post.title[: match.start()].lower()].append(post.id)
    for ids in series.values():
        pairs |= {(a, b) for a in ids for b in ids if a < b}
    return pairs


def _draft(blog: Blog, post: Post) -> Item:
    """A post as it begins, in the passages that its author has when they begin."""
    return item(
        post_text(post, post.draft), _key(blog, post.id), passages=passages(post.title, post.draft)[: 1 + PASSAGES]
    )


def _earlier(blog: Blog, post: Post) -> Item:
    """A post as it is found, in passages evenly spread over all of it."""
    head, *rest = passages(f"{post.title}\n\n{post.summary}".strip(), post.text)
    spread = [rest[len(rest) * at // PASSAGES] for at in range(PASSAGES)] if len(rest) > PASSAGES else rest
    return item(post_text(post, post.draft), _key(blog, post.id), passages=[head, *spread])


def _other_parts(blog: Blog, newer: Post, older: Post, related: set[tuple[str, str]], rng: random.Random) -> list[Pair]:
    """The same link seen from the older post, and with other parts of both texts."""
    if len(newer.draft.split()) < 60:
        return []
    back = frozenset(_key(blog, other) for pair in related for other in pair if older.id in pair)
    old_part = item(post_text(older, stretch(older.text, rng)), _key(blog, older.id))
    # Not of the newer post's text: it holds the words of the link itself, which a draft doesn't.
    words = newer.draft.split()
    new_part = item(" ".join(words[len(words) // 3 :]), _key(blog, newer.id))
    return [Pair(old_part, new_part, back, f"blog-{blog.name}")]


def _key(blog: Blog, post_id: str) -> str:
    return f"{blog.name}/{post_id}"


TASK = Task(
    name="storyline",
    meaning="posts that link to each other, and parts of one series",
    sources=(
        "digital.gov and 18F (CC0 1.0), links before 2019",
        "V8 blog (CC BY 3.0), links before 2019",
        "Node.js blog (MIT), links before 2019",
    ),
    build=build,
    limit=3_000,
)
