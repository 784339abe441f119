"""Results as JSON and as a table of Markdown."""

from pathlib import Path
from typing import Any

from .measures import difference_interval
from .published import COMPARISONS, SHOWN, published
from .runner import ModelResult, SetResult

# Figures that describe and are not better when higher: kept in the JSON, not in the table.
_QUIET = ("-p", "-spread", "bm25")


def as_json(results: list[ModelResult]) -> dict[str, Any]:
    """
    Models with their sets, figures by dimension; for figures that are means over queries also the difference from the
    first model with its interval of 95 %, at the same dimension. Of the main figure the values themselves are kept too,
    at the widest dimension, so that any two models can be compared later.
    """
    first = {found.set.name: found for found in results[0].sets} if results else {}
    return {
        "models": [
            {
                "name": result.name,
                "format": result.format,
                "dimension": result.dimension,
                "fingerprint": result.fingerprint,
                "sets": [_set_json(found, None if at == 0 else first.get(found.set.name)) for found in result.sets],
            }
            for at, result in enumerate(results)
        ]
    }


def _set_json(found: SetResult, first: SetResult | None) -> dict[str, Any]:
    dimensions: dict[str, Any] = {}
    for dimension, scores in found.by_dimension.items():
        cell: dict[str, Any] = {"values": scores.values}
        theirs = first.by_dimension.get(dimension) if first else None
        if theirs:
            cell["differences"] = {
                name: difference_interval(values, theirs.queries[name])
                for name, values in scores.queries.items()
                if name in theirs.queries and len(values) and len(values) == len(theirs.queries[name])
            }
        dimensions[str(dimension)] = cell
    one = found.set
    queries = found.by_dimension[max(found.by_dimension)].queries.get(one.main)
    if queries is not None:
        dimensions[str(max(found.by_dimension))]["queries"] = [round(float(value), 4) for value in queries]
    return {
        "name": one.name,
        "group": one.group,
        "side": one.side,
        "main": one.main,
        "about": one.about,
        "dimensions": dimensions,
    }


def as_markdown(content: dict[str, Any], data: Path) -> str:
    """A row a set, figure and dimension, a column a model, and the published scores below."""
    models = content["models"]
    lines = ["| side | set | figure | dimensions | " + " | ".join(model["name"] for model in models) + " |"]
    lines.append("|---|---|---|---:|" + "---:|" * len(models))
    cells = {model["name"]: {found["name"]: found for found in model["sets"]} for model in models}
    order = list({found["name"]: found for model in models for found in model["sets"]}.values())
    for found in order:
        for dimension in found["dimensions"]:
            for figure in found["dimensions"][dimension]["values"]:
                if any(part in figure for part in _QUIET):
                    continue
                row = [_cell(cells[model["name"]].get(found["name"]), dimension, figure) for model in models]
                name = f"**{found['name']}**" if figure == found["main"] else found["name"]
                lines.append(f"| {found['side']} | {name} | {figure} | {dimension} | " + " | ".join(row) + " |")
    if len(models) > 1:
        lines += ["", f"In brackets: 95 % interval of the difference from {models[0]['name']}, by paired bootstrap."]
    return "\n".join([*lines, "", *_published(cells, data)]) + "\n"


def _cell(found: dict[str, Any] | None, dimension: str, figure: str) -> str:
    cell = found["dimensions"].get(dimension) if found else None
    if not cell or figure not in cell["values"]:
        return "–"
    text = f"{cell['values'][figure]:.1f}"
    interval = cell.get("differences", {}).get(figure)
    return f"{text} [{interval[1]:+.1f}, {interval[2]:+.1f}]" if interval else text


def _published(cells: dict[str, dict[str, Any]], data: Path) -> list[str]:
    scores = published(data)
    shown = [one for one in COMPARISONS if one.task in scores and any(one.set in found for found in cells.values())]
    if not shown:
        return []
    lines = [
        "Beside scores published for MTEB (theirs on the right); only rows marked = have the same rows and protocol.",
        "",
    ]
    lines += ["| set | | " + " | ".join([*cells, *(f"{name}, published" for name in SHOWN)]) + " | note |"]
    lines.append("|---|---|" + "---:|" * (len(cells) + len(SHOWN)) + "---|")
    for one in shown:
        ours = []
        for found in cells.values():
            dimensions = found[one.set]["dimensions"] if one.set in found else {}
            widest = max(dimensions, key=int, default=None)
            ours.append(f"{dimensions[widest]['values'][one.metric]:.2f}" if widest else "–")
        theirs = [f"{scores[one.task][name]:.2f}" if name in scores[one.task] else "–" for name in SHOWN]
        lines.append(f"| {one.set} | {'=' if one.same else '≈'} | " + " | ".join([*ours, *theirs]) + f" | {one.note} |")
    return lines
