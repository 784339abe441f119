"""A model folder is whole, and its manifest says what is in it."""

import json
from pathlib import Path

import onnx
from tokenizers import Tokenizer

from kindred_training.agree import cosines
from kindred_training.base import sha256
from kindred_training.probes import read_probes
from kindred_training.run import embed_native


def test_manifest_names_every_file_with_size_and_hash(tiny_folder: Path) -> None:
    manifest = json.loads((tiny_folder / "manifest.json").read_text("utf-8"))
    for entry in manifest["files"].values():
        path = tiny_folder / entry["path"]
        assert (path.stat().st_size, sha256(path)) == (entry["bytes"], entry["sha256"])
    named = {entry["path"] for entry in manifest["files"].values()} | {"manifest.json", manifest["card"]}
    assert {path.name for path in tiny_folder.iterdir()} == named


def test_both_models_pass_their_own_probes(tiny_folder: Path) -> None:
    files = json.loads((tiny_folder / "manifest.json").read_text("utf-8"))["files"]
    tokens, golden = read_probes(tiny_folder)
    for backend in ("wasm", "webgpu"):
        model = onnx.load(tiny_folder / files[backend]["path"])
        assert cosines(golden, embed_native(model, tokens)).min() > files[backend]["probeTolerance"]


def test_tokenizer_neither_cuts_nor_pads(tiny_folder: Path) -> None:
    tokenizer = Tokenizer.from_file(str(tiny_folder / "tokenizer.json"))
    assert len(tokenizer.encode("a " * 300).ids) == 302
    assert len(tokenizer.encode("a").ids) == 3


def test_probes_hold_the_tokens_of_their_texts(tiny_folder: Path) -> None:
    tokenizer = Tokenizer.from_file(str(tiny_folder / "tokenizer.json"))
    probes = json.loads((tiny_folder / "probes.json").read_text("utf-8"))["probes"]
    assert all(tokenizer.encode(probe["text"]).ids == probe["tokens"] for probe in probes)


def test_weights_for_the_browser_are_small(tiny_folder: Path) -> None:
    assert all(path.stat().st_size < 400_000 for path in tiny_folder.iterdir())
