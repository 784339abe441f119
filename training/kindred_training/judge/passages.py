"""
Posts that authors linked, found as the app finds them: both draft and posts are cut into passages, a post counts by the
best pair. nDCG@10 of the linked earlier posts among all earlier ones, by cosine alone; queries and candidates as in
`links.py`.

A passage is the title with the summary, or whole sentences of the text of about as many words as the app aims at
(`AIM_TOKENS` in src/core/text/passages.ts).
"""

import re
from dataclasses import dataclass

import numpy as np

from .links import LinkedPosts, blog_set
from .measures import best_first, ndcg
from .task import Scores

AIM_WORDS = 95
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n\s*\n")


@dataclass
class PassageTask:
    """Passages of all posts, then those of all drafts; where each post's start, and the rows of each draft."""

    texts: list[str]
    starts: np.ndarray
    drafts: list[np.ndarray]
    candidates: list[np.ndarray]
    relevant: list[np.ndarray]

    def score(self, vectors: np.ndarray) -> Scores:
        of_posts = vectors[: self.drafts[0][0]]
        found = []
        for rows, candidates, relevant in zip(self.drafts, self.candidates, self.relevant, strict=True):
            best = np.maximum.reduceat((of_posts @ vectors[rows].T).max(axis=1), self.starts)
            found.append(ndcg(candidates[best_first(best[candidates])], relevant))
        scores = Scores()
        scores.add_mean("ndcg", found)
        return scores


def passage_task(linked: LinkedPosts) -> PassageTask:
    """Passages of every post's whole text, and of the openings of those that are queries."""
    texts: list[str] = []
    starts = []
    for post in linked.posts:
        starts.append(len(texts))
        texts += passages(f"{post['title']}\n\n{post['summary'] or ''}".strip(), post["text"])
    drafts = []
    for query in linked.queries:
        post = linked.posts[query]
        own = passages(post["title"], post["draft"])
        drafts.append(np.arange(len(texts), len(texts) + len(own)))
        texts += own
    return PassageTask(texts, np.array(starts), drafts, linked.candidates, linked.relevant)


def passages(head: str, text: str) -> list[str]:
    """The head, then runs of sentences; a sentence longer than the aim stands alone. Never empty."""
    found: list[list[str]] = []
    words = 0
    for sentence in _SENTENCE.split(text):
        length = len(sentence.split())
        if length == 0:
            continue
        if not found or words + length > AIM_WORDS:
            found.append([])
            words = 0
        found[-1].append(sentence.strip())
        words += length
    return [head, *(" ".join(run) for run in found)]


_WHAT = "nDCG@10 of linked earlier posts by their best passages"
SETS = (
    *(blog_set("passages", blog, _WHAT, passage_task, validation=True) for blog in ("18f", "v8", "digitalgov")),
    *(blog_set("passages", blog, _WHAT, passage_task, validation=False) for blog in ("carpentries", "v8", "18f")),
)
