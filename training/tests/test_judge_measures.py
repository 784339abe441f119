"""Each figure of the judge on a case worked out by hand."""

import numpy as np
import pytest

from kindred_training.judge.measures import (
    average_precision,
    best_first,
    classified,
    difference_interval,
    few_shot_draws,
    ndcg,
    recall,
    reciprocal_rank,
    spearman,
    v_measure,
)


def test_ndcg_discounts_by_the_logarithm_of_the_place():
    # Found at places 1 and 3 of two relevant: (1 + 1/log2(4)) / (1 + 1/log2(3)).
    assert ndcg([7, 1, 8, 2], [7, 8]) == pytest.approx(100 * 1.5 / (1 + 1 / np.log2(3)))
    assert ndcg([7, 8], [7, 8]) == pytest.approx(100)
    assert ndcg([1, 2], [7]) == 0


def test_ndcg_is_ideal_for_ten_of_more_than_ten_relevant():
    assert ndcg(range(10), list(range(30))) == pytest.approx(100)


def test_recall_and_reciprocal_rank():
    assert recall([1, 2, 3], [3, 9]) == pytest.approx(50)
    assert reciprocal_rank([1, 2, 3], [3, 9]) == pytest.approx(100 / 3)
    assert reciprocal_rank([1, 2], [9]) == 0


def test_equal_scores_keep_their_order():
    assert best_first(np.array([0.5, 0.9, 0.5, 0.5])).tolist() == [1, 0, 2, 3]


def test_spearman_gives_equal_values_their_mean_rank():
    assert spearman(np.array([1, 2, 3]), np.array([10, 20, 30])) == pytest.approx(100)
    assert spearman(np.array([1, 2, 3]), np.array([3, 2, 1])) == pytest.approx(-100)
    # Ranks 1, 2.5, 2.5 against 1, 2, 3: covariance 0.5 · 3, deviations √1.5 and √2.
    assert spearman(np.array([1, 5, 5]), np.array([1, 2, 3])) == pytest.approx(100 * 1.5 / np.sqrt(1.5 * 2))


def test_average_precision_by_hand():
    # Positives at places 1 and 3: (1/1 + 2/3) / 2.
    assert average_precision(np.array([1, 0, 1, 0]), np.array([0.9, 0.8, 0.7, 0.1])) == pytest.approx(100 * 5 / 6)


@pytest.mark.parametrize("batches", [False, True])
def test_v_measure_is_full_for_clear_clusters_and_low_for_noise(random: np.random.Generator, batches: bool):
    labels = np.repeat(np.arange(4), 30)
    clear = np.eye(4)[labels] + random.normal(0, 0.01, (120, 4))
    assert v_measure(clear, labels, seed=1, batches=batches) == pytest.approx(100)
    assert v_measure(random.normal(size=(120, 4)), labels, seed=1, batches=batches) < 20


def test_few_shot_draws_hold_so_many_of_every_label_and_differ():
    labels = np.repeat(np.arange(5), 20)
    draws = few_shot_draws(labels, shots=3, draws=4, seed=42)
    assert all(np.bincount(labels[rows]).tolist() == [3] * 5 for rows in draws)
    assert len({tuple(sorted(rows.tolist())) for rows in draws}) == 4


def test_the_first_draw_is_that_of_numpys_global_shuffle():
    labels = np.repeat(np.arange(3), 10)
    rows = np.arange(30)
    np.random.seed(42)
    np.random.shuffle(rows)
    expected = [row for at, row in enumerate(rows) if (labels[rows[:at]] == labels[row]).sum() < 2]
    assert few_shot_draws(labels, shots=2, draws=1, seed=42)[0].tolist() == expected


def test_classes_that_lie_apart_are_told_from_few_examples():
    train, test = np.eye(3)[[0, 0, 1, 1, 2, 2]], np.eye(3)[[2, 1, 0]]
    assert classified(train, np.array([0, 0, 1, 1, 2, 2]), test, np.array([2, 1, 1]), seed=1) == pytest.approx(200 / 3)


def test_the_interval_of_a_difference_is_paired():
    ours = np.array([10.0, 50.0, 90.0])
    assert difference_interval(ours + 2, ours) == pytest.approx((2, 2, 2))
    mean, low, high = difference_interval(np.array([0.0, 100.0] * 50), np.full(100, 50.0))
    assert mean == 0 and -15 < low < -5 and 5 < high < 15


def test_an_interval_of_other_queries_is_refused():
    with pytest.raises(ValueError, match="not the same"):
        difference_interval(np.zeros(3), np.zeros(4))
