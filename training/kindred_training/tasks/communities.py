"""Posts of communities by side: a community is on one side with all its posts."""

from pathlib import Path

from ..data.reddit import CommunityPost, read_reddit
from ..splits import Side, by_side, side
from .posts import has_body

# A title of three words ("So much this") has no topic of its own.
SHORTEST_TITLE = 4


def topical_posts(data: Path) -> dict[Side, dict[str, list[CommunityPost]]]:
    """Posts whose title has a topic, by side and community, in the order of the file."""
    groups: dict[Side, dict[str, list[CommunityPost]]] = by_side(dict)
    for post in read_reddit(data):
        if len(post.title.split()) >= SHORTEST_TITLE:
            groups[side("community", post.community)].setdefault(post.community, []).append(post)
    return groups


def posts_with_body(data: Path) -> list[tuple[CommunityPost, Side]]:
    """Posts whose body is long enough to be found by, each with its side."""
    return [(post, side("community", post.community)) for post in read_reddit(data) if has_body(post.body)]
