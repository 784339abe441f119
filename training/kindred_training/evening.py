"""Evens out what flows into a MatMul before it is quantised, where a few channels would spoil the scale of all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from .run import feeds

CALIBRATION = Path(__file__).parent / "calibration.txt"  # one text of our own a line
# The kinds of MatMul that are evened out, and how many channels may get a product of their own in fp32. The product
# with the attention's output is left alone: its error is a tenth of the others' and nothing lowers it.
EVENED = {"packed": 0, "up": 0, "down": 2}
POWERS = (0.5, 0.65, 0.8)
WORTH_A_CHANNEL = 0.5  # one more channel apart must leave at most this share of the error
JUDGED = 8  # every so many tokens' products are compared; the range of a text is that of all its tokens


@dataclass(frozen=True)
class Evening:
    """How the input of one MatMul is evened out."""

    factor: np.ndarray  # one a channel: the input is divided by it, the weight multiplied
    apart: np.ndarray  # channels that are taken out and multiplied in fp32


def find_evening(
    model: onnx.ModelProto, token_ids: list[list[int]]
) -> tuple[dict[str, Evening], dict[str, tuple[float, float]]]:
    """
    For each MatMul of the kinds in EVENED the best of some ways, by the error of its product in dynamic int8 over the
    texts; and these relative errors without and with it.

    Dividing an input and multiplying the weight leaves the product as it is (SmoothQuant, arXiv 2211.10438); a channel
    apart is the idea of LLM.int8 (arXiv 2208.07339). In this model the first token of every text drives one or two
    channels of each of the first four inner layers to several times the range of all others.
    """
    weights = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    products = [node for node in model.graph.node if node.op_type == "MatMul" and node.name.endswith(tuple(EVENED))]
    inputs = _record(model, sorted({node.input[0] for node in products}), token_ids)
    chosen: dict[str, Evening] = {}
    errors: dict[str, tuple[float, float]] = {}
    for node in products:
        texts, weight = inputs[node.input[0]], weights[node.input[1]]
        none = Evening(np.ones(len(weight), np.float32), np.array([], np.int64))
        plain = product_error(texts, weight, none)
        best, way = plain, none
        for apart in range(EVENED[node.name.rpartition(".")[2]] + 1):
            error, candidate = min(
                ((product_error(texts, weight, each), each) for each in _candidates(texts, weight, apart)),
                key=lambda pair: pair[0],
            )
            if error < (best if apart == 0 else best * WORTH_A_CHANNEL):
                best, way = error, candidate
        errors[node.name] = (plain, best)
        if best < plain:
            chosen[node.name] = way
    return chosen, errors


def even_out(model: onnx.ModelProto, ways: dict[str, Evening]) -> onnx.ModelProto:
    """The same function with inputs of the named MatMuls evened out; products of channels apart are named `*.apart`."""
    changed = onnx.ModelProto()
    changed.CopyFrom(model)
    weights = {tensor.name: tensor for tensor in changed.graph.initializer}
    nodes: list[onnx.NodeProto] = []

    def constant(name: str, value: np.ndarray) -> str:
        changed.graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    for node in changed.graph.node:
        nodes.append(node)
        way = ways.get(node.name)
        if way is None:
            continue
        name, source, product = node.name, node.input[0], node.output[0]
        exact = numpy_helper.to_array(weights[node.input[1]])
        inverse, weight = 1 / way.factor, exact * way.factor[:, None]
        inverse[way.apart], weight[way.apart] = 0, 0
        weights[node.input[1]].CopyFrom(numpy_helper.from_array(weight, node.input[1]))
        evened = f"{name}.evened"
        nodes.insert(-1, helper.make_node("Mul", [source, constant(f"{name}.evening", inverse)], [evened], name=evened))
        node.input[0] = evened
        if not len(way.apart):
            continue
        node.output[0] = f"{name}.most"
        channels = constant(f"{name}.apart.channels", way.apart)
        few = constant(f"{name}.apart.weight", exact[way.apart])
        nodes += [
            helper.make_node("Gather", [source, channels], [f"{name}.apart.input"], name=f"{name}.apart.input", axis=2),
            helper.make_node("MatMul", [f"{name}.apart.input", few], [f"{name}.apart"], name=f"{name}.apart"),
            helper.make_node("Add", [f"{name}.most", f"{name}.apart"], [product], name=f"{name}.whole"),
        ]
    del changed.graph.node[:]
    changed.graph.node.extend(nodes)
    return changed


def product_error(texts: Sequence[np.ndarray], weight: np.ndarray, way: Evening) -> float:
    """
    Mean over tokens of the relative squared error of `text @ weight` in dynamic int8: one scale a text, one symmetric
    scale a column of the weight, channels apart in fp32.
    """
    inverse, scaled = 1 / way.factor, weight * way.factor[:, None]
    inverse[way.apart], scaled[way.apart] = 0, 0
    column = np.maximum(np.abs(scaled).max(axis=0), 1e-12) / 127
    rounded = np.rint(scaled / column) * column
    judged = np.concatenate([text[::JUDGED] for text in texts])
    ours = np.concatenate([_dynamic(text * inverse)[::JUDGED] for text in texts]) @ rounded
    ours += judged[:, way.apart] @ weight[way.apart]
    exact = judged @ weight
    return float(np.mean(np.square(ours - exact).sum(axis=1) / np.square(exact).sum(axis=1)))


def _dynamic(values: np.ndarray) -> np.ndarray:
    # DynamicQuantizeLinear and back: the range always holds zero.
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    scale = (high - low) / 255 or 1.0
    zero = np.rint(-low / scale)
    return ((np.clip(np.rint(values / scale) + zero, 0, 255) - zero) * scale).astype(np.float32)


def _candidates(texts: Sequence[np.ndarray], weight: np.ndarray, apart: int) -> Iterator[Evening]:
    reach = np.max([np.abs(text).max(axis=0) for text in texts], axis=0)
    channels = np.sort(np.argsort(-reach)[:apart])
    # A channel that is quiet here may be loud in another language: none is treated as quieter than the median.
    reach = np.maximum(reach, np.median(reach))
    rows = np.abs(weight).max(axis=1)
    rows = np.maximum(rows, np.median(rows))
    yield Evening(np.ones(len(weight), np.float32), channels)
    for power in POWERS:
        factor = reach**power / rows ** (1 - power)
        yield Evening((factor / np.median(factor)).astype(np.float32), channels)


def _record(model: onnx.ModelProto, names: list[str], token_ids: list[list[int]]) -> dict[str, list[np.ndarray]]:
    """What flows through the named tensors: one array [tokens, channels] a text."""
    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    watched.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names)
    session = onnxruntime.InferenceSession(watched.SerializeToString(), providers=["CPUExecutionProvider"])
    seen: dict[str, list[np.ndarray]] = {name: [] for name in names}
    for ids in token_ids:
        for name, value in zip(names, session.run(names, feeds(ids)), strict=True):
            seen[name].append(value[0])
    return seen
