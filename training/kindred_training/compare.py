"""Prints the table of candidate files: `python -m kindred_training.compare --data DIR [--model FOLDER] [--web]`."""

import argparse
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import onnx
from tokenizers import Tokenizer

from .agree import cosines
from .base import load_encoder, minilm_folder
from .export import wasm_model
from .graph import build
from .judge.pairs import PairTask, sts
from .probe_texts import PROBE_TEXTS
from .quantise import blocks, dynamic_int8, half
from .recipe import MINILM
from .run import embed_native, embed_web
from .sample import sample_blog
from .tokenizer import load_tokenizer

Embed = Callable[[onnx.ModelProto, list[list[int]]], np.ndarray]


def candidates(plain: onnx.ModelProto, tokenizer: Tokenizer) -> Iterator[tuple[str, Callable[[], onnx.ModelProto]]]:
    """Every form that was weighed, by name, made when it is asked for."""
    yield "fp32", lambda: plain
    yield (
        "int8: u8 asymmetric, one scale a tensor, words one scale",
        lambda: dynamic_int8(plain, per_channel=False, symmetric=False, words="tensor"),
    )
    yield "int8: u8 symmetric, one scale a tensor", lambda: dynamic_int8(plain, per_channel=False)
    yield "int8: s8 symmetric, one scale a column", lambda: dynamic_int8(plain, signed=True)
    yield "int8: u8 symmetric, one scale a column", lambda: dynamic_int8(plain)
    yield "int8: the same, 7 bits (reduce_range)", lambda: dynamic_int8(plain, reduce_range=True)
    yield "int8: u8 a column, inputs evened out [wasm]", lambda: wasm_model(plain, tokenizer, MINILM)
    yield (
        "int8: the same, words 4 bits in 32",
        lambda: wasm_model(plain, tokenizer, replace(MINILM, wasm_words="blocks4", wasm_words_block=32)),
    )
    yield "fp16 weights, fp32 arithmetic", lambda: half(plain)
    yield "nbits: 8 bits, words fp16", lambda: blocks(plain, bits=8, words="fp16")
    yield "nbits: 8 bits, words 8 bits", lambda: blocks(plain, bits=8)
    for block in (64, 32, 16):
        yield f"nbits: 8 bits, words 4 bits in {block}", partial(_words4, plain, block)
    yield "nbits: 4 bits, words 8 bits", lambda: blocks(plain, bits=4)
    yield "nbits: 4 bits, words 4 bits", lambda: blocks(plain, bits=4, words="blocks4")


def _words4(plain: onnx.ModelProto, block: int) -> onnx.ModelProto:
    return blocks(plain, bits=8, words="blocks4", words_block=block)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, default=Path("../shared/data"), help="holds blog-18f and sts-for-developers"
    )
    parser.add_argument("--model", type=Path, help="a folder of sentence-transformers; all-MiniLM-L6-v2 without it")
    parser.add_argument("--posts", type=int, default=200)
    parser.add_argument("--web", action="store_true", help="run in onnxruntime-web instead; without STSb, slow")
    parser.add_argument("--only", default="", help="candidates whose name holds this")
    options = parser.parse_args()
    logging.getLogger().setLevel(logging.ERROR)

    folder = options.model or minilm_folder()
    tokenizer = load_tokenizer(folder)
    plain = build(load_encoder(folder, MINILM.max_tokens if options.model else None))
    sets = {"probes": [tokenizer.encode(text).ids for text in PROBE_TEXTS]}
    graded: PairTask | None = None
    if options.data.is_dir():
        rows = sample_blog(options.data / "blog-18f", options.posts, MINILM.max_tokens)
        sets["posts"] = [tokenizer.encode(row["text"]).ids for row in rows]
        graded = None if options.web else sts(options.data / "sts-for-developers" / "stsb-dev.tsv")
    else:
        print(f"{options.data} is not there: only the probes are compared")
    # The fp32 graph stands for sentence-transformers: they agree to 1e-6, which a test holds.
    reference = {name: embed_native(plain, texts) for name, texts in sets.items()}

    embed: Embed = embed_web if options.web else embed_native
    heads = [f"{name} {figure}" for name in sets for figure in ("mean", "worst")]
    print("| candidate | bytes | " + " | ".join([*heads, *(["STSb dev"] if graded else [])]) + " |")
    print("|---|---:|" + "---:|" * (len(heads) + bool(graded)))
    for name, make in candidates(plain, tokenizer):
        if options.only not in name:
            continue
        model = make()
        figures = []
        for key, texts in sets.items():
            values = cosines(reference[key], embed(model, texts))
            figures += [f"{values.mean():.4f}", f"{values.min():.4f}"]
        if graded:
            vectors = embed(model, [tokenizer.encode(text).ids for text in graded.texts])
            figures.append(f"{graded.score(vectors).values['spearman']:.2f}")
        print(f"| {name} | {model.ByteSize():,} | " + " | ".join(figures) + " |", flush=True)


if __name__ == "__main__":
    main()
