"""Recipes are read whole or not at all, and cards say what was measured and what was not."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kindred_training.card import NOT_JUDGED, fill_card, read_figures
from kindred_training.recipe import MODELS, read_recipe

MANIFEST = {
    "sourceSha256": "ab" * 32,
    "pooling": "cls",
    "dimension": 384,
    "files": {"wasm": {"bytes": 34_000_000}, "webgpu": {"bytes": 35_000_000}},
}


@pytest.mark.parametrize("path", sorted(MODELS.glob("*.toml")), ids=lambda path: path.stem)
def test_recipes_of_trained_models_are_whole(path: Path) -> None:
    recipe = read_recipe(path.stem)
    assert fill_card(recipe, MANIFEST, [], None)
    assert recipe.dimensions[0] == 384


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("revision", None), "missing .'revision'"),
        (("colour", '"blue"'), "unknown .'colour'"),
        (("max_tokens", '"many"'), "max_tokens must be of type int"),
        (("wasm_words", '"blocks2"'), "wasm_words must be one of rows, blocks4"),
        (("stored_dimension", "100"), "stored_dimension be one of them"),
        (("dimensions", "[64, 384]"), "dimensions must fall"),
    ],
    ids=["missing", "unknown", "wrong kind", "wrong form", "not among them", "rising"],
)
def test_a_recipe_that_is_wrong_says_how(change: tuple[str, str | None], message: str, tmp_path: Path) -> None:
    key, value = change
    lines = [line for line in (MODELS / "kindred-post-1-quick.toml").read_text("utf-8").splitlines()]
    kept = [line for line in lines if not line.startswith(f"{key} ")]
    (tmp_path / "wrong.toml").write_text("\n".join([*kept, *([] if value is None else [f"{key} = {value}"])]))
    with pytest.raises(ValueError, match=message):
        read_recipe("wrong", tmp_path)


def test_an_unknown_recipe_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="recipes: kindred-post-1-quick, kindred-post-1-thorough"):
        read_recipe("kindred-post-9")


def test_a_card_holds_the_figures_and_says_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    rows = [{"set": "TIL links", "base": 71.7, "ours": 74.25}, {"set": "SICK-R", "base": None, "ours": 78}]
    path.write_text(json.dumps({"results": rows}))
    recipe = replace(read_recipe("kindred-post-1-quick"), energy="Two hours on two cores.")
    card = fill_card(recipe, MANIFEST, [{"form": "int8", "worst": "0.99"}], read_figures(path))
    assert "| set | base | ours |\n| --- | ---: | ---: |\n| TIL links | 71.7 | 74.2 |\n| SICK-R |  | 78 |" in card
    assert "Two hours on two cores." in card and "| int8 | 0.99 |" in card and "34,000,000" in card
    assert NOT_JUDGED in card and "{{" not in card


@pytest.mark.parametrize("content", ["[]", '{"results": {"a": 1}}', '{"results": [1]}'])
def test_figures_of_another_shape_are_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    path.write_text(content)
    with pytest.raises(ValueError, match="figures.json"):
        read_figures(path)
