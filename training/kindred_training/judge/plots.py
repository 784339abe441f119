"""The report's pictures, as SVG: curves over dimension, loss by number format, spread of scores."""

from collections.abc import Sequence
from pathlib import Path

from .saved import Collected, Saved, kept_share

LOSS_ALLOWED = 0.5  # points that a quantised file may lose on any set
_PERCENTILES = (5, 25, 50, 75, 95)


def curves(collected: Collected, groups: Sequence[str], path: Path) -> bool:
    """Share of each group's figure that is left at each dimension, a panel a group; False when nothing has several."""
    import matplotlib.pyplot as plt

    panels = []
    for group in groups:
        lines = {}
        for model in collected.models:
            dimensions = sorted({dimension for found in model.values.values() for dimension in found})
            points = [(dimension, kept_share(model, collected.sets, (group,), dimension)) for dimension in dimensions]
            known = [(dimension, share) for dimension, share in points if share is not None]
            if len(known) > 1:
                lines[model.name] = known
        if lines:
            panels.append((group, lines))
    if not panels:
        return False
    figure, axes = plt.subplots(1, len(panels), figsize=(3.4 * len(panels), 3.2), squeeze=False, sharey=True)
    for axis, (group, lines) in zip(axes[0], panels, strict=True):
        for name, known in lines.items():
            axis.plot(*zip(*known, strict=True), marker="o", markersize=3, label=name)
        ticks = sorted({dimension for known in lines.values() for dimension, _ in known})
        axis.set(title=group, xlabel="dimension", xscale="log")
        axis.set_xticks(ticks, [str(tick) for tick in ticks], fontsize=7)
        axis.minorticks_off()
        axis.axhline(99, color="grey", linewidth=0.7, linestyle=":")
        axis.grid(alpha=0.3)
    axes[0][0].set_ylabel("% of the widest")
    axes[0][-1].legend(fontsize=7)
    _save(figure, path)
    return True


def format_losses(base: Saved, others: Sequence[Saved], sets: Sequence[tuple[str, str]], path: Path) -> None:
    """Points that each file loses or gains against fp32, a bar a set; `sets` are names and their main figures."""
    import matplotlib.pyplot as plt

    figure, axis = plt.subplots(figsize=(7, 0.28 * len(sets) * max(1, len(others)) + 1))
    high = 0.8 / max(1, len(others))
    for place, other in enumerate(others):
        changes = []
        for name, main in sets:
            ours, theirs = other.at(name, main), base.at(name, main)
            changes.append(ours - theirs if ours is not None and theirs is not None else 0)
        axis.barh([row + place * high for row in range(len(sets))], changes, high, label=other.name)
    axis.set_yticks([row + 0.4 - high / 2 for row in range(len(sets))], [name for name, _ in sets], fontsize=7)
    axis.axvline(-LOSS_ALLOWED, color="grey", linewidth=0.7, linestyle=":")
    axis.axvline(0, color="black", linewidth=0.7)
    axis.set_xlabel(f"points against {base.name}")
    axis.invert_yaxis()
    axis.legend(fontsize=7)
    _save(figure, path)


def spreads(models: Sequence[Saved], path: Path) -> bool:
    """Percentiles 5 to 95 of cosines of random and of linked pairs, two boxes a model."""
    import matplotlib.pyplot as plt

    known = [model for model in models if model.at("spread", "random-p50") is not None]
    if not known:
        return False
    figure, axis = plt.subplots(figsize=(6, 0.5 * len(known) + 1))
    for kind, colour, shift in (("random", "tab:grey", 0.2), ("linked", "tab:blue", -0.2)):
        boxes = []
        for model in known:
            low, first, middle, third, high = (
                (model.at("spread", f"{kind}-p{percent}") or 0) / 100 for percent in _PERCENTILES
            )
            boxes.append({"whislo": low, "q1": first, "med": middle, "q3": third, "whishi": high, "fliers": []})
        places = [row + shift for row in range(len(known))]
        drawn = axis.bxp(boxes, positions=places, widths=0.3, orientation="horizontal", patch_artist=True)
        for box in drawn["boxes"]:
            box.set(facecolor=colour, alpha=0.5)
    axis.set_yticks(range(len(known)), [model.name for model in known])
    axis.invert_yaxis()
    axis.set_xlabel("cosine: random pairs grey, linked pairs blue; 5, 25, 50, 75 and 95 %")
    axis.grid(alpha=0.3, axis="x")
    _save(figure, path)
    return True


def _save(figure, path: Path) -> None:
    import matplotlib.pyplot as plt

    path.parent.mkdir(parents=True, exist_ok=True)
    plt.rcParams.update({"svg.hashsalt": "kindred", "svg.fonttype": "none"})  # the same figures give the same file
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
