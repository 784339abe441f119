"""CLS pooling and a projection: the graph is the model, whichever way the folder was saved."""

import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Dense, Normalize, Pooling, Transformer
from tokenizers import Tokenizer

from kindred_training.agree import cosines
from kindred_training.base import load_encoder, read_head
from kindred_training.export import export
from kindred_training.graph import build
from kindred_training.probe_texts import PROBE_TEXTS
from kindred_training.probes import read_probes
from kindred_training.recipe import Recipe
from kindred_training.reference import reference_vectors
from kindred_training.run import embed_native, feeds
from kindred_training.tiny import write_tiny_base
from kindred_training.tokenizer import load_tokenizer

WIDTH = 64
RECIPE = Recipe(
    id="trained",
    name="Trained",
    revision="1",
    source="a test",
    max_tokens=48,
    wasm_tolerance=0.98,
    webgpu_tolerance=0.98,
    card="kindred-post-1.md",
    dimensions=(64, 32),
    stored_dimension=32,
    wasm_words="blocks4",
    wasm_words_block=32,
    webgpu_words="blocks4",
    webgpu_words_block=16,
    cut_positions=True,
)


def save(folder: Path, pooling: str, dense: Dense | None, layers: int = 3) -> Path:
    """A random model as training saves it."""
    write_tiny_base(folder / "base", layers=layers)
    first = Transformer(str(folder / "base"), max_seq_length=RECIPE.max_tokens)
    between = [] if dense is None else [dense]
    modules = [first, Pooling(WIDTH, pooling_mode=pooling), *between, Normalize()]
    SentenceTransformer(modules=modules, device="cpu").save(str(folder / "saved"))
    return folder / "saved"


def projection(bias: bool = False, activation: torch.nn.Module | None = None) -> Dense:
    torch.manual_seed(5)
    return Dense(WIDTH, WIDTH, bias=bias, activation_function=activation or torch.nn.Identity())


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(tmp_path_factory.mktemp("trained"), "cls", projection())


@pytest.fixture(scope="module")
def exported(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    export(RECIPE, trained, out, tmp_path_factory.mktemp("build"))
    return out


@pytest.mark.parametrize("pooling", ["mean", "cls"])
@pytest.mark.parametrize("projected", [True, False], ids=["projected", "plain"])
def test_agrees_with_sentence_transformers(pooling: str, projected: bool, tmp_path: Path) -> None:
    folder = save(tmp_path, pooling, projection() if projected else None)
    graph = build(load_encoder(folder, RECIPE.max_tokens))
    onnx.checker.check_model(graph, full_check=True)
    tokenizer = load_tokenizer(folder)
    texts = [text for text in PROBE_TEXTS if len(tokenizer.encode(text).ids) <= RECIPE.max_tokens]
    ours = embed_native(graph, [tokenizer.encode(text).ids for text in texts])
    assert np.abs(ours - reference_vectors(folder, texts, RECIPE.max_tokens)).max() < 1e-5


def test_the_last_layer_works_on_the_first_token_only(trained: Path) -> None:
    graph = build(load_encoder(trained))
    watched = ["layer.1.output", "layer.2.packed", "layer.2.output"]
    graph.graph.output.extend(onnx.helper.make_tensor_value_info(name, 1, None) for name in watched)
    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    shapes = [value.shape for value in session.run(watched, feeds([2, 40, 90, 50, 3]))]
    assert shapes == [(1, 5, WIDTH), (1, 5, 2 * WIDTH), (1, 1, WIDTH)]


def test_padding_changes_nothing(trained: Path) -> None:
    graph = build(load_encoder(trained))
    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    ids = np.array([[2, 40, 90, 3, 0, 0], [2, 50, 60, 70, 80, 3]], np.int64)
    batch = session.run(
        None, {"input_ids": ids, "attention_mask": (ids != 0).astype(np.int64), "token_type_ids": np.zeros_like(ids)}
    )[0]
    assert np.abs(batch - embed_native(graph, [[2, 40, 90, 3], [2, 50, 60, 70, 80, 3]])).max() < 1e-5


def test_positions_beyond_the_limit_are_left_out(trained: Path) -> None:
    whole, cut = load_encoder(trained), load_encoder(trained, RECIPE.max_tokens)
    name = "embeddings.position_embeddings.weight"
    assert (len(whole.weights[name]), len(cut.weights[name])) == (64, RECIPE.max_tokens)
    full = [[2, *range(10, 56), 3]]
    assert np.array_equal(embed_native(build(whole), full), embed_native(build(cut), full))
    with pytest.raises(ValueError, match="65 tokens are asked for, the model has 64"):
        load_encoder(trained, 65)


def test_the_manifest_names_pooling_and_lengths(exported: Path) -> None:
    manifest = json.loads((exported / "manifest.json").read_text("utf-8"))
    assert {key: manifest[key] for key in ("pooling", "dimension", "dimensions", "storedDimension", "maxTokens")} == {
        "pooling": "cls",
        "dimension": 64,
        "dimensions": [64, 32],
        "storedDimension": 32,
        "maxTokens": 48,
    }


def test_the_small_forms_stay_near(exported: Path) -> None:
    tokens, golden = read_probes(exported)
    for name in ("model.int8.onnx", "model.nbits8.onnx"):
        assert cosines(golden, embed_native(onnx.load(exported / name), tokens)).min() > 0.98


def test_a_saved_tokenizer_gives_the_ids_of_its_base(trained: Path, exported: Path) -> None:
    base = load_tokenizer(trained.parent / "base")
    saved = Tokenizer.from_file(str(exported / "tokenizer.json"))
    assert all(saved.encode(text).ids == base.encode(text).ids for text in PROBE_TEXTS)


def test_a_form_that_is_too_far_is_refused(trained: Path, tmp_path: Path) -> None:
    strict = Recipe(**{**RECIPE.__dict__, "webgpu_tolerance": 0.99999})
    with pytest.raises(
        ValueError, match=r"model.nbits8.onnx: cosine 0\.\d+ at probe \d+, the recipe tolerates 0.99999"
    ):
        export(strict, trained, tmp_path / "out", tmp_path / "build")


@pytest.mark.parametrize(
    ("dense", "pooling", "message"),
    [
        (projection(bias=True), "mean", "without bias"),
        (projection(activation=torch.nn.Tanh()), "mean", "without bias and activation"),
        (None, "max", "pooling must be mean or cls, found max"),
    ],
    ids=["bias", "activation", "max"],
)
def test_what_the_graph_cannot_express_is_refused(
    dense: Dense | None, pooling: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=message):
        read_head(save(tmp_path, pooling, dense, layers=1))


def test_modules_in_another_order_are_refused(trained: Path, tmp_path: Path) -> None:
    modules = json.loads((trained / "modules.json").read_text("utf-8"))
    (tmp_path / "modules.json").write_text(json.dumps(modules[:2]))
    with pytest.raises(ValueError, match="expected Transformer, .* found Transformer, Pooling$"):
        read_head(tmp_path)
