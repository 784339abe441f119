"""Vectors of the tiny model by both runtimes, and the cache."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from kindred_training.embedders import CachedEmbedder, OnnxEmbedder, TorchEmbedder, truncated
from kindred_training.reference import reference_vectors

TEXTS = ["A short text.", "", "one two three " * 60, "Another text, a little longer than the first.", "A short text."]


class Counting:
    """Gives each text the vector of its length and remembers what it was asked."""

    name, dimension, fingerprint = "counting", 2, "f" * 64

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        return truncated(np.array([[1, len(text)] for text in texts], np.float32), 2)


def test_batches_change_no_vector_and_keep_the_order(tiny_base: Path):
    ours = TorchEmbedder(tiny_base).embed(TEXTS)
    assert ours.dtype == np.float32
    np.testing.assert_allclose(ours, reference_vectors(tiny_base, TEXTS, 64), atol=1e-5)


def test_the_shipped_file_is_near_the_original(tiny_base: Path, tiny_folder: Path):
    original = TorchEmbedder(tiny_base).embed(TEXTS)
    for file in ("wasm", "webgpu"):
        shipped = OnnxEmbedder(tiny_folder, file)
        vectors = shipped.embed(TEXTS)
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
        assert ((vectors * original).sum(axis=1) > 0.99).all()
        assert shipped.dimension == original.shape[1]


def test_a_fingerprint_is_of_the_weights_and_not_of_the_place(tiny_base: Path, tmp_path: Path):
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in tiny_base.rglob("*"):
        target = copy / path.relative_to(tiny_base)
        target.mkdir(exist_ok=True) if path.is_dir() else target.write_bytes(path.read_bytes())
    (copy / "README.md").write_text("about it", "utf-8")
    assert TorchEmbedder(copy).fingerprint == TorchEmbedder(tiny_base).fingerprint
    assert TorchEmbedder(copy, max_tokens=32).fingerprint != TorchEmbedder(tiny_base).fingerprint
    weights = bytearray((copy / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (copy / "model.safetensors").write_bytes(weights)
    assert TorchEmbedder(copy).fingerprint != TorchEmbedder(tiny_base).fingerprint


def test_a_folder_that_does_not_name_its_pooling_is_refused(tmp_path: Path):
    with pytest.raises(ValueError, match=r"modules\.json"):
        TorchEmbedder(tmp_path)


def test_no_text_is_embedded_twice(tmp_path: Path):
    first = Counting()
    vectors = CachedEmbedder(first, tmp_path).embed(["a", "bbb", "a"])
    assert sorted(first.asked) == ["a", "bbb"]
    np.testing.assert_allclose(vectors, Counting().embed(["a", "bbb", "a"]))
    second = Counting()
    np.testing.assert_allclose(CachedEmbedder(second, tmp_path).embed(["cc", "a"])[1], vectors[0])
    assert second.asked == ["cc"]
    assert CachedEmbedder(second, tmp_path).embed([]).shape == (0, 2)


def test_truncated_rows_have_unit_length():
    vectors = truncated(np.array([[3, 4, 12], [0, 0, 1]], np.float32), 2)
    np.testing.assert_allclose(vectors, [[0.6, 0.8], [0, 0]])
