"""Smaller forms of the fp32 graph: dynamic int8 for WebAssembly, blocks of 8 or 4 bits for WebGPU."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from .graph import CONTRIB, PROJECTION

WORDS_BLOCK = 64  # 128 would save 0.4 MB, but the width of the tiny model is 64


def dynamic_int8(
    model: onnx.ModelProto,
    *,
    per_channel: bool = True,
    signed: bool = False,
    symmetric: bool = True,
    reduce_range: bool = False,
    words: str = "rows",
    words_block: int = WORDS_BLOCK,
) -> onnx.ModelProto:
    """
    Every MatMul with a weight becomes MatMulInteger over inputs that are quantised at run time, one scale a tensor.

    Weights are unsigned with the zero at 128 by default, which is exact on every kernel: signed ones saturate in the
    native AVX2 kernel (not in WebAssembly). MatMuls named `*.apart` and the projection, which is one row a text, stay
    fp32. `words` is how the word table is stored: `rows` (int8, one scale a row), `tensor` (one scale for all) or
    `blocks4` (GatherBlockQuantized).
    """
    exact = [node.name for node in model.graph.node if node.name.endswith(".apart")]
    with TemporaryDirectory() as folder:
        out = Path(folder) / "model.onnx"
        quantize_dynamic(
            _copy(model),
            out,
            op_types_to_quantize=["MatMul", "Gather"] if words == "tensor" else ["MatMul"],
            nodes_to_exclude=["types", PROJECTION, *exact],
            per_channel=per_channel,
            reduce_range=reduce_range,
            weight_type=QuantType.QInt8 if signed else QuantType.QUInt8,
            extra_options={
                "MatMulConstBOnly": True,
                "DefaultTensorType": TensorProto.FLOAT,
                "WeightSymmetric": symmetric,
            },
        )
        quantised = onnx.load(out)
    if words == "blocks4":
        return _replace(quantised, *_word_blocks(quantised, 4, words_block))
    return int8_rows(quantised) if words == "rows" else quantised


def int8_rows(model: onnx.ModelProto) -> onnx.ModelProto:
    """The word table in int8 with one symmetric scale a row, in standard operators."""
    table = _array(model, "words.table")
    scales = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-12) / 127
    quantised = np.rint(table / scales).astype(np.int8)
    nodes = [
        helper.make_node("Gather", ["words.table", "input_ids"], ["words.int8"], name="words.int8"),
        helper.make_node("Gather", ["words.scales", "input_ids"], ["words.scale"], name="words.scale"),
        helper.make_node("Cast", ["words.int8"], ["words.whole"], name="words.whole", to=TensorProto.FLOAT),
        helper.make_node("Mul", ["words.whole", "words.scale"], ["words"], name="words"),
    ]
    return _replace(
        model, {"words": nodes}, {"words.table": {"words.table": quantised, "words.scales": scales.astype(np.float32)}}
    )


def blocks(
    model: onnx.ModelProto,
    *,
    bits: int,
    block: int = 32,
    words: str = "blocks8",
    words_block: int = WORDS_BLOCK,
    accuracy_level: int = 0,
) -> onnx.ModelProto:
    """
    Every MatMul with a weight becomes MatMulNBits: symmetric blocks of `block` inputs, fp32 activations.

    `words` is how the word table is stored: `blocks8`, `blocks4` (GatherBlockQuantized) or `fp16` (with a Cast).
    """
    nodes: dict[str, list[onnx.NodeProto]] = {}
    weights: dict[str, dict[str, np.ndarray]] = {}
    constants = {tensor.name for tensor in model.graph.initializer}
    biases = {node.input[0]: node for node in model.graph.node if node.op_type == "Add" and node.input[1] in constants}
    for node in model.graph.node:
        if node.op_type != "MatMul" or node.input[1] not in constants:
            continue
        name = node.input[1]
        weight = _array(model, name)
        inputs, outputs = weight.shape
        packed, scales = quantise_blocks(weight.T, bits, block)
        bias = biases.get(node.output[0])
        inputs_of_product = [node.input[0], name, f"{name}.scales"]
        if bias is not None:
            inputs_of_product += ["", "", bias.input[1]]
            nodes[bias.name] = []
        nodes[node.name] = [
            helper.make_node(
                "MatMulNBits",
                inputs_of_product,
                list(node.output if bias is None else bias.output),
                name=node.name,
                domain=CONTRIB,
                K=inputs,
                N=outputs,
                bits=bits,
                block_size=block,
                accuracy_level=accuracy_level,
            )
        ]
        weights[name] = {name: packed, f"{name}.scales": scales.reshape(-1)}
    if words == "fp16":
        nodes["words"] = [
            helper.make_node("Gather", ["words.table", "input_ids"], ["words.half"], name="words.half"),
            helper.make_node("Cast", ["words.half"], ["words"], name="words", to=TensorProto.FLOAT),
        ]
        weights["words.table"] = {"words.table": _array(model, "words.table").astype(np.float16)}
    else:
        word_nodes, word_weights = _word_blocks(model, 8 if words == "blocks8" else 4, words_block)
        nodes |= word_nodes
        weights |= word_weights
    return _replace(model, nodes, weights)


def _word_blocks(
    model: onnx.ModelProto, bits: int, block: int
) -> tuple[dict[str, list[onnx.NodeProto]], dict[str, dict[str, np.ndarray]]]:
    """What `_replace` needs to store the word table in blocks of each row."""
    packed, scales = quantise_blocks(_array(model, "words.table"), bits, block)
    node = helper.make_node(
        "GatherBlockQuantized",
        ["words.table", "input_ids", "words.scales"],
        ["words"],
        name="words",
        domain=CONTRIB,
        bits=bits,
        block_size=block,
        gather_axis=0,
        quantize_axis=1,
    )
    table = {"words.table": packed.reshape(len(packed), -1), "words.scales": scales}
    return {"words": [node]}, {"words.table": table}


def half(model: onnx.ModelProto, smallest: int = 4096) -> onnx.ModelProto:
    """Every table and weight of at least `smallest` numbers is stored in fp16 and cast to fp32 when it is used."""
    changed = _copy(model)
    casts = []
    for tensor in changed.graph.initializer:
        value = numpy_helper.to_array(tensor)
        if value.dtype == np.float32 and value.size >= smallest:
            name = tensor.name
            tensor.CopyFrom(numpy_helper.from_array(value.astype(np.float16), f"{name}.half"))
            casts.append(helper.make_node("Cast", [f"{name}.half"], [name], name=f"{name}.cast", to=TensorProto.FLOAT))
    nodes = [*casts, *changed.graph.node]
    del changed.graph.node[:]
    changed.graph.node.extend(nodes)
    return changed


def quantise_blocks(rows: np.ndarray, bits: int, block: int) -> tuple[np.ndarray, np.ndarray]:
    """
    Symmetric blocks along each row: uint8 [rows, blocks, block * bits / 8] with the zero at 2^(bits-1), low nibble
    first, and fp32 scales [rows, blocks]. The row length must be a multiple of `block`.
    """
    count, length = rows.shape
    if length % block:
        raise ValueError(f"rows of {length} cannot be cut into blocks of {block}")
    cut = rows.reshape(count, length // block, block)
    largest = np.take_along_axis(cut, np.abs(cut).argmax(axis=2)[..., None], axis=2)
    zero = 1 << (bits - 1)
    # The side with the larger magnitude gets the one code more that two's complement has there.
    scales = np.where(largest == 0, 1, largest / -zero).astype(np.float32)
    codes = np.clip(np.rint(cut / scales) + zero, 0, 2 * zero - 1).astype(np.uint8)
    if bits == 4:
        codes = codes[..., 0::2] | (codes[..., 1::2] << 4)
    return codes, scales[..., 0]


def _array(model: onnx.ModelProto, name: str) -> np.ndarray:
    return numpy_helper.to_array(next(tensor for tensor in model.graph.initializer if tensor.name == name))


def _copy(model: onnx.ModelProto) -> onnx.ModelProto:
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    return copy


def _replace(
    model: onnx.ModelProto, nodes: dict[str, list[onnx.NodeProto]], weights: dict[str, dict[str, np.ndarray]]
) -> onnx.ModelProto:
    """A copy of the model with some nodes and weights, by name, replaced by others."""
    graph = helper.make_graph(
        [new for node in model.graph.node for new in nodes.get(node.name, [node])],
        model.graph.name,
        model.graph.input,
        model.graph.output,
        [tensor for tensor in model.graph.initializer if tensor.name not in weights]
        + [
            numpy_helper.from_array(np.ascontiguousarray(array), name)
            for new in weights.values()
            for name, array in new.items()
        ],
    )
    return helper.make_model(
        graph, opset_imports=model.opset_import, ir_version=model.ir_version, producer_name=model.producer_name
    )
