"""The model card: a template in cards/ whose {{places}} are filled from the manifest and from the judge's figures."""

import json
import re
from pathlib import Path

from .recipe import Recipe

CARDS = Path(__file__).parent / "cards"
NOT_JUDGED = "_Not judged yet._"
_PLACE = re.compile(r"\{\{(\w+)\}\}")

Figure = str | int | float | None
Figures = dict[str, "Figure | list[dict[str, Figure]]"]


def read_figures(path: Path) -> Figures:
    """
    What the templates have places for, as `judge.card_figures` writes it: a JSON object with a text or number each, or
    a table as a list of rows, objects with the columns' heads as keys. Raises ValueError for anything else.
    """
    content = json.loads(path.read_text("utf-8"))
    if not isinstance(content, dict):
        raise ValueError(f"{path}: expected an object, found a {type(content).__name__}")
    for key, value in content.items():
        rows = value if isinstance(value, list) else []
        if isinstance(value, dict) or not all(isinstance(row, dict) for row in rows):
            raise ValueError(f"{path}: {key} must be a text, a number or a list of objects")
    return content


def fill_card(recipe: Recipe, manifest: dict, agreement: list[dict[str, Figure]], figures: Figures | None) -> str:
    """The card of a model; a place for which there is no figure yet says so."""
    template = (CARDS / (recipe.card or f"{recipe.id}.md")).read_text("utf-8")
    files = manifest["files"]
    known: Figures = {
        "id": recipe.id,
        "name": recipe.name,
        "revision": recipe.revision,
        "licence": recipe.licence,
        "source": recipe.source,
        "source_sha256": manifest["sourceSha256"],
        "pooling": {"mean": "the mean over tokens", "cls": "the first token"}[manifest["pooling"]],
        "max_tokens": recipe.max_tokens,
        "dimension": manifest["dimension"],
        "dimensions": ", ".join(map(str, recipe.dimensions)),
        "stored_dimension": recipe.stored_dimension,
        "wasm_bytes": files["wasm"]["bytes"],
        "webgpu_bytes": files["webgpu"]["bytes"],
        "wasm_words": _words(recipe.wasm_words, recipe.wasm_words_block),
        "webgpu_words": _words(recipe.webgpu_words, recipe.webgpu_words_block),
        "agreement": agreement,
        "energy": recipe.energy or None,
    }
    places = {**(figures or {}), **known}
    return _PLACE.sub(lambda found: _written(places.get(found[1])), template)


def _words(form: str, block: int) -> str:
    whole = {"rows": "8 bits, one scale a row", "fp16": "fp16"}
    return whole.get(form) or f"{form.removeprefix('blocks')} bits in blocks of {block}"


def _written(value: Figure | list[dict[str, Figure]]) -> str:
    if value is None:
        return NOT_JUDGED
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1 else f"{value:.1f}"
    return _table(value)


def _table(rows: list[dict[str, Figure]]) -> str:
    heads = list(dict.fromkeys(head for row in rows for head in row))
    cells = [["" if row.get(head) is None else _written(row[head]) for head in heads] for row in rows]
    numbers = [all(not isinstance(row.get(head), str) for row in rows) for head in heads]
    rule = ["---:" if right else "---" for right in numbers]
    return "\n".join(f"| {' | '.join(line)} |" for line in [heads, rule, *cells])
