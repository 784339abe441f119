"""Sampling, reading and comparing."""

from pathlib import Path

import numpy as np
import pytest

from kindred_training.agree import cosines
from kindred_training.base import minilm_folder
from kindred_training.reference import read_texts
from kindred_training.sample import whole_sentences
from kindred_training.tokenizer import load_tokenizer


def test_a_sample_ends_with_a_whole_sentence() -> None:
    tokenizer = load_tokenizer(minilm_folder())
    text = "One two three. Four five six! Seven eight nine?\n\nTen."
    assert whole_sentences(text, tokenizer, 11) == "One two three. Four five six!"
    assert whole_sentences(text, tokenizer, 256) == "One two three. Four five six! Seven eight nine? Ten."
    assert whole_sentences(text, tokenizer, 3) == ""


def test_texts_are_read_in_order_and_a_bad_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text('{"id": "a", "text": "one\\u2028two"}\n\n{"id": "b", "text": ""}\n', "utf-8")
    assert read_texts(path) == ["one\u2028two", ""]
    path.write_text('{"id": "a", "text": "one"}\n{"id": "b"}\n', "utf-8")
    with pytest.raises(ValueError, match="texts.jsonl:2"):
        read_texts(path)


def test_cosines_need_equal_shapes_and_real_rows() -> None:
    assert cosines(np.eye(2), np.array([[2.0, 0], [1, 1]])) == pytest.approx([1, 2**-0.5])
    with pytest.raises(ValueError, match="shapes differ"):
        cosines(np.eye(2), np.eye(3))
    with pytest.raises(ValueError, match="row 1"):
        cosines(np.eye(2), np.array([[1.0, 0], [0, 0]]))
