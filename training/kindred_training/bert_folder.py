"""A BERT encoder in ONNX turned back into a folder that sentence-transformers loads, and the proof that both agree."""

import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import numpy_helper
from safetensors.numpy import save_file

from .agree import cosines
from .run import feeds

DENSE = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
LEAST_COSINE = 0.99999
CHECKED_TEXTS = (
    "hello",
    "How do I roll back a database migration without losing the rows that were written since?",
    "Crème brûlée à la façon de Zoë, 2024-09-30: p95 = 318 ms.",
    "We moved the search index out of the main database last month, and I promised to write down how it went. " * 9,
)


def write_bert_folder(network: Path, tokenizer: dict[str, object], folder: Path, name: str, heads: int) -> None:
    """
    Writes config, weights by their Hugging Face names, tokenizer and the modules Transformer, CLS Pooling, Normalize.

    `network` is an encoder exported by PyTorch: its tables, norms and biases kept their names; the weights of its
    products did not, and are found by the bias that is added to them. Raises ValueError where one is not found. The
    number of `heads` is not in the file; `check_folder` finds a wrong one.
    """
    weights = _weights(onnx.load(network))
    width = weights["embeddings.word_embeddings.weight"].shape[1]
    pooler = np.zeros((width, width), np.float32)  # never used for embeddings; there so that loading invents nothing
    weights |= {"pooler.dense.weight": pooler, "pooler.dense.bias": np.zeros(width, np.float32)}
    tokens = weights["embeddings.position_embeddings.weight"].shape[0]
    config = {
        "_name_or_path": name,
        "architectures": ["BertModel"],
        "attention_probs_dropout_prob": 0.1,
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1,
        "hidden_size": width,
        "initializer_range": 0.02,
        "intermediate_size": weights["encoder.layer.0.intermediate.dense.bias"].shape[0],
        "layer_norm_eps": 1e-12,
        "max_position_embeddings": tokens,
        "model_type": "bert",
        "num_attention_heads": heads,
        "num_hidden_layers": _layers(weights),
        "pad_token_id": 0,
        "type_vocab_size": weights["embeddings.token_type_embeddings.weight"].shape[0],
        "vocab_size": weights["embeddings.word_embeddings.weight"].shape[0],
    }
    special = {f"{part}_token": f"[{part.upper()}]" for part in ("unk", "sep", "pad", "cls", "mask")}
    kept = {"do_lower_case": True, **special, "tokenize_chinese_chars": True, "strip_accents": None}
    modules = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    files = {
        "config.json": config,
        "tokenizer.json": tokenizer,
        "tokenizer_config.json": {**kept, "tokenizer_class": "BertTokenizer", "model_max_length": tokens},
        "special_tokens_map.json": special,
        "sentence_bert_config.json": {"max_seq_length": tokens, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": width,
            "pooling_mode_cls_token": True,
            "pooling_mode_mean_tokens": False,
            "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False,
        },
        "modules.json": [
            {"idx": index, "name": str(index), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for index, (path, kind) in enumerate(modules)
        ],
    }
    (folder / "1_Pooling").mkdir(parents=True)
    for path, content in files.items():
        (folder / path).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
    save_file(weights, folder / "model.safetensors", {"format": "pt"})


def check_folder(folder: Path, network: Path) -> float:
    """Worst cosine between folder and ONNX file over some texts; raises ValueError below LEAST_COSINE."""
    from .reference import reference_vectors
    from .tokenizer import load_tokenizer

    tokenizer = load_tokenizer(folder)
    session = onnxruntime.InferenceSession(str(network), providers=["CPUExecutionProvider"])
    room = json.loads((folder / "config.json").read_text("utf-8"))["max_position_embeddings"]
    texts = [text for text in CHECKED_TEXTS if len(tokenizer.encode(text).ids) <= room]
    theirs = [session.run(None, feeds(tokenizer.encode(text).ids))[0][0, 0] for text in texts]
    worst = float(cosines(np.array(theirs), reference_vectors(folder, texts)).min())
    if worst < LEAST_COSINE:
        raise ValueError(f"{folder} gives other vectors than {network}: cosine {worst:.6f}, expected {LEAST_COSINE}")
    return worst


def _weights(model: onnx.ModelProto) -> dict[str, np.ndarray]:
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    made_by = {output: node for node in model.graph.node for output in node.output}
    added_to = {
        operand: other
        for node in model.graph.node
        if node.op_type == "Add"
        for operand, other in (tuple(node.input), tuple(reversed(node.input)))
        if operand in tensors
    }
    named = {name: tensor for name, tensor in tensors.items() if name.startswith(("embeddings.", "encoder."))}
    weights = {name: np.array(numpy_helper.to_array(tensor), np.float32) for name, tensor in named.items()}
    for layer in range(_layers(weights)):
        for part in DENSE:
            name = f"encoder.layer.{layer}.{part}"
            product = made_by.get(added_to.get(f"{name}.bias", ""))
            if product is None or product.op_type != "MatMul" or product.input[1] not in tensors:
                raise ValueError(f"the ONNX file has no product whose bias is {name}.bias")
            weights[f"{name}.weight"] = np.ascontiguousarray(numpy_helper.to_array(tensors[product.input[1]]).T)
    return weights


def _layers(weights: dict[str, np.ndarray]) -> int:
    return 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))
