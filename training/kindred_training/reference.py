"""Golden vectors by sentence-transformers in fp32: `python -m kindred_training.reference --in T.jsonl --out V.npy`."""

import argparse
import json
from pathlib import Path

import numpy as np

from .base import minilm_folder

MAX_TOKENS = 256


def reference_vectors(folder: Path, texts: list[str], max_tokens: int = MAX_TOKENS) -> np.ndarray:
    """fp32 [texts, dimension], rows of unit length, in order; a longer text is cut at `max_tokens`."""
    import torch
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    model.max_seq_length = max_tokens
    # One text at a time: no padding, as in the browser.
    with torch.inference_mode():
        return model.encode(texts, batch_size=1, normalize_embeddings=True, show_progress_bar=len(texts) > 500)


def read_texts(path: Path) -> list[str]:
    """The texts of a JSON Lines file of {"id", "text"}; raises ValueError that names the line."""
    texts = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if not line.strip():
            continue
        row = json.loads(line)
        if not isinstance(row.get("text"), str):
            raise ValueError(f'{path}:{number}: no "text"')
        texts.append(row["text"])
    return texts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--in", dest="texts", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="a folder of sentence-transformers; all-MiniLM-L6-v2 without it")
    options = parser.parse_args()
    vectors = reference_vectors(options.model or minilm_folder(), read_texts(options.texts))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    np.save(options.out, vectors.astype(np.float32))
    print(f"{vectors.shape[0]} vectors of {vectors.shape[1]} in {options.out}")


if __name__ == "__main__":
    main()
