"""What is said about a model beyond its weights: its names, its limits and how it is made smaller."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from .tiny import MAX_TOKENS as TINY_MAX_TOKENS

MODELS = Path(__file__).parents[1] / "models"  # one TOML a trained model


@dataclass(frozen=True)
class Recipe:
    """What a manifest says about a model beyond its files, and the choices among forms that differ between models."""

    id: str
    name: str
    revision: str
    source: str
    max_tokens: int
    # The worst cosine over the probes at which a backend is still trusted, below what was measured by a margin.
    wasm_tolerance: float
    webgpu_tolerance: float
    # What its cosines mean, as `npm run scale` measures it: what unrelated texts reach, what is usual, near-copies.
    cosines: tuple[float, float, float] = (0.4, 0.64, 0.95)
    licence: str = "Apache-2.0"
    card: str = ""  # file in cards/; that of the id when empty
    energy: str = ""  # what training took, for the card
    # Lengths that an embedding may be cut to (Matryoshka), longest first, and the one that is stored when nobody asks.
    dimensions: tuple[int, ...] = ()
    stored_dimension: int | None = None
    # How the word table is stored: see `dynamic_int8` and `blocks`.
    wasm_words: str = "rows"
    wasm_words_block: int = 64
    webgpu_words: str = "blocks8"
    webgpu_words_block: int = 64  # 128 would save 0.4 MB, but the width of the tiny model is 64
    cut_positions: bool = False  # leave out positions beyond max_tokens


MINILM = Recipe(
    id="all-minilm-l6-v2",
    name="all-MiniLM-L6-v2",
    revision="1",
    source="https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
    max_tokens=256,
    wasm_tolerance=0.99,
    webgpu_tolerance=0.995,
    cosines=(0.396, 0.557, 0.965),
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

_REQUIRED = {
    "name": str,
    "revision": str,
    "source": str,
    "licence": str,
    "card": str,
    "max_tokens": int,
    "dimensions": list,
    "stored_dimension": int,
    "wasm_tolerance": float,
    "webgpu_tolerance": float,
    "cosines": list,
}
_OPTIONAL = {"energy": str, "wasm_words": str, "wasm_words_block": int, "webgpu_words": str, "webgpu_words_block": int}
_WORDS = {"wasm_words": ("rows", "blocks4"), "webgpu_words": ("blocks8", "blocks4", "fp16")}


def read_recipe(model_id: str, models: Path = MODELS) -> Recipe:
    """The recipe of a trained model from <id>.toml; raises ValueError that names the file and what is wrong with it."""
    path = models / f"{model_id}.toml"
    if not path.is_file():
        known = ", ".join(sorted(each.stem for each in models.glob("*.toml"))) or "none"
        raise ValueError(f"{path} is not there; recipes: {known}")
    content = tomllib.loads(path.read_text("utf-8"))
    missing = sorted(_REQUIRED.keys() - content.keys())
    unknown = sorted(content.keys() - _REQUIRED.keys() - _OPTIONAL.keys())
    if missing or unknown:
        raise ValueError(f"{path}: missing {missing}, unknown {unknown}")
    for key, value in content.items():
        kind = (_REQUIRED | _OPTIONAL)[key]
        if not isinstance(value, kind):
            raise ValueError(f"{path}: {key} must be of type {kind.__name__}, found {value!r}")
        if key in _WORDS and value not in _WORDS[key]:
            raise ValueError(f"{path}: {key} must be one of {', '.join(_WORDS[key])}, found {value}")
    cosines = tuple(content.pop("cosines"))
    if len(cosines) != 3 or not -1 <= cosines[0] < cosines[2] <= 1:
        raise ValueError(f"{path}: cosines must be of unrelated texts, usual ones and near-copies, found {cosines}")
    dimensions = tuple(content.pop("dimensions"))
    if list(dimensions) != sorted(dimensions, reverse=True) or content["stored_dimension"] not in dimensions:
        raise ValueError(f"{path}: dimensions must fall, and stored_dimension be one of them, found {dimensions}")
    return Recipe(id=model_id, cosines=cosines, dimensions=dimensions, cut_positions=True, **content)
