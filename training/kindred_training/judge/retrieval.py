"""
General retrieval, which fine-tuning easily forgets: a title finds its text, a piece of talk the rest of its episode.

Titles: each finds one passage among those of all posts of the set; nDCG@10 and reciprocal rank. The passage is the
opening of the body without the title. Transcripts: segments of about 200 words; for each the other segments of its
episode are relevant.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..data.lines import json_lines, tab_lines
from ..splits import side
from .measures import best_first, ndcg, recall, reciprocal_rank
from .read import first_words, sample
from .task import JudgeSet, Scores, Texts

SEED = 1
PASSAGE_WORDS = 120
SHORTEST_PASSAGE = 25  # words
SEGMENT_WORDS, EPISODES, SEGMENTS = 200, 150, 5
PAIRS = 500  # of a set for choosing
_SPEAKER = re.compile(r"^\*\*.*?:\*\*\s*")


@dataclass
class RetrievalTask:
    """Rows of queries and candidates; `relevant` are rows for each query, itself is never a candidate."""

    texts: list[str]
    queries: np.ndarray
    candidates: np.ndarray
    relevant: list[np.ndarray]

    def score(self, vectors: np.ndarray) -> Scores:
        cosines = vectors[self.queries] @ vectors[self.candidates].T
        cosines[self.queries[:, None] == self.candidates[None, :]] = -2
        rankings = self.candidates[best_first(cosines, 100)]
        scores = Scores()
        pairs = list(zip(rankings, self.relevant, strict=True))
        scores.add_mean("ndcg", [ndcg(ranking, relevant) for ranking, relevant in pairs])
        scores.add_mean("recall", [recall(ranking, relevant) for ranking, relevant in pairs])
        scores.add_mean("mrr", [reciprocal_rank(ranking, relevant) for ranking, relevant in pairs])
        return scores


def title_task(pairs: list[tuple[str, str]], limit: int | None = None) -> RetrievalTask:
    """Titles and bodies; pairs that share a title or a passage with another, or have a short body, are left out."""
    cut = [(title.strip(), first_words(body, PASSAGE_WORDS)) for title, body in pairs]
    long = [(title, body) for title, body in cut if title and len(body.split()) >= SHORTEST_PASSAGE]
    titles: dict[str, int] = {}
    bodies: dict[str, int] = {}
    for title, body in long:
        titles[title] = titles.get(title, 0) + 1
        bodies[body] = bodies.get(body, 0) + 1
    unique = [pair for pair in long if titles[pair[0]] == 1 and bodies[pair[1]] == 1]
    kept = unique if limit is None else sample(unique, limit, SEED)
    texts = Texts()
    queries = np.array([texts.add(title) for title, _ in kept])
    candidates = np.array([texts.add(body) for _, body in kept])
    return RetrievalTask(texts.all, queries, candidates, [np.array([row]) for row in candidates])


def segments(transcript: str) -> list[str]:
    """Runs of about 200 words of what was said, without the speakers' names; a shorter rest is dropped."""
    said = " ".join(_SPEAKER.sub("", line) for line in transcript.split("\n")).split()
    starts = range(0, len(said) - SEGMENT_WORDS + 1, SEGMENT_WORDS)
    return [" ".join(said[start : start + SEGMENT_WORDS]) for start in starts]


def transcripts(folder: Path) -> RetrievalTask:
    """Five segments each of 150 episodes."""
    files = sorted(folder.glob("*/*.md"))
    texts, rows, episodes = Texts(), [], []
    for episode, file in enumerate(sample(files, EPISODES, SEED)):
        for segment in sample(segments(file.read_text("utf-8")), SEGMENTS, SEED):
            rows.append(texts.add(segment))
            episodes.append(episode)
    at, of = np.array(rows), np.array(episodes)
    relevant = [at[(of == episode) & (at != row)] for row, episode in zip(at, of, strict=True)]
    kept = [place for place, found in enumerate(relevant) if len(found)]
    return RetrievalTask(texts.all, at[kept], at, [relevant[place] for place in kept])


def carpentries_titles(blog: Path) -> RetrievalTask:
    """Titles of the Carpentries' posts and the opening of their text."""
    return title_task([(row["title"], row["text"]) for row in json_lines(blog / "posts.jsonl")])


def reddit_titles(path: Path) -> RetrievalTask:
    """Titles and bodies of posts in communities of the validation side."""
    rows = [row for row in tab_lines(path, 8, header=True) if side("community", row[0]) == "validation"]
    return title_task([(row[6], row[7]) for row in rows], PAIRS)


def pyvideo_titles(path: Path) -> RetrievalTask:
    """Titles and descriptions of talks at events of the validation side."""
    rows = [row for row in json_lines(path) if side("event", row["event"]) == "validation"]
    return title_task([(row["title"], row["description"] or row["summary"] or "") for row in rows], PAIRS)


SETS = (
    JudgeSet(
        "title-body-reddit",
        "retrieval",
        "validation",
        "ndcg",
        "a title finds its body, 500 posts of communities of the validation side; PDDL 1.0",
        lambda p: [p.data / "reddit-train" / "posts.tsv"],
        lambda p: reddit_titles(p.data / "reddit-train" / "posts.tsv"),
    ),
    JudgeSet(
        "title-body-pyvideo",
        "retrieval",
        "validation",
        "ndcg",
        "a talk's title finds its description, 500 talks of events of the validation side; CC0 1.0",
        lambda p: [p.data / "pyvideo" / "videos.jsonl"],
        lambda p: pyvideo_titles(p.data / "pyvideo" / "videos.jsonl"),
    ),
    JudgeSet(
        "title-body-carpentries",
        "retrieval",
        "test",
        "ndcg",
        "a title finds the opening of its post; CC BY 4.0, never trained on",
        lambda p: [p.data / "blog-carpentries"],
        lambda p: carpentries_titles(p.data / "blog-carpentries"),
    ),
    JudgeSet(
        "transcripts",
        "retrieval",
        "test",
        "ndcg",
        "a segment finds the others of its episode, 750 of 150 episodes; CC BY-SA 4.0, never trained on",
        lambda p: [p.data / "transcripts-changelog"],
        lambda p: transcripts(p.data / "transcripts-changelog"),
    ),
)
