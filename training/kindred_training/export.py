"""Makes a model folder: `python -m kindred_training.export --out DIR [--tiny]`."""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import onnx
from tokenizers import Tokenizer

from .base import load_encoder, minilm_folder, sha256
from .evening import CALIBRATION, even_out, find_evening
from .graph import build
from .probes import write_probes
from .quantise import blocks, dynamic_int8
from .tiny import MAX_TOKENS as TINY_MAX_TOKENS
from .tiny import write_tiny_base
from .tokenizer import write_tokenizer

CARDS = Path(__file__).parent / "cards"
WASM_FILE, WEBGPU_FILE, REFERENCE_FILE = "model.int8.onnx", "model.nbits8.onnx", "model.fp32.onnx"


@dataclass(frozen=True)
class Recipe:
    """What a manifest says about a model beyond its files."""

    id: str
    name: str
    revision: str
    source: str
    max_tokens: int
    # The worst cosine over the probes at which a backend is still trusted, below what was measured by a margin.
    wasm_tolerance: float
    webgpu_tolerance: float


MINILM = Recipe(
    id="all-minilm-l6-v2",
    name="all-MiniLM-L6-v2",
    revision="1",
    source="https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
    max_tokens=256,
    wasm_tolerance=0.99,
    webgpu_tolerance=0.995,
)
TINY = Recipe(
    id="tiny",
    name="Tiny test model",
    revision="1",
    source="seeded random weights, training/kindred_training/tiny.py",
    max_tokens=TINY_MAX_TOKENS,
    wasm_tolerance=0.99,
    webgpu_tolerance=0.995,
)


def export(recipe: Recipe, base: Path, out: Path, build_folder: Path) -> None:
    """Writes every file of a model folder into `out`, and the fp32 graph, which is not shipped, into `build_folder`."""
    for folder in (out, build_folder):
        folder.mkdir(parents=True, exist_ok=True)
    encoder = load_encoder(base)
    plain = build(encoder)
    _save(plain, build_folder / REFERENCE_FILE)
    tokenizer = write_tokenizer(base, out, recipe.max_tokens)
    _save(wasm_model(plain, tokenizer, recipe.max_tokens), out / WASM_FILE)
    _save(webgpu_model(plain), out / WEBGPU_FILE)
    write_probes(out / "probes.json", recipe.id, base, tokenizer, recipe.max_tokens)
    card = (CARDS / f"{recipe.id}.md").read_text("utf-8")
    (out / "README.md").write_text(card, "utf-8")
    write_manifest(recipe, sha256(base / "model.safetensors"), encoder.width, out)


def wasm_model(plain: onnx.ModelProto, tokenizer: Tokenizer, max_tokens: int) -> onnx.ModelProto:
    """The chosen form for WebAssembly: inputs evened out, then dynamic int8 with one scale a column."""
    texts = CALIBRATION.read_text("utf-8").splitlines()
    ways, _ = find_evening(plain, [tokenizer.encode(text).ids[:max_tokens] for text in texts])
    return dynamic_int8(even_out(plain, ways))


def webgpu_model(plain: onnx.ModelProto) -> onnx.ModelProto:
    """The chosen form for WebGPU: 8 bits in blocks, fp32 activations."""
    return blocks(plain, bits=8)


def write_manifest(recipe: Recipe, source_sha256: str, dimension: int, out: Path) -> None:
    """Writes manifest.json over the files that are in `out`."""

    def entry(path: str, **more: object) -> dict[str, object]:
        return {"path": path, "bytes": (out / path).stat().st_size, "sha256": sha256(out / path), **more}

    files = {
        "tokenizer": entry("tokenizer.json"),
        "tokenizerConfig": entry("tokenizer_config.json"),
        "probes": entry("probes.json"),
        "wasm": entry(WASM_FILE, format="int8", probeTolerance=recipe.wasm_tolerance),
        "webgpu": entry(WEBGPU_FILE, format="nbits", probeTolerance=recipe.webgpu_tolerance),
    }
    manifest = {
        "id": recipe.id,
        "name": recipe.name,
        "revision": recipe.revision,
        "licence": "Apache-2.0",
        "source": recipe.source,
        "sourceSha256": source_sha256,
        "card": "README.md",
        "dimension": dimension,
        "pooling": "mean",
        "normalise": True,
        "maxTokens": recipe.max_tokens,
        "prefix": "",
        "input": ["input_ids", "attention_mask", "token_type_ids"],
        "output": "sentence_embedding",
        "files": files,
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")


def _save(model: onnx.ModelProto, path: Path) -> None:
    onnx.checker.check_model(model)
    onnx.save(model, path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--build", type=Path, default=Path("build"), help="for files that are not shipped")
    parser.add_argument("--tiny", action="store_true", help="the model for tests, with random weights")
    options = parser.parse_args()
    recipe = TINY if options.tiny else MINILM
    build_folder = options.build / recipe.id
    base = build_folder / "base" if options.tiny else minilm_folder()
    if options.tiny:
        write_tiny_base(base)
    export(recipe, base, options.out, build_folder)
    for path in sorted(options.out.iterdir()):
        print(f"{path.stat().st_size:>12,}  {path}")


if __name__ == "__main__":
    main()
