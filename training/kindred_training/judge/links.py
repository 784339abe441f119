"""
Posts that authors linked: nDCG@10 of the linked earlier posts among all earlier ones, by cosine alone.

The query is title and `draft` (the opening without the anchors of internal links), a candidate is the same of a post
dated strictly earlier; gain is binary; queries are posts with at least one linked candidate. The til posts have no
dates: there every other post is a candidate. `fusion-gain` is what reciprocal rank fusion with BM25 over whole posts
(title three times, summary, tags, text) adds to BM25 alone, `sum-gain` what the app's weighted sum adds. `ndcg-short`
and `ndcg-long` are the queries with fewer than 120 words and the others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..data.lines import json_lines, tab_lines
from ..splits import TRAINING_ENDS
from .lexical import COSINE_WEIGHT, FUSION_DEPTH, TITLE_COUNTS, bm25_scores, fused
from .measures import best_first, ndcg
from .read import sample
from .task import JudgeSet, Places, Scores, Task

SEED = 1
SHORT = 120  # words of title and draft; most drafts have 150
SLICE = 20  # fewer queries say nothing of their own


@dataclass
class LinkTask:
    """One text a post. A query is a row; `candidates` and `relevant` are rows for each; `lexical` scores candidates."""

    texts: list[str]
    queries: np.ndarray
    candidates: list[np.ndarray]
    relevant: list[np.ndarray]
    lexical: list[np.ndarray]

    def score(self, vectors: np.ndarray) -> Scores:
        cosine, words, both, mixed = [], [], [], []
        for query, rows, relevant, lexical in zip(
            self.queries, self.candidates, self.relevant, self.lexical, strict=True
        ):
            cosines = vectors[rows] @ vectors[query]
            by_meaning = rows[best_first(cosines, FUSION_DEPTH)]
            by_words = rows[best_first(lexical, FUSION_DEPTH)]
            cosine.append(ndcg(by_meaning, relevant))
            words.append(ndcg(by_words, relevant))
            both.append(ndcg(fused(by_words, by_meaning), relevant))
            mixed.append(ndcg(rows[best_first(lexical + COSINE_WEIGHT * cosines)], relevant))
        scores = Scores()
        scores.add_mean("ndcg", cosine)
        lengths = np.array([len(self.texts[query].split()) for query in self.queries])
        for name, rows in (("ndcg-short", lengths < SHORT), ("ndcg-long", lengths >= SHORT)):
            if rows.sum() >= SLICE:
                scores.add_mean(name, np.array(cosine)[rows])
        scores.add_mean("bm25", words)
        scores.add_mean("fusion-gain", np.array(both) - np.array(words))
        scores.add_mean("sum-gain", np.array(mixed) - np.array(words))
        return scores


@dataclass
class LinkedPosts:
    """Posts of one blog; a query is a row, with the rows that could be suggested and those that were linked."""

    posts: list[dict[str, Any]]
    queries: np.ndarray
    candidates: list[np.ndarray]
    relevant: list[np.ndarray]


def linked_posts(blog: Path, since: str = "", posts: int | None = None) -> LinkedPosts:
    """
    The links of one blog. Queries are dated `since` or later; with `posts` the candidates are a sample of about so
    many besides all that are linked.
    """
    rows = list(json_lines(blog / "posts.jsonl"))
    dates = [row["date"] or "" for row in rows]
    dated = any(dates)
    place = {row["id"]: index for index, row in enumerate(rows)}
    linked: dict[int, list[int]] = {}
    for query, candidate, score in tab_lines(blog / "related-qrels.tsv", 3, header=True):
        if query in place and candidate in place and float(score) > 0:
            linked.setdefault(place[query], []).append(place[candidate])

    def earlier(other: int, than: int) -> bool:
        return other != than and (not dated or bool(dates[other]) and dates[other] < dates[than])

    wanted = {
        query: found
        for query, others in sorted(linked.items())
        if dates[query] >= since and (found := sorted({other for other in others if earlier(other, query)}))
    }
    kept = set(wanted) | {other for found in wanted.values() for other in found}
    kept |= set(range(len(rows)) if posts is None else sample(range(len(rows)), posts, SEED))
    order = sorted(kept)
    new = {old: row for row, old in enumerate(order)}
    return LinkedPosts(
        [rows[old] for old in order],
        np.array([new[query] for query in wanted]),
        [np.array([new[old] for old in order if earlier(old, query)]) for query in wanted],
        [np.array([new[old] for old in found]) for found in wanted.values()],
    )


def link_task(linked: LinkedPosts) -> LinkTask:
    """One text a post, its title and the opening."""
    texts = [f"{post['title']}\n{post['draft']}" for post in linked.posts]
    scores = bm25_scores([texts[query] for query in linked.queries], [_document(post) for post in linked.posts])
    lexical = [scores[row, candidates] for row, candidates in enumerate(linked.candidates)]
    return LinkTask(texts, linked.queries, linked.candidates, linked.relevant, lexical)


def _document(post: dict[str, Any]) -> str:
    return "\n".join([*[post["title"]] * TITLE_COUNTS, post["summary"] or "", " ".join(post["tags"]), post["text"]])


LICENCES = {"18f": "CC0 1.0", "v8": "CC BY 3.0", "digitalgov": "CC0 1.0", "carpentries": "CC BY 4.0", "til": "MIT"}
NEVER_TRAINED_ON = ("carpentries", "til")
SAMPLED = {"digitalgov": 600}  # for choosing only, where 2,600 posts would take too long


def blog_set(group: str, blog: str, what: str, task: Callable[[LinkedPosts], Task], *, validation: bool) -> JudgeSet:
    """A set over the links of one blog: all of them on the test side, those of later posts on the validation side."""

    def folder(places: Places) -> Path:
        return places.data / f"blog-{blog}"

    seen = "never trained on" if blog in NEVER_TRAINED_ON else "links before 2019 are trained on"
    when = f"queries dated {TRAINING_ENDS} or later" if validation else seen
    asked = (TRAINING_ENDS, SAMPLED.get(blog)) if validation else ("", None)
    return JudgeSet(
        f"{group}-{blog}-late" if validation else f"{group}-{blog}",
        group,
        "validation" if validation else "test",
        "ndcg",
        f"{what}; {LICENCES[blog]}, {when}",
        lambda places: [folder(places)],
        lambda places: task(linked_posts(folder(places), *asked)),
    )


_WHAT = "nDCG@10 of linked earlier posts"
SETS = (
    *(blog_set("links", blog, _WHAT, link_task, validation=True) for blog in ("18f", "v8", "digitalgov")),
    *(
        blog_set("links", blog, _WHAT, link_task, validation=False)
        for blog in ("carpentries", "til", "v8", "18f", "digitalgov")
    ),
)
