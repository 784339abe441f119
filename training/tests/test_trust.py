"""Fitting trust on drafts where one can see what it must learn."""

import json
from pathlib import Path

import numpy as np
import pytest

from kindred_training.rank import trust as module
from kindred_training.rank.logistic import Fitted
from kindred_training.rank.rows import ABOUT, read_candidates
from kindred_training.rank.trust import Rows, calibration_error, choose, least_shown, related_names, rows_of

SIGNALS = ("order", "words", "title", "closest", "topics", "fit")
FLAGS = ("meaning", "dates", "paragraph", "tagged")


def write(path: Path, sites: tuple[str, ...], drafts: int = 60) -> Path:
    """Of own drafts the candidate with most words is linked nine times of ten; strangers fit badly and have none."""
    rng = np.random.default_rng(1)
    lines = ["\t".join([*ABOUT, *SIGNALS, *FLAGS])]
    for site in sites:
        for meaning, dates, paragraph in ((0, 0, 0), (0, 1, 0), (1, 0, 0), (1, 1, 0), (1, 1, 1)):
            for draft in range(2 * drafts):
                strange = draft >= drafts
                date = "2018-01-01" if draft % 2 else "2020-01-01"
                for post in range(5):
                    words = 0.5 if post == 0 and not strange else 0.1
                    linked = post == 0 and not strange and rng.random() < 0.9
                    topics = round(rng.random(), 3)
                    noise = [round(rng.random(), 3) for _ in range(3)]
                    fit = round(rng.normal(-2 if strange else 0), 3)
                    signals = [noise[0], words, noise[1], noise[2], topics, fit]
                    flags = [meaning, dates, paragraph, int(topics > 0.5)]
                    query = f"d{draft} {meaning}{dates}{paragraph}"
                    about = [site, query, date, "0" if strange else "1", f"p{post}", int(linked)]
                    lines.append("\t".join(map(str, [*about, *signals, *flags])))
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    return rows_of(read_candidates(write(tmp_path / "trust.tsv", ("v8", "18f"))), meaning=True, dates=True)


def test_rows_are_of_one_kind_of_answer(rows: Rows) -> None:
    assert rows.names == SIGNALS
    assert len(rows.linked) == 2 * 2 * 60 * 5
    assert rows.strange.mean() == 0.5 and not rows.linked[rows.strange].any()
    assert np.array_equal(rows.tagged, rows.inputs[:, SIGNALS.index("topics")] > 0.5)


def test_every_library_counts_the_same_and_strangers_half_of_it(rows: Rows) -> None:
    uneven = rows.of((rows.site == "v8") | (rows.draft % 3 == 0))
    share = uneven.share()
    assert share.sum() == pytest.approx(1)
    for site in ("v8", "18f"):
        assert share[uneven.site == site].sum() == pytest.approx(0.5)
        assert share[(uneven.site == site) & uneven.strange].sum() == pytest.approx(0.25)


def test_what_is_related_is_learned_and_calibrated(rows: Rows) -> None:
    choices = [related_names(rows.names, True, True, fit) for fit in (False, True)]
    fitted, unseen = choose(rows, rows, choices, "linked")
    assert calibration_error(unseen, rows.linked, rows.share()) < 0.05
    found = fitted.probability(rows.names, rows.inputs)
    assert calibration_error(found, rows.linked, rows.share()) < 0.02
    best = rows.inputs[:, SIGNALS.index("words")] == 0.5
    assert found[best].mean() == pytest.approx(0.9, abs=0.05)
    assert found[~best].max() < 0.1
    # More of anything is never a sign against.
    assert (fitted.weights >= 0).all()


def test_what_does_not_order_does_not_count() -> None:
    assert "order" not in related_names(SIGNALS, True, False, True)
    assert "closest" not in related_names(SIGNALS, False, True, True)
    assert "topics" not in related_names(SIGNALS, True, True, True)


def test_few_strange_drafts_stay_above_what_is_least_shown(rows: Rows) -> None:
    fitted = Fitted(("fit",), np.array([1.0]), 0.0)
    least = least_shown(fitted.probability(rows.names, rows.inputs), rows)
    assert least["fewer"] > least["usual"] > least["more"]
    found = fitted.probability(rows.names, rows.inputs)
    strangers = np.unique(rows.draft[rows.strange])
    shown = np.unique(rows.draft[rows.strange & (found >= least["usual"])])
    assert 0 < len(shown) / len(strangers) <= 0.06


def test_the_calibration_error_is_the_mean_gap() -> None:
    said = np.array([0.05, 0.05, 0.95, 0.95])
    came = np.array([False, False, True, False])
    assert calibration_error(said, came, np.full(4, 0.25)) == pytest.approx(0.5 * 0.05 + 0.5 * 0.45)


def test_the_command_writes_every_kind_and_a_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "trust.tsv", ("18f", "digitalgov", "v8", "elsewhere"))
    out, check = tmp_path / "trust.json", tmp_path / "check.json"
    monkeypatch.setattr("sys.argv", ["trust", "--rows", str(path), "--out", str(out), "--check", str(check)])
    module.main()
    models = json.loads(out.read_text())["models"]
    assert [one["with"] for one in models] == [[], ["meaning"], ["dates"], ["meaning", "dates"]]
    assert len(json.loads(check.read_text())["trust"]) == 4
    assert "elsewhere" in capsys.readouterr().out


def test_what_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["trust", "--rows", str(write(tmp_path / "trust.tsv", ("v8",), 4))])
    with pytest.raises(ValueError, match="18f, digitalgov"):
        module.main()
