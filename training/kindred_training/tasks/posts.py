"""Posts of blogs as the tasks see them: which side each is on, and parts of their text."""

import random

from ..data.blogs import Post
from ..splits import TRAINING_ENDS, Side

BLOGS = ("digitalgov", "18f", "v8", "nodejs")
VALIDATION_ENDS = "2021-01-01"
# Words of a body below which it says too little to be found by.
SHORTEST_BODY = 25


def post_side(post: Post) -> Side:
    """By date: links and texts of later posts are never trained on."""
    return "train" if post.date < TRAINING_ENDS else "validation" if post.date < VALIDATION_ENDS else "test"


def post_text(post: Post, body: str) -> str:
    """A post as one text: title, then a part of its body."""
    return f"{post.title}\n{body}"


def has_body(text: str) -> bool:
    """Whether a text is long enough to be found by."""
    return len(text.split()) >= SHORTEST_BODY


def stretch(text: str, rng: random.Random, words: int = 110) -> str:
    """A run of whole paragraphs of about `words` words, from anywhere in the text."""
    paragraphs = [part.strip() for part in text.split("\n") if len(part.split()) >= 8]
    if not paragraphs:
        return text
    at = rng.randrange(len(paragraphs))
    taken: list[str] = []
    while at < len(paragraphs) and sum(len(part.split()) for part in taken) < words:
        taken.append(paragraphs[at])
        at += 1
    return "\n".join(taken)
