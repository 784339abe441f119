"""Short texts with one label each: intents of assistants, emotions of comments."""

import json
from dataclasses import dataclass
from pathlib import Path

from .lines import tab_lines

# Domains of CLINC150 to choose by: what is learnt from intents shall serve intents that were never seen.
HELD_OUT_DOMAINS = ("travel", "auto_and_commute")


@dataclass(frozen=True)
class Labelled:
    text: str
    label: str


def read_clinc(data: Path, held_out: bool = False) -> dict[str, list[Labelled]]:
    """
    CLINC150 by side: train, validation, test; what is out of scope is left out.

    With `held_out` the intents of the domains that never train, else those of all others.
    """
    folder = data / "clinc150"
    domains = json.loads((folder / "domains.json").read_text("utf-8"))
    wanted = {
        intent for domain, intents in domains.items() for intent in intents if (domain in HELD_OUT_DOMAINS) == held_out
    }
    full = json.loads((folder / "data_full.json").read_text("utf-8"))
    return {
        side: [Labelled(text, intent) for text, intent in full[part] if intent in wanted]
        for side, part in (("train", "train"), ("validation", "val"), ("test", "test"))
    }


def read_hwu(data: Path) -> dict[str, list[Labelled]]:
    """HWU64 by side."""
    folder = data / "intent-hwu64-snips" / "HWU64"

    def read(part: str) -> list[Labelled]:
        texts = (folder / part / "seq.in").read_text("utf-8").splitlines()
        labels = (folder / part / "label").read_text("utf-8").splitlines()
        if len(texts) != len(labels):
            raise ValueError(f"{folder / part}: {len(texts)} texts and {len(labels)} labels")
        return [Labelled(text, label) for text, label in zip(texts, labels, strict=True)]

    return {"train": read("train"), "validation": read("valid"), "test": read("test")}


def read_goemotions(data: Path) -> dict[str, list[Labelled]]:
    """GoEmotions by side: comments with exactly one emotion that is not "neutral"."""
    folder = data / "goemotions"
    names = (folder / "labels.txt").read_text("utf-8").split()

    def read(part: str) -> list[Labelled]:
        rows = tab_lines(folder / f"{part}.tsv", 3)
        single = ((text, names[int(label)]) for text, label, _ in rows if label.isdigit())
        return [Labelled(text, label) for text, label in single if label != "neutral"]

    return {"train": read("train"), "validation": read("dev"), "test": read("test")}
