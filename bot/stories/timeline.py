"""A story by days: which articles came on each, and what was known before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.model.story import Story

MOST_DAYS = 12
"""Days shown: the first, and the latest of the others."""

MOST_A_DAY = 12
"""Articles of a day that are read for its sentences, the earliest: the later ones say it again."""

MOST_KNOWN = 24
"""Articles of the days before that are held against them, the latest."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a story.

    Attributes:
        day: the date on the clocks of the zone.
        told: the articles of the day, and those of the days before that it is to be held against.
        known: ids of the latter.
    """

    day: date
    told: Story
    known: frozenset[str]


def days(story: Story, zone: str) -> tuple[Day, ...]:
    """Return the days on which a source wrote something of its own, in order."""
    clock = ZoneInfo(zone)
    by_day: dict[date, list[int]] = {}
    originals = story.originals
    for at, article in enumerate(originals):
        by_day.setdefault(article.when.astimezone(clock).date(), []).append(at)
    found = []
    for day, places in sorted(by_day.items()):
        before = originals[: places[0]][-MOST_KNOWN:]
        told = tuple(originals[at] for at in places[:MOST_A_DAY])
        known = frozenset(article.id for article in before)
        found.append(Day(day, Story(id=story.id, articles=(*before, *told)), known))
    return tuple(found if len(found) <= MOST_DAYS else [found[0], *found[1 - MOST_DAYS :]])
