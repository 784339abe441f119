"""Talks at Python conferences: title, description, tags; some were given more than once."""

import re
from dataclasses import dataclass
from pathlib import Path

from .lines import json_lines


@dataclass(frozen=True)
class Talk:
    id: str
    event: str
    title: str
    description: str
    tags: tuple[str, ...]
    speakers: tuple[str, ...]
    date: str

    @property
    def name(self) -> str:
        """The title as it compares: lower case, words only."""
        return " ".join(re.findall(r"\w+", self.title.lower()))


def read_talks(data: Path) -> list[Talk]:
    """The talks in English, those whose language is not stated included."""
    return [_talk(row) for row in json_lines(data / "pyvideo" / "videos.jsonl") if row["language"] in ("eng", "")]


def _talk(row: dict) -> Talk:
    return Talk(
        id=row["id"],
        event=row["event"],
        title=row["title"].strip(),
        description=plain(row["description"] or row["summary"] or ""),
        tags=tuple(tag.lower().strip() for tag in row["tags"]),
        speakers=tuple(row["speakers"]),
        date=row["recorded"] or "",
    )


def plain(text: str) -> str:
    """Descriptions are hard-wrapped, with addresses and the room in brackets: lines joined, those left out."""
    paragraphs = re.split(r"\n\s*\n", text)
    joined = (re.sub(r"\s+", " ", re.sub(r"https?://\S+|\[[^\]]{0,60}\]", " ", part)).strip() for part in paragraphs)
    return "\n\n".join(part for part in joined if part)
