"""The table of all tasks."""

from . import duplicate, hashtag, interest, search, similarity, storyline
from .pair import Task

TASKS: tuple[Task, ...] = (
    hashtag.TASK,
    interest.TASK,
    storyline.TASK,
    search.TASK,
    similarity.TASK,
    duplicate.TASK,
)
