"""The encoder in training: frozen layers below, trained ones above, pooling and projection."""

from pathlib import Path

from sentence_transformers import SentenceTransformer
from torch import Tensor, nn
from transformers import BertModel, BertTokenizerFast

from ..base import read_head

MASKED = -1e4


class TrainedEncoder(nn.Module):
    """
    A BERT sentence encoder cut in two at a layer.

    `lower` gives the hidden states that enter the first trained layer, fp32 [batch, tokens, width], without gradient;
    `upper` takes them to sentence vectors, fp32 [batch, width], not yet of unit length.
    """

    def __init__(self, folder: Path, frozen_layers: int, projection: bool) -> None:
        super().__init__()
        self.pooling, _ = read_head(folder)
        self.bert = BertModel.from_pretrained(str(folder), add_pooling_layer=False, attn_implementation="sdpa")
        self.tokenizer = BertTokenizerFast.from_pretrained(str(folder))
        self.frozen_layers = frozen_layers
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

    @property
    def width(self) -> int:
        return self.bert.config.hidden_size

    def tokenize(self, texts: list[str], max_tokens: int) -> list[list[int]]:
        return self.tokenizer(texts, truncation=True, max_length=max_tokens)["input_ids"]

    def lower(self, ids: Tensor, mask: Tensor) -> Tensor:
        """ids, mask: int64 [batch, tokens]."""
        hidden = self.bert.embeddings(input_ids=ids)
        return self._through(0, self.frozen_layers, hidden, mask)

    def upper(self, hidden: Tensor, mask: Tensor) -> Tensor:
        hidden = self._through(self.frozen_layers, len(self.bert.encoder.layer), hidden, mask)
        if self.pooling == "cls":
            pooled = hidden[:, 0]
        else:
            weights = mask.unsqueeze(-1).to(hidden.dtype)
            pooled = (hidden * weights).sum(1) / weights.sum(1)
        return pooled if self.projection is None else self.projection(pooled)

    def _through(self, start: int, end: int, hidden: Tensor, mask: Tensor) -> Tensor:
        bias = (1 - mask[:, None, None, :].to(hidden.dtype)) * MASKED
        for layer in self.bert.encoder.layer[start:end]:
            hidden = layer(hidden, attention_mask=bias)
        return hidden


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
