"""Builds every task's examples: `python -m kindred_training.tasks.build --out build/data [--scale 1.0]`."""

import argparse
import json
import random
from pathlib import Path

import numpy as np

from ..embedders import CACHE, CachedEmbedder, OnnxEmbedder
from ..splits import SIDES, Side
from .all import TASKS
from .mining import mine
from .pair import Built, Graded, Task
from .table import TextTable

SEED = 20261125
RANDOM_NEGATIVES = 1
# A pair to train on is nearer, by the base, than this share of random pairs with its anchor; else it is more likely
# noise (two titles of one community that have nothing in common) than a lesson.
NEARER_THAN = 0.6
COMPARED_WITH = 1000
# The shipped base: 8 bits are more than enough here, and two to three times as fast on a CPU.
BASE = Path("public/models/all-minilm-l6-v2")
# Enough to tell what a text is about; negatives are mined by it, nothing more.
MINING_TOKENS = 64


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("build/data"))
    parser.add_argument("--scale", type=float, default=1.0, help="share of each task's limit")
    options = parser.parse_args()
    build_all(options.data, options.out, options.scale)


def build_all(data: Path, out: Path, scale: float) -> None:
    """Writes texts.jsonl, base.npy, and a folder for each task with train, validation and test."""
    built = {task.name: task.build(data, random.Random(SEED), max(20, int(task.limit * scale))) for task in TASKS}
    table = TextTable()
    numbered = {name: _number(table, tasks) for name, tasks in built.items()}
    print(f"{len(table)} texts; embedding them with the base model")
    embedder = OnnxEmbedder(BASE, max_tokens=MINING_TOKENS)
    vectors = CachedEmbedder(embedder, CACHE, progress=_tell).embed(table.texts)
    out.mkdir(parents=True, exist_ok=True)
    np.save(out / "base.npy", vectors.astype(np.float16))
    _write(
        out / "texts.jsonl",
        (
            {"text": text, "keys": sorted(keys)} | ({"passages": passages} if passages else {})
            for text, keys, passages in zip(table.texts, table.keys, table.passages, strict=True)
        ),
    )
    counts = {}
    for task in TASKS:
        counts[task.name] = {"meaning": task.meaning, "sources": task.sources}
        for at in SIDES:
            rows = _rows(task, built[task.name], numbered[task.name], at, table, vectors)
            _write(out / task.name / f"{at}.jsonl", rows)
            counts[task.name][at] = len(rows)
        print(task.name, {at: counts[task.name][at] for at in SIDES})
    (out / "counts.json").write_text(json.dumps(counts, indent=2) + "\n", "utf-8")


def _number(table: TextTable, built: Built) -> dict[Side, list[tuple[int, list[int], list[int]]]]:
    """For every pair the numbers of its anchor, of its possible positives and of its given negatives."""
    numbered: dict[Side, list[tuple[int, list[int], list[int]]]] = {}
    for at, pairs in built.pairs.items():
        numbered[at] = [
            (
                table.add(pair.anchor),
                [table.add(choice) for choice in pair.choices or (pair.positive,)],
                [table.add(negative) for negative in pair.negatives],
            )
            for pair in pairs
        ]
        for extra in built.pool.get(at, []):
            table.add(extra)
    for graded in built.graded.values():
        for pair in graded:
            table.add_text(pair.a)
            table.add_text(pair.b)
    return numbered


def _rows(task: Task, built: Built, numbered: dict, at: Side, table: TextTable, vectors: np.ndarray) -> list[dict]:
    if built.graded:
        return [_graded_row(table, pair, at) for pair in built.graded.get(at, [])]
    pairs, numbers = built.pairs.get(at, []), numbered.get(at, [])
    if not pairs:
        return []
    rng = np.random.default_rng([SEED, len(task.name), len(at)])
    anchors = [anchor for anchor, _, _ in numbers]
    positives = [_telling(vectors, anchor, choices) for anchor, choices, _ in numbers]
    if at == "train":
        kept = _no_noise(anchors, positives, vectors, rng)
        pairs, numbers, anchors, positives = (
            [rows[row] for row in kept] for rows in (pairs, numbers, anchors, positives)
        )
    accepts = [pair.accepts for pair in pairs]
    pool = np.unique([*positives, *anchors, *(table.add(extra) for extra in built.pool.get(at, []))])
    mined = mine(table, vectors, anchors, positives, accepts, pool, rng)
    rows = []
    for (anchor, _, given), positive, accepted, found in zip(numbers, positives, accepts, mined, strict=True):
        negatives = list(dict.fromkeys([*given, *found]))[:2]
        if at == "train":
            rows.append({"anchor": anchor, "positive": positive, "negatives": negatives, "accepts": sorted(accepted)})
        else:
            others = [int(n) for n in rng.choice(pool, 20) if accepted.isdisjoint(table.keys[n]) and n != anchor]
            text = table.texts.__getitem__
            rows.append(
                {
                    "anchor": text(anchor),
                    "positive": text(positive),
                    "negatives": [text(n) for n in negatives],
                    "random": [text(n) for n in others[:RANDOM_NEGATIVES]],
                }
            )
    return rows


def _no_noise(anchors: list[int], positives: list[int], vectors: np.ndarray, rng: np.random.Generator) -> list[int]:
    """Places of the pairs that are nearer than most."""
    others = vectors[rng.choice(positives, min(COMPARED_WITH, len(positives)), replace=False)]
    kept: list[int] = []
    for start in range(0, len(anchors), COMPARED_WITH):
        part = slice(start, start + COMPARED_WITH)
        own = (vectors[anchors[part]] * vectors[positives[part]]).sum(axis=1)
        share = (own[:, None] > vectors[anchors[part]] @ others.T).mean(axis=1)
        kept += (start + np.flatnonzero(share >= NEARER_THAN)).tolist()
    return kept


def _telling(vectors: np.ndarray, anchor: int, choices: list[int]) -> int:
    """Of several possible positives the second nearest: the nearest teaches nothing, the farthest is often noise."""
    if len(choices) == 1:
        return choices[0]
    order = np.argsort(-(vectors[choices] @ vectors[anchor]), kind="stable")
    return choices[order[1]]


def _graded_row(table: TextTable, pair: Graded, at: Side) -> dict:
    if at == "train":
        return {"a": table.add_text(pair.a), "b": table.add_text(pair.b), "score": pair.score}
    return {"a": pair.a, "b": pair.b, "score": pair.score}


def _tell(done: int, total: int) -> None:
    print(f"\r{done} of {total} texts embedded", end="" if done < total else "\n", flush=True)


def _write(path: Path, rows) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
