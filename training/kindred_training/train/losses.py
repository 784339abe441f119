"""Losses over batches of sentence vectors, each at several Matryoshka dimensions."""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

FAR = -1e4


def prefixes(vectors: Tensor, dimensions: Sequence[int]) -> list[Tensor]:
    """The first numbers of every row, of unit length, for each dimension."""
    return [F.normalize(vectors[:, :dimension], dim=-1) for dimension in dimensions]


def info_nce(
    anchors: Tensor,
    candidates: Tensor,
    excluded: Tensor,
    temperature: float,
    dimensions: Sequence[int],
) -> Tensor:
    """
    InfoNCE in both directions, mean over dimensions.

    anchors [batch, width]; candidates [batch + negatives, width], the first `batch` of them the positives in order;
    excluded: bool [batch, batch + negatives], true where a candidate is no true negative of the anchor (its own
    positive is never excluded).
    """
    batch = anchors.shape[0]
    target = torch.arange(batch, device=anchors.device)
    total = anchors.new_zeros(())
    for a, c in zip(prefixes(anchors, dimensions), prefixes(candidates, dimensions), strict=True):
        logits = (a @ c.T / temperature).masked_fill(excluded, FAR)
        forward = F.cross_entropy(logits, target)
        backward = F.cross_entropy(logits[:, :batch].T, target)
        total = total + (forward + backward) / 2
    return total / len(dimensions)


def cosent(a: Tensor, b: Tensor, scores: Tensor, temperature: float, dimensions: Sequence[int]) -> Tensor:
    """
    CoSENT, mean over dimensions: for every two pairs the one that people graded higher shall have the higher cosine.

    a, b [batch, width]; scores [batch]. Source: kexue.fm/archives/8847.
    """
    total = a.new_zeros(())
    lower_graded = scores[:, None] < scores[None, :]
    for left, right in zip(prefixes(a, dimensions), prefixes(b, dimensions), strict=True):
        cosine = (left * right).sum(-1) / temperature
        differences = (cosine[:, None] - cosine[None, :])[lower_graded]
        total = total + torch.logsumexp(torch.cat([differences.new_zeros(1), differences]), dim=0)
    return total / len(dimensions)


def follow(vectors: Tensor, other: Tensor, dimensions: Sequence[int]) -> Tensor:
    """
    How little the similarities of a batch follow those of another model, from 0 (a perfect line) to 2.

    One minus the correlation, a row at a time, of cosines between texts; the diagonal left out. Scale and zero of the
    other model's cosines don't matter, only their order and distances. vectors [texts, width], other [texts, any].
    """
    texts = vectors.shape[0]
    off = ~torch.eye(texts, dtype=torch.bool, device=vectors.device)
    unit = F.normalize(other, dim=-1)
    wanted = _standard((unit @ unit.T)[off].view(texts, texts - 1))
    total = vectors.new_zeros(())
    for part in prefixes(vectors, dimensions):
        found = _standard((part @ part.T)[off].view(texts, texts - 1))
        total = total + (1 - (found * wanted).mean(-1)).mean()
    return total / len(dimensions)


def _standard(rows: Tensor) -> Tensor:
    centred = rows - rows.mean(-1, keepdim=True)
    return centred / centred.pow(2).mean(-1, keepdim=True).sqrt().clamp_min(1e-6)
