"""Copies are found however they are cut; independent reports are not copies."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.stories.copies import Sketch, Text, containments, find_copies, sketches
from bot.stories.terms import tokens

WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("n", "rk", "st", "lm", "nd")]


def prose(rng: random.Random, count: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(count))


def containment(one: Sketch, other: Sketch) -> float:
    shares = containments([one, other])
    assert (shares == shares.T).all()
    return float(shares[0, 1])


def pairs(text: str) -> Text:
    keys = tokens(text, "en").keys
    [pairs] = sketches(keys, np.zeros(len(keys), dtype=np.int64), 1)
    return Text(0, 0, pairs)


def test_cut_prefixed_and_edited_texts_are_copies() -> None:
    rng = random.Random(5)
    original = prose(rng, 400)
    words = original.split()
    cut = " ".join(words[:150])
    led = prose(rng, 40) + " " + " ".join(words[20:300])
    edited = " ".join(rng.choice(WORDS) if rng.random() < 0.15 else word for word in words)
    other = prose(rng, 400)
    one = pairs(original).pairs
    assert containment(one, pairs(cut).pairs) > 0.9
    assert containment(one, pairs(led).pairs) > 0.6
    assert containment(one, pairs(edited).pairs) > 0.5
    assert containment(one, pairs(other).pairs) < 0.1


def test_the_earliest_is_the_original_of_all() -> None:
    rng = random.Random(6)
    text = pairs(prose(rng, 120)).pairs
    other = pairs(prose(rng, 120)).pairs
    found = find_copies([Text(1, 300, text), Text(2, 100, text), Text(3, 200, text), Text(4, 50, other)])
    assert found == {1: 2, 3: 2}


def test_what_agrees_with_a_copy_where_the_original_was_cut_is_a_copy_of_the_original() -> None:
    rng = random.Random(8)
    start, middle, end = prose(rng, 150), prose(rng, 100), prose(rng, 150)
    first, second, third = pairs(f"{start} {middle}"), pairs(f"{middle} {end}"), pairs(end)
    assert containment(first.pairs, third.pairs) < 0.1
    together = [Text(1, 100, first.pairs), Text(2, 200, second.pairs), Text(3, 300, third.pairs)]
    assert find_copies(together) == {2: 1, 3: 1}
    later = [Text(1, 100, first.pairs), Text(2, 200, second.pairs, copy_of=1), Text(3, 300, third.pairs)]
    assert find_copies(later) == {3: 1}


def test_a_known_copy_stays_one_and_brings_nothing_new() -> None:
    rng = random.Random(9)
    one, other = pairs(prose(rng, 120)).pairs, pairs(prose(rng, 120)).pairs
    assert find_copies([Text(1, 100, one), Text(2, 200, other, copy_of=1)]) == {}


def test_a_lead_of_its_own_does_not_hide_a_copy() -> None:
    rng = random.Random(10)
    words = prose(rng, 100).split()
    led = " ".join(prose(rng, 12).split() + words[12:])
    assert containment(pairs(" ".join(words)).pairs, pairs(led).pairs) > 0.95


def test_a_brief_that_is_nearly_the_same_is_a_copy_and_one_with_another_half_is_none() -> None:
    rng = random.Random(11)
    words = prose(rng, 17).split()
    near, half = " ".join([*words[:16], "tolm"]), " ".join(words[:9] + prose(rng, 8).split())
    assert containment(pairs(" ".join(words)).pairs, pairs(near).pairs) > 0.9
    assert containment(pairs(" ".join(words)).pairs, pairs(half).pairs) == 0.0


def test_short_texts_are_copies_only_when_they_are_the_same() -> None:
    one, same, near = (
        pairs("ferry aground off tolm"),
        pairs("ferry aground off tolm"),
        pairs("ferry aground off senn"),
    )
    assert containment(one.pairs, same.pairs) == 1.0
    assert containment(one.pairs, near.pairs) == 0.0


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=500), st.text(max_size=500))
def test_containment_is_a_share_and_symmetric(a: str, b: str) -> None:
    one, other = pairs(a).pairs, pairs(b).pairs
    assert 0.0 <= containment(one, other) <= 1.0
    assert containment(one, other) == containment(other, one)
    assert containment(one, one) == (1.0 if len(one) else 0.0)
