"""Graded and labelled pairs of sentences: does cosine order them as people do?"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..data.lines import tab_lines
from ..splits import stsb_held_out
from .measures import average_precision, spearman
from .task import JudgeSet, Places, Scores, Texts


@dataclass
class PairTask:
    """Pairs by rows of `texts`; `gold` is a grade, or 0 and 1 where `labelled`."""

    texts: list[str]
    left: np.ndarray
    right: np.ndarray
    gold: np.ndarray
    labelled: bool

    def score(self, vectors: np.ndarray) -> Scores:
        cosines = (vectors[self.left] * vectors[self.right]).sum(axis=1)
        if self.labelled:
            return Scores({"ap": average_precision(self.gold, cosines)})
        return Scores({"spearman": spearman(cosines, self.gold)})


def pair_task(pairs: list[tuple[str, str, float]], labelled: bool) -> PairTask:
    """A task of pairs with their grade or label."""
    texts = Texts()
    left = np.array([texts.add(a) for a, _, _ in pairs])
    right = np.array([texts.add(b) for _, b, _ in pairs])
    return PairTask(texts.all, left, right, np.array([gold for _, _, gold in pairs]), labelled)


def sts(path: Path, *, held_out: bool = False) -> PairTask:
    """A file of genre, grade, sentence, sentence; with `held_out` only the tenth that training leaves out."""
    rows = tab_lines(path, 4)
    kept = [(a, b, float(grade)) for _, grade, a, b in rows if not held_out or stsb_held_out(a)]
    return pair_task(kept, labelled=False)


def sick(folder: Path) -> PairTask:
    """All 9,927 pairs of SICK's three files, as the task SICK-R of MTEB takes them."""
    files = ("SICK_train.txt", "SICK_trial.txt", "SICK_test_annotated.txt")
    rows = [row for name in files for row in tab_lines(folder / name, 5, header=True)]
    return pair_task([(row[1], row[2], float(row[3])) for row in rows], labelled=False)


def twitter_url(path: Path) -> PairTask:
    """The raw test part: 4 of 6 votes or more are a paraphrase, 2 or fewer none, 3 are dropped (9,334 pairs)."""
    pairs = []
    for row in tab_lines(path, columns=None):
        votes = int(row[2].strip("()").split(",")[0])
        if votes != 3:
            pairs.append((row[0].strip(), row[1].strip(), float(votes > 3)))
    return pair_task(pairs, labelled=True)


def pit(folder: Path) -> PairTask:
    """The test part: a grade of 4 or 5 is a paraphrase, 0 to 2 none, 3 is debatable and dropped (838 pairs)."""
    rows = [row for row in tab_lines(folder / "test.data", 7) if int(row[4]) != 3]
    return pair_task([(row[2], row[3], float(int(row[4]) > 3)) for row in rows], labelled=True)


def _sts(name: str) -> JudgeSet:
    def file(places: Places) -> Path:
        return places.data / "sts-for-developers" / f"{name}.tsv"

    about = "Spearman of cosine and grade; CC BY-SA 4.0 and others by genre, without pairs of STSb test and STS16"
    return JudgeSet(name, "sts", "test", "spearman", about, lambda p: [file(p)], lambda p: sts(file(p)))


SETS = (
    JudgeSet(
        "stsb-held-out",
        "sts",
        "validation",
        "spearman",
        "Spearman on the tenth of STSb train that training leaves out",
        lambda p: [p.data / "sts-for-developers" / "stsb-train.tsv"],
        lambda p: sts(p.data / "sts-for-developers" / "stsb-train.tsv", held_out=True),
    ),
    _sts("stsb-dev"),
    *(_sts(f"sts{year}") for year in (12, 13, 14, 15)),
    JudgeSet(
        "sick-r",
        "sts",
        "test",
        "spearman",
        "Spearman of cosine and relatedness, all pairs; CC BY-NC-SA 3.0, never trained on",
        lambda p: [p.data / "sick" / "SICK_train.txt"],
        lambda p: sick(p.data / "sick"),
    ),
    JudgeSet(
        "twitter-url",
        "sts",
        "test",
        "ap",
        "average precision of paraphrases by cosine; CC BY-NC-SA 3.0, never trained on",
        lambda p: [p.data / "twitter-url" / "Twitter_URL_Corpus_testNew.larger.txt"],
        lambda p: twitter_url(p.data / "twitter-url" / "Twitter_URL_Corpus_testNew.larger.txt"),
    ),
    JudgeSet(
        "pit2015",
        "sts",
        "test",
        "ap",
        "average precision of paraphrases by cosine; no licence stated, never trained on",
        lambda p: [p.data / "pit2015" / "test.data"],
        lambda p: pit(p.data / "pit2015"),
    ),
)
