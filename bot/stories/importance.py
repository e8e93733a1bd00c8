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
        sources: independent sources; copies add none.
        early: how many of them reported within `FAST_HOURS` of the first.
        silent_hours: since the latest article that is no copy.
        topic: the first of the topics that it is about; None when it is about none.
    """

    total: float
    parts: dict[str, float] = field(default_factory=dict)
    sources: int = 1
    early: int = 1
    silent_hours: float = 0.0
    topic: str | None = None


def importance(story: Story, *, now: datetime, topics: Sequence[str] = ()) -> Importance:
    """Return how much a story matters.

    Args:
        story: with the articles that count; copies count once, as the original.
        now: the moment of asking, aware UTC.
        topics: words the channel asked for; a story that holds one matters more.
    """
    sources = len(set(story.sources))
    latest = max(article.when for article in story.originals or story.articles)
    silent = max(0.0, (now - latest).total_seconds() / 3600)
    early = {
        article.source
        for article in story.originals
        if (article.when - story.first_at).total_seconds() <= FAST_HOURS * 3600
    }
    topic, about = _topic(story, topics)
    parts = {
        "sources": min(1.0, log2(1 + max(1, sources)) / log2(1 + MOST_SOURCES)),
        "freshness": 0.5 ** (silent / HALF_LIFE_HOURS),
        "speed": min(1.0, (len(early) - 1) / 4) if len(early) > 1 else 0.0,
        "topics": about,
    }
    return Importance(
        sum(SHARES[name] * part for name, part in parts.items()),
        parts,
        sources=max(1, sources),
        early=max(1, len(early)),
        silent_hours=silent,
        topic=topic,
    )


def points(found: Importance) -> dict[str, tuple[int, int]]:
    """Return what each part adds to the importance in points of 100, and the most it can add."""
    return {
        name: (round(100 * SHARES[name] * part), round(100 * SHARES[name]))
        for name, part in found.parts.items()
    }


def _topic(story: Story, topics: Sequence[str]) -> tuple[str | None, float]:
    """Return the topic that a story is about: with 1 when a headline names it, half when only a text does."""
    words = [(topic, topic.casefold()) for topic in topics if topic.strip()]
    titles = [article.title.casefold() for article in story.articles] if words else []
    texts = [article.text.casefold() for article in story.articles] if words else []
    for share, told in ((1.0, titles), (0.5, texts)):
        for topic, word in words:
            if any(word in one for one in told):
                return topic, share
    return None, 0.0
