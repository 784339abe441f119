"""Communities and topics: do texts of one label lie together? V-measure of k-means, several seeded runs."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..data.lines import json_lines, tab_lines
from ..splits import Side, side
from .measures import v_measure
from .read import comma_rows, sample
from .task import JudgeSet, Scores, Texts

SEED = 1
DRAWS, COMMUNITIES, TITLES = 5, 25, 100
SMALLEST = 10  # posts of a category of the til posts
LONG_LIST = 4000  # texts of a set that has more


@dataclass
class ClusterTask:
    """Draws, each with rows of `texts` and their labels; one draw may be run several times with other seeds."""

    texts: list[str]
    rows: list[np.ndarray]
    labels: list[np.ndarray]
    runs: int

    def score(self, vectors: np.ndarray) -> Scores:
        values = [
            v_measure(vectors[rows], labels, seed=SEED + run)
            for rows, labels in zip(self.rows, self.labels, strict=True)
            for run in range(self.runs)
        ]
        return Scores({"v": float(np.mean(values)), "v-spread": float(np.std(values))})


def draws_of_communities(path: Path, at: Side, draws: int, titles: int) -> ClusterTask:
    """Draws of 25 communities of one side, so many titles each; in two draws only when there are too few."""
    by_name: dict[str, list[str]] = {}
    for row in tab_lines(path, 8, header=True):
        if side("community", row[0]) == at:
            by_name.setdefault(row[0], []).append(row[6])
    names = sorted(name for name, found in by_name.items() if len(set(found)) >= titles)
    random = np.random.default_rng(SEED)
    order: list[str] = []
    while len(order) < draws * COMMUNITIES:
        order += [names[place] for place in random.permutation(len(names))]
    texts, rows, labels = Texts(), [], []
    for draw in range(draws):
        chosen = list(dict.fromkeys(order[draw * COMMUNITIES :]))[:COMMUNITIES]
        found = [
            (texts.add(title), label)
            for label, name in enumerate(chosen)
            for title in sample(sorted(set(by_name[name])), titles, SEED)
        ]
        rows.append(np.array([row for row, _ in found]))
        labels.append(np.array([label for _, label in found]))
    return ClusterTask(texts.all, rows, labels, runs=1)


def labelled(pairs: list[tuple[str, str]], limit: int = LONG_LIST, runs: int = 3) -> ClusterTask:
    """One draw of texts with their labels, a sample where there are more than `limit`."""
    kept = sample(pairs, limit, SEED)
    texts = Texts()
    rows = np.array([texts.add(text) for text, _ in kept])
    names = {name: place for place, name in enumerate(sorted({label for _, label in kept}))}
    return ClusterTask(texts.all, [rows], [np.array([names[label] for _, label in kept])], runs)


def til_titles(folder: Path) -> ClusterTask:
    """Titles of the til posts by category, without categories of fewer than ten posts: clusters of one say nothing."""
    pairs = [(row["title"], row["kind"]) for row in json_lines(folder / "posts.jsonl")]
    sizes = Counter(kind for _, kind in pairs)
    return labelled([(title, kind) for title, kind in pairs if sizes[kind] >= SMALLEST])


def stackoverflow_titles(folder: Path) -> ClusterTask:
    """Titles of questions by their one tag."""
    titles = (folder / "title_StackOverflow.txt").read_text("utf-8").split("\n")
    tags = (folder / "label_StackOverflow.txt").read_text("utf-8").split()
    return labelled([(title.strip(), tag) for title, tag in zip(titles, tags, strict=False)])


def ag_news(folder: Path) -> ClusterTask:
    """Descriptions of news by their four topics; half as many, they are long and the topics few."""
    return labelled([(row["content"], row["label"]) for row in comma_rows(folder / "test.csv")], LONG_LIST // 2)


def _set(name: str, about: str, file: str, prepare: Callable[[Path], ClusterTask]) -> JudgeSet:
    return JudgeSet(name, "topics", "test", "v", about, lambda p: [p.data / file], lambda p: prepare(p.data / file))


REDDIT = Path("reddit-train") / "posts.tsv"
SETS = (
    JudgeSet(
        "communities-held-out",
        "communities",
        "validation",
        "v",
        "V-measure of 3 draws of 25 communities of the validation side, 60 titles each; PDDL 1.0",
        lambda p: [p.data / REDDIT],
        lambda p: draws_of_communities(p.data / REDDIT, "validation", 3, 60),
    ),
    JudgeSet(
        "communities",
        "communities",
        "test",
        "v",
        "V-measure of 5 draws of 25 communities of the test side, 100 titles each; PDDL 1.0",
        lambda p: [p.data / REDDIT],
        lambda p: draws_of_communities(p.data / REDDIT, "test", DRAWS, TITLES),
    ),
    _set(
        "til-titles",
        "V-measure of titles by the 26 categories of ten or more posts; MIT, never trained on",
        "blog-til",
        til_titles,
    ),
    _set(
        "stackoverflow",
        "V-measure of 4,000 titles by 20 tags; CC BY-SA 3.0, never trained on",
        "stackoverflow-short",
        stackoverflow_titles,
    ),
    _set("ag-news", "V-measure of 2,000 texts by 4 topics; non-commercial, never trained on", "ag-news", ag_news),
)
