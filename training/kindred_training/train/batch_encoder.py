"""From numbers of texts to their vectors, in passes of texts that are about as long."""

from collections.abc import Sequence

import torch
from torch import Tensor

from ..batching import padded_runs
from .encoder import TrainedEncoder

# Padded tokens in one pass; more is no faster on a CPU and costs memory.
TOKENS_A_PASS = 4096


class BatchEncoder:
    """`precision` is "bf16", much faster where the processor knows it, with sums and weights in fp32; or "fp32"."""

    def __init__(self, encoder: TrainedEncoder, texts: Sequence[str], max_tokens: int, precision: str) -> None:
        self._encoder, self._bf16 = encoder, precision == "bf16"
        self._ids: list[list[int]] = encoder.tokenizer(list(texts), truncation=True, max_length=max_tokens)["input_ids"]
        self._lengths = [len(ids) for ids in self._ids]

    def __call__(self, numbers: Sequence[int]) -> Tensor:
        """fp32 [texts, width] in the order of `numbers`; gradients flow to the layers that are trained."""
        order = sorted(range(len(numbers)), key=lambda at: -self._lengths[numbers[at]])
        runs = padded_runs(order, [self._lengths[number] for number in numbers], TOKENS_A_PASS)
        parts = [self._pass([numbers[at] for at in rows]) for rows in runs]
        back = torch.empty(len(numbers), dtype=torch.int64)
        back[torch.tensor(order)] = torch.arange(len(numbers))
        return torch.cat(parts)[back.to(parts[0].device)]

    def _pass(self, numbers: Sequence[int]) -> Tensor:
        device = next(self._encoder.parameters()).device
        ids = torch.zeros((len(numbers), max(self._lengths[number] for number in numbers)), dtype=torch.int64)
        mask = torch.zeros_like(ids)
        for row, number in enumerate(numbers):
            ids[row, : self._lengths[number]] = torch.tensor(self._ids[number])
            mask[row, : self._lengths[number]] = 1
        with torch.autocast(device.type, torch.bfloat16, enabled=self._bf16):
            return self._encoder(ids.to(device), mask.to(device))
