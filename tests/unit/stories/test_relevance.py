"""What a search finds comes in an order that repeated words and length do not sway too much."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.stories.frequencies import Frequencies
from bot.stories.lexicon import key_of
from bot.stories.relevance import in_order
from bot.stories.vector import read_words


def order(question: str, *texts: str) -> list[int]:
    """Return the order of texts, in an archive of these and a hundred others that hold none of the words."""
    packed = [read_words("", text, "en").vector for text in texts]
    frequencies = Frequencies()
    keys, counts = np.unique(np.concatenate([one.keys for one in packed]), return_counts=True)
    frequencies.add(keys, counts, len(texts) + 100)
    asked = np.array(sorted({key_of(word) for word in question.split()}), dtype=np.uint32)
    return in_order(asked, [one.pack() for one in packed], frequencies)


FILLING = " ".join(f"word{number}" for number in range(90))


def test_two_of_the_words_are_worth_more_than_one_again_and_again() -> None:
    assert order("ferri tram", "tram " * 30, "ferri tram kettl lamp " * 3) == [1, 0]


def test_a_word_counts_more_in_a_short_article() -> None:
    assert order("ferri", f"{FILLING} ferri {FILLING}", f"{FILLING} ferri") == [1, 0]


def test_the_words_of_the_best_decide_among_equals() -> None:
    best = "ferri tram ledge tide coast"
    assert order("ferri tram", "ferri kettl lamp spoon chair", "ferri ledge tide coast chair", best) == [
        2,
        1,
        0,
    ]


def test_without_a_word_found_the_order_stays() -> None:
    assert order("", "tram", "ferri") == [0, 1]
    assert order("kettl", "tram", "ferri") == [0, 1]
    assert order("kettl", "", "") == [0, 1]
    assert in_order(np.array([1], dtype=np.uint32), [], Frequencies()) == []


words = st.lists(st.sampled_from(["ferri", "tram", "ledg", "tide", "212", "the", "of"]), max_size=12).map(
    " ".join
)


@settings(max_examples=80, deadline=None)
@given(words, st.lists(words, min_size=1, max_size=8))
def test_every_article_has_its_place(question: str, texts: list[str]) -> None:
    assert sorted(order(question, *texts)) == list(range(len(texts)))
