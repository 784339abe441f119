"""Sets of the judge on small files and vectors whose scores are known."""

import json
from pathlib import Path

import numpy as np
import pytest

from kindred_training.judge.all import SETS, chosen
from kindred_training.judge.clusters import ClusterTask
from kindred_training.judge.fewshot import few_shot_task
from kindred_training.judge.lexical import bm25_scores, fused
from kindred_training.judge.links import link_task, linked_posts
from kindred_training.judge.pairs import pair_task
from kindred_training.judge.passages import passage_task, passages
from kindred_training.judge.retrieval import segments, title_task
from kindred_training.judge.spread import spread_task
from kindred_training.judge.task import identity
from kindred_training.judge.triplets import triplet_task


def unit(*rows: list[float]) -> np.ndarray:
    array = np.array(rows, np.float32)
    return array / np.linalg.norm(array, axis=1, keepdims=True)


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """Four dated posts; d links to a, and c (later than b) is judged related to b."""
    dates = {"a": "2018-01-01", "b": "2018-06-01", "c": "2019-02-01", "d": "2020-01-01"}
    posts = [
        {"id": name, "title": name.upper(), "date": date, "draft": f"about {name}", "text": f"about {name} at length"}
        | {"summary": "", "tags": []}
        for name, date in dates.items()
    ]
    (tmp_path / "posts.jsonl").write_text("".join(json.dumps(post) + "\n" for post in posts), "utf-8")
    pairs = [("a", "d"), ("d", "a"), ("b", "c"), ("c", "b"), ("d", "gone")]
    rows = ["query-id\tcorpus-id\tscore", *(f"{a}\t{b}\t1" for a, b in pairs)]
    (tmp_path / "related-qrels.tsv").write_text("\n".join(rows) + "\n", "utf-8")
    return tmp_path


def test_only_earlier_posts_are_candidates_of_a_link(blog: Path):
    task = link_task(linked_posts(blog))
    assert task.texts == ["A\nabout a", "B\nabout b", "C\nabout c", "D\nabout d"]
    assert task.queries.tolist() == [2, 3]
    assert [rows.tolist() for rows in task.candidates] == [[0, 1], [0, 1, 2]]
    assert [rows.tolist() for rows in task.relevant] == [[1], [0]]


def test_links_are_scored_by_cosine_alone(blog: Path):
    # c is nearest to b, its related post; d is nearest to c, then to a, its related one, which comes second.
    vectors = unit([1, 0, 0.5], [0, 1, 0.3], [0.1, 1, 2], [0.5, 0, 1])
    scores = link_task(linked_posts(blog)).score(vectors)
    assert scores.queries["ndcg"].tolist() == pytest.approx([100, 100 / np.log2(3)])
    assert scores.values["ndcg"] == pytest.approx((100 + 100 / np.log2(3)) / 2)


def test_queries_may_be_those_from_a_day_on(blog: Path):
    task = link_task(linked_posts(blog, since="2019-06-01", posts=1))
    assert [task.texts[query] for query in task.queries] == ["D\nabout d"]
    assert "A\nabout a" in task.texts


def test_posts_without_dates_are_all_candidates(blog: Path):
    undated = (blog / "posts.jsonl").read_text("utf-8")
    posts = [{**json.loads(line), "date": ""} for line in undated.splitlines()]
    (blog / "posts.jsonl").write_text("".join(json.dumps(post) + "\n" for post in posts), "utf-8")
    task = link_task(linked_posts(blog))
    assert task.queries.tolist() == [0, 1, 2, 3]
    assert task.candidates[0].tolist() == [1, 2, 3]


def test_a_post_counts_by_its_best_passage(blog: Path):
    task = passage_task(linked_posts(blog))
    assert task.texts == [
        *("A", "about a at length", "B", "about b at length", "C", "about c at length", "D", "about d at length"),
        *("C", "about c", "D", "about d"),
    ]
    near, far = [1.0, 0.0], [0.0, 1.0]
    # c's opening is near b's text alone; d's title is nearer b's text than a's title.
    vectors = unit(far, far, far, near, far, far, far, far, [0.1, -1], near, [1, 0.2], [-1, -1])
    assert task.score(vectors).queries["ndcg"].tolist() == pytest.approx([100, 100 / np.log2(3)])


def test_passages_are_whole_sentences_of_about_a_hundred_words():
    sentence = " ".join(["word"] * 40) + "."
    found = passages("Head", f"{sentence} {sentence} {sentence}\n\nA last one.")
    assert [len(passage.split()) for passage in found] == [1, 80, 43]
    assert passages("Head", "") == ["Head"]


def test_bm25_prefers_the_rare_word_and_the_shorter_text():
    documents = ["the cat sat", "the dog sat", "the dog sat on a mat with the others"]
    scores = bm25_scores(["the cat", "dog", "cat cat"], documents, common=0.9)
    assert scores[0].argmax() == 0
    assert scores[1][1] > scores[1][2] > scores[1][0] == 0
    # A text of 3 words where 5 are usual; `the` is in all and counts not.
    # As a share of what endless repetition gives, the frequency falls out.
    cat = 1 / (1 + 2 * (0.25 + 0.75 * 3 / 5))
    assert scores[0][0] == pytest.approx(cat, rel=1e-5)
    assert scores[2][0] == pytest.approx(cat, rel=1e-5)


def test_fusion_adds_reciprocal_ranks():
    # 3: 1/61 + 1/62, 1: 1/63 + 1/61, 2: 1/62.
    assert fused(np.array([3, 2, 1]), np.array([1, 3])).tolist() == [3, 1, 2]


def test_pairs_are_graded_or_labelled():
    pairs = [("a", "b", 1.0), ("a", "c", 0.0), ("b", "c", 0.5)]
    vectors = unit([1, 0], [1, 0.1], [0, 1])
    assert pair_task(pairs, labelled=False).score(vectors).values["spearman"] == pytest.approx(100)
    labels = [("a", "b", 0.0), ("a", "c", 0.0), ("b", "c", 1.0)]
    assert pair_task(labels, labelled=True).score(vectors).values["ap"] == pytest.approx(50)


def test_clusters_are_the_mean_over_draws(random: np.random.Generator):
    vectors = np.concatenate([np.eye(2)[np.repeat([0, 1], 20)], random.normal(size=(40, 2))]).astype(np.float32)
    labels = np.repeat([0, 1], 20)
    clear = ClusterTask([], [np.arange(40)], [labels], runs=2).score(vectors).values["v"]
    noise = ClusterTask([], [np.arange(40, 80)], [labels], runs=2).score(vectors).values["v"]
    both = ClusterTask([], [np.arange(40), np.arange(40, 80)], [labels, labels], runs=2).score(vectors).values["v"]
    assert clear == pytest.approx(100) and noise < 40
    assert both == pytest.approx((clear + noise) / 2)


def test_few_shot_embeds_only_what_it_draws():
    train = [(f"{label} {n}", label) for label in ("red", "blue") for n in range(50)]
    task = few_shot_task(train, [("red x", "red"), ("blue x", "blue")], shots=4, draws=2)
    assert len(task.texts) <= 2 * 2 * 4 + 2
    vectors = unit(*([1, 0] if text.startswith("red") else [0, 1] for text in task.texts))
    assert task.score(vectors).values["accuracy"] == 100


def test_a_title_finds_its_own_passage_only():
    bodies = [" ".join([word] * 30) for word in ("red", "blue", "green", "green")]
    pairs = list(zip(["R", "B", "G", "H"], bodies, strict=True))
    task = title_task([*pairs, ("short", "too few words")])
    assert [task.texts[row] for row in task.queries] == ["R", "B"]  # the two green ones can't be told apart
    # R finds its own first; B finds the red one first, its own second.
    rows = {"R": [1, 0], bodies[0]: [1, 0.1], "B": [1, 0.2], bodies[1]: [0, 1]}
    scores = task.score(unit(*(rows[text] for text in task.texts)))
    assert scores.values["mrr"] == pytest.approx(75)
    assert scores.values["recall"] == pytest.approx(100)


def test_segments_hold_200_words_without_speakers():
    found = segments("**A B:** " + "one " * 150 + "\n\n**C:** " + "two " * 260)
    assert [len(text.split()) for text in found] == [200, 200]
    assert "A B" not in found[0]


def test_triplets_count_negatives_that_are_farther(tmp_path: Path):
    rows = [
        {"anchor": "a", "positive": "p", "negatives": ["far", "near"], "random": ["far"]},
        {"anchor": "a", "positive": "p", "negatives": [], "random": ["p"]},
    ]
    path = tmp_path / "test.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    task = triplet_task(path, 10)
    vectors = {"a": [1, 0], "p": [1, 0.2], "far": [0, 1], "near": [1, 0.1]}
    scores = task.score(unit(*(vectors[text] for text in task.texts)))
    assert scores.values["hard"] == pytest.approx(50)  # the row without hard negatives doesn't count
    assert scores.queries["random"].tolist() == [100, 50]  # equal is half right


def test_spread_tells_linked_from_random_pairs(blog: Path):
    scores = spread_task(blog).score(unit([1, 0], [0, 1], [0, 1], [1, 0]))
    assert scores.values["linked-p50"] == pytest.approx(100)
    assert 60 < scores.values["separation"] < 100


def test_a_task_is_known_by_all_that_is_in_it():
    pairs = [("a", "b", 1.0), ("a", "c", 0.0)]
    other = [("a", "b", 1.0), ("a", "c", 0.5)]
    assert identity(pair_task(pairs, False)) == identity(pair_task(pairs, False))
    assert identity(pair_task(pairs, False)) != identity(pair_task(other, False))


def test_sets_have_names_of_their_own_and_are_chosen_by_name_group_and_side():
    assert len({one.name for one in SETS}) == len(SETS)
    assert {one.side for one in chosen(None, "validation")} == {"validation"}
    assert [one.name for one in chosen(["sick-r"], None)] == ["sick-r"]
    assert {one.group for one in chosen(["links"], "test")} == {"links"}
    with pytest.raises(ValueError, match="no set or group is called"):
        chosen(["nothing"], None)
