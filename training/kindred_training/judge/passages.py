"""
Posts that authors linked, found as the app finds them: both draft and posts are cut into passages, a post counts by the
best pair. nDCG@10 of the linked earlier posts among all earlier ones, by cosine alone; queries and candidates as in
`links.py`.
"""

from dataclasses import dataclass

import numpy as np

from ..passages import passages
from .links import LinkedPosts, blog_set
from .measures import best_first, ndcg
from .task import Scores


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


_WHAT = "nDCG@10 of linked earlier posts by their best passages"
SETS = (
    *(blog_set("passages", blog, _WHAT, passage_task, validation=True) for blog in ("18f", "v8", "digitalgov")),
    *(blog_set("passages", blog, _WHAT, passage_task, validation=False) for blog in ("carpentries", "v8", "18f")),
)
