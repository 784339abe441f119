"""The fp32 graph is the model."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest

from kindred_training.agree import cosines
from kindred_training.base import load_encoder
from kindred_training.probes import read_probes
from kindred_training.run import embed_native


def test_agrees_with_sentence_transformers(tiny_graph: onnx.ModelProto, tiny_folder: Path) -> None:
    tokens, golden = read_probes(tiny_folder)
    ours = embed_native(tiny_graph, tokens)
    assert np.abs(ours - golden).max() < 1e-5
    assert cosines(golden, ours).min() > 0.99999


def test_padding_changes_nothing(tiny_graph: onnx.ModelProto) -> None:
    session = onnxruntime.InferenceSession(tiny_graph.SerializeToString(), providers=["CPUExecutionProvider"])
    ids = np.array([[2, 40, 90, 3, 0, 0], [2, 50, 60, 70, 80, 3]], np.int64)
    mask = (ids != 0).astype(np.int64)
    batch = session.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)})[0]
    alone = embed_native(tiny_graph, [[2, 40, 90, 3], [2, 50, 60, 70, 80, 3]])
    assert np.abs(batch - alone).max() < 1e-5


def test_refuses_another_family(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "mpnet", "hidden_act": "gelu"}')
    with pytest.raises(ValueError, match="mpnet"):
        load_encoder(tmp_path)
