"""A report from saved results: `python -m kindred_training.judge.report --json A.json ... --out build/report`."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from .claims import ZERO_SHOT, claims
from .plots import LOSS_ALLOWED, curves, format_losses, spreads
from .saved import GROUPS, Collected, by_run, collect, kept_share, mean_and_spread

# Formats of weights that are not quantised: so near to each other that one table holds them.
WHOLE = ("fp32", "bf16")


def write_report(collected: Collected, out: Path, title: str) -> Path:
    """Writes report.md and its pictures into `out`; gives the path of the report."""
    out.mkdir(parents=True, exist_ok=True)
    parts = [
        f"# {title}",
        claims(collected),
        _transfer(collected, "test"),
        _transfer(collected, "validation"),
        _dimensions(collected, out),
        _formats(collected, out),
        _spread(collected, out),
    ]
    path = out / "report.md"
    path.write_text("\n\n".join(part for part in parts if part) + "\n", "utf-8")
    return path


def _transfer(collected: Collected, side: str) -> str:
    """A row a set, a column a run; below the mean of the differences from the first run."""
    first = collected.models[0].format
    shown = WHOLE if first in WHOLE else (first,)
    models = [model for model in collected.models if model.format in shown]
    runs = by_run(models)
    sets = [one for one, about in collected.sets.items() if about["side"] == side and about["group"] in GROUPS]
    sets = [one for one in sets if any(model.values.get(one) for model in models)]
    if not sets or not runs:
        return ""
    names = list(runs)
    lines = [f"## {side.capitalize()} sets", ""]
    formats = " and ".join(dict.fromkeys(model.format for model in models))
    lines += [
        f"Figures × 100 in {formats} at the widest dimension, ± over seeds; italics: below the first column.",
        "",
    ]
    lines += ["| set | figure | " + " | ".join(names) + " |", "|---|---|" + "---:|" * len(names)]
    differences: dict[str, list[float]] = {name: [] for name in names}
    for one in sets:
        main = collected.sets[one]["main"]
        found = {name: mean_and_spread(models, one, main) for name, models in runs.items()}
        first = found[names[0]]
        cells = []
        for name in names:
            value = found[name]
            if value is None:
                cells.append("–")
                continue
            text = f"{value[0]:.1f}" + (f" ± {value[1]:.1f}" if len(runs[name]) > 1 else "")
            if first is not None:
                differences[name].append(value[0] - first[0])
                text = f"*{text}*" if value[0] < first[0] else text
            cells.append(text)
        zero_shot = " °" if ZERO_SHOT in collected.sets[one]["about"] else ""
        lines.append(f"| {one}{zero_shot} | {main} | " + " | ".join(cells) + " |")
    means = [f"{sum(found) / len(found):+.2f}" if found else "–" for found in differences.values()]
    lines.append(f"| mean difference from {names[0]} | | " + " | ".join(means) + " |")
    return "\n".join([*lines, "", "° never trained on."])


def _dimensions(collected: Collected, out: Path) -> str:
    if not curves(collected, GROUPS, out / "dimensions.svg"):
        return ""
    dimensions = sorted({at for model in collected.models for found in model.values.values() for at in found})
    lines = ["## Over the dimension", "", "![What is left of each group's figures](dimensions.svg)", ""]
    lines += ["% of the main figure at the widest dimension, mean over all sets.", ""]
    lines += ["| model | " + " | ".join(map(str, dimensions)) + " |", "|---|" + "---:|" * len(dimensions)]
    for model in collected.models:
        cells = [kept_share(model, collected.sets, GROUPS, dimension) for dimension in dimensions]
        lines.append(f"| {model.name} | " + " | ".join("–" if cell is None else f"{cell:.1f}" for cell in cells) + " |")
    return "\n".join(lines)


def _formats(collected: Collected, out: Path) -> str:
    parts = []
    for family in dict.fromkeys(model.family for model in collected.models):
        same = [model for model in collected.models if model.family == family]
        base = next((model for model in same if model.format in WHOLE), None)
        others = [model for model in same if model.format not in WHOLE]
        if base is None or not others:
            continue
        sets = [
            (one, about["main"])
            for one, about in collected.sets.items()
            if base.at(one, about["main"]) is not None
            and any(other.at(one, about["main"]) is not None for other in others)
        ]
        picture = f"formats-{family}.svg"
        format_losses(base, others, sets, out / picture)
        lines = [f"### {family}", "", f"![Points against fp32]({picture})", ""]
        lines += ["| set | fp32 | " + " | ".join(f"{other.name} ({other.format})" for other in others) + " |"]
        lines.append("|---|---:|" + "---:|" * len(others))
        for one, main in sets:
            whole = base.at(one, main) or 0.0
            cells = [_against(whole, other.at(one, main)) for other in others]
            lines.append(f"| {one} | {whole:.2f} | " + " | ".join(cells) + " |")
        parts.append("\n".join(lines))
    if not parts:
        return ""
    return "\n\n".join([f"## Over the number format\n\nA loss of more than {LOSS_ALLOWED} is bold.", *parts])


def _against(whole: float, value: float | None) -> str:
    if value is None:
        return "–"
    text = f"{value:.2f} ({value - whole:+.2f})"
    return f"**{text}**" if value < whole - LOSS_ALLOWED else text


def _spread(collected: Collected, out: Path) -> str:
    if not spreads(collected.models, out / "spread.svg"):
        return ""
    lines = ["## How the space is used", "", "![Cosines of random and linked pairs](spread.svg)", ""]
    lines += ["| model | anisotropy (mean cosine of random pairs × 100) | separation (AUC × 100) |", "|---|---:|---:|"]
    for model in collected.models:
        figures = [model.at("spread", figure) for figure in ("anisotropy", "separation")]
        if None not in figures:
            lines.append(f"| {model.name} | " + " | ".join(f"{figure:.1f}" for figure in figures) + " |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, nargs="+", required=True, help="of the judge, the base model first")
    parser.add_argument("--out", type=Path, default=Path("build/report"))
    parser.add_argument("--title", default="Models judged")
    options = parser.parse_args(arguments)
    print(write_report(collect(options.json), options.out, options.title))


if __name__ == "__main__":
    main()
