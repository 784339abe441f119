"""Losses over batches of sentence vectors, each at several Matryoshka dimensions."""

from collections.abc import Iterator, Mapping, Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

FAR = -1e4


Dimensions = Mapping[int, float]
"""Lengths that a vector may be cut to, each with its weight in the loss."""


def prefixes(dimensions: Dimensions, *vectors: Tensor) -> Iterator[tuple[float, list[Tensor]]]:
    """For each dimension its share of all weights, and the first numbers of every row, of unit length."""
    whole = sum(dimensions.values())
    for dimension, weight in dimensions.items():
        yield weight / whole, [F.normalize(rows[:, :dimension], dim=-1) for rows in vectors]


def info_nce(
    anchors: Sequence[Tensor],
    candidates: Sequence[Tensor],
    excluded: Tensor,
    temperature: float,
    dimensions: Dimensions,
) -> Tensor:
    """
    InfoNCE in both directions, by the weights of the dimensions.

    anchors: `batch` texts, each as its passages [passages, width]; candidates: `batch` + negatives texts alike, the
    first `batch` of them the positives in order. Two texts are as near as their nearest passages.
    excluded: bool [batch, batch + negatives], true where a candidate is no true negative of the anchor (its own
    positive is never excluded).
    """
    batch = len(anchors)
    rows, columns = torch.cat(list(anchors)), torch.cat(list(candidates))
    target = torch.arange(batch, device=rows.device)
    total = rows.new_zeros(())
    for share, (a, c) in prefixes(dimensions, rows, columns):
        nearest = _largest(_largest(a @ c.T, anchors).T, candidates).T
        logits = (nearest / temperature).masked_fill(excluded, FAR)
        forward = F.cross_entropy(logits, target)
        backward = F.cross_entropy(logits[:, :batch].T, target)
        total = total + share * (forward + backward) / 2
    return total


def _largest(rows: Tensor, texts: Sequence[Tensor]) -> Tensor:
    """Of [all passages, columns] the largest of each text's passages, [texts, columns]."""
    if len(texts) == len(rows):
        return rows
    return torch.stack([part.amax(0) for part in rows.split([len(text) for text in texts])])


def cosent(a: Tensor, b: Tensor, scores: Tensor, temperature: float, dimensions: Dimensions) -> Tensor:
    """
    CoSENT: of every two pairs the one that people graded higher shall have the higher cosine. By the weights of the
    dimensions.

    a, b [batch, width]; scores [batch]. Source: kexue.fm/archives/8847.
    """
    total = a.new_zeros(())
    lower_graded = scores[:, None] < scores[None, :]
    for share, (left, right) in prefixes(dimensions, a, b):
        cosine = (left * right).sum(-1) / temperature
        differences = (cosine[:, None] - cosine[None, :])[lower_graded]
        total = total + share * torch.logsumexp(torch.cat([differences.new_zeros(1), differences]), dim=0)
    return total


def follow(vectors: Tensor, other: Tensor, dimensions: Dimensions) -> Tensor:
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
    for share, (part,) in prefixes(dimensions, vectors):
        found = _standard((part @ part.T)[off].view(texts, texts - 1))
        total = total + share * (1 - (found * wanted).mean(-1)).mean()
    return total


def _standard(rows: Tensor) -> Tensor:
    centred = rows - rows.mean(-1, keepdim=True)
    return centred / centred.pow(2).mean(-1, keepdim=True).sqrt().clamp_min(1e-6)
