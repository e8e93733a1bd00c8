"""How much a story matters at a moment, with the parts that make it up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import log2

from bot.model.story import Story

HALF_LIFE_HOURS = 24.0
"""A story told by nobody new for a day matters half as much."""

FAST_HOURS = 6.0
"""Sources that join within this time of the first make a story fast."""

MOST_SOURCES = 8
"""From this many independent sources on, more make no difference."""

SHARES = {"sources": 0.45, "freshness": 0.25, "speed": 0.15, "topics": 0.15}
"""How the parts are weighed: what many report on their own comes first. They sum to 1."""


@dataclass(frozen=True, slots=True)
class Importance:
    """The importance of a story.

    Attributes:
        total: 0..1, the weighted sum of the parts.
        parts: "sources", "freshness", "speed", "topics", each 0..1 before weighing.
    """

    total: float
    parts: dict[str, float] = field(default_factory=dict)


def importance(story: Story, *, now: datetime, topics: Sequence[str] = ()) -> Importance:
    """Return how much a story matters.

    Args:
        story: with the articles that count; copies count once, as the original.
        now: the moment of asking, aware UTC.
        topics: words the channel asked for; a story that holds one matters more.
    """
    sources = len(set(story.sources))
    age = max(0.0, (now - story.last_at).total_seconds() / 3600)
    early = {
        article.source
        for article in story.originals
        if (article.when - story.first_at).total_seconds() <= FAST_HOURS * 3600
    }
    parts = {
        "sources": min(1.0, log2(1 + max(1, sources)) / log2(1 + MOST_SOURCES)),
        "freshness": 0.5 ** (age / HALF_LIFE_HOURS),
        "speed": min(1.0, (len(early) - 1) / 4) if len(early) > 1 else 0.0,
        "topics": _topics(story, topics),
    }
    return Importance(sum(SHARES[name] * part for name, part in parts.items()), parts)


def _topics(story: Story, topics: Sequence[str]) -> float:
    """Return 1 when a headline names a topic, half when only a text does, else 0."""
    words = [topic.casefold() for topic in topics if topic.strip()]
    if any(word in article.title.casefold() for article in story.articles for word in words):
        return 1.0
    if any(word in article.text.casefold() for article in story.articles for word in words):
        return 0.5
    return 0.0
