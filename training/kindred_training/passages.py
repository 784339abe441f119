"""
A text cut as the app cuts it (src/core/text/passages.ts): a passage is the title with the summary, or whole sentences
of the text of about as many words as the app aims at (`AIM_TOKENS` there).
"""

import re

AIM_WORDS = 95
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n\s*\n")


def passages(head: str, text: str) -> list[str]:
    """The head, then runs of sentences; a sentence longer than the aim stands alone. Never empty."""
    found: list[list[str]] = []
    words = 0
    for sentence in _SENTENCE.split(text):
        length = len(sentence.split())
        if length == 0:
            continue
        if not found or words + length > AIM_WORDS:
            found.append([])
            words = 0
        found[-1].append(sentence.strip())
        words += length
    return [head, *(" ".join(run) for run in found)]
