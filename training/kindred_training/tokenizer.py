"""The tokenizer file that the browser loads: the published one without truncation and padding."""

import json
from pathlib import Path

from tokenizers import Tokenizer

CONFIG_KEYS = (
    "do_lower_case",
    "unk_token",
    "sep_token",
    "pad_token",
    "cls_token",
    "mask_token",
    "tokenize_chinese_chars",
    "strip_accents",
    "tokenizer_class",
)


def write_tokenizer(base: Path, out: Path, max_tokens: int) -> Tokenizer:
    """Writes tokenizer.json and tokenizer_config.json into `out`; the tokenizer returned never cuts or pads."""
    content = json.loads((base / "tokenizer.json").read_text("utf-8"))
    content["truncation"] = None
    content["padding"] = None
    _write(out / "tokenizer.json", content)
    config = json.loads((base / "tokenizer_config.json").read_text("utf-8"))
    kept = {key: config[key] for key in CONFIG_KEYS if key in config}
    _write(out / "tokenizer_config.json", {**kept, "model_max_length": max_tokens})
    return Tokenizer.from_file(str(out / "tokenizer.json"))


def load_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of a model folder, without truncation and padding."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
