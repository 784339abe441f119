"""The smaller forms stay close to the fp32 graph."""

from collections.abc import Callable

import numpy as np
import onnx
import pytest

from kindred_training.agree import cosines
from kindred_training.evening import Evening, even_out, product_error
from kindred_training.quantise import blocks, dynamic_int8, half, quantise_blocks
from kindred_training.run import embed_native

TEXTS = [[2, 40, 90, 3], [2, *range(100, 140), 3], [2, 3]]


@pytest.mark.parametrize(
    ("form", "least"),
    [
        (dynamic_int8, 0.999),
        (lambda model: dynamic_int8(model, words="blocks4", words_block=32), 0.99),
        (lambda model: blocks(model, bits=8), 0.9999),
        (lambda model: blocks(model, bits=4, words="blocks4"), 0.97),
        (lambda model: blocks(model, bits=8, words="fp16"), 0.9999),
        (half, 0.99999),
    ],
    ids=["int8", "int8, words 4 bits", "8 bits", "4 bits", "8 bits, words fp16", "fp16 weights"],
)
def test_form_agrees_with_fp32(
    tiny_graph: onnx.ModelProto, form: Callable[[onnx.ModelProto], onnx.ModelProto], least: float
) -> None:
    assert cosines(embed_native(tiny_graph, TEXTS), embed_native(form(tiny_graph), TEXTS)).min() > least


@pytest.mark.parametrize("bits", [4, 8])
def test_blocks_decode_to_within_one_step(random: np.random.Generator, bits: int) -> None:
    rows = random.standard_normal((5, 64)).astype(np.float32)
    rows[0, :32] = 0
    codes, scales = quantise_blocks(rows, bits, 32)
    if bits == 4:
        codes = np.stack([codes & 15, codes >> 4], axis=-1).reshape(5, 2, 32)
    decoded = (codes.astype(np.float32) - 2 ** (bits - 1)) * scales[..., None]
    assert (np.abs(decoded.reshape(5, 64) - rows) <= np.repeat(np.abs(scales), 32, axis=1)).all()


def test_blocks_refuse_a_length_that_does_not_fit() -> None:
    with pytest.raises(ValueError, match="blocks of 32"):
        quantise_blocks(np.zeros((1, 40), np.float32), 8, 32)


def test_evening_out_leaves_the_function_as_it_is(tiny_graph: onnx.ModelProto, random: np.random.Generator) -> None:
    ways = {
        "layer.0.up": Evening(random.uniform(0.5, 4, 64).astype(np.float32), np.array([], np.int64)),
        "layer.0.down": Evening(random.uniform(0.5, 4, 128).astype(np.float32), np.array([3, 77])),
    }
    evened = even_out(tiny_graph, ways)
    assert np.abs(embed_native(evened, TEXTS) - embed_native(tiny_graph, TEXTS)).max() < 1e-5


def test_a_channel_apart_lowers_the_error_of_an_outlier(random: np.random.Generator) -> None:
    text = random.standard_normal((16, 32)).astype(np.float32)
    text[0, 5] = 100
    weight = random.standard_normal((32, 8)).astype(np.float32)
    ones = np.ones(32, np.float32)
    plain = product_error([text], weight, Evening(ones, np.array([], np.int64)))
    assert product_error([text], weight, Evening(ones, np.array([5]))) < plain / 4
