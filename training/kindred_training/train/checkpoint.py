"""Where a run stopped: trained weights, optimiser, schedule. A checkpoint is whole or not there."""

from pathlib import Path

import torch
from torch import Tensor

from .encoder import TrainedEncoder

FILE = "checkpoint.pt"


def trained_state(encoder: TrainedEncoder) -> dict[str, Tensor]:
    """Copies of the weights that are trained, by name."""
    return {name: value.detach().cpu().clone() for name, value in encoder.named_parameters() if value.requires_grad}


def save_checkpoint(folder: Path, step: int, encoder: TrainedEncoder, optimizer, scheduler) -> None:
    """Written beside the old one, then put in its place."""
    state = {
        "step": step,
        "weights": trained_state(encoder),
        "optimizer": optimizer.state_dict(),
        "scheduler": scheduler.state_dict(),
    }
    unfinished = folder / f"{FILE}.part"
    torch.save(state, unfinished)
    unfinished.rename(folder / FILE)


def load_checkpoint(folder: Path, encoder: TrainedEncoder, optimizer, scheduler) -> int:
    """The number of steps done: 0 without a checkpoint. Raises ValueError when it is of another architecture."""
    path = folder / FILE
    if not path.is_file():
        return 0
    state = torch.load(path, map_location="cpu", weights_only=True)
    if set(state["weights"]) != set(trained_state(encoder)):
        raise ValueError(f"{path} is of a run that trains other layers; give --out another folder, or remove it")
    encoder.load_state_dict(state["weights"], strict=False)
    optimizer.load_state_dict(state["optimizer"])
    scheduler.load_state_dict(state["scheduler"])
    return state["step"]
