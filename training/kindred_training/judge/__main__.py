"""The table of models by sets: `python -m kindred_training.judge --model base=minilm --model ours=FOLDER`."""

import argparse
import json
import logging
import sys
import time
from pathlib import Path

from ..embedders import CACHE, CachedEmbedder
from .all import chosen
from .models import open_model
from .output import as_json, as_markdown
from .runner import ModelResult, Runner
from .task import Places

RESULTS = Path("build/judge")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--model",
        action="append",
        required=True,
        metavar="NAME=WHERE",
        help="minilm, bge-small, a folder of sentence-transformers, or a shipped folder, perhaps with :wasm or :webgpu",
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--built", type=Path, default=Path("build/data"), help="what the task builders wrote")
    parser.add_argument(
        "--sets", type=lambda text: text.split(","), help="sets or groups, by commas; all when left out"
    )
    parser.add_argument("--side", choices=("validation", "test", "all"), default="validation")
    parser.add_argument(
        "--dims", type=lambda text: [int(part) for part in text.split(",")], default=[384, 256, 128, 64]
    )
    parser.add_argument(
        "--precision",
        choices=("fp32", "bf16"),
        default="fp32",
        help="of models that are not quantised; bf16 is 1.8 times as fast where the processor knows it",
    )
    parser.add_argument("--json", type=Path)
    parser.add_argument("--markdown", type=Path)
    options = parser.parse_args()
    logging.getLogger("transformers").setLevel(logging.ERROR)
    started = time.monotonic()

    def say(text: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {text}", file=sys.stderr, flush=True)

    try:
        wanted = chosen(options.sets, None if options.side == "all" else options.side)
    except ValueError as error:
        parser.error(str(error))
    runner = Runner(Places(options.data, options.built), RESULTS, say)
    wanted = runner.available(wanted)
    if not wanted:
        parser.error(f"none of the sets is there: is {options.data} right?")
    results: list[ModelResult] = []
    table = ""
    for argument in options.model:
        embedder, number_format = open_model(argument, options.precision)
        cached = CachedEmbedder(embedder, CACHE, lambda done, of: say(f"  {done} of {of} texts"))
        result = ModelResult(embedder.name, number_format, embedder.dimension, embedder.fingerprint)
        for one in wanted:
            found = runner.run(cached, one, options.dims)
            result.sets.append(found)
            widest = max(found.by_dimension)
            say(f"{embedder.name}: {one.name}: {one.main} {found.by_dimension[widest].values[one.main]:.2f}")
        results.append(result)
        table = _write(results, options)  # after each model: a run takes long, and what is there is of use
    print(table)


def _write(results: list[ModelResult], options: argparse.Namespace) -> str:
    content = as_json(results)
    table = as_markdown(content, options.data)
    for path, text in ((options.json, json.dumps(content, indent=1) + "\n"), (options.markdown, table)):
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    return table


if __name__ == "__main__":
    main()
