"""Models named on the command line, `NAME=WHERE`, as embedders."""

from pathlib import Path

from ..bases import NAMED, named_folder
from ..embedders import Embedder, OnnxEmbedder, Precision, open_embedder

BACKENDS = {"wasm": "int8", "webgpu": "nbits"}


def open_model(argument: str, precision: Precision = "fp32") -> tuple[Embedder, str]:
    """
    An embedder and its number format, which is `precision` where the weights are not quantised. WHERE is `minilm` or
    `bge-small` (the bases), a folder of sentence-transformers, or a shipped folder with a manifest, where `:wasm` (what
    it is without) or `:webgpu` at the end picks the file.
    """
    name, equals, where = argument.partition("=")
    if not equals or not name or not where:
        raise ValueError(f'"{argument}" is not of the form NAME=FOLDER')
    if where in NAMED:
        return open_embedder(named_folder(where), name=name, precision=precision), precision
    path, colon, backend = where.rpartition(":")
    if not colon or backend not in BACKENDS:
        path, backend = where, "wasm"
    folder = Path(path)
    if not folder.is_dir():
        raise ValueError(f"{folder} is not a folder")
    embedder = open_embedder(folder, "webgpu" if backend == "webgpu" else "wasm", name, precision=precision)
    return embedder, BACKENDS[backend] if isinstance(embedder, OnnxEmbedder) else precision
