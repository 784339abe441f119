"""The base from a Maven artefact: a wrong jar is refused, and a network in ONNX comes back as the folder it was."""

import json
import warnings
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from safetensors.numpy import load_file
from transformers import BertModel

from kindred_training import bases
from kindred_training.bert_folder import check_folder, write_bert_folder


class LastHiddenState(torch.nn.Module):
    """What is exported: the three inputs in, the states of the last layer out."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(folder, attn_implementation="eager").eval()

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        return self.bert(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state


@pytest.fixture
def exported(tiny_base: Path, tmp_path: Path) -> Path:
    """The tiny model as PyTorch exports it: weights of products without their names."""
    path = tmp_path / "network.onnx"
    ids = torch.ones(1, 5, dtype=torch.int64)
    inputs = ["input_ids", "attention_mask", "token_type_ids"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter that base models of this age were made with is deprecated
        torch.onnx.export(
            LastHiddenState(tiny_base),
            (ids, ids, 0 * ids),
            path,
            input_names=inputs,
            output_names=["last_hidden_state"],
            dynamic_axes={name: {1: "sequence"} for name in inputs},
            dynamo=False,
        )
    network = onnx.load(path)
    for tensor in network.graph.initializer:
        tensor.name = tensor.name.removeprefix("bert.")
    for node in network.graph.node:
        for index, name in enumerate(node.input):
            node.input[index] = name.removeprefix("bert.")
    onnx.save(network, path)
    return path


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and no more"], ids=["empty", "cut short"])
def test_a_damaged_jar_is_refused(content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jar = tmp_path / "bge.jar"
    jar.write_bytes(content)
    monkeypatch.setenv(bases.JAR_VARIABLE, str(jar))
    with pytest.raises(ValueError, match=rf"bge.jar \({len(content)} bytes\) has SHA-256 .* put the right jar there"):
        bases.bge_small_folder(tmp_path / "bases")


def test_a_jar_that_came_cut_short_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jar = tmp_path / "repository" / bases.BGE_ARTEFACT
    jar.parent.mkdir(parents=True)
    jar.write_bytes(b"PK\x03\x04")
    monkeypatch.delenv(bases.JAR_VARIABLE, raising=False)
    monkeypatch.setenv(bases.REPOSITORY_VARIABLE, (tmp_path / "repository").as_uri())
    with pytest.raises(ValueError, match="cut short"):
        bases.bge_small_folder(tmp_path / "bases")
    assert not list((tmp_path / "bases").glob("*.jar"))


def test_a_repository_that_cannot_be_reached_says_what_to_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(bases.JAR_VARIABLE, raising=False)
    monkeypatch.setenv(bases.REPOSITORY_VARIABLE, (tmp_path / "nothing").as_uri())
    with pytest.raises(ValueError, match=f"set {bases.REPOSITORY_VARIABLE} .* or {bases.JAR_VARIABLE}"):
        bases.bge_small_folder(tmp_path / "bases")


def test_a_network_comes_back_as_the_folder_it_was(exported: Path, tiny_base: Path, tmp_path: Path) -> None:
    tokenizer = json.loads((tiny_base / "tokenizer.json").read_text("utf-8"))
    write_bert_folder(exported, tokenizer, tmp_path / "again", name="tiny", heads=4)
    before, after = (load_file(folder / "model.safetensors") for folder in (tiny_base, tmp_path / "again"))
    assert {name for name in before if not name.startswith("pooler")} <= set(after)
    for name in before:
        assert name.startswith("pooler") or np.array_equal(before[name], after[name]), name


def test_a_folder_with_other_weights_is_refused(exported: Path, tiny_base: Path, tmp_path: Path) -> None:
    network = onnx.load(exported)
    table = next(t for t in network.graph.initializer if t.name == "embeddings.word_embeddings.weight")
    table.CopyFrom(onnx.numpy_helper.from_array(-onnx.numpy_helper.to_array(table), table.name))
    other = tmp_path / "other.onnx"
    onnx.save(network, other)
    tokenizer = json.loads((tiny_base / "tokenizer.json").read_text("utf-8"))
    write_bert_folder(exported, tokenizer, tmp_path / "again", name="tiny", heads=4)
    assert check_folder(tmp_path / "again", exported) > 0.99999
    with pytest.raises(ValueError, match="other vectors"):
        check_folder(tmp_path / "again", other)
