"""Texts of real posts for measuring agreement: `python -m kindred_training.sample --blog DIR --out texts.jsonl`."""

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path

from tokenizers import Tokenizer

from .base import minilm_folder
from .tokenizer import load_tokenizer

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n\s*\n")


def whole_sentences(text: str, tokenizer: Tokenizer, max_tokens: int) -> str:
    """The longest run of whole sentences from the start that has at most `max_tokens` tokens; may be empty."""
    kept: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        if len(tokenizer.encode(" ".join([*kept, sentence])).ids) > max_tokens:
            break
        if sentence.strip():
            kept.append(" ".join(sentence.split()))
    return " ".join(kept)


def sample_blog(blog: Path, count: int, max_tokens: int) -> Iterator[dict[str, str]]:
    """`count` posts spread evenly over a blog's posts.jsonl, as {"id", "text"} with title and first sentences."""
    lines = (blog / "posts.jsonl").read_text("utf-8").splitlines()
    if len(lines) < count:
        raise ValueError(f"{blog}/posts.jsonl has {len(lines)} posts, {count} were asked for")
    tokenizer = load_tokenizer(minilm_folder())
    for index in range(count):
        post = json.loads(lines[index * len(lines) // count])
        text = whole_sentences(f"{post['title']}.\n\n{post['text']}", tokenizer, max_tokens)
        yield {"id": post["id"], "text": text}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--blog", type=Path, required=True, help="folder with a posts.jsonl of {id, title, text}")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--max-tokens", type=int, default=256)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    rows = sample_blog(options.blog, options.count, options.max_tokens)
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text("".join(lines), "utf-8")
    print(f"{len(lines)} texts in {options.out}")


if __name__ == "__main__":
    main()
