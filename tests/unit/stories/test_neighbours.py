"""Neighbours share rare words, and what hangs together is found whole."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.stories.neighbours import components, nearest, strongest


def rows(*numbers: int) -> np.ndarray:
    return np.array(numbers, dtype=np.int64)


def test_the_nearest_share_the_most_and_rarest_words() -> None:
    held = [rows(1, 2, 3), rows(2, 3), rows(3, 4), rows()]
    asked = [[(0, 1.0), (1, 2.0), (2, 3.0), (3, 9.0)], [(2, 1.0)], []]
    assert nearest(asked, held, [1, 4, 9], 5) == [[3, 2, 4], [3], []]
    assert nearest(asked, held, [1, 4, 9], 1) == [[3], [3], []]


def test_one_shared_word_of_many_is_chance() -> None:
    assert nearest([[(at, 1.0) for at in range(9)]], [rows(5 + at) for at in range(9)], [1], 5) == [[]]
    assert nearest([[(0, 1.0), (1, 1.0)]], [rows(5), rows()], [1], 5) == [[5]]


pairs = st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=40)


@settings(max_examples=80, deadline=None)
@given(pairs)
def test_components_part_everything_and_part_no_pair(joined: list[tuple[int, int]]) -> None:
    found = components(20, joined)
    assert sorted(at for one in found for at in one) == list(range(20))
    place = {at: number for number, one in enumerate(found) for at in one}
    assert all(place[one] == place[other] for one, other in joined)
    assert len(found) >= 20 - len(joined)
    assert found == sorted(sorted(one) for one in found)


def test_the_strongest_hold_the_weightiest_words_and_the_newer_come_first() -> None:
    assert strongest([rows(1, 2, 7), rows(2, 3)], [1.0, 2.0]) == [2, 3, 7, 1]
    assert strongest([rows()], [1.0]) == []
