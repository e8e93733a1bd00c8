"""A synthetic archive for measures: seeded, with the word distribution of news, made as it is read.

Words follow Zipf's law in two regimes over a large vocabulary: English small words stand at its head, most
words occur in a few articles. Every event has names, numbers and words of its own that its articles share;
articles arrive by time, several sources an event, and one in twelve is an edited copy of an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bot.model.article import Article
from summaries.language import stop_words

START = datetime(2026, 1, 1, tzinfo=UTC)
APART = timedelta(seconds=43)
"""Time between two articles: some 2,000 a day."""

VOCABULARY = 300_000
WORDS = (180, 420)
"""Words of the shortest and of the longest article."""

OPEN_EVENTS = 400
"""Events under way at any time."""

NEW_EVENT = 0.25
"""Chance that an article founds an event: four articles an event."""

COPY = 1 / 12
"""Chance that an article is an edited copy of the latest on its event."""

OF_EVENT = 0.2
"""Share of a text's words that are its event's."""

KERNEL = 8_000
"""Rank from which words grow rare faster: names and rarities (two regimes, Ferrer i Cancho 2001)."""

Numbers: TypeAlias = npt.NDArray[np.int64]


def vocabulary(dice: np.random.Generator) -> list[str]:
    """Return words by rank: the small words of English, then made-up ones, each once."""
    made = dict.fromkeys(sorted(stop_words("en")))
    syllables = np.array([c + v for c in "bdfghjklmnprstvw" for v in "aeiou"])
    endings = np.array(["", "n", "r", "s", "t", "l", "nd", "st", "rk", "ing", "er"])
    while len(made) < VOCABULARY:
        count = 100_000
        parts = syllables[dice.integers(len(syllables), size=(count, 4))]
        sizes = dice.choice([1, 2, 2, 3, 3, 4], size=count)
        last = endings[dice.integers(len(endings), size=count)]
        rows = zip(parts.tolist(), sizes.tolist(), last.tolist(), strict=True)
        made.update(dict.fromkeys("".join(row[:size]) + end for row, size, end in rows))
    return list(made)[:VOCABULARY]


class Writer:
    """Writes articles; the same seed writes the same archive."""

    def __init__(self, seed: int, words: tuple[int, int] = WORDS) -> None:
        self.lengths = words
        self.event_number = 0
        self.dice = np.random.default_rng(seed)
        self.words = vocabulary(self.dice)
        ranks = np.arange(VOCABULARY)
        often = np.where(ranks < KERNEL, 1.0 / (ranks + 2.7), (KERNEL / np.maximum(ranks, 1)) ** 1.7 / KERNEL)
        self.chances = np.cumsum(often / often.sum())
        self.events: list[tuple[int, list[str]]] = []
        self.latest: dict[int, str] = {}

    def common(self, count: int) -> list[str]:
        """Return words by Zipf's law."""
        at = np.searchsorted(self.chances, self.dice.random(count)).clip(max=VOCABULARY - 1)
        return [self.words[rank] for rank in at.tolist()]

    def event(self) -> list[str]:
        """Return the words of a new event: 8 names, 4 numbers and 25 words of a topic."""
        names = [self.words[at].capitalize() for at in self.dice.integers(2_000, VOCABULARY, 8).tolist()]
        numbers = [str(number) for number in self.dice.integers(2, 5_000, 4).tolist()]
        return [*names, *numbers, *(self.words[at] for at in self.dice.integers(400, 20_000, 25).tolist())]

    def text(self, event: Sequence[str]) -> str:
        """Return a text in sentences."""
        size = int(self.dice.integers(*self.lengths))
        chosen = self.common(size)
        own = np.flatnonzero(self.dice.random(size) < OF_EVENT)
        for at, which in zip(
            own.tolist(), self.dice.integers(len(event), size=len(own)).tolist(), strict=True
        ):
            chosen[at] = event[which]
        at = 0
        while at < size:
            end = min(size, at + int(self.dice.integers(8, 27)))
            chosen[at] = chosen[at][:1].upper() + chosen[at][1:]
            chosen[end - 1] += "."
            at = end
        return " ".join(chosen)

    def articles(self, count: int, first: int = 0) -> Iterator[Article]:
        """Yield articles in order of time; `event_number` then tells which event the latest is about."""
        for number in range(first, first + count):
            if len(self.events) < OPEN_EVENTS or self.dice.random() < NEW_EVENT:
                place = (
                    len(self.events)
                    if len(self.events) < OPEN_EVENTS
                    else int(self.dice.integers(OPEN_EVENTS))
                )
                self.events[place : place + 1] = [(number, self.event())]
                self.latest.pop(place, None)
            else:
                place = int(self.dice.integers(OPEN_EVENTS))
            self.event_number, event = self.events[place]
            copied = self.latest.get(place) if self.dice.random() < COPY else None
            text = copied[: int(len(copied) * 0.8)] if copied else self.text(event)
            self.latest[place] = text
            of_title = [
                *self.dice.permutation(12)[:3].tolist(),
                *self.dice.integers(len(event), size=4).tolist(),
            ]
            at = START + number * APART
            yield Article(
                id=f"a{number}",
                title=" ".join(event[one] for one in of_title),
                text=text,
                seen_at=at,
                published_at=at,
                source=f"Source {int(self.dice.integers(200))}",
                language="en",
            )
