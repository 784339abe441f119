"""Makes a model folder: `python -m kindred_training.export --out DIR [--tiny | --model FOLDER --id ID]`."""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
from tokenizers import Tokenizer

from .agree import cosines
from .base import Encoder, load_encoder, minilm_folder, sha256
from .card import Figures, fill_card, read_figures
from .evening import CALIBRATION, even_out, find_evening
from .graph import build
from .probes import read_probes, write_probes
from .quantise import blocks, dynamic_int8
from .recipe import MINILM, TINY, Recipe, read_recipe
from .run import embed_native
from .tiny import write_tiny_base
from .tokenizer import write_tokenizer

WASM_FILE, WEBGPU_FILE, REFERENCE_FILE = "model.int8.onnx", "model.nbits8.onnx", "model.fp32.onnx"


def export(recipe: Recipe, base: Path, out: Path, build_folder: Path, figures: Figures | None = None) -> None:
    """
    Writes every file of a model folder into `out`, and the fp32 graph, which is not shipped, into `build_folder`.

    `base` is a folder of sentence-transformers, `figures` what the card is filled with. Raises ValueError when a form
    is further from `base` than the recipe tolerates.
    """
    for folder in (out, build_folder):
        folder.mkdir(parents=True, exist_ok=True)
    encoder = load_encoder(base, recipe.max_tokens if recipe.cut_positions else None)
    plain = build(encoder)
    _save(plain, build_folder / REFERENCE_FILE)
    tokenizer = write_tokenizer(base, out, recipe.max_tokens)
    forms = {WASM_FILE: wasm_model(plain, tokenizer, recipe), WEBGPU_FILE: webgpu_model(plain, recipe)}
    for name, model in forms.items():
        _save(model, out / name)
    write_probes(out / "probes.json", recipe.id, base, tokenizer, recipe.max_tokens)
    manifest = write_manifest(recipe, base, encoder, out)
    agreement = [
        _agreement(out, REFERENCE_FILE, plain, 0.9999),
        _agreement(out, WASM_FILE, forms[WASM_FILE], recipe.wasm_tolerance),
        _agreement(out, WEBGPU_FILE, forms[WEBGPU_FILE], recipe.webgpu_tolerance),
    ]
    (out / "README.md").write_text(fill_card(recipe, manifest, agreement, figures), "utf-8")


def _agreement(out: Path, name: str, model: onnx.ModelProto, tolerance: float) -> dict[str, str]:
    tokens, golden = read_probes(out)
    found = cosines(golden, embed_native(model, tokens))
    if found.min() < tolerance:
        worst = int(np.argmin(found))
        raise ValueError(f"{name}: cosine {found[worst]:.4f} at probe {worst}, the recipe tolerates {tolerance}")
    return {"form": f"`{name}`", "mean cosine": f"{found.mean():.4f}", "worst": f"{found.min():.4f}"}


def wasm_model(plain: onnx.ModelProto, tokenizer: Tokenizer, recipe: Recipe) -> onnx.ModelProto:
    """The chosen form for WebAssembly: inputs evened out, then dynamic int8 with one scale a column."""
    texts = CALIBRATION.read_text("utf-8").splitlines()
    ways, _ = find_evening(plain, [tokenizer.encode(text).ids[: recipe.max_tokens] for text in texts])
    return dynamic_int8(even_out(plain, ways), words=recipe.wasm_words, words_block=recipe.wasm_words_block)


def webgpu_model(plain: onnx.ModelProto, recipe: Recipe) -> onnx.ModelProto:
    """The chosen form for WebGPU: 8 bits in blocks, fp32 activations, the word table as the recipe says."""
    return blocks(plain, bits=8, words=recipe.webgpu_words, words_block=recipe.webgpu_words_block)


def write_manifest(recipe: Recipe, base: Path, encoder: Encoder, out: Path) -> dict[str, object]:
    """Writes manifest.json over the files that are in `out`, and returns it."""

    def entry(path: str, **more: object) -> dict[str, object]:
        return {"path": path, "bytes": (out / path).stat().st_size, "sha256": sha256(out / path), **more}

    files = {
        "tokenizer": entry("tokenizer.json"),
        "tokenizerConfig": entry("tokenizer_config.json"),
        "probes": entry("probes.json"),
        "wasm": entry(WASM_FILE, format="int8", probeTolerance=recipe.wasm_tolerance),
        "webgpu": entry(WEBGPU_FILE, format="nbits", probeTolerance=recipe.webgpu_tolerance),
    }
    lengths = {"dimensions": list(recipe.dimensions), "storedDimension": recipe.stored_dimension}
    if not recipe.dimensions:
        lengths = {}
    elif recipe.dimensions[0] != encoder.dimension:
        raise ValueError(f"{base} gives {encoder.dimension} numbers, the recipe {recipe.id} says {recipe.dimensions}")
    manifest = {
        "id": recipe.id,
        "name": recipe.name,
        "revision": recipe.revision,
        "licence": recipe.licence,
        "source": recipe.source,
        "sourceSha256": sha256(base / "model.safetensors"),
        "card": "README.md",
        "dimension": encoder.dimension,
        **lengths,
        "pooling": encoder.pooling,
        "normalise": True,
        "cosines": dict(zip(("unrelated", "usual", "same"), recipe.cosines, strict=True)),
        "maxTokens": recipe.max_tokens,
        "prefix": "",
        "input": ["input_ids", "attention_mask", "token_type_ids"],
        "output": "sentence_embedding",
        "files": files,
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    return manifest


def _save(model: onnx.ModelProto, path: Path) -> None:
    onnx.checker.check_model(model)
    onnx.save(model, path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--build", type=Path, default=Path("build"), help="for files that are not shipped")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--tiny", action="store_true", help="the model for tests, with random weights")
    which.add_argument("--model", type=Path, help="a trained model as sentence-transformers saves it; needs --id")
    parser.add_argument("--id", help="of the trained model: names its recipe in training/models/")
    parser.add_argument("--results", type=Path, action="append", default=[], help="figures for the card, JSON")
    options = parser.parse_args()
    if (options.model is None) != (options.id is None):
        parser.error("--model and --id go together")
    recipe = TINY if options.tiny else MINILM if options.id is None else read_recipe(options.id)
    build_folder = options.build / recipe.id
    base = build_folder / "base" if options.tiny else options.model or minilm_folder()
    if options.tiny:
        write_tiny_base(base)
    figures: Figures = {}
    for path in options.results:
        figures |= read_figures(path)
    export(recipe, base, options.out, build_folder, figures)
    for path in sorted(options.out.iterdir()):
        print(f"{path.stat().st_size:>12,}  {path}")


if __name__ == "__main__":
    main()
