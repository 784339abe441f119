"""Titles and bodies of posts in 1,763 communities; a community stands in for a hashtag."""

from dataclasses import dataclass
from pathlib import Path

from .lines import tab_lines


@dataclass(frozen=True)
class CommunityPost:
    id: str
    community: str
    title: str
    body: str


def read_reddit(data: Path) -> list[CommunityPost]:
    """All posts with at least two words in the title, in the order of the file."""
    rows = tab_lines(data / "reddit-train" / "posts.tsv", 8, header=True)
    posts = (CommunityPost(row[1], row[0], row[6].strip(), row[7].strip()) for row in rows)
    return [post for post in posts if len(post.title.split()) >= 2]
