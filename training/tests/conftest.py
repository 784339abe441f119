"""The tiny model, made once for all tests."""

from pathlib import Path

import numpy as np
import onnx
import pytest

from kindred_training.base import load_encoder
from kindred_training.export import TINY, export
from kindred_training.graph import build
from kindred_training.tiny import write_tiny_base


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("base")
    write_tiny_base(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_graph(tiny_base: Path) -> onnx.ModelProto:
    return build(load_encoder(tiny_base))


@pytest.fixture(scope="session")
def tiny_folder(tiny_base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("tiny")
    export(TINY, tiny_base, out, tmp_path_factory.mktemp("build"))
    return out


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(1)
