"""One run: `python -m kindred_training.train.run --config training/configs/NAME.toml --out build/runs/NAME`."""

import argparse
import json
import time
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..bases import named_folder
from ..embedders import CACHE, CachedEmbedder, open_embedder
from .batch_encoder import BatchEncoder
from .batch_loss import BatchLoss, Pull
from .checkpoint import load_checkpoint, save_checkpoint, trained_state
from .config import RunSettings, read_config
from .encoder import TrainedEncoder, save_folder
from .examples import TrainingData, read_training_data
from .mixture import Mixture

THREADS = 2
PRINT_EVERY = 10
# Texts whose principal axes the space is turned onto.
TURNED_BY = 4096


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, help="instead of those of the file")
    parser.add_argument("--seed", type=int, help="instead of that of the file")
    parser.add_argument("--only", help="train on this task alone, for as many steps as it has in the mixture")
    options = parser.parse_args()
    changes = {name: value for name in ("steps", "seed") if (value := getattr(options, name)) is not None}
    train(read_config(options.config, changes), options.out, options.only)


def train(settings: RunSettings, out: Path, only: str | None = None) -> None:
    """Trains or goes on where a checkpoint in `out` stopped; writes one folder for each average with the base."""
    torch.manual_seed(settings.seed)
    torch.set_num_threads(min(THREADS, torch.get_num_threads()))
    out.mkdir(parents=True, exist_ok=True)
    base = named_folder(settings.base)
    data = read_training_data(Path(settings.data), list(settings.tasks))
    mixture = Mixture(data.tasks, settings.tasks, settings.mixing, settings.seed, data.guide)
    schedule = [task for task in mixture.schedule(settings.steps) if only in (None, task)]
    encoder = TrainedEncoder(base, settings.frozen_layers, settings.projection)
    encoder.to("cuda" if torch.cuda.is_available() else "cpu")
    initial = _run_steps(settings, encoder, data, mixture, schedule, out)
    for share in settings.averages:
        averaged = {name: (1 - share) * initial[name] + share * value for name, value in trained_state(encoder).items()}
        projection = averaged.pop("projection.weight", None)
        state = {name.removeprefix("bert."): value for name, value in averaged.items()}
        save_folder(base, out / f"average-{share:g}", state, projection)
    print(f"written: {', '.join(str(path) for path in sorted(out.glob('average-*')))}")


def _run_steps(
    settings: RunSettings,
    encoder: TrainedEncoder,
    data: TrainingData,
    mixture: Mixture,
    schedule: list[str],
    out: Path,
) -> dict[str, Tensor]:
    """Trains `encoder`; returns the weights from which it set out."""
    # Those alone that some step draws: to embed texts by other models takes as long as to train on them.
    numbers = sorted(
        set().union(*(data.texts_of(rows, settings.tasks[task].negatives) for task, rows in mixture.drawn(schedule)))
    )
    texts = [data.texts[number] for number in numbers]
    place = {number: row for row, number in enumerate(numbers)}
    pulls = [Pull(_vectors(pull.model, texts, settings.pull_tokens), pull.weight) for pull in settings.pulls]
    encode = BatchEncoder(encoder, texts, settings.max_tokens, settings.precision)
    if settings.projection:
        _turn(encoder, encode, len(texts))
    initial = trained_state(encoder)
    loss_of = BatchLoss(data, encode, place, pulls, settings)
    optimizer, scheduler = _optimizer(settings, encoder, len(schedule))
    done = load_checkpoint(out, encoder, optimizer, scheduler)
    log = (out / "log.jsonl").open("a", encoding="utf-8")
    started = time.monotonic()
    trained = [value for value in encoder.parameters() if value.requires_grad]
    for step, (task, rows) in islice(enumerate(mixture.drawn(schedule)), done, None):
        loss = loss_of(task, rows)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        scheduler.step()
        log.write(json.dumps({"step": step, "task": task, "loss": round(loss.item(), 5)}) + "\n")
        if (step + 1) % PRINT_EVERY == 0 or step + 1 == len(schedule):
            rate = (time.monotonic() - started) / (step + 1 - done)
            left = rate * (len(schedule) - step - 1) / 60
            print(f"step {step + 1} of {len(schedule)}, {rate:.2f} s each, {left:.0f} min left", flush=True)
        if (step + 1) % settings.checkpoint_every == 0 or step + 1 == len(schedule):
            log.flush()
            save_checkpoint(out, step + 1, encoder, optimizer, scheduler)
    log.close()
    return initial


def _turn(encoder: TrainedEncoder, encode: BatchEncoder, texts: int) -> None:
    """By texts evenly spread over all; in fp32 or bf16 alike, for axes are means over thousands."""
    numbers = np.linspace(0, texts - 1, min(texts, TURNED_BY)).astype(int).tolist()
    with torch.no_grad():
        encoder.turn(torch.cat([encode(numbers[at : at + 64]) for at in range(0, len(numbers), 64)]))


def _vectors(model: str, texts: list[str], max_tokens: int):
    def tell(done: int, total: int) -> None:
        print(f"\r{model}: {done} of {total} texts", end="" if done < total else "\n", flush=True)

    return CachedEmbedder(open_embedder(named_folder(model), max_tokens=max_tokens), CACHE, progress=tell).embed(texts)


def _optimizer(settings: RunSettings, encoder: TrainedEncoder, steps: int):
    layers = [v for name, v in encoder.named_parameters() if v.requires_grad and not name.startswith("projection")]
    groups = [{"params": layers, "lr": settings.learning_rate, "weight_decay": settings.weight_decay}]
    if encoder.projection is not None:
        # Decay would pull the projection to zero, not to the identity.
        groups.append({"params": [encoder.projection.weight], "lr": settings.projection_rate, "weight_decay": 0.0})
    optimizer = torch.optim.AdamW(groups)
    warm = max(1, int(steps * settings.warmup))

    def factor(step: int) -> float:
        return min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))

    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, factor)


if __name__ == "__main__":
    main()
