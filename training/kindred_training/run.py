"""Runs an exported graph on token ids, one unpadded text at a time, as the browser does."""

import json
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import onnxruntime

EMBED_SCRIPT = Path(__file__).parents[1] / "web" / "embed.mjs"


def feeds(token_ids: list[int]) -> dict[str, np.ndarray]:
    """The three inputs of a graph for one text: int64 [1, tokens]."""
    ids = np.array([token_ids], np.int64)
    return {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}


def open_session(model: bytes | str) -> onnxruntime.InferenceSession:
    """The native runtime on the CPU over a graph or its path."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # short texts gain nothing from a second thread, and it spins while it waits
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def embed_native(model: onnx.ModelProto, texts: list[list[int]]) -> np.ndarray:
    """fp32 [texts, dimension] by the native runtime on the CPU."""
    session = open_session(model.SerializeToString())
    return np.concatenate([session.run(["sentence_embedding"], feeds(ids))[0] for ids in texts])


def embed_web(model: onnx.ModelProto, texts: list[list[int]]) -> np.ndarray:
    """fp32 [texts, dimension] by onnxruntime-web in Node; needs `npm install` at the top of the project."""
    with TemporaryDirectory() as folder:
        graph, tokens, out = (Path(folder) / name for name in ("model.onnx", "tokens.json", "vectors.f32"))
        onnx.save(model, graph)
        tokens.write_text(json.dumps(texts))
        subprocess.run(
            ["node", str(EMBED_SCRIPT), str(graph), str(tokens), str(out)], check=True, stdout=subprocess.DEVNULL
        )
        return np.fromfile(out, np.float32).reshape(len(texts), -1)
