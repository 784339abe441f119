"""The encoder as an ONNX graph: mean pooling and L2 normalisation inside."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .base import Encoder

OPSET = 17
IR_VERSION = 9
CONTRIB = "com.microsoft"
MASKED = 1e4  # subtracted from the logits of padding; small enough for fp16
TINY_NORM = 1e-12  # as torch.nn.functional.normalize


class Graph:
    """Collects nodes and weights; most methods return the name of the tensor that they add."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def shared(self, name: str, value: np.ndarray) -> str:
        return name if any(known.name == name for known in self.initializers) else self.constant(name, value)

    def node(self, op: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(op, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def split(self, source: str, outputs: list[str], axis: int) -> None:
        self.nodes.append(helper.make_node("Split", [source], outputs, name=f"{source}.split", axis=axis))


def build(encoder: Encoder) -> onnx.ModelProto:
    """
    fp32 graph of a sentence encoder, in operators that have kernels both for WebAssembly and for WebGPU.

    Inputs input_ids, attention_mask, token_type_ids: int64 [batch, sequence].
    Output sentence_embedding: fp32 [batch, width], rows of unit length.
    """
    graph = Graph()
    weights = encoder.weights

    def matmul(name: str, source: str, weight: np.ndarray) -> str:
        return graph.node("MatMul", [source, graph.constant(f"{name}.weight", weight)], name)

    def skip_norm(name: str, source: str, skip: str, prefix: str, bias: str) -> str:
        gamma = graph.constant(f"{name}.gamma", weights[f"{prefix}.LayerNorm.weight"])
        beta = graph.constant(f"{name}.beta", weights[f"{prefix}.LayerNorm.bias"])
        added = graph.constant(f"{name}.bias", weights[bias])
        inputs = [source, skip, gamma, beta, added]
        return graph.node("SkipLayerNormalization", inputs, name, CONTRIB, epsilon=encoder.epsilon)

    hidden = _embeddings(graph, encoder)
    mask = graph.node("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
    bias = _attention_bias(graph, mask)

    for layer in range(encoder.layers):
        at, own = f"encoder.layer.{layer}", f"layer.{layer}"
        weight, packed_bias = _packed_projection(encoder, at)
        packed = matmul(f"{own}.packed", hidden, weight)
        packed = graph.node("Add", [packed, graph.constant(f"{own}.packed.bias", packed_bias)], f"{own}.packed.biased")
        attended = _attend(graph, encoder, own, packed, bias)
        mixed = matmul(f"{own}.mix", attended, weights[f"{at}.attention.output.dense.weight"].T)
        hidden = skip_norm(
            f"{own}.attended", mixed, hidden, f"{at}.attention.output", f"{at}.attention.output.dense.bias"
        )
        wide = matmul(f"{own}.up", hidden, weights[f"{at}.intermediate.dense.weight"].T)
        up_bias = graph.constant(f"{own}.up.bias", weights[f"{at}.intermediate.dense.bias"])
        active = graph.node("BiasGelu", [wide, up_bias], f"{own}.active", CONTRIB)
        narrow = matmul(f"{own}.down", active, weights[f"{at}.output.dense.weight"].T)
        hidden = skip_norm(f"{own}.output", narrow, hidden, f"{at}.output", f"{at}.output.dense.bias")

    _pool(graph, hidden, mask)
    return _model(graph, encoder.width)


def _packed_projection(encoder: Encoder, at: str) -> tuple[np.ndarray, np.ndarray]:
    """Query, key and value in one product; the query carries the 1/sqrt(head width) of attention."""
    scale = np.float32((encoder.width / encoder.heads) ** -0.5)
    weights, biases = [], []
    for part, factor in (("query", scale), ("key", np.float32(1)), ("value", np.float32(1))):
        weights.append(encoder.weights[f"{at}.attention.self.{part}.weight"].T * factor)
        biases.append(encoder.weights[f"{at}.attention.self.{part}.bias"] * factor)
    return np.concatenate(weights, axis=1), np.concatenate(biases)


def _attend(graph: Graph, encoder: Encoder, own: str, packed: str, bias: str) -> str:
    # Standard operators, not MultiHeadAttention: its WebGPU kernel is wrong where a subgroup has four lanes.
    head = encoder.width // encoder.heads
    shape = graph.shared("shape.heads", np.array([0, 0, 3 * encoder.heads, head], np.int64))
    heads = graph.node("Reshape", [packed, shape], f"{own}.heads")
    ordered = graph.node("Transpose", [heads], f"{own}.ordered", perm=[0, 2, 1, 3])
    query, key, value = parts = [f"{own}.query", f"{own}.key", f"{own}.value"]
    graph.split(ordered, parts, axis=1)
    turned = graph.node("Transpose", [key], f"{own}.key.turned", perm=[0, 1, 3, 2])
    logits = graph.node("MatMul", [query, turned], f"{own}.logits")
    masked = graph.node("Add", [logits, bias], f"{own}.logits.masked")
    shares = graph.node("Softmax", [masked], f"{own}.shares", axis=-1)
    weighted = graph.node("MatMul", [shares, value], f"{own}.weighted")
    tokens = graph.node("Transpose", [weighted], f"{own}.tokens", perm=[0, 2, 1, 3])
    flat = graph.shared("shape.width", np.array([0, 0, encoder.width], np.int64))
    return graph.node("Reshape", [tokens, flat], f"{own}.attention")


def _embeddings(graph: Graph, encoder: Encoder) -> str:
    # Left unfused: WebGPU has no kernel for EmbedLayerNormalization.
    at = "embeddings"
    table = {part: encoder.weights[f"{at}.{part}_embeddings.weight"] for part in ("word", "position", "token_type")}
    words = graph.node("Gather", [graph.constant("words.table", table["word"]), "input_ids"], "words")
    types = graph.node("Gather", [graph.constant("types.table", table["token_type"]), "token_type_ids"], "types")
    length = graph.node("Shape", ["input_ids"], "length", start=1, end=2)
    zero = graph.constant("positions.start", np.array([0], np.int64))
    positions_table = graph.constant("positions.table", table["position"])
    positions = graph.node("Slice", [positions_table, zero, length, zero], "positions")
    typed = graph.node("Add", [words, types], "words_and_types")
    summed = graph.node("Add", [typed, positions], "embedded")
    gamma = graph.constant("embeddings.gamma", encoder.weights[f"{at}.LayerNorm.weight"])
    beta = graph.constant("embeddings.beta", encoder.weights[f"{at}.LayerNorm.bias"])
    return graph.node("LayerNormalization", [summed, gamma, beta], "embeddings", epsilon=encoder.epsilon)


def _attention_bias(graph: Graph, mask: str) -> str:
    """[batch, 1, 1, sequence]: zero for tokens, far below for padding."""
    columns = graph.node(
        "Unsqueeze", [mask, graph.constant("axes.columns", np.array([1, 2], np.int64))], "mask.columns"
    )
    lowered = graph.node("Sub", [columns, graph.constant("one", np.array(1, np.float32))], "mask.lowered")
    return graph.node("Mul", [lowered, graph.constant("masked", np.array(MASKED, np.float32))], "attention_bias")


def _pool(graph: Graph, hidden: str, mask: str) -> str:
    # The sum over tokens: dividing by their number changes nothing once the row has unit length.
    axis = graph.constant("axes.tokens", np.array([1], np.int64))
    row = graph.node("Unsqueeze", [mask, axis], "mask.row")
    total = graph.node("MatMul", [row, hidden], "pooled.row")
    pooled = graph.node("Squeeze", [total, axis], "pooled")
    norm = graph.node("ReduceL2", [pooled], "norm", axes=[1], keepdims=1)
    safe = graph.node("Max", [norm, graph.constant("tiny_norm", np.array([TINY_NORM], np.float32))], "norm.safe")
    return graph.node("Div", [pooled, safe], "sentence_embedding")


def _model(graph: Graph, width: int) -> onnx.ModelProto:
    shape = ["batch", "sequence"]
    names = ("input_ids", "attention_mask", "token_type_ids")
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in names]
    output = helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["batch", width])
    body = helper.make_graph(graph.nodes, "encoder", inputs, [output], graph.initializers)
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=IR_VERSION, producer_name="kindred-training")
