"""The encoder as an ONNX graph: pooling, projection and L2 normalisation inside."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .base import Encoder

OPSET = 17
IR_VERSION = 9
CONTRIB = "com.microsoft"
MASKED = 1e4  # subtracted from the logits of padding; small enough for fp16
PROJECTION = "projection"  # the name of its product
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
    Output sentence_embedding: fp32 [batch, dimension], rows of unit length.
    """
    graph = Graph()
    hidden = _embeddings(graph, encoder)
    mask = graph.node("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
    bias = _attention_bias(graph, mask)
    for layer in range(encoder.layers):
        # With CLS pooling nobody reads the other tokens of the last layer; they still give it keys and values.
        only_first = encoder.pooling == "cls" and layer == encoder.layers - 1
        hidden = _layer(graph, encoder, layer, hidden, bias, only_first)
    _pool(graph, encoder, hidden, mask)
    return _model(graph, encoder.dimension)


def _matmul(graph: Graph, name: str, source: str, weight: np.ndarray) -> str:
    return graph.node("MatMul", [source, graph.constant(f"{name}.weight", weight)], name)


def _layer(graph: Graph, encoder: Encoder, layer: int, hidden: str, bias: str, only_first: bool) -> str:
    at, own = f"encoder.layer.{layer}", f"layer.{layer}"
    weights = encoder.weights

    def skip_norm(name: str, source: str, skip: str, prefix: str, bias: str) -> str:
        gamma = graph.constant(f"{name}.gamma", weights[f"{prefix}.LayerNorm.weight"])
        beta = graph.constant(f"{name}.beta", weights[f"{prefix}.LayerNorm.bias"])
        added = graph.constant(f"{name}.bias", weights[bias])
        inputs = [source, skip, gamma, beta, added]
        return graph.node("SkipLayerNormalization", inputs, name, CONTRIB, epsilon=encoder.epsilon)

    packed = _packed(graph, encoder, own, hidden, at, ("key", "value") if only_first else ("query", "key", "value"))
    query = None
    if only_first:
        hidden = _first_token(graph, hidden)
        query = _packed(graph, encoder, f"{own}.first", hidden, at, ("query",))
    attended = _attend(graph, encoder, own, packed, query, bias)
    mixed = _matmul(graph, f"{own}.mix", attended, weights[f"{at}.attention.output.dense.weight"].T)
    hidden = skip_norm(f"{own}.attended", mixed, hidden, f"{at}.attention.output", f"{at}.attention.output.dense.bias")
    wide = _matmul(graph, f"{own}.up", hidden, weights[f"{at}.intermediate.dense.weight"].T)
    up_bias = graph.constant(f"{own}.up.bias", weights[f"{at}.intermediate.dense.bias"])
    active = graph.node("BiasGelu", [wide, up_bias], f"{own}.active", CONTRIB)
    narrow = _matmul(graph, f"{own}.down", active, weights[f"{at}.output.dense.weight"].T)
    return skip_norm(f"{own}.output", narrow, hidden, f"{at}.output", f"{at}.output.dense.bias")


def _packed(graph: Graph, encoder: Encoder, own: str, hidden: str, at: str, parts: tuple[str, ...]) -> str:
    """Some of query, key and value in one product; the query carries the 1/sqrt(head width) of attention."""
    weights, biases = [], []
    for part in parts:
        factor = np.float32((encoder.width / encoder.heads) ** -0.5 if part == "query" else 1)
        weights.append(encoder.weights[f"{at}.attention.self.{part}.weight"].T * factor)
        biases.append(encoder.weights[f"{at}.attention.self.{part}.bias"] * factor)
    product = _matmul(graph, f"{own}.packed", hidden, np.concatenate(weights, axis=1))
    bias = graph.constant(f"{own}.packed.bias", np.concatenate(biases))
    return graph.node("Add", [product, bias], f"{own}.packed.biased")


def _first_token(graph: Graph, hidden: str) -> str:
    """[batch, 1, width]."""
    zero, one = (graph.constant(f"first.{name}", np.array([at], np.int64)) for name, at in (("start", 0), ("end", 1)))
    return graph.node("Slice", [hidden, zero, one, one], "first")


def _attend(graph: Graph, encoder: Encoder, own: str, packed: str, query: str | None, bias: str) -> str:
    # Standard operators, not MultiHeadAttention: its WebGPU kernel is wrong where a subgroup has four lanes.
    head = encoder.width // encoder.heads

    def by_head(source: str, count: int, name: str, suffix: str) -> str:
        """[batch, count, tokens, head width]."""
        shape = graph.shared(f"shape.heads{suffix}", np.array([0, 0, count, head], np.int64))
        heads = graph.node("Reshape", [source, shape], f"{name}.heads")
        return graph.node("Transpose", [heads], f"{name}.ordered", perm=[0, 2, 1, 3])

    key, value = f"{own}.key", f"{own}.value"
    if query is None:
        query = f"{own}.query"
        graph.split(by_head(packed, 3 * encoder.heads, own, ""), [query, key, value], axis=1)
    else:
        graph.split(by_head(packed, 2 * encoder.heads, own, ".two"), [key, value], axis=1)
        query = by_head(query, encoder.heads, f"{own}.first", ".one")
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


def _pool(graph: Graph, encoder: Encoder, hidden: str, mask: str) -> None:
    axis = graph.constant("axes.tokens", np.array([1], np.int64))
    if encoder.pooling == "mean":
        # The sum over tokens: dividing by their number changes nothing once the row has unit length.
        row = graph.node("Unsqueeze", [mask, axis], "mask.row")
        hidden = graph.node("MatMul", [row, hidden], "pooled.row")
    pooled = graph.node("Squeeze", [hidden, axis], "pooled")
    if encoder.projection is not None:
        pooled = _matmul(graph, PROJECTION, pooled, encoder.projection.T)
    norm = graph.node("ReduceL2", [pooled], "norm", axes=[1], keepdims=1)
    safe = graph.node("Max", [norm, graph.constant("tiny_norm", np.array([TINY_NORM], np.float32))], "norm.safe")
    graph.node("Div", [pooled, safe], "sentence_embedding")


def _model(graph: Graph, dimension: int) -> onnx.ModelProto:
    shape = ["batch", "sequence"]
    names = ("input_ids", "attention_mask", "token_type_ids")
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in names]
    output = helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["batch", dimension])
    body = helper.make_graph(graph.nodes, "encoder", inputs, [output], graph.initializers)
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=IR_VERSION, producer_name="kindred-training")
