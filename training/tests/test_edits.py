"""Edits that keep the message, and numbers that change it."""

import random
import re

from kindred_training.tasks.edits import change_numbers, edit, reword

TEXT = "We begin at 9 on 12 May 2024. Many people need help. The website is small but important. See you in room 7."


def test_changed_numbers_are_all_others_of_as_many_digits() -> None:
    changed = change_numbers(TEXT, random.Random(1))
    assert changed is not None
    before, after = re.findall(r"\d+", TEXT), re.findall(r"\d+", changed)
    assert [len(n) for n in before] == [len(n) for n in after]
    assert all(a != b for a, b in zip(before, after, strict=True))


def test_a_text_without_numbers_has_no_other_numbers() -> None:
    assert change_numbers("No figures here.", random.Random(1)) is None


def test_an_edit_keeps_every_number_that_it_keeps() -> None:
    for seed in range(50):
        assert set(re.findall(r"\d+", edit(TEXT, random.Random(seed)))) <= set(re.findall(r"\d+", TEXT))


def test_an_edit_is_never_empty() -> None:
    for seed in range(50):
        assert edit("One.", random.Random(seed)).strip()


def test_rewording_keeps_capitals_and_the_number_of_sentences() -> None:
    reworded = reword(TEXT, random.Random(3))
    assert reworded != TEXT
    assert reworded.count(".") == TEXT.count(".")
