"""The judge's output and the report made of it, on results made up here."""

import json
from pathlib import Path

import numpy as np
import pytest

from kindred_training.judge import card_figures
from kindred_training.judge.all import SETS
from kindred_training.judge.choose import least_gains
from kindred_training.judge.claims import claims, difference
from kindred_training.judge.output import as_json, as_markdown
from kindred_training.judge.published import published
from kindred_training.judge.runner import ModelResult, Runner, SetResult
from kindred_training.judge.saved import Collected, Saved, by_run, collect, mean_and_spread
from kindred_training.judge.task import JudgeSet, Places, Scores

BY_NAME = {one.name: one for one in SETS}


def result(name: str, number_format: str, plus: float) -> ModelResult:
    """A model that is `plus` better than the base on each query, and half as good at 64."""
    queries = np.array([10.0, 20.0, 60.0]) + plus
    links = {
        dimension: Scores({"ndcg": float(values.mean())}, {"ndcg": values})
        for dimension, values in ((384, queries), (64, queries / 2))
    }
    sts = {384: Scores({"spearman": 70 + plus})}
    spread = {
        384: Scores({"anisotropy": 5, "separation": 90, **_percentiles("linked", 40), **_percentiles("random", 5)})
    }
    sets = [
        SetResult(BY_NAME["links-carpentries"], links),
        SetResult(BY_NAME["sick-r"], sts),
        SetResult(BY_NAME["spread"], spread),
    ]
    return ModelResult(name, number_format, 384, f"print of {name}", sets)


def _percentiles(kind: str, middle: float) -> dict[str, float]:
    return {f"{kind}-p{percent}": middle + percent / 10 for percent in (1, 5, 25, 50, 75, 95, 99)}


def save(path: Path, *results: ModelResult) -> Path:
    path.write_text(json.dumps(as_json(list(results))), "utf-8")
    return path


def test_differences_are_from_the_first_model_at_the_same_dimension():
    content = as_json([result("base", "fp32", 0), result("ours", "fp32", 2)])
    base, ours = (model["sets"][0]["dimensions"] for model in content["models"])
    assert "differences" not in base["384"]
    assert ours["384"]["differences"]["ndcg"] == pytest.approx((2, 2, 2))
    assert ours["64"]["differences"]["ndcg"] == pytest.approx((1, 1, 1))


def test_the_table_shows_intervals_and_leaves_descriptions_out(tmp_path: Path):
    table = as_markdown(as_json([result("base", "fp32", 0), result("ours", "fp32", 2)]), tmp_path)
    assert "| test | **links-carpentries** | ndcg | 384 | 30.0 | 32.0 [+2.0, +2.0] |" in table
    assert "linked-p50" not in table
    assert "published" not in table


def test_published_scores_are_absent_without_their_file(tmp_path: Path):
    assert published(tmp_path) == {}


def test_seeds_of_a_run_are_taken_together():
    seeds = [Saved(f"ours#{n}", "fp32", {"sick-r": {384: {"spearman": 70.0 + n}}}) for n in (1, 2, 3)]
    assert list(by_run(seeds)) == ["ours"]
    assert mean_and_spread(seeds, "sick-r", "spearman") == pytest.approx((72, 1))


def test_one_name_for_two_models_is_refused(tmp_path: Path):
    other = result("base", "fp32", 1)
    other.fingerprint = "another"
    paths = [save(tmp_path / "a.json", result("base", "fp32", 0)), save(tmp_path / "b.json", other)]
    with pytest.raises(ValueError, match="another name"):
        collect(paths)


def test_the_report_has_every_part_and_its_pictures(tmp_path: Path):
    pytest.importorskip("matplotlib")
    from kindred_training.judge.report import write_report

    runs = [result("base", "fp32", 0), result("ours#1", "fp32", 1), result("ours#2", "fp32", 3)]
    paths = [save(tmp_path / "a.json", *runs), save(tmp_path / "b.json", result("base:wasm", "int8", -1))]
    text = write_report(collect(paths), tmp_path / "out", "Models").read_text("utf-8")
    assert "| links-carpentries ° | ndcg | 30.0 | 32.0 ± 1.4 |" in text
    assert "| links-carpentries | 30.00 | **29.00 (-1.00)** |" in text
    assert "mean difference from base" in text
    for picture in ("dimensions.svg", "formats-base.svg", "spread.svg"):
        assert f"({picture})" in text
        assert (tmp_path / "out" / picture).read_text("utf-8").startswith("<?xml")


def test_the_figures_of_a_card_are_those_of_the_judge_at_the_stored_dimension(tmp_path: Path):
    counts = {"hashtag": {"train": 10, "validation": 2, "test": 3}}
    (tmp_path / "counts.json").write_text(json.dumps(counts))
    judged = save(tmp_path / "a.json", result("base", "int8", 0), result("ours", "int8", 6))
    out = tmp_path / "figures.json"
    card_figures.main(["--json", str(judged), "--built", str(tmp_path), "--dimension", "64", "--out", str(out)])
    figures = json.loads(out.read_text())
    links, sts = figures["results"]
    assert links == {"set": "links-carpentries", "measure": "ndcg", "base": 30.0, "ours": 18.0}
    # Judged at its full width alone.
    assert sts["ours"] is None
    assert [row["all sets, %"] for row in figures["curve"]] == [100.0, 50.0]
    assert figures["tasks"][0]["training pairs"] == 10 and figures["tasks"][0]["held out"] == 5
    assert all(row["tasks"] == "hashtag" for row in figures["data"])
    runs = save(tmp_path / "runs.json", *(result(name, "fp32", 0) for name in ("base", "alone-search", "together#1")))
    arguments = ["--json", str(judged), "--transfer", str(runs), "--built", str(tmp_path), "--out", str(out)]
    card_figures.main(arguments)
    assert json.loads(out.read_text())["transfer"].startswith("#### All tasks at once against each alone")


def test_results_are_kept_and_read_again(tmp_path: Path):
    from kindred_training.judge.pairs import pair_task

    class Once:
        name, dimension, fingerprint, asked = "once", 2, "f", 0

        def embed(self, texts):
            self.asked += 1
            return np.eye(2, dtype=np.float32)[[0, 0, 1]]

    task = pair_task([("a", "b", 1.0), ("a", "c", 0.0), ("b", "c", 0.0)], labelled=True)
    one = JudgeSet("mine", "sts", "test", "ap", "", lambda places: [], lambda places: task)
    embedder = Once()
    for _ in range(2):
        found = Runner(Places(tmp_path, tmp_path), tmp_path / "kept", lambda text: None).run(embedder, one, [384, 2, 1])
    assert sorted(found.by_dimension) == [1, 2]
    assert found.by_dimension[2].values["ap"] == pytest.approx(100)
    assert embedder.asked == 1


def test_sets_without_their_files_are_left_out_aloud(tmp_path: Path):
    said: list[str] = []
    assert Runner(Places(tmp_path, tmp_path), tmp_path, said.append).available([BY_NAME["sick-r"]]) == []
    assert "left out sick-r" in said[0]


def test_the_model_is_chosen_that_loses_nowhere():
    def model(name: str, links: float, sts: float) -> Saved:
        return Saved(
            name, "int8", {"links-18f-late": {384: {"ndcg": links}}, "stsb-held-out": {384: {"spearman": sts}}}
        )

    sets = {
        name: {"group": BY_NAME[name].group, "side": "validation", "main": BY_NAME[name].main, "about": ""}
        for name in ("links-18f-late", "stsb-held-out")
    }
    found = least_gains(Collected([model("base", 30, 80), model("bold", 40, 79), model("mild", 33, 81)], sets))
    assert [(gain.model, gain.set, gain.points) for gain in found] == [
        ("mild", "stsb-held-out", 1),
        ("bold", "stsb-held-out", -1),
    ]


def test_all_at_once_is_set_against_each_alone_and_the_base(tmp_path: Path):
    """Where queries are there by bootstrap, where only a figure is there by the spread over seeds."""
    names = {"base": 0, "alone-search": 1, "together#1": 1.9, "together#2": 2, "together#3": 2.1, "teacher": -3}
    file = save(tmp_path / "all.json", *(result(name, "bf16", plus) for name, plus in names.items()))
    collected = collect([file])
    runs = by_run(collected.models)
    by_queries = difference(runs["together"], runs["alone-search"], "links-carpentries", "ndcg")
    assert (by_queries.mean, by_queries.by, by_queries.verdict) == (pytest.approx(1), "queries", "better")
    by_seeds = difference(runs["together"], runs["base"], "sick-r", "spearman")
    assert (by_seeds.mean, by_seeds.by) == (pytest.approx(2), "seeds")
    assert by_seeds.low == pytest.approx(2 - 4.30 * 0.1 / 3**0.5)
    assert difference(runs["teacher"], runs["base"], "links-carpentries", "ndcg").verdict == "worse"
    assert difference(runs["teacher"], runs["base"], "sick-r", "spearman") is None
    table = claims(collected)
    assert "| links-carpentries | ndcg | 30.0 | 32.0 ± 0.1 | 27.0 | +2.0 [+2.0, +2.0] | better |" in table
    assert "Of 2: 2 better, 0 not told apart, 0 worse." in table
    assert claims(Collected([], {})) == ""
