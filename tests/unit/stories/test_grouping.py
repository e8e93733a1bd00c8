"""Articles on one event become one story; templates, other events and distant times do not."""

from __future__ import annotations

import random

import numpy as np
import pytest

from bot.stories.frequencies import Frequencies
from bot.stories.grouping import DAY_MS, group
from bot.stories.profile import Profile, joined, profile_of
from bot.stories.vector import read_words

FERRY = (
    (
        "Ferry runs aground off Tolm",
        "The ferry Isa Marrin ran aground on Tarn Ledge off Tolm on Tuesday with 212 aboard.",
    ),
    (
        "Passengers taken off grounded ferry",
        "Lifeboats took 212 passengers off the Isa Marrin, aground on Tarn Ledge near Tolm.",
    ),
    (
        "Isa Marrin still on the rocks",
        "The grounded ferry Isa Marrin is still on Tarn Ledge off Tolm; tugs wait for the tide.",
    ),
)
TRAM = (
    (
        "Council votes for the tram",
        "The council of Port Ellery voted for a new tram line to the Old Quay by 27 to 22.",
    ),
    (
        "Tram to the Old Quay approved",
        "Port Ellery gets a tram line to the Old Quay: the council approved it by 27 votes.",
    ),
)


def profiles(
    texts: list[tuple[str, str]], *, days: list[int] | None = None, sources: list[str] | None = None
) -> tuple[list[Profile], Frequencies]:
    words = [read_words(title, text, "en") for title, text in texts]
    frequencies = Frequencies()
    keys, counts = np.unique(np.concatenate([w.vector.keys for w in words]), return_counts=True)
    frequencies.add(keys, counts, len(words))
    at = days or [0] * len(words)
    by = sources or [""] * len(words)
    return [
        profile_of(w.vector, d * DAY_MS, frequencies, source=s) for w, d, s in zip(words, at, by, strict=True)
    ], frequencies


def test_two_events_are_two_stories_in_whatever_order() -> None:
    texts = [*FERRY, *TRAM]
    rng = random.Random(3)
    for _ in range(10):
        order = list(range(len(texts)))
        rng.shuffle(order)
        parts, frequencies = profiles([texts[at] for at in order])
        found = {frozenset(order[at] for at in one) for one in group(parts, frequencies)}
        assert found == {frozenset({0, 1, 2}), frozenset({3, 4})}


def test_an_article_joins_the_story_that_is_there() -> None:
    parts, frequencies = profiles([*FERRY, *TRAM])
    story, other = joined(parts[:2]), joined(parts[3:])
    assert group([story, other, parts[2]], frequencies) == [[0, 2], [1]]


def test_the_same_words_years_later_are_another_story() -> None:
    texts = [FERRY[0], FERRY[2]]
    near, frequencies = profiles(texts)
    assert len(group(near, frequencies)) == 1
    far, frequencies = profiles(texts, days=[0, 900])
    assert len(group(far, frequencies)) == 2


def test_a_template_with_other_names_is_another_story() -> None:
    form = "{} said on Monday that first-quarter profit rose to {} million crowns. Sales grew {} percent."
    texts = [
        ("Results", "In Velmora " + form.format("Orvane Cables", 41, 9)),
        ("Results", "In Tolm " + form.format("Pellmark Foods", 27, 4)),
    ]
    parts, frequencies = profiles(texts)
    assert len(group(parts, frequencies)) == 2
    same, frequencies = profiles([texts[0], texts[0]])
    assert len(group(same, frequencies)) == 1


def test_articles_without_words_stay_alone() -> None:
    parts, frequencies = profiles([("", ""), ("", ""), FERRY[0]])
    assert group(parts, frequencies) == [[0], [1], [2]]
    assert group([], frequencies) == []


def test_a_profile_survives_packing() -> None:
    parts, _ = profiles(list(FERRY))
    whole = joined(parts)
    again = Profile.unpack(whole.pack(), articles=whole.articles, first_ms=0, last_ms=0)
    assert (again.keys == whole.keys).all()
    assert (again.weights == whole.weights).all()
    assert again.brevity == np.float32(whole.brevity)
    assert whole.articles == 3


HOUSES = [
    (
        "Turret and tiled hearth",
        "An old house of four bedrooms, with a porch, awaits the next owner near the harbour.",
    ),
    (
        "Attic under slate",
        "An old house of three bedrooms, with a swing, awaits the next owner near the orchard.",
    ),
]


@pytest.mark.parametrize(
    ("sources", "stories"), [(["Old Doors", "Old Doors"], 2), (["Old Doors", "Gables"], 1)]
)
def test_a_series_of_one_publication_is_less_alike_than_two_that_tell_the_same(
    sources: list[str], stories: int
) -> None:
    others = [
        (f"{word} prices", f"The {word} market closed higher on the exchange.")
        for word in ("Tin", "Wheat", "Wool")
    ]
    parts, frequencies = profiles([*HOUSES, *others], sources=[*sources, "A", "B", "C"])
    assert len(group(parts[:2], frequencies, near=0.28)) == stories


def test_an_event_that_one_publication_tells_twice_is_one_story() -> None:
    parts, frequencies = profiles(list(FERRY[:2]), sources=["Post", "Post"])
    assert len(group(parts, frequencies)) == 1


def test_a_profile_keeps_its_voice_until_another_joins() -> None:
    (one, other), _ = profiles(list(FERRY[:2]), sources=["Post", "post"])
    again = Profile.unpack(one.pack(), articles=1, first_ms=0, last_ms=0)
    assert one.voice == other.voice == again.voice == joined([one, other]).voice > 0
    (third, unknown), _ = profiles(list(FERRY[:2]), sources=["Argus", ""])
    assert joined([one, third]).voice == unknown.voice == 0


def test_a_profile_from_before_voices_is_read() -> None:
    (one,), _ = profiles(list(FERRY[:1]), sources=["Post"])
    packed = one.pack()
    old = Profile.unpack(packed[:4] + packed[8:], articles=1, first_ms=0, last_ms=0)
    assert old.voice == 0
    assert old.brevity == pytest.approx(one.brevity)
    assert old.keys.tolist() == one.keys.tolist()
