"""From numbers of texts to their vectors, in passes of texts that are about as long."""

from collections.abc import Sequence

import torch
from torch import Tensor

from ..batching import padded_runs
from .encoder import TrainedEncoder

# Padded tokens in one pass. More is no faster on a CPU and costs memory; with less a graphics card waits for orders.
TOKENS_A_PASS = {"cpu": 4096, "cuda": 65_536}


class BatchEncoder:
    """`precision` is "bf16", much faster where the processor knows it, with sums and weights in fp32; or "fp32"."""

    def __init__(self, encoder: TrainedEncoder, texts: Sequence[str], max_tokens: int, precision: str) -> None:
        self._encoder, self._bf16 = encoder, precision == "bf16"
        found = encoder.tokenizer(list(texts), truncation=True, max_length=max_tokens)["input_ids"]
        self._lengths = [len(ids) for ids in found]
        # int32 [texts, tokens of the longest], padded with 0, which is masked.
        rows = [torch.tensor(ids, dtype=torch.int32) for ids in found]
        self._ids = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)

    def __call__(self, numbers: Sequence[int]) -> Tensor:
        """fp32 [texts, width] in the order of `numbers`; gradients flow to the layers that are trained."""
        order = sorted(range(len(numbers)), key=lambda at: -self._lengths[numbers[at]])
        device = next(self._encoder.parameters()).device
        lengths = [self._lengths[number] for number in numbers]
        runs = padded_runs(order, lengths, TOKENS_A_PASS[device.type])
        parts = [self._pass([numbers[at] for at in rows], device) for rows in runs]
        back = torch.empty(len(numbers), dtype=torch.int64)
        back[torch.tensor(order)] = torch.arange(len(numbers))
        return torch.cat(parts)[back.to(device)]

    def _pass(self, numbers: Sequence[int], device: torch.device) -> Tensor:
        lengths = torch.tensor([self._lengths[number] for number in numbers])
        ids = self._ids[list(numbers), : int(lengths.max())].to(device, torch.int64)
        mask = (torch.arange(ids.shape[1]) < lengths[:, None]).to(device, torch.int64)
        with torch.autocast(device.type, torch.bfloat16, enabled=self._bf16):
            return self._encoder(ids, mask)
