"""Hard negatives on texts where one can see which they must be."""

import numpy as np

from kindred_training.tasks.mining import bm25_matrix, mine
from kindred_training.tasks.pair import Item
from kindred_training.tasks.table import TextTable


def table_of(rows: list[tuple[str, str]]) -> TextTable:
    table = TextTable()
    for text, key in rows:
        table.add(Item(text, frozenset({key})))
    return table


def mined(table: TextTable, vectors: list[list[float]]) -> tuple[int, ...]:
    unit = np.array(vectors, np.float32)
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    pool = np.arange(len(table))
    return mine(table, unit, [0], [1], [frozenset({"own"})], pool, np.random.default_rng(1))[0]


ROWS = [
    ("ferry timetable for winter", "own"),
    ("when boats leave", "own"),
    ("winter coats", "other"),
    ("harbour crew", "other"),
    ("ferry timetable for summer", "own"),
]


def test_one_negative_is_by_words_and_one_by_meaning() -> None:
    found = mined(table_of(ROWS), [[1, 0], [1, 0.5], [0.3, 1], [1, 1.2], [1, 0.1]])
    assert set(found) == {2, 3}


def test_no_negative_is_of_the_anchors_own_group() -> None:
    assert 4 not in mined(table_of(ROWS), [[1, 0], [1, 0.5], [0, 1], [0, 1], [1, 0.1]])


def test_what_is_nearer_than_the_positive_is_taken_for_an_unlabelled_positive() -> None:
    found = mined(table_of(ROWS), [[1, 0], [1, 1], [1, 0.01], [0.2, 1], [0, 1]])
    assert 2 not in found


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    weights, counter = bm25_matrix(["ferry winter", "ferry summer", "ferry ferry spring"])
    terms = counter.vocabulary_
    assert weights[0, terms["winter"]] > weights[0, terms["ferry"]] > 0
