"""Probes: fixed texts with token ids and golden vectors, by which a browser decides whether to trust a backend."""

import json
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from .probe_texts import PROBE_TEXTS
from .reference import reference_vectors

DIGITS = 7  # significant; fp32 carries no more


def write_probes(path: Path, model: str, base: Path, tokenizer: Tokenizer, max_tokens: int) -> None:
    """
    Writes {"model", "dimension", "probes": [{"text", "tokens", "vector"}]}.

    Tokens are Hugging Face ids with the special ones, never cut; vectors are sentence-transformers in fp32.
    A text that is too long for the model is left out (only the tiny one leaves any).
    """
    texts = [text for text in PROBE_TEXTS if len(tokenizer.encode(text).ids) <= max_tokens]
    vectors = reference_vectors(base, texts, max_tokens)
    probes = [
        {"text": text, "tokens": tokenizer.encode(text).ids, "vector": [float(f"{x:.{DIGITS}g}") for x in vector]}
        for text, vector in zip(texts, vectors, strict=True)
    ]
    content = {"model": model, "dimension": vectors.shape[1], "probes": probes}
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


def read_probes(folder: Path) -> tuple[list[list[int]], np.ndarray]:
    """Token ids and golden vectors (fp32 [probes, dimension]) of a model folder."""
    probes = json.loads((folder / "probes.json").read_text("utf-8"))["probes"]
    return [probe["tokens"] for probe in probes], np.array([probe["vector"] for probe in probes], np.float32)
