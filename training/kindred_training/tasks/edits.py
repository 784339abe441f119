"""What happens to a post on its way to another place: shortened, reordered, reworded, trimmed; and changed numbers."""

import random
import re

SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
NUMBER = re.compile(r"\d+")
# Both directions; common words of posts that can stand for each other without changing what is said.
SYNONYMS = [
    ("begin", "start"), ("help", "assist"), ("big", "large"), ("show", "demonstrate"), ("use", "employ"),
    ("buy", "purchase"), ("build", "create"), ("quick", "fast"), ("quickly", "rapidly"), ("often", "frequently"),
    ("need", "require"), ("get", "obtain"), ("many", "numerous"), ("about", "regarding"), ("also", "additionally"),
    ("but", "however"), ("problem", "issue"), ("easy", "simple"), ("hard", "difficult"), ("important", "crucial"),
    ("talk", "presentation"), ("learn", "discover"), ("tell", "explain"), ("people", "folks"), ("work", "function"),
    ("try", "attempt"), ("think", "believe"), ("end", "finish"), ("whole", "entire"), ("enough", "sufficient"),
    ("better", "improved"), ("improve", "enhance"), ("choose", "select"), ("keep", "retain"), ("change", "alter"),
    ("answer", "reply"), ("car", "vehicle"), ("kid", "child"), ("job", "position"), ("boss", "manager"),
    ("house", "home"), ("money", "funds"), ("happy", "glad"), ("sad", "unhappy"), ("smart", "clever"),
    ("small", "little"), ("old", "former"), ("new", "recent"), ("software", "programs"), ("user", "person using it"),
    ("agency", "department"), ("website", "site"), ("video", "recording"), ("guide", "walkthrough"),
]  # fmt: skip
REPLACEMENTS = {a: b for a, b in SYNONYMS} | {b: a for a, b in SYNONYMS if " " not in b}
OPENINGS = [
    "Originally published on our blog.",
    "Cross-posted from the team's site.",
    "This post first appeared elsewhere.",
    "New on the blog:",
    "ICYMI:",
    "We wrote about this:",
]


def sentences(text: str) -> list[str]:
    """Sentences and lines of a text."""
    return [part.strip() for part in SENTENCE.split(text) if part.strip()]


def reword(text: str, rng: random.Random) -> str:
    """About half of the words that have a synonym replaced by it."""

    def swap(match: re.Match[str]) -> str:
        word = match.group()
        other = REPLACEMENTS.get(word.lower())
        if other is None or rng.random() < 0.5:
            return word
        return other.capitalize() if word[0].isupper() else other

    return re.sub(r"[A-Za-z]+", swap, text)


def edit(text: str, rng: random.Random) -> str:
    """The same message in another form: one or two of shortening, reordering, trimming to the start; then rewording."""
    parts = sentences(text)
    kind = rng.choice(["shorten", "reorder", "trim", "tail"])
    if kind == "shorten" and len(parts) >= 3:
        kept = [part for part in parts if rng.random() < 0.6]
        parts = kept or parts[:1]
    elif kind == "reorder":
        rng.shuffle(parts)
    elif kind == "trim":
        parts = parts[: max(2, len(parts) // 3)]
    elif kind == "tail" and len(parts) >= 4:
        parts = parts[1:]
    if rng.random() < 0.3:
        parts.insert(0, rng.choice(OPENINGS))
    return reword(" ".join(parts), rng)


def change_numbers(text: str, rng: random.Random) -> str | None:
    """Every number another of as many digits, years included; None when there is no number: no other text then."""
    if not NUMBER.search(text):
        return None

    def other(match: re.Match[str]) -> str:
        digits = match.group()
        lowest = 10 ** (len(digits) - 1) if len(digits) > 1 else 0
        choice = rng.randrange(lowest, 10 ** len(digits))
        return str(choice if choice != int(digits) else lowest + (choice - lowest + 1) % (10 ** len(digits) - lowest))

    return NUMBER.sub(other, text)
