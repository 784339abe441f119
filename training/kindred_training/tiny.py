"""A model small enough for tests: the real architecture and tokenizer, a cut vocabulary, seeded random weights."""

import json
import string
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from .base import minilm_folder

SEED = 7
WORDS = 1000  # the first whole words of the real vocabulary, which is sorted by frequency
WIDTH, INNER, HEADS, LAYERS = 64, 128, 4, 1
MAX_TOKENS = 64
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def write_tiny_base(folder: Path, layers: int = LAYERS) -> None:
    """Writes the tiny model, perhaps with more layers, into `folder` in the form that sentence-transformers loads."""
    source = minilm_folder()
    folder.mkdir(parents=True, exist_ok=True)
    content = json.loads((source / "tokenizer.json").read_text("utf-8"))
    pieces = _cut_vocabulary(content["model"]["vocab"])
    vocabulary = {piece: index for index, piece in enumerate(pieces)}
    content["model"]["vocab"] = vocabulary
    for token in content["added_tokens"]:
        token["id"] = vocabulary[token["content"]]
    for name, token in content["post_processor"]["special_tokens"].items():
        token["ids"] = [vocabulary[name]]
    _json(folder / "tokenizer.json", content)
    _json(folder / "tokenizer_config.json", json.loads((source / "tokenizer_config.json").read_text("utf-8")))

    config = json.loads((source / "config.json").read_text("utf-8"))
    shape = {
        "hidden_size": WIDTH,
        "intermediate_size": INNER,
        "num_attention_heads": HEADS,
        "num_hidden_layers": layers,
        "max_position_embeddings": MAX_TOKENS,
        "vocab_size": len(pieces),
        "_name_or_path": "tiny",
    }
    _json(folder / "config.json", {**config, **shape})
    _json(folder / "modules.json", json.loads((source / "modules.json").read_text("utf-8")))
    _json(folder / "sentence_bert_config.json", {"max_seq_length": MAX_TOKENS, "do_lower_case": False})
    (folder / "1_Pooling").mkdir(exist_ok=True)
    pooling = json.loads((source / "1_Pooling" / "config.json").read_text("utf-8"))
    _json(folder / "1_Pooling" / "config.json", {**pooling, "word_embedding_dimension": WIDTH})
    save_file(_random_weights(len(pieces), layers), folder / "model.safetensors", {"format": "pt"})


def _cut_vocabulary(vocabulary: dict[str, int]) -> list[str]:
    ordered = sorted(vocabulary, key=vocabulary.__getitem__)
    characters = [c for c in ordered if len(c.removeprefix("##")) == 1 and c.removeprefix("##") in string.printable]
    words = [w for w in ordered if len(w) > 1 and w.isascii() and w.isalpha()][:WORDS]
    return [*SPECIAL, *characters, *words]


def _random_weights(pieces: int, layers: int) -> dict[str, np.ndarray]:
    random = np.random.default_rng(SEED)

    def normal(*shape: int, scale: float) -> np.ndarray:
        return (random.standard_normal(shape) * scale).astype(np.float32)

    weights = {
        # Positions and types are small beside words, so that texts with the same words come out alike.
        "embeddings.word_embeddings.weight": normal(pieces, WIDTH, scale=1.0),
        "embeddings.position_embeddings.weight": normal(MAX_TOKENS, WIDTH, scale=0.1),
        "embeddings.token_type_embeddings.weight": normal(2, WIDTH, scale=0.1),
    }

    def norm(name: str) -> None:
        weights[f"{name}.LayerNorm.weight"] = 1 + normal(WIDTH, scale=0.1)
        weights[f"{name}.LayerNorm.bias"] = normal(WIDTH, scale=0.1)

    def dense(name: str, outputs: int, inputs: int) -> None:
        weights[f"{name}.weight"] = normal(outputs, inputs, scale=inputs**-0.5)
        weights[f"{name}.bias"] = normal(outputs, scale=0.1)

    norm("embeddings")
    for layer in range(layers):
        at = f"encoder.layer.{layer}"
        for part in ("query", "key", "value"):
            dense(f"{at}.attention.self.{part}", WIDTH, WIDTH)
        dense(f"{at}.attention.output.dense", WIDTH, WIDTH)
        norm(f"{at}.attention.output")
        dense(f"{at}.intermediate.dense", INNER, WIDTH)
        dense(f"{at}.output.dense", WIDTH, INNER)
        norm(f"{at}.output")
    dense("pooler.dense", WIDTH, WIDTH)
    return weights


def _json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
