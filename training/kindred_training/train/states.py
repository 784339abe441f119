"""What enters the first trained layer, for every text: computed once when layers below are frozen."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..batching import padded_runs
from .encoder import TrainedEncoder

# Padded tokens in one pass; more is no faster on a CPU and costs memory.
TOKENS_A_PASS = 4096


class FrozenStates:
    """
    Hidden states under the first trained layer, fp16 [tokens of all texts, width] in a file, and where each text lies.

    fp16 costs nothing that training would notice, and halves what has to be kept.
    """

    def __init__(self, encoder: TrainedEncoder, texts: Sequence[str], max_tokens: int, folder: Path, key: str) -> None:
        self._encoder = encoder
        self.ids = encoder.tokenize(list(texts), max_tokens)
        self.lengths = np.array([len(ids) for ids in self.ids])
        self._starts = np.concatenate([[0], np.cumsum(self.lengths)])
        self._states: np.ndarray | None = None
        if encoder.frozen_layers > 0:
            folder.mkdir(parents=True, exist_ok=True)
            digest = hashlib.sha256(f"{key}/{encoder.frozen_layers}/{max_tokens}/{len(texts)}".encode())
            for text in texts:
                digest.update(text.encode() + b"\0")
            self._states = self._filled(folder / f"states-{digest.hexdigest()[:16]}.npy")

    def vectors(self, numbers: Sequence[int]) -> Tensor:
        """fp32 [texts, width] through the trained layers, in the order of `numbers`; gradients flow."""
        order = sorted(range(len(numbers)), key=lambda at: -self.lengths[numbers[at]])
        parts = [
            self._pass([numbers[at] for at in rows])
            for rows in padded_runs(order, [self.lengths[n] for n in numbers], TOKENS_A_PASS)
        ]
        back = torch.empty(len(numbers), dtype=torch.int64)
        back[torch.tensor(order)] = torch.arange(len(numbers))
        return torch.cat(parts)[back.to(parts[0].device)]

    def _pass(self, numbers: Sequence[int]) -> Tensor:
        device = next(self._encoder.parameters()).device
        lengths = self.lengths[numbers]
        mask = (torch.arange(int(lengths.max()))[None] < torch.from_numpy(lengths)[:, None]).long()
        if self._states is None:
            ids = padded_ids([self.ids[number] for number in numbers]).to(device)
            return self._encoder.upper(self._encoder.lower(ids, mask.to(device)), mask.to(device))
        hidden = np.zeros((len(numbers), int(lengths.max()), self._encoder.width), np.float32)
        for row, number in enumerate(numbers):
            start = self._starts[number]
            hidden[row, : lengths[row]] = self._states[start : start + lengths[row]]
        return self._encoder.upper(torch.from_numpy(hidden).to(device), mask.to(device))

    def _filled(self, path: Path) -> np.ndarray:
        if path.is_file():
            return np.load(path, mmap_mode="r")
        shape = (int(self._starts[-1]), self._encoder.width)
        unfinished = path.with_suffix(".part")
        states = np.lib.format.open_memmap(unfinished, mode="w+", dtype=np.float16, shape=shape)
        order = sorted(range(len(self.ids)), key=lambda number: -self.lengths[number])
        device = next(self._encoder.parameters()).device
        done = 0
        with torch.no_grad():
            for numbers in padded_runs(order, self.lengths, TOKENS_A_PASS):
                lengths = self.lengths[numbers]
                ids = padded_ids([self.ids[number] for number in numbers]).to(device)
                mask = (torch.arange(ids.shape[1])[None] < torch.from_numpy(lengths)[:, None]).long().to(device)
                hidden = self._encoder.lower(ids, mask).cpu().numpy()
                for row, number in enumerate(numbers):
                    states[self._starts[number] : self._starts[number + 1]] = hidden[row, : lengths[row]]
                done += len(numbers)
                print(f"\rfrozen layers: {done} of {len(self.ids)} texts", end="", flush=True)
        print()
        states.flush()
        unfinished.rename(path)
        return np.load(path, mmap_mode="r")


def padded_ids(rows: Sequence[Sequence[int]]) -> Tensor:
    """int64 [texts, longest], zeros after the end of a text."""
    ids = torch.zeros((len(rows), max(len(row) for row in rows)), dtype=torch.int64)
    for at, row in enumerate(rows):
        ids[at, : len(row)] = torch.tensor(row)
    return ids
