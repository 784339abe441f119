"""Interest: texts of one intent or one mood, and posts of communities that are near each other."""

import random
from collections import defaultdict
from pathlib import Path

from sklearn.cluster import AgglomerativeClustering
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from ..data.labelled import Labelled, read_clinc, read_goemotions, read_hwu
from ..splits import SIDES, Side
from .communities import topical_posts
from .pair import Built, Item, Pair, Task, item, thin

EVALUATED = 600
# Shares of the task; moods are few, because what a blog post is about is rarely how it feels. Texts of one domain of
# intents ("banking") are no pairs: they would join what intents of that domain must keep apart.
SHARES = {"intent": 0.6, "mood": 0.1, "groups": 0.3}
COMMUNITIES_A_GROUP = 8


def build(data: Path, rng: random.Random, limit: int) -> Built:
    intents = {"clinc": read_clinc(data), "hwu": read_hwu(data)}
    moods = read_goemotions(data)
    groups = _community_groups(data)
    built = Built()
    for at in SIDES:
        total = limit if at == "train" else EVALUATED
        by_intent = {key: rows for name, sides in intents.items() for key, rows in _by(name, sides[at]).items()}
        built.pairs[at] = [
            *_pairs(by_intent, int(total * SHARES["intent"]), "intents", rng),
            *_pairs(_by("goemotions", moods[at]), int(total * SHARES["mood"]), "goemotions", rng),
            *_pairs(groups[at], int(total * SHARES["groups"]), "community groups", rng),
        ]
        built.pool[at] = thin([row for rows in by_intent.values() for row in rows], total, rng)
    return built


def _by(name: str, rows: list[Labelled]) -> dict[str, list[Item]]:
    groups: dict[str, list[Item]] = defaultdict(list)
    for row in rows:
        label = f"{name}/{row.label}"
        groups[label].append(item(row.text, label))
    return groups


def _community_groups(data: Path) -> dict[Side, dict[str, list[Item]]]:
    """Communities whose words are alike, joined into groups side by side; a pair is of two communities of a group."""
    found: dict[Side, dict[str, list[Item]]] = {}
    for at, communities in topical_posts(data).items():
        names = sorted(communities)
        words = TfidfVectorizer(sublinear_tf=True, min_df=3, stop_words="english").fit_transform(
            " ".join(f"{post.title} {post.body[:300]}" for post in communities[name]) for name in names
        )
        size = min(100, len(names) - 1, words.shape[1] - 1)
        topics = normalize(TruncatedSVD(size, random_state=0).fit_transform(words))
        clusters = AgglomerativeClustering(max(2, len(names) // COMMUNITIES_A_GROUP)).fit_predict(topics)
        found[at] = defaultdict(list)
        for name, cluster in zip(names, clusters, strict=True):
            group = f"community-group/{at}/{cluster}"
            found[at][group].extend(item(post.title, group, f"community/{name}") for post in communities[name])
    return found


def _pairs(groups: dict[str, list[Item]], total: int, source: str, rng: random.Random) -> list[Pair]:
    names = sorted(name for name, rows in groups.items() if len(rows) >= 4)
    pairs: list[Pair] = []
    while names and len(pairs) < total:
        for name in rng.sample(names, len(names)):
            anchor, *others = rng.sample(groups[name], 4)
            pairs.append(Pair(anchor, others[0], frozenset({name}), source, choices=tuple(others)))
    return pairs[:total]


TASK = Task(
    name="interest",
    meaning="texts of one intent or mood, and posts of communities with a common subject",
    sources=("CLINC150 (CC BY 3.0)", "HWU64 (CC BY-SA 3.0)", "GoEmotions (Apache-2.0)", "reddit-train (PDDL 1.0)"),
    build=build,
    limit=8_000,
)
