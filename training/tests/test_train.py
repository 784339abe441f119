"""A run on the tiny model: from data to a folder, and on again after a crash."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer

from kindred_training.batching import padded_runs
from kindred_training.tiny import write_tiny_base
from kindred_training.train import run
from kindred_training.train.alike import alike_batches
from kindred_training.train.batch_encoder import BatchEncoder
from kindred_training.train.config import PullSettings, RunSettings, TaskSettings, read_config
from kindred_training.train.encoder import TrainedEncoder
from kindred_training.train.examples import PairRow, read_training_data
from kindred_training.train.mixture import Mixture
from kindred_training.train.transfer import variants

WORDS = "people world city water music river church school family house party company war army game team".split()


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("base")
    write_tiny_base(folder, layers=2)
    return folder


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    texts = [f"{a} {b}" for a in WORDS for b in WORDS if a != b]
    groups = [text.split()[0] for text in texts]
    vectors = np.random.default_rng(1).standard_normal((len(texts), 8)).astype(np.float32)
    np.save(folder / "base.npy", vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    rows = [{"text": t, "keys": [g]} for t, g in zip(texts, groups, strict=True)]
    for at in range(0, len(rows), 7):
        rows[at]["passages"] = [at, (at + 1) % len(rows)]
    write(folder / "texts.jsonl", rows)
    others = len(WORDS) - 1
    pairs = [
        {"anchor": at, "positive": at + 1, "negatives": [(at + others) % len(texts)], "accepts": [groups[at]]}
        for at in range(0, len(texts) - 1, 2)
        if groups[at] == groups[at + 1]
    ]
    write(folder / "groups" / "train.jsonl", pairs)
    write(folder / "graded" / "train.jsonl", [{"a": n, "b": n + 3, "score": n / 40} for n in range(40)])
    (folder / "counts.json").write_text(json.dumps({"groups": {}, "graded": {}}))
    return folder


def write(path: Path, rows: list[dict]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


@pytest.fixture
def settings(base: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunSettings:
    monkeypatch.setattr(run, "CACHE", tmp_path / "cache")
    return RunSettings(
        name="tiny",
        base=str(base),
        tasks={"groups": TaskSettings(batch=16, negatives=1), "graded": TaskSettings(batch=8)},
        steps=12,
        learning_rate=1e-3,
        precision="fp32",
        frozen_layers=1,
        dimensions={64: 1, 16: 1},
        averages=(1.0, 0.5),
        checkpoint_every=4,
        data=str(data),
    )


def weights(folder: Path) -> dict[str, torch.Tensor]:
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    return {name: value.clone() for name, value in model.named_parameters()}


def test_training_lowers_the_loss_and_leaves_the_frozen_layer_alone(
    settings: RunSettings, base: Path, tmp_path: Path
) -> None:
    run.train(replace(settings, steps=60), tmp_path / "run", only="groups")
    losses = [json.loads(line)["loss"] for line in (tmp_path / "run" / "log.jsonl").read_text().splitlines()]
    assert np.mean(losses[-5:]) < 0.8 * np.mean(losses[:5])
    before, after = weights(base), weights(tmp_path / "run" / "average-1")
    frozen, trained = "encoder.layer.0.output.dense.weight", "encoder.layer.1.output.dense.weight"
    for name, value in before.items():
        if frozen in name:
            assert torch.equal(value, after[name])
        if trained in name:
            assert not torch.equal(value, after[name])


def test_a_run_that_crashed_goes_on_as_if_it_had_not(
    settings: RunSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.train(settings, tmp_path / "whole")
    real = run.save_checkpoint

    def crash(folder: Path, step: int, *rest: object) -> None:
        real(folder, step, *rest)
        if step == 8:
            raise RuntimeError("power cut")

    monkeypatch.setattr(run, "save_checkpoint", crash)
    with pytest.raises(RuntimeError):
        run.train(settings, tmp_path / "cut")
    monkeypatch.setattr(run, "save_checkpoint", real)
    run.train(settings, tmp_path / "cut")
    whole, cut = weights(tmp_path / "whole" / "average-1"), weights(tmp_path / "cut" / "average-1")
    assert all(torch.equal(value, cut[name]) for name, value in whole.items())


def test_an_average_lies_between_base_and_trained(settings: RunSettings, base: Path, tmp_path: Path) -> None:
    run.train(settings, tmp_path / "run")
    first, last, half = (weights(f) for f in (base, tmp_path / "run" / "average-1", tmp_path / "run" / "average-0.5"))
    for name, value in first.items():
        torch.testing.assert_close(half[name], (value + last[name]) / 2)


def test_the_written_folder_gives_the_vectors_that_were_trained(
    base: Path, settings: RunSettings, tmp_path: Path
) -> None:
    run.train(settings, tmp_path / "run")
    model = SentenceTransformer(str(tmp_path / "run" / "average-1"), device="cpu", local_files_only=True)
    found = torch.from_numpy(model.encode(["river water", "school"]))
    torch.testing.assert_close(found.norm(dim=1), torch.ones(2))
    assert len(model) == 4


@pytest.mark.parametrize(("precision", "tolerance"), [("fp32", 1e-5), ("bf16", 3e-2)])
def test_texts_of_many_lengths_get_the_vectors_they_get_alone(base: Path, precision: str, tolerance: float) -> None:
    texts = ["river water music", "war", "family house party company team"]
    encoder = TrainedEncoder(base, frozen_layers=1, projection=False)
    model = SentenceTransformer(str(base), device="cpu", local_files_only=True)
    with torch.no_grad():
        found = torch.nn.functional.normalize(BatchEncoder(encoder, texts, 32, precision)([2, 0, 1]), dim=-1)
    wanted = torch.from_numpy(model.encode([texts[at] for at in (2, 0, 1)], normalize_embeddings=True))
    torch.testing.assert_close(found, wanted, atol=tolerance, rtol=tolerance)


def test_a_turned_space_keeps_its_cosines_and_says_most_first(base: Path) -> None:
    vectors = torch.randn(200, 8, generator=torch.Generator().manual_seed(1)) @ torch.randn(8, 64)
    encoder = TrainedEncoder(base, frozen_layers=1, projection=True)
    encoder.turn(vectors)
    turned = torch.nn.functional.normalize(encoder.projection(vectors), dim=-1).detach()
    unit = torch.nn.functional.normalize(vectors, dim=-1)
    torch.testing.assert_close(turned @ turned.T, unit @ unit.T, atol=1e-4, rtol=1e-4)
    spread = turned.pow(2).sum(0)
    assert torch.all(spread[:-1] >= spread[1:] - 1e-4)
    assert spread[:8].sum() > 0.99 * spread.sum()


def test_runs_hold_every_text_once() -> None:
    lengths = [100, 90, 50, 3, 2]
    found = padded_runs(range(5), lengths, 4096)
    assert [at for rows in found for at in rows] == list(range(5))


def test_a_task_comes_as_often_as_its_share_and_each_example_once_a_round(data: Path) -> None:
    rows = read_training_data(data, ["groups", "graded"]).tasks
    settings = {"groups": TaskSettings(batch=10), "graded": TaskSettings(batch=10)}
    mixture = Mixture(rows, settings, mixing=0.0, seed=3, guide=read_training_data(data, []).guide)
    schedule = mixture.schedule(2000)
    assert abs(schedule.count("groups") / 2000 - 0.5) < 0.05
    seen = [row.a for number in range(4) for row in mixture.batch("graded", number)]
    assert sorted(seen) == list(range(40))
    assert mixture.batch("graded", 4) != mixture.batch("graded", 0)


def test_alike_examples_share_a_batch_and_each_comes_once_a_round(data: Path) -> None:
    found = read_training_data(data, ["groups"])
    rows, guide = found.tasks["groups"], found.guide

    def round_of(among: int) -> list[list[PairRow]]:
        settings = {"groups": TaskSettings(batch=8, alike_among=among)}
        mixture = Mixture(found.tasks, settings, mixing=0.0, seed=3, guide=guide)
        return [mixture.batch("groups", number) for number in range(len(rows) // 8)]

    def likeness(batches: list[list[PairRow]]) -> float:
        vectors = [guide[[row.anchor for row in batch]] for batch in batches]
        return float(np.mean([(v @ v.T).mean() for v in vectors]))

    by_chance, alike = round_of(1), round_of(4)
    assert likeness(alike) > likeness(by_chance) + 0.1
    for first in range(0, len(alike), 4):
        four = [[row.anchor for batch in batches[first : first + 4] for row in batch] for batches in (alike, by_chance)]
        assert sorted(four[0]) == sorted(four[1])


def test_alike_batches_are_whole(data: Path) -> None:
    vectors = np.random.default_rng(1).standard_normal((30, 4))
    assert sorted(alike_batches(vectors, 10).tolist()) == list(range(30))
    with pytest.raises(ValueError, match="31"):
        alike_batches(np.ones((31, 4)), 10)


def test_of_a_text_in_passages_those_are_embedded(data: Path) -> None:
    found = read_training_data(data, ["groups"])
    assert found.passages[7] == (7, 8)
    assert found.passages[8] == (8,)
    first = found.tasks["groups"][0]
    assert found.texts_of([first], 0) == {*found.passages[first.anchor], *found.passages[first.positive]}
    assert found.texts_of([first], 1) - found.texts_of([first], 0) == set(found.passages[first.negatives[0]])


def test_other_models_embed_only_what_a_step_draws(data: Path, base: Path, tmp_path: Path, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(run, "_vectors", lambda _model, texts, _most: asked.append(texts) or np.eye(len(texts), 8))
    settings = RunSettings(
        name="few", base=str(base), data=str(data), steps=1, pulls=(PullSettings(model="other", weight=0.1),),
        tasks={"groups": TaskSettings(batch=4, negatives=1)}, projection=False,
    )  # fmt: skip
    run.train(settings, tmp_path)
    found = read_training_data(data, ["groups"])
    batch = Mixture(found.tasks, settings.tasks, settings.mixing, settings.seed, found.guide).batch("groups", 0)
    assert set(asked[0]) == {found.texts[number] for number in found.texts_of(batch, 1)}
    assert len(asked[0]) < len(found.texts) / 2


def test_errors_name_what_is_wrong_and_what_to_do(tmp_path: Path, data: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('name = "x"\nbase = "minilm"\nsteps = 1\nlearning_rat = 1\n[tasks]\na = { batch = 2 }\n')
    with pytest.raises(ValueError, match="learning_rat"):
        read_config(wrong)
    wrong.write_text('name = "x"\nbase = "minilm"\nsteps = 1\nprecision = "fp8"\n[tasks]\na = { batch = 2 }\n')
    with pytest.raises(ValueError, match="fp8"):
        read_config(wrong)
    with pytest.raises(ValueError, match="tasks.build"):
        read_training_data(tmp_path, ["groups"])
    with pytest.raises(ValueError, match="no task other"):
        read_training_data(data, ["other"])


@pytest.mark.parametrize("path", sorted((Path(__file__).parents[1] / "configs").glob("*.toml")), ids=lambda p: p.stem)
def test_every_configuration_can_be_read(path: Path) -> None:
    assert read_config(path).name == path.stem


def test_the_transfer_runs_differ_in_tasks_seeds_and_teacher_alone() -> None:
    settings = read_config(Path(__file__).parents[1] / "configs" / "transfer.toml")
    runs = variants(settings)
    assert {only for _, only in runs.values() if only} == set(settings.tasks)
    assert len({run.seed for name, (run, _) in runs.items() if name.startswith("together")}) == 3
    assert all(run.steps == settings.steps for run, _ in runs.values())
    assert [name for name, (run, _) in runs.items() if run.pulls] == ["teacher"]
