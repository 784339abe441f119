"""
The runs behind the transfer table: each task alone, all together, all together after a teacher.

`python -m kindred_training.train.transfer --config training/configs/transfer.toml --out build/transfer`
"""

import argparse
from dataclasses import replace
from pathlib import Path

from .config import RunSettings, read_config
from .run import train

SEEDS = (1, 2, 3)


def variants(settings: RunSettings) -> dict[str, tuple[RunSettings, str | None]]:
    """
    Name of each run with its settings and, for a task alone, that task.

    A task alone has as many steps on it as the mixture gives it. Whatever pulls are in the file are those of "teacher";
    the other runs have none. `#` stands before the seed, by which the judge's report puts runs together.
    """
    plain = replace(settings, pulls=())
    alone = {f"alone-{task}": (plain, task) for task in settings.tasks}
    together = {f"together#{seed}": (replace(plain, seed=seed), None) for seed in SEEDS}
    return {**alone, **together, "teacher": (settings, None)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    runs = variants(read_config(options.config))
    folders = {name: options.out / name.replace("#", "-") for name in runs}
    for number, (name, (settings, only)) in enumerate(runs.items(), 1):
        folder = folders[name]
        if any(folder.glob("average-*/modules.json")):
            print(f"{number} of {len(runs)}: {name} is there")
            continue
        print(f"{number} of {len(runs)}: {name}")
        train(settings, folder, only)
    models = " ".join(f"--model '{name}={folder / 'average-1'}'" for name, folder in folders.items())
    print(f"Judge them with: python -m kindred_training.judge --side all --model base={settings.base} {models}")


if __name__ == "__main__":
    main()
