"""Losses by hand-made vectors."""

import math

import torch

from kindred_training.train.losses import cosent, follow, info_nce

NONE = torch.zeros((2, 2), dtype=torch.bool)
UNIT = torch.eye(4)[:2]


def alone(rows: torch.Tensor) -> list[torch.Tensor]:
    """Each row as the one passage of a text."""
    return list(rows.split(1))


def test_info_nce_is_small_when_each_anchor_is_its_positive() -> None:
    assert info_nce(alone(UNIT), alone(UNIT), NONE, 0.05, {4: 1}) < 1e-6


def test_info_nce_of_equal_candidates_is_the_logarithm_of_their_number() -> None:
    same = torch.ones((2, 4))
    assert math.isclose(info_nce(alone(same), alone(same), NONE, 0.05, {4: 1}).item(), math.log(2), rel_tol=1e-5)


def test_an_excluded_candidate_costs_nothing() -> None:
    same = torch.ones((2, 4))
    excluded = ~torch.eye(2, dtype=torch.bool)
    assert info_nce(alone(same), alone(same), excluded, 0.05, {4: 1}) < 1e-6


def test_a_hard_negative_counts_forward_only() -> None:
    candidates = torch.cat([UNIT, UNIT[:1]])
    excluded = torch.zeros((2, 3), dtype=torch.bool)
    found = info_nce(alone(UNIT), alone(candidates), excluded, 0.05, {4: 1}).item()
    assert math.isclose(found, math.log(2) / 4, rel_tol=1e-3)


def test_texts_are_as_near_as_their_nearest_passages() -> None:
    a, b, c, d = torch.eye(4)
    anchors, candidates = [torch.stack([c, a]), torch.stack([b])], [torch.stack([a, d]), torch.stack([d, d, b])]
    assert info_nce(anchors, candidates, NONE, 0.05, {4: 1}) < 1e-6
    assert info_nce(anchors, candidates[::-1], NONE, 0.05, {4: 1}) > 10


def test_every_dimension_counts_by_its_weight() -> None:
    # Alike in the first number, apart in the second.
    vectors = torch.tensor([[1.0, 1.0], [1.0, -1.0]])
    assert info_nce(alone(vectors), alone(vectors), NONE, 0.05, {2: 1}) < 1e-6
    assert info_nce(alone(vectors), alone(vectors), NONE, 0.05, {1: 1}) > 0.5
    short = info_nce(alone(vectors), alone(vectors), NONE, 0.05, {1: 1}).item()
    assert math.isclose(
        info_nce(alone(vectors), alone(vectors), NONE, 0.05, {2: 3, 1: 1}).item(), short / 4, rel_tol=1e-3
    )


def test_cosent_wants_the_order_that_people_gave() -> None:
    a = torch.tensor([[1.0, 0.0], [1.0, 0.0]])
    b = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    right = cosent(a, b, torch.tensor([1.0, 0.0]), 0.05, {2: 1})
    wrong = cosent(a, b, torch.tensor([0.0, 1.0]), 0.05, {2: 1})
    assert right < 1e-3
    assert wrong > 10


def test_following_is_free_of_scale_and_shift() -> None:
    torch.manual_seed(1)
    vectors = torch.randn(8, 6)
    # A constant added to every vector in a dimension of its own raises all cosines.
    raised = torch.cat([torch.nn.functional.normalize(vectors, dim=-1), torch.full((8, 1), 2.0)], dim=1)
    assert follow(vectors, raised, {6: 1}) < 1e-5
    assert follow(vectors, torch.randn(8, 6), {6: 1}) > 0.3
