"""Texts to vectors for judging: a sentence-transformers folder or a shipped ONNX folder, with a cache on disk."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from tokenizers import Tokenizer

from .base import sha256
from .batching import padded_runs
from .run import feeds, open_session

MAX_TOKENS = 256
TOKENS_A_BATCH = {"cpu": 2048, "cuda": 65_536}  # with padding; larger batches are slower on a CPU
CACHE_EVERY = 2000  # texts between two writes to the cache, so that an interrupted run keeps what it has
THREADS = 2
CACHE = Path("build/cache")  # vectors of every model that was asked for, and what is kept in training

Backend = Literal["wasm", "webgpu"]
Precision = Literal["fp32", "bf16"]
Progress = Callable[[int, int], None]


class Embedder(Protocol):
    """A model as the judge sees it; `fingerprint` changes with anything that changes a vector."""

    name: str
    dimension: int
    fingerprint: str

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """fp32 [texts, dimension], rows of unit length, in order; a longer text is cut at 256 tokens."""
        ...


class TorchEmbedder:
    """
    A folder that sentence-transformers loads: Transformer, Pooling, perhaps Dense, Normalize. In "bf16" products are
    made in that format: 1.8 times as fast on a processor that knows it, at a cosine of 0.99997 and more to "fp32".
    """

    def __init__(
        self,
        folder: Path,
        name: str | None = None,
        max_tokens: int = MAX_TOKENS,
        precision: Precision = "fp32",
    ) -> None:
        import torch
        from sentence_transformers import SentenceTransformer

        if not (folder / "modules.json").is_file():
            raise ValueError(
                f"{folder} has no modules.json: save it with sentence-transformers, which names the pooling"
            )
        self.name = name or folder.name
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._model = SentenceTransformer(str(folder), device=self._device, local_files_only=True)
        self._model.max_seq_length = min(max_tokens, self._model.max_seq_length or max_tokens)
        self._model.float().eval()
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        parts = [path for path in folder.rglob("*") if path.suffix in {".safetensors", ".bin", ".json"}]
        # Where the folder lies and what else is in it says nothing about its vectors.
        skipped = {"README.md", "trainer_state.json", "config_sentence_transformers.json"}
        self._bf16 = precision == "bf16"
        more = f"{self._model.max_seq_length}{'bf16' if self._bf16 else ''}"
        self.fingerprint = _fingerprint([path for path in parts if path.name not in skipped], folder, more)

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        lengths = [len(text) for text in texts]
        order = sorted(range(len(texts)), key=lengths.__getitem__, reverse=True)
        vectors = np.empty((len(texts), self.dimension), np.float32)
        # Two batches side by side, each on one thread: on a busy machine far faster than two threads that wait for
        # each other at every product. Batches are tokenised here, the tokenizer is not made for two threads.
        with self._one_thread(), ThreadPoolExecutor(1 if self._device == "cuda" else THREADS) as pool:
            runs = padded_runs(order, [_rough_tokens(text) for text in texts], TOKENS_A_BATCH[self._device])
            for some in _groups(runs, THREADS):
                batches = [self._model.preprocess([texts[row] for row in rows]) for rows in some]
                for rows, found in zip(some, pool.map(self._forward, batches), strict=True):
                    vectors[rows] = found
        return truncated(vectors, self.dimension)

    def _forward(self, batch: dict[str, Any]) -> np.ndarray:
        import torch

        # Said inside, for the setting is of one thread.
        with torch.inference_mode(), torch.autocast(self._device, torch.bfloat16, enabled=self._bf16):
            there = {key: value.to(self._device) if hasattr(value, "to") else value for key, value in batch.items()}
            return self._model(there)["sentence_embedding"].float().cpu().numpy()

    @contextmanager
    def _one_thread(self) -> Iterator[None]:
        import torch

        before = torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            yield
        finally:
            torch.set_num_threads(before)


class OnnxEmbedder:
    """A folder of `public/models` in the native runtime, one unpadded text a run, as in the browser."""

    def __init__(
        self, folder: Path, file: Backend = "wasm", name: str | None = None, max_tokens: int = MAX_TOKENS
    ) -> None:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        model = folder / manifest["files"][file]["path"]
        self._session = open_session(str(model))  # two texts at a time use two cores better than one text does
        self._inputs = {value.name for value in self._session.get_inputs()}
        self._output = manifest["output"]
        tokenizer = folder / manifest["files"]["tokenizer"]["path"]
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(min(max_tokens, manifest["maxTokens"]))
        self._prefix = manifest["prefix"]
        self.name = name or f"{manifest['id']}:{file}"
        self.dimension = int(manifest["dimension"])
        cut = f"{min(max_tokens, manifest['maxTokens'])}{self._prefix}"
        self.fingerprint = _fingerprint([model, tokenizer], folder, cut)

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        with ThreadPoolExecutor(THREADS) as pool:
            rows = list(pool.map(self._one, texts))
        vectors = np.stack(rows) if rows else np.empty((0, self.dimension), np.float32)
        return truncated(vectors, self.dimension)

    def _one(self, text: str) -> np.ndarray:
        given = feeds(self._tokenizer.encode(self._prefix + text).ids)
        wanted = {key: value for key, value in given.items() if key in self._inputs}
        return self._session.run([self._output], wanted)[0][0]


def open_embedder(
    folder: Path,
    file: Backend = "wasm",
    name: str | None = None,
    max_tokens: int = MAX_TOKENS,
    precision: Precision = "fp32",
) -> TorchEmbedder | OnnxEmbedder:
    """
    What is in a folder: a shipped model where it has a manifest, else one of sentence-transformers, for which alone the
    precision counts. Shipped in 8 bits a model is two to three times as fast on a CPU.
    """
    if (folder / "manifest.json").is_file():
        return OnnxEmbedder(folder, file, name, max_tokens)
    return TorchEmbedder(folder, name, max_tokens, precision)


class CachedEmbedder:
    """Another embedder that embeds no text twice: vectors lie in a file of their own for each fingerprint."""

    def __init__(self, inner: Embedder, folder: Path, progress: Progress | None = None) -> None:
        self._inner, self._progress = inner, progress
        self.name, self.dimension, self.fingerprint = inner.name, inner.dimension, inner.fingerprint
        folder.mkdir(parents=True, exist_ok=True)
        self._store = sqlite3.connect(folder / f"{inner.fingerprint[:16]}.sqlite", timeout=60)
        self._store.execute("PRAGMA journal_mode=WAL")
        self._store.execute("CREATE TABLE IF NOT EXISTS vectors (text BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        keys = [hashlib.sha256(text.encode()).digest()[:16] for text in texts]
        found: dict[bytes, np.ndarray] = {}
        for start in range(0, len(keys), 500):
            part = keys[start : start + 500]
            marks = ",".join("?" * len(part))
            rows = self._store.execute(f"SELECT text, vector FROM vectors WHERE text IN ({marks})", part)
            found.update({key: np.frombuffer(vector, np.float32) for key, vector in rows})
        # The longest first: what is left then only gets faster, and batches are of like lengths.
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        new = sorted(missing.items(), key=lambda pair: len(pair[1]), reverse=True)
        for start in range(0, len(new), CACHE_EVERY):
            part = new[start : start + CACHE_EVERY]
            vectors = self._inner.embed([text for _, text in part])
            found.update({key: vector for (key, _), vector in zip(part, vectors, strict=True)})
            with self._store:
                rows = ((key, found[key].tobytes()) for key, _ in part)
                self._store.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
            if self._progress:
                self._progress(min(start + CACHE_EVERY, len(new)), len(new))
        return np.stack([found[key] for key in keys]) if keys else np.empty((0, self.dimension), np.float32)


def truncated(vectors: np.ndarray, dimension: int) -> np.ndarray:
    """The first `dimension` numbers of each row, of unit length again; a row of zeros stays one."""
    cut = vectors[:, :dimension]
    return cut / np.maximum(np.linalg.norm(cut, axis=1, keepdims=True), 1e-12)


def _rough_tokens(text: str) -> int:
    """At four characters a token, which is enough to batch by."""
    return min(MAX_TOKENS, len(text) // 4 + 2)


def _groups(batches: Sequence[list[int]], size: int) -> Iterator[Sequence[list[int]]]:
    for start in range(0, len(batches), size):
        yield batches[start : start + size]


def _fingerprint(files: Sequence[Path], folder: Path, more: str) -> str:
    digest = hashlib.sha256(more.encode())
    for path in sorted(files):
        digest.update(f"{path.relative_to(folder)}\0".encode())
        digest.update(bytes.fromhex(sha256(path)))
    return digest.hexdigest()
