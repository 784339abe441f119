"""The encoder in training: frozen layers below, trained ones above, pooling and projection."""

from pathlib import Path

import torch
import torch.nn.functional as F
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn
from transformers import BertModel, BertTokenizerFast

from ..base import read_head

MASKED = -1e4


class TrainedEncoder(nn.Module):
    """
    A BERT sentence encoder: embeddings and layers, of which the lowest may be frozen, pooling and projection.

    The projection is a square map without bias after pooling, the identity until `turn`.
    """

    def __init__(self, folder: Path, frozen_layers: int, projection: bool) -> None:
        super().__init__()
        self.pooling, _ = read_head(folder)
        self.bert = BertModel.from_pretrained(str(folder), add_pooling_layer=False, attn_implementation="sdpa")
        self.tokenizer = BertTokenizerFast.from_pretrained(str(folder))
        width = self.bert.config.hidden_size
        self.projection = nn.Linear(width, width, bias=False) if projection else None
        if self.projection is not None:
            nn.init.eye_(self.projection.weight)
        frozen = [*self.bert.encoder.layer[:frozen_layers]]
        if frozen_layers > 0:
            frozen.append(self.bert.embeddings)
        for module in frozen:
            module.requires_grad_(False)
        # No dropout: batches are small and the pull towards other models is noise enough.
        self.eval()

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """ids, mask: int64 [batch, tokens]. Sentence vectors, fp32 [batch, width], not yet of unit length."""
        hidden = self.bert.embeddings(input_ids=ids)
        bias = (1 - mask[:, None, None, :].to(hidden.dtype)) * MASKED
        for layer in self.bert.encoder.layer:
            hidden = layer(hidden, attention_mask=bias)
        hidden = hidden.float()
        if self.pooling == "cls":
            pooled = hidden[:, 0]
        else:
            weights = mask.unsqueeze(-1).to(hidden.dtype)
            pooled = (hidden * weights).sum(1) / weights.sum(1)
        return pooled if self.projection is None else self.projection(pooled).float()

    def turn(self, vectors: Tensor) -> None:
        """
        Turns the space so that the first numbers of a vector say most about `vectors` [texts, width].

        A rotation onto the principal axes, not centred: all cosines at full width stay as they were.
        """
        if self.projection is None:
            raise ValueError("there is no projection to turn; set projection = true")
        unit = F.normalize(vectors.double(), dim=-1)
        _, axes = torch.linalg.eigh(unit.T @ unit)
        with torch.no_grad():
            self.projection.weight.copy_(axes.flip(1).T)


def save_folder(base: Path, out: Path, state: dict[str, Tensor], projection: Tensor | None) -> None:
    """Writes a folder that sentence-transformers loads: the base with other weights, and the projection if any."""
    from sentence_transformers.sentence_transformer.modules import Dense

    model = SentenceTransformer(str(base), device="cpu", local_files_only=True)
    model[0].auto_model.load_state_dict(state, strict=False)
    if projection is not None:
        width = projection.shape[0]
        dense = Dense(width, width, bias=False, activation_function=nn.Identity())
        dense.linear.weight.data.copy_(projection)
        model.insert(2, dense)
    out.mkdir(parents=True, exist_ok=True)
    model.save(str(out), create_model_card=False)
