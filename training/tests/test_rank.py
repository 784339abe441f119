"""Fitting the ranker on queries where one can see what it must learn."""

from pathlib import Path

import numpy as np
import pytest

from kindred_training.rank import fit as module
from kindred_training.rank.fit import GROUPS, by_site, fit, names_with
from kindred_training.rank.logistic import Fitted
from kindred_training.rank.rows import ABOUT, Candidates, read_candidates

NAMES = tuple(dict.fromkeys(name for names in GROUPS.values() for name in names))


def write(path: Path, sites: tuple[str, ...], queries: int = 40) -> Path:
    """Of ten candidates the one with most words is right; all other features are noise."""
    rng = np.random.default_rng(1)
    lines = ["\t".join([*ABOUT, *NAMES])]
    for site in sites:
        for query in range(queries):
            date = "2018-01-01" if query % 2 else "2020-01-01"
            words = rng.permutation(10)
            for post, own in enumerate(words):
                numbers = [str(own if name == "words" else round(rng.random(), 3)) for name in NAMES]
                lines.append("\t".join([site, f"q{query}", date, "1", f"p{post}", str(int(own == 9)), *numbers]))
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture
def candidates(tmp_path: Path) -> Candidates:
    return read_candidates(write(tmp_path / "features.tsv", ("v8", "elsewhere")))


def test_a_file_is_read_query_by_query(candidates: Candidates) -> None:
    assert candidates.names == NAMES
    assert len(candidates.sites) == 80 and candidates.features.shape == (800, len(NAMES))
    late = candidates.of(candidates.dates > "2019")
    assert len(late.sites) == 40 and late.linked.sum() == 40
    assert np.array_equal(np.diff(late.starts), np.full(40, 10))


def test_ndcg_counts_what_is_no_candidate_as_missed(candidates: Candidates) -> None:
    one = candidates.of(np.array([0]))
    right = one.linked.astype(float)
    assert one.ndcg(right)[0] == 1
    assert one.ndcg(-right)[0] == pytest.approx(1 / np.log2(11))
    one.relevant[0] = 2
    assert one.ndcg(right)[0] == pytest.approx(1 / (1 + 1 / np.log2(3)))


def test_what_authors_linked_is_learned(candidates: Candidates) -> None:
    fitted = fit(candidates, ("words", "length"), 100)
    assert fitted.weights[0] > 5 * abs(fitted.weights[1])
    assert by_site(candidates, fitted.score(candidates.names, candidates.features))["elsewhere"] == 100
    # A right post is as likely as it turned out to be, on the whole.
    likely = 1 / (1 + np.exp(-fitted.score(candidates.names, candidates.features)))
    assert likely.mean() == pytest.approx(0.1, abs=0.02)


def test_a_library_without_links_has_no_feature_that_needs_them() -> None:
    names = names_with(("meaning",), NAMES)
    assert "recencyRank" in names and "standsOut" in names
    assert not {"linked", "linkedLately", "linkedByNear"} & set(names)


def test_the_command_writes_models_for_every_library_and_a_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    features = write(tmp_path / "features.tsv", ("18f", "digitalgov", "v8", "elsewhere"))
    out, check = tmp_path / "ranker.json", tmp_path / "check.json"
    arguments = ["fit", "--features", str(features), "--out", str(out), "--check", str(check)]
    monkeypatch.setattr("sys.argv", arguments)
    module.main()
    assert out.read_text().count('"intercept"') == 4
    assert check.read_text().count('"scores": [') == 5
    assert "without words" in capsys.readouterr().out


def test_what_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="npm run eval"):
        read_candidates(tmp_path / "none.tsv")
    wrong = tmp_path / "wrong.tsv"
    wrong.write_text("a\tb\n")
    with pytest.raises(ValueError, match="columns"):
        read_candidates(wrong)
    monkeypatch.setattr("sys.argv", ["fit", "--features", str(write(tmp_path / "some.tsv", ("v8",)))])
    with pytest.raises(ValueError, match="18f, digitalgov"):
        module.main()


def test_weights_are_rounded_before_they_are_used() -> None:
    fitted = Fitted(("words",), np.array([0.123456]), 1.23456)
    assert fitted.weights[0] == 0.1235 and fitted.intercept == 1.235
