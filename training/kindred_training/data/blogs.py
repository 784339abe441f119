"""Blogs: posts, and which post links to which."""

from dataclasses import dataclass
from pathlib import Path

from .lines import json_lines, tab_lines


@dataclass(frozen=True)
class Post:
    """One post; `draft` is its first 150 words without the anchors of links to other posts, `text` has them."""

    id: str
    title: str
    summary: str
    draft: str
    text: str
    date: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Blog:
    name: str
    posts: dict[str, Post]
    # As written: from the id of a post to that of a post it links to.
    links: tuple[tuple[str, str], ...]


def read_blog(data: Path, name: str) -> Blog:
    """The blog `blog-NAME` of the data folder."""
    folder = data / f"blog-{name}"
    posts = {row["id"]: _post(row) for row in json_lines(folder / "posts.jsonl")}
    links = tuple((a, b) for a, b in tab_lines(folder / "links.tsv", 2) if a in posts and b in posts and a != b)
    return Blog(name, posts, links)


def read_shared_posts(data: Path) -> list[tuple[str, str]]:
    """Posts that stand on two blogs, digital.gov and 18F: pairs of ids in that order, for those with one message."""
    rows = tab_lines(data / "blog-digitalgov" / "share-to-18f.tsv", 3, header=True)
    return [(a, b) for a, b, kind in rows if kind in ("same-title", "share")]


def _post(row: dict) -> Post:
    return Post(
        id=row["id"],
        title=row["title"].strip(),
        summary=(row.get("summary") or "").strip(),
        draft=(row.get("draft") or "").strip(),
        text=(row.get("text") or "").strip(),
        date=row.get("date") or "",
        tags=tuple(row.get("tags") or ()),
    )
