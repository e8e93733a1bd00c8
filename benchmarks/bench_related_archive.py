"""A synthetic archive for measures: seeded, with the word distribution of news, made as it is read.

Words follow Zipf's law in two regimes over a large vocabulary (the head occurs everywhere, most words in a
few articles).
Every event has names and words of its own that its articles share; articles arrive by time, several sources
an event, some of them edited copies.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from bot.model.article import Article

START = datetime(2026, 1, 1, tzinfo=UTC)
VOCABULARY = 300_000
WORDS = (180, 420)
"""Shortest and longest article."""

OPEN_EVENTS = 400
"""Events under way at any time."""


KERNEL = 8_000
"""Rank from which words grow rare faster: names and rarities (two regimes, Ferrer i Cancho 2001)."""


def frequency(rank: int) -> float:
    """Return how often the word of a rank occurs, up to a factor."""
    if rank < KERNEL:
        return 1.0 / (rank + 2.7)
    return float((KERNEL / rank) ** 1.7 / KERNEL)


class Writer:
    """Writes articles; the same seed writes the same archive."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        syllables = [c + v for c in "bdfghjklmnprstvw" for v in "aeiou"]
        endings = ["", "n", "r", "s", "t", "l", "nd", "st", "rk", "ing", "er"]
        made: dict[str, None] = {}
        while len(made) < VOCABULARY:
            size = self.rng.choice((1, 2, 2, 3, 3, 4))
            made["".join(self.rng.choice(syllables) for _ in range(size)) + self.rng.choice(endings)] = None
        self.words = list(made)
        self.weights = list(accumulate(frequency(rank) for rank in range(VOCABULARY)))
        self.events: list[list[str]] = []

    def word(self) -> str:
        """Return a word by Zipf's law."""
        return self.words[bisect(self.weights, self.rng.random() * self.weights[-1])]

    def event(self) -> list[str]:
        """Return the words of a new event: names, numbers and a topic."""
        names = [self.rng.choice(self.words[2_000:]).capitalize() for _ in range(8)]
        numbers = [str(self.rng.randrange(2, 5_000)) for _ in range(4)]
        return names + numbers + [self.rng.choice(self.words[300:20_000]) for _ in range(25)]

    def text(self, event: list[str]) -> str:
        """Return a text in sentences; about a fifth of its words are the event's."""
        sentences = []
        left = self.rng.randint(*WORDS)
        while left > 0:
            size = min(left, self.rng.randint(8, 26))
            chosen = [self.rng.choice(event) if self.rng.random() < 0.2 else self.word() for _ in range(size)]
            sentences.append(" ".join(chosen).capitalize() + ".")
            left -= size
        return " ".join(sentences)

    def articles(self, count: int) -> Iterator[Article]:
        """Yield articles in order of time, about 2,000 a day."""
        for number in range(count):
            if len(self.events) < OPEN_EVENTS or self.rng.random() < 0.25:
                self.events.append(self.event())
                del self.events[:-OPEN_EVENTS]
            event = self.rng.choice(self.events)
            at = START + timedelta(seconds=43 * number)
            title = " ".join([*self.rng.sample(event[:12], 3), *(self.rng.choice(event) for _ in range(4))])
            yield Article(
                id=f"a{number}",
                title=title,
                text=self.text(event),
                seen_at=at,
                published_at=at,
                source=f"Source {self.rng.randrange(200)}",
                language="en",
            )
